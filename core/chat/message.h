// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lori::chat {

/// One turn of a conversation.
struct Message {
    std::string role; ///< "system", "user", "assistant"
    std::string content;
    bool operator==(const Message&) const = default;
};

} // namespace lori::chat
