// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tokenizer/pattern.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tokenizer {

/// A token that is found in the text before anything else is done with it.
struct AddedToken {
    std::int32_t id = 0;
    std::string content;
    bool isSpecial = false;
    bool singleWord = false;  ///< only where no word character stands beside it
    bool stripLeft = false;   ///< takes the spaces in front along
    bool stripRight = false;  ///< takes the spaces behind along
    bool isNormalized = true; ///< looked for in normalized text, after the others
};

/// A stretch of text: one added token, or text still to be encoded.
struct Stretch {
    std::optional<std::int32_t> token;
    std::string_view text;
};

/// Finds added tokens: the leftmost first, of several at one place the longest, as `tokenizers` does.
class AddedTokenFinder final {
public:
    explicit AddedTokenFinder(std::vector<AddedToken> tokens);
    [[nodiscard]] std::vector<Stretch> split(std::string_view text) const;

private:
    [[nodiscard]] const AddedToken* tokenAt(std::string_view text, std::size_t at) const;

    std::vector<AddedToken> m_tokens;                        ///< longest first
    std::array<std::vector<std::size_t>, 256> m_byFirstByte; ///< indices into m_tokens, in their order
    Pattern m_spaces;
    Pattern m_wordCharacter;
};

} // namespace lori::tokenizer
