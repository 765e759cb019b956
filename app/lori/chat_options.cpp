// SPDX-License-Identifier: Apache-2.0
#include "app/lori/chat_options.h"

#include "core/support/files.h"

namespace lori::app {

using nlohmann::ordered_json;

void ChatOptions::addTo(CLI::App& command)
{
    command.add_option("--template-option", variables,
                       "What the chat template may read, as name=value, for example enable_thinking=false; repeatable");
}

chat::RenderOptions ChatOptions::rendering() const
{
    chat::RenderOptions options;
    for (const std::string& variable : variables) {
        const std::size_t mark = variable.find('=');
        if (mark == std::string::npos || mark == 0) {
            throw Exception(ErrorCode::InvalidArgument, "'" + variable + "' is not of the form name=value",
                            "write, for example, enable_thinking=false", "--template-option");
        }
        const std::string text = variable.substr(mark + 1);
        ordered_json value = ordered_json::parse(text, nullptr, false);
        options.variables[variable.substr(0, mark)] = value.is_discarded() ? ordered_json(text) : std::move(value);
    }
    return options;
}

std::vector<ordered_json> readConversations(const std::string& file)
{
    const ordered_json json = ordered_json::parse(readTextFile(file).value(), nullptr, false);
    if (!json.is_array() || json.empty()) {
        throw Exception(ErrorCode::BadFile, "this is not a JSON list of conversations",
                        "write it as [[{\"role\": \"user\", \"content\": \"…\"}], …]", file);
    }
    if (json.front().is_object()) {
        return {json};
    }
    return {json.begin(), json.end()};
}

} // namespace lori::app
