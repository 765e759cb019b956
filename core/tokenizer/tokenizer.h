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

struct Message {
    std::string role; ///< "system", "user", "assistant"
    std::string content;
};

enum class SpecialTokens : std::uint8_t {
    Keep, ///< decode them as text
    Skip, ///< leave them out of the decoded text
};

/// Text ↔ token ids, equal to Hugging Face `tokenizers`. Immutable; may be used from several threads.
class Tokenizer {
public:
    /// From tokenizer.json (byte-level or SentencePiece-style BPE with its normalizer, pre-tokenizer, decoder and added tokens)
    /// and, for the chat template and special tokens, tokenizer_config.json (may be null). Errors: BadFile, Unsupported (kind of
    /// model, by name).
    [[nodiscard]] static Result<std::unique_ptr<Tokenizer>> fromJson(const nlohmann::json& tokenizerJson,
                                                                     const nlohmann::json& tokenizerConfig);
    virtual ~Tokenizer() = default;

    /// Ids without BOS or EOS (add_special_tokens=False); special tokens written in the text are recognized, as `tokenizers`
    /// does. Bytes that are not UTF-8 become U+FFFD first.
    [[nodiscard]] virtual std::vector<std::int32_t> encode(std::string_view text) const = 0;
    [[nodiscard]] virtual std::string decode(const std::vector<std::int32_t>& ids, SpecialTokens special) const = 0;
    [[nodiscard]] virtual std::int64_t vocabularySize() const = 0;
    [[nodiscard]] virtual const char* kind() const = 0; ///< for people: "byte-level BPE", "SentencePiece-style BPE"
    [[nodiscard]] virtual std::optional<std::int32_t> idOf(std::string_view token) const = 0;

    /// The model's chat format for known templates (ChatML as in SmolLM2 with its default system turn, Llama-3,
    /// Mistral-Instruct). Errors: Unsupported when the template is none of these; a base model without one is NotFound.
    [[nodiscard]] virtual Result<std::string> applyChatTemplate(const std::vector<Message>& messages,
                                                                bool addGenerationPrompt) const = 0;
};

} // namespace lori::tokenizer
