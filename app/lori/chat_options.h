// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/chat_form.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace lori::app {

/// --template-option: what a chat template may read besides the messages, "enable_thinking=false".
struct ChatOptions {
    std::vector<std::string> variables;
    void addTo(CLI::App& command);
    /// Values are JSON, or text when they are not. Throws InvalidArgument without a '='.
    [[nodiscard]] chat::RenderOptions rendering() const;
};

/// A JSON list of conversations, or a single one. Throws BadFile.
[[nodiscard]] std::vector<nlohmann::ordered_json> readConversations(const std::string& file);

} // namespace lori::app
