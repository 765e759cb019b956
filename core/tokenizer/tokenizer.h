// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tokenizer {

enum class SpecialTokens : std::uint8_t {
    Keep, ///< decode them as text
    Skip, ///< leave them out of the decoded text
};

/// Ids, and where each of them ends in the text.
struct Encoding {
    std::vector<std::int32_t> ids;
    std::vector<std::size_t> ends; ///< byte behind the id's text; one that stands for nothing ends where the one before does
};

/// Text ↔ token ids, equal to Hugging Face `tokenizers`. Immutable; may be used from several threads.
class Tokenizer {
public:
    /// From tokenizer.json (byte-level or SentencePiece-style BPE with its normalizer, pre-tokenizer, decoder and added tokens)
    /// and tokenizer_config.json (may be null). Errors: BadFile, Unsupported (kind of model, by name).
    [[nodiscard]] static Result<std::unique_ptr<Tokenizer>> fromJson(const nlohmann::json& tokenizerJson,
                                                                     const nlohmann::json& tokenizerConfig);
    virtual ~Tokenizer() = default;

    /// Ids without BOS or EOS (add_special_tokens=False); special tokens written in the text are recognized, as `tokenizers`
    /// does. Bytes that are not UTF-8 become U+FFFD first.
    [[nodiscard]] virtual std::vector<std::int32_t> encode(std::string_view text) const = 0;
    /// The same ids, with their places. Where a normalizer or several tokens of one character make a place unclear, it is the end
    /// of that character. Bytes that are not UTF-8 count as the three of U+FFFD.
    [[nodiscard]] virtual Encoding encodeWithPlaces(std::string_view text) const = 0;
    [[nodiscard]] virtual std::string decode(const std::vector<std::int32_t>& ids, SpecialTokens special) const = 0;
    [[nodiscard]] virtual std::int64_t vocabularySize() const = 0;
    [[nodiscard]] virtual const char* kind() const = 0; ///< for people: "byte-level BPE", "SentencePiece-style BPE"
    [[nodiscard]] virtual std::optional<std::int32_t> idOf(std::string_view token) const = 0;
};

} // namespace lori::tokenizer
