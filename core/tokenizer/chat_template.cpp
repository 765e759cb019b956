// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/chat_template.h"

#include <nlohmann/json.hpp>

namespace lori::tokenizer {

using nlohmann::json;

namespace {

constexpr const char* kWhere = "tokenizer_config.json: chat_template";

/// A token's text, which is written as text or as an object.
std::string tokenText(const json& config, const char* name)
{
    const auto value = config.find(name);
    if (value == config.end()) {
        return {};
    }
    const json& text = value->is_object() && value->contains("content") ? value->at("content") : *value;
    return text.is_string() ? text.get<std::string>() : std::string();
}

/// The template itself; of a list of named ones the one called "default".
std::string templateText(const json& config)
{
    const auto value = config.is_object() ? config.find("chat_template") : config.end();
    if (value == config.end() || value->is_null()) {
        return {};
    }
    if (value->is_string()) {
        return value->get<std::string>();
    }
    if (value->is_array()) {
        for (const json& entry : *value) {
            if (entry.is_object() && tokenText(entry, "name") == "default") {
                return tokenText(entry, "template");
            }
        }
    }
    return {};
}

/// \n, \t, \\, \' and \" of a string literal inside the template.
std::string unescaped(std::string_view literal)
{
    std::string text;
    for (std::size_t i = 0; i < literal.size(); ++i) {
        if (literal[i] != '\\' || i + 1 == literal.size()) {
            text += literal[i];
            continue;
        }
        const char next = literal[++i];
        text += next == 'n' ? '\n' : next == 't' ? '\t' : next;
    }
    return text;
}

/// All string literals of the template's code, in order. An apostrophe inside a longer literal must be escaped there, so that the
/// quotes pair up; text outside of code ({{ … }} and {% … %}) is skipped.
std::vector<std::string> literalsOf(const std::string& text)
{
    std::vector<std::string> literals;
    bool isCode = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view pair = std::string_view(text).substr(i, 2);
        if (!isCode) {
            isCode = pair == "{{" || pair == "{%";
        } else if (pair == "}}" || pair == "%}") {
            isCode = false;
        } else if (text[i] == '\'' || text[i] == '"') {
            const std::size_t begin = i + 1;
            for (i = begin; i < text.size() && text[i] != text[begin - 1]; ++i) {
                i += text[i] == '\\' ? 1 : 0;
            }
            literals.push_back(unescaped(std::string_view(text).substr(begin, std::min(i, text.size()) - begin)));
        }
    }
    return literals;
}

/// The system text a ChatML template puts in when the chat has none: between the system turn's begin and its end in one literal.
std::string defaultSystemOf(const std::vector<std::string>& literals)
{
    const std::string begin = "<|im_start|>system\n";
    const std::string end = "<|im_end|>";
    for (const std::string& literal : literals) {
        const std::size_t at = literal.find(begin);
        const std::size_t stop = at == std::string::npos ? at : literal.find(end, at);
        if (stop != std::string::npos) {
            return literal.substr(at + begin.size(), stop - at - begin.size());
        }
    }
    return {};
}

std::string literalWith(const std::vector<std::string>& literals, const std::string& part)
{
    for (const std::string& literal : literals) {
        if (literal.find(part) != std::string::npos) {
            return literal;
        }
    }
    return {};
}

void readMistral(ChatTemplate& chat, const std::string& text, const std::vector<std::string>& literals)
{
    chat.userBegin = literalWith(literals, "[INST]");
    chat.userEnd = literalWith(literals, "[/INST]");
    const std::size_t assistant = text.find("assistant");
    const std::size_t spaced = assistant == std::string::npos ? assistant : text.find("' ' + message", assistant);
    chat.answerBegin = spaced == std::string::npos ? "" : " ";
}

Error unsupported(const std::string& what)
{
    return {ErrorCode::Unsupported, what, "use the prompt template 'plain' or 'alpaca' instead of 'chat'", kWhere};
}

void requireRole(const Message& message, std::initializer_list<const char*> roles)
{
    for (const char* role : roles) {
        if (message.role == role) {
            return;
        }
    }
    throw Exception(ErrorCode::InvalidArgument, "this model's chat format has no turn for the role '" + message.role + "'",
                    "use only the roles system, user and assistant that it knows", "messages");
}

std::string trimmed(const std::string& text)
{
    constexpr const char* kSpaces = " \t\n\r\f\v";
    const std::size_t begin = text.find_first_not_of(kSpaces);
    return begin == std::string::npos ? std::string() : text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

std::string renderChatMl(const ChatTemplate& chat, const std::vector<Message>& messages, bool addGenerationPrompt)
{
    std::string text = chat.bos;
    if (!chat.defaultSystem.empty() && !messages.empty() && messages.front().role != "system") {
        text += "<|im_start|>system\n" + chat.defaultSystem + "<|im_end|>\n";
    }
    for (const Message& message : messages) {
        requireRole(message, {"system", "user", "assistant"});
        text += "<|im_start|>" + message.role + "\n" + message.content + "<|im_end|>\n";
    }
    return text + (addGenerationPrompt ? "<|im_start|>assistant\n" : "");
}

/// The system text stands inside the first user turn; every user turn begins with the start token.
std::string renderLlama2(const ChatTemplate& chat, const std::vector<Message>& messages)
{
    std::string text;
    std::string system;
    const char* expected = "user";
    for (const Message& message : messages) {
        if (&message == &messages.front() && message.role == "system") {
            system = "<<SYS>>\n" + message.content + "\n<</SYS>>\n\n";
            continue;
        }
        requireRole(message, {expected}); // the template itself demands that they take turns
        if (message.role == "user") {
            text += chat.bos + "[INST] " + trimmed(system + message.content) + " [/INST]";
            system.clear();
            expected = "assistant";
        } else {
            text += " " + trimmed(message.content) + " " + chat.eos;
            expected = "user";
        }
    }
    return text;
}

std::string renderLlama3(const ChatTemplate& chat, const std::vector<Message>& messages, bool addGenerationPrompt)
{
    std::string text = chat.bos;
    for (const Message& message : messages) {
        requireRole(message, {"system", "user", "assistant"});
        text += "<|start_header_id|>" + message.role + "<|end_header_id|>\n\n" + trimmed(message.content) + "<|eot_id|>";
    }
    return text + (addGenerationPrompt ? "<|start_header_id|>assistant<|end_header_id|>\n\n" : "");
}

std::string renderMistral(const ChatTemplate& chat, const std::vector<Message>& messages)
{
    std::string text = chat.bos;
    for (const Message& message : messages) {
        requireRole(message, {"user", "assistant"});
        text += message.role == "user" ? chat.userBegin + message.content + chat.userEnd
                                       : chat.answerBegin + message.content + chat.eos;
    }
    return text; // the end of the user's turn is what asks for an answer
}

} // namespace

Result<ChatTemplate> readChatTemplate(const json& tokenizerConfig)
{
    const std::string text = templateText(tokenizerConfig);
    if (text.empty()) {
        return Error{ErrorCode::NotFound, "this model has no chat template",
                     "use the prompt template 'plain' or 'alpaca', or an instruct model", kWhere};
    }
    const auto has = [&](const char* part) {
        return text.find(part) != std::string::npos;
    };
    if (has("<think>") || has("strftime") || has("Cutting Knowledge")) {
        return unsupported("the chat template depends on more than the messages (thinking or the date)");
    }
    const std::vector<std::string> literals = literalsOf(text);
    ChatTemplate chat;
    chat.bos = has("bos_token") ? tokenText(tokenizerConfig, "bos_token") : "";
    chat.eos = tokenText(tokenizerConfig, "eos_token");
    if (has("<|im_start|>") && has("<|im_end|>")) {
        chat.format = ChatFormat::ChatMl;
        chat.defaultSystem = defaultSystemOf(literals);
    } else if (has("<|start_header_id|>") && has("<|eot_id|>")) {
        chat.format = ChatFormat::Llama3;
    } else if (has("bos_token + '[INST] ' + content.strip() + ' [/INST]'") && has("<<SYS>>\\n") &&
               has("' '  + content.strip() + ' ' + eos_token") && !has("not '<<SYS>>' in")) {
        chat.format = ChatFormat::Llama2; // without a default system text, which some copies of the template put in
    } else if (has("[INST]") && has("[/INST]") && !has("<<SYS>>") && !has("[AVAILABLE_TOOLS]")) {
        chat.format = ChatFormat::Mistral;
        readMistral(chat, text, literals);
    } else {
        return unsupported("the chat template is none of ChatML, Llama 2, Llama 3 and Mistral Instruct");
    }
    return chat;
}

std::string render(const ChatTemplate& chat, const std::vector<Message>& messages, bool addGenerationPrompt)
{
    switch (chat.format) {
    case ChatFormat::ChatMl:
        return renderChatMl(chat, messages, addGenerationPrompt);
    case ChatFormat::Llama2:
        return renderLlama2(chat, messages);
    case ChatFormat::Llama3:
        return renderLlama3(chat, messages, addGenerationPrompt);
    case ChatFormat::Mistral:
        return renderMistral(chat, messages);
    }
    return {};
}

} // namespace lori::tokenizer
