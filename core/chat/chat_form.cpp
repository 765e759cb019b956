// SPDX-License-Identifier: Apache-2.0
#include "core/chat/chat_form.h"

#include "core/chat/interpreter.h"
#include "core/chat/special_tokens.h"

#include <algorithm>
#include <array>
#include <map>

namespace lori::chat {

using nlohmann::json;
using nlohmann::ordered_json;

namespace {

constexpr std::size_t kMaxTemplate = 1U << 20U;

Error noTemplate(const std::string& what)
{
    return {ErrorCode::NotFound, what, "use the prompt form 'plain' or 'alpaca', or an instruct model", "chat_template"};
}

/// The templates by name; one without a name is "default".
std::map<std::string, std::string> templatesOf(const json& config)
{
    std::map<std::string, std::string> found;
    const auto value = config.is_object() ? config.find("chat_template") : config.end();
    if (value == config.end()) {
        return found;
    }
    if (value->is_string()) {
        found["default"] = value->get<std::string>();
    }
    if (value->is_object()) {
        for (const auto& [name, text] : value->items()) {
            if (text.is_string()) {
                found[name] = text.get<std::string>();
            }
        }
    }
    for (const json& entry : value->is_array() ? *value : json::array()) {
        if (entry.is_object() && entry.contains("name") && entry["name"].is_string() && entry.contains("template") &&
            entry["template"].is_string()) {
            found[entry["name"].get<std::string>()] = entry["template"].get<std::string>();
        }
    }
    return found;
}

Result<Block> parsed(const json& config)
{
    const std::map<std::string, std::string> templates = templatesOf(config);
    if (templates.empty()) {
        return noTemplate("this model has no chat template");
    }
    const auto chosen = templates.find("default");
    if (chosen == templates.end()) {
        std::string names;
        for (const auto& [name, text] : templates) {
            names += (names.empty() ? "'" : ", '") + name + "'";
        }
        return noTemplate("this model has several chat templates and none of them is called 'default': " + names);
    }
    if (chosen->second.size() > kMaxTemplate) {
        return Error{ErrorCode::Unsupported, "the chat template is larger than 1 MiB", "use another prompt form",
                     "chat_template"};
    }
    return guard([&] { return parseTemplate(chosen->second); });
}

/// As transformers 5 reads messages: fields that are null are not there; what a model thought has one name for all templates.
Value messageValue(const ordered_json& message, std::size_t number)
{
    if (!message.is_object()) {
        throw Exception(ErrorCode::InvalidArgument, "a message must be an object with \"role\" and \"content\"",
                        "write it as {\"role\": \"user\", \"content\": \"…\"}", "message " + std::to_string(number + 1));
    }
    ordered_json plain = ordered_json::object();
    constexpr std::array<const char*, 3> kThoughts{"reasoning_content", "thinking", "reasoning"};
    const auto named = std::find_if(kThoughts.begin(), kThoughts.end(),
                                    [&](const char* name) { return message.contains(name) && !message.at(name).is_null(); });
    if (named != kThoughts.end()) {
        plain["thinking"] = message.at(*named);
    }
    for (const auto& [name, value] : message.items()) {
        if (!value.is_null()) {
            plain[name] = value;
        }
    }
    if (named != kThoughts.end()) {
        plain["reasoning_content"] = message.at(*named);
    }
    return Value::fromJson(plain);
}

std::tm localNow()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    localtime_r(&now, &parts);
    return parts;
}

} // namespace

struct ChatForm::Parts {
    Result<Block> block = noTemplate("this model has no chat template"); ///< why there is none is told when somebody asks
    std::vector<std::pair<std::string, std::string>> tokens;
};

ChatForm::ChatForm() : m_parts(std::make_shared<const Parts>()) {}

ChatForm ChatForm::fromConfig(const json& tokenizerConfig)
{
    ChatForm form;
    form.m_parts = std::make_shared<const Parts>(Parts{parsed(tokenizerConfig), specialTokens(tokenizerConfig)});
    return form;
}

bool ChatForm::isThere() const
{
    return m_parts->block.has_value() || m_parts->block.error().code != ErrorCode::NotFound;
}

Result<Rendered> ChatForm::renderJson(const ordered_json& messages, const RenderOptions& options) const
{
    return guard([&] {
        const Block& block = m_parts->block.value();
        if (!messages.is_array() || messages.empty()) {
            throw Exception(ErrorCode::InvalidArgument, "a conversation must be a list of at least one message",
                            "write it as [{\"role\": \"user\", \"content\": \"…\"}]", "messages");
        }
        std::vector<Value> list;
        for (const ordered_json& message : messages) {
            list.push_back(messageValue(message, list.size()));
        }
        const Value conversation(std::move(list));
        std::vector<std::pair<std::string, Value>> variables{{"tools", Value()}, {"documents", Value()}};
        for (const auto& [name, token] : m_parts->tokens) {
            variables.emplace_back(name, Value(token));
        }
        variables.emplace_back("messages", conversation);
        variables.emplace_back("add_generation_prompt", Value(options.addGenerationPrompt));
        for (const auto& [name, value] : options.variables.items()) {
            variables.emplace_back(name, Value::fromJson(value));
        }
        Budget budget(conversation.weight() * 64);
        Interpreter interpreter(std::move(variables), options.now.value_or(localNow()), budget);
        interpreter.run(block);
        Rendered rendered{interpreter.text(), {}};
        for (const auto& [begin, end] : interpreter.generated()) {
            rendered.generated.push_back({begin, end});
        }
        return rendered;
    });
}

Result<Rendered> ChatForm::render(const std::vector<Message>& messages, const RenderOptions& options) const
{
    ordered_json list = ordered_json::array();
    for (const Message& message : messages) {
        list.push_back({{"role", message.role}, {"content", message.content}});
    }
    return renderJson(list, options);
}

Result<std::string> ChatForm::prompt(const std::string& userText, const RenderOptions& options) const
{
    return guard([&] {
        RenderOptions asking = options;
        asking.addGenerationPrompt = true;
        return render({{"user", userText}}, asking).value().text;
    });
}

} // namespace lori::chat
