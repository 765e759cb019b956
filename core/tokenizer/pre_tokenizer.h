// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tokenizer/metaspace.h"
#include "core/tokenizer/pattern.h"

#include <nlohmann/json_fwd.hpp>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tokenizer {

/// What happens to the text a splitting pattern matches.
enum class SplitBehavior : std::uint8_t {
    Isolated,           ///< a word of its own
    Removed,            ///< dropped
    MergedWithPrevious, ///< ends the word before it
    MergedWithNext,     ///< begins the word behind it
    Contiguous,         ///< matches that touch are one word
};

/// One step of a pre-tokenizer: an optional space in front, then an optional split; or marks instead of spaces.
struct SplitStep {
    std::vector<Pattern> pattern; ///< none or one
    SplitBehavior behavior = SplitBehavior::Isolated;
    bool isInverted = false; ///< the text between the matches plays the part of the matches
    bool addPrefixSpace = false;
    std::optional<Metaspace> metaspace; ///< then nothing else
};

/// Whether a stretch of text stands at the beginning of the whole text or behind an added token.
enum class TextPlace : std::uint8_t { Begin, Later };

/// Cuts text into words, each of which BPE encodes by itself: Sequence, Split, Digits, ByteLevel and Metaspace of tokenizer.json.
class PreTokenizer final {
public:
    /// Throws BadFile and Unsupported (kind or behaviour, by name). Null: the text is one word.
    explicit PreTokenizer(const nlohmann::json& description);

    /// The words of `text` (valid UTF-8), in order. `added` keeps the texts that had to be made; words point into it and into
    /// `text`.
    [[nodiscard]] std::vector<std::string_view> split(std::string_view text, TextPlace place,
                                                      std::deque<std::string>& added) const;
    /// Words are bytes; otherwise they are characters.
    [[nodiscard]] bool isByteLevel() const { return m_isByteLevel; }

private:
    void addStep(const nlohmann::json& description);

    std::vector<SplitStep> m_steps;
    bool m_isByteLevel = false;
};

} // namespace lori::tokenizer
