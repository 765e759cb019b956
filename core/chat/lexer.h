// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lori::chat {

enum class TokenKind : std::uint8_t {
    Data,       ///< text between the code, white space already taken away as the template asks
    PrintBegin, ///< {{
    PrintEnd,
    BlockBegin, ///< {%
    BlockEnd,
    Name,
    Text, ///< a literal, unescaped
    Integer,
    Real,
    Operator, ///< by its characters in `text`
    End,
};

struct Token {
    TokenKind kind = TokenKind::End;
    std::string text;
    int line = 1;
};

/// Cuts a template into tokens as Jinja 3 does with trim_blocks and lstrip_blocks, which is how transformers sets it up; comments
/// and raw blocks are done with. Throws BadFile with the line.
[[nodiscard]] std::vector<Token> tokensOf(std::string_view source);

} // namespace lori::chat
