// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tokenizer/pattern.h"

#include <nlohmann/json_fwd.hpp>

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tokenizer {

/// What happens to the text a splitting pattern matches.
enum class SplitBehavior : std::uint8_t { Isolated, Removed };

/// One step of a pre-tokenizer: an optional space in front, then an optional split.
struct SplitStep {
    std::vector<Pattern> pattern; ///< none or one
    SplitBehavior behavior = SplitBehavior::Isolated;
    bool isInverted = false; ///< the text between the matches plays the part of the matches
    bool addPrefixSpace = false;
};

/// Cuts text into words, each of which BPE encodes by itself: Sequence, Split, Digits and ByteLevel of tokenizer.json.
class PreTokenizer final {
public:
    /// Throws BadFile and Unsupported (kind or behaviour, by name; a pre-tokenizer without ByteLevel).
    explicit PreTokenizer(const nlohmann::json& description);

    /// The words of `text` (valid UTF-8), in order. `added` keeps the texts that had to be made; words point into it and into
    /// `text`.
    [[nodiscard]] std::vector<std::string_view> split(std::string_view text, std::deque<std::string>& added) const;

private:
    void addStep(const nlohmann::json& description);

    std::vector<SplitStep> m_steps;
    bool m_isByteLevel = false;
};

} // namespace lori::tokenizer
