// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

namespace lori::serving {

/// Ids of the tokens <0x00> … <0xFF> that SentencePiece-style vocabularies spell unknown characters with.
using ByteIds = std::unordered_set<std::int32_t>;
[[nodiscard]] ByteIds byteIdsOf(const tokenizer::Tokenizer& tokenizer);

/// Text of tokens that come one by one. The pieces, put together, are what decode() gives for all of them; none ends within a
/// character, nor within a run of byte tokens, because its next byte may still change what the run means.
/// Cost: a token decodes at most kWindow tokens before it.
class TextStream final {
public:
    /// Both must outlive the stream.
    TextStream(const tokenizer::Tokenizer& tokenizer, const ByteIds& byteIds) : m_tokenizer(&tokenizer), m_byteIds(&byteIds) {}

    /// The text that this token makes certain; often "".
    [[nodiscard]] std::string push(std::int32_t id);
    /// What was held back. Nothing may be pushed after.
    [[nodiscard]] std::string finish();

private:
    static constexpr std::size_t kWindow = 64;
    [[nodiscard]] std::string decoded() const;
    [[nodiscard]] std::string since(const std::string& text, std::size_t end);
    void shorten(const std::string& text);

    const tokenizer::Tokenizer* m_tokenizer;
    const ByteIds* m_byteIds;
    std::vector<std::int32_t> m_ids; ///< the window: its first token may be there only as what the next ones stand behind
    bool m_inBytes = false;          ///< the last token was one of a run of bytes
    std::size_t m_shown = 0;         ///< bytes of the window's text that were given out
};

} // namespace lori::serving
