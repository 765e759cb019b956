// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/tokenizer.h"

#include "core/tokenizer/added_tokens.h"
#include "core/tokenizer/byte_alphabet.h"
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/pre_tokenizer.h"
#include "core/tokenizer/token_decoder.h"
#include "core/tokenizer/token_places.h"
#include "core/tokenizer/tokenizer_json.h"
#include "core/tokenizer/utf8.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace lori::tokenizer {

using nlohmann::json;

namespace {

/// The added tokens that are looked for in raw text, or those looked for in normalized text, themselves normalized.
std::vector<AddedToken> addedTokens(const std::vector<AddedToken>& all, const Normalizer& normalizer, bool isNormalized)
{
    std::vector<AddedToken> chosen;
    for (const AddedToken& token : all) {
        if (token.isNormalized == isNormalized) {
            chosen.push_back(token);
            chosen.back().content = isNormalized ? normalizer.apply(token.content) : token.content;
        }
    }
    return chosen;
}

/// The parts of a tokenizer.json, each checked by itself.
struct Parts {
    Vocabulary vocabulary;
    Normalizer normalizer;
    PreTokenizer preTokenizer;
    TokenDecoder decoder;
};

class BpeTokenizer final : public Tokenizer {
public:
    explicit BpeTokenizer(Parts parts)
        : m_parts(std::move(parts)),
          m_rawTokens(addedTokens(m_parts.vocabulary.added, m_parts.normalizer, false)),
          m_normalizedTokens(addedTokens(m_parts.vocabulary.added, m_parts.normalizer, true))
    {
        if (m_parts.decoder.isByteLevel()) {
            for (const std::string& token : m_parts.vocabulary.tokenById) {
                m_bytesById.push_back(bytesOfToken(token));
            }
        }
    }

    [[nodiscard]] std::vector<std::int32_t> encode(std::string_view text) const override
    {
        const std::string repaired = repairUtf8(text);
        std::vector<std::int32_t> ids;
        ids.reserve(repaired.size() / 3 + 8);
        for (const Stretch& stretch : m_rawTokens.split(repaired)) {
            if (stretch.token) {
                ids.push_back(*stretch.token);
            } else {
                const bool isBegin = stretch.text.data() == repaired.data();
                encodeStretch(stretch.text, isBegin ? TextPlace::Begin : TextPlace::Later, ids);
            }
        }
        return ids;
    }

    [[nodiscard]] Encoding encodeWithPlaces(std::string_view text) const override
    {
        const std::string repaired = repairUtf8(text);
        Encoding encoding;
        for (const Stretch& stretch : m_rawTokens.split(repaired)) {
            const auto begin = static_cast<std::size_t>(stretch.text.data() - repaired.data());
            if (stretch.token) {
                encoding.ids.push_back(*stretch.token);
                encoding.ends.push_back(begin + stretch.text.size());
                continue;
            }
            const std::size_t first = encoding.ids.size();
            encodeStretch(stretch.text, begin == 0 ? TextPlace::Begin : TextPlace::Later, encoding.ids);
            std::vector<std::string> texts;
            for (std::size_t i = first; i < encoding.ids.size(); ++i) {
                const auto id = static_cast<std::size_t>(encoding.ids[i]);
                texts.push_back(m_bytesById.empty() ? m_parts.vocabulary.tokenById[id] : m_bytesById[id]);
            }
            for (const std::size_t end : m_bytesById.empty() ? placesOfPieces(stretch.text, texts)
                                                             : placesOfBytes(stretch.text, texts, m_parts.normalizer)) {
                encoding.ends.push_back(begin + end);
            }
        }
        return encoding;
    }

    [[nodiscard]] std::string decode(const std::vector<std::int32_t>& ids, SpecialTokens special) const override
    {
        const Vocabulary& vocabulary = m_parts.vocabulary;
        std::string bytes;
        std::vector<std::string> tokens;
        for (const std::int32_t id : ids) {
            const auto index = static_cast<std::size_t>(id); // a negative id is beyond the end as well
            if (index >= vocabulary.tokenById.size() || (special == SpecialTokens::Skip && vocabulary.isSpecialById[index])) {
                continue;
            }
            if (m_bytesById.empty()) {
                tokens.push_back(vocabulary.tokenById[index]);
            } else {
                bytes += m_bytesById[index];
            }
        }
        return m_bytesById.empty() ? m_parts.decoder.decode(std::move(tokens)) : repairUtf8(bytes);
    }

    [[nodiscard]] std::int64_t vocabularySize() const override
    {
        return static_cast<std::int64_t>(m_parts.vocabulary.tokenById.size());
    }

    [[nodiscard]] const char* kind() const override
    {
        return m_parts.vocabulary.bpe.isByteLevel ? "byte-level BPE" : "SentencePiece-style BPE";
    }

    [[nodiscard]] std::optional<std::int32_t> idOf(std::string_view token) const override
    {
        const auto& idByToken = m_parts.vocabulary.idByToken;
        const auto place = idByToken.find(std::string(token));
        return place == idByToken.end() ? std::nullopt : std::optional(place->second);
    }

private:
    void encodeStretch(std::string_view raw, TextPlace place, std::vector<std::int32_t>& ids) const
    {
        const std::string normalized = m_parts.normalizer.apply(raw);
        for (const Stretch& stretch : m_normalizedTokens.split(normalized)) {
            if (stretch.token) {
                ids.push_back(*stretch.token);
                continue;
            }
            const bool isBegin = place == TextPlace::Begin && stretch.text.data() == normalized.data();
            std::deque<std::string> added;
            for (const std::string_view word :
                 m_parts.preTokenizer.split(stretch.text, isBegin ? TextPlace::Begin : TextPlace::Later, added)) {
                encodeWord(m_parts.vocabulary.bpe, word, ids);
            }
        }
    }

    Parts m_parts;
    std::vector<std::string> m_bytesById; ///< byte-level decoding: what each id stands for
    AddedTokenFinder m_rawTokens;
    AddedTokenFinder m_normalizedTokens;
};

/// A part of the file, null when it is absent.
json partOf(const json& tokenizerJson, const char* name)
{
    const auto part = tokenizerJson.is_object() ? tokenizerJson.find(name) : tokenizerJson.end();
    return part == tokenizerJson.end() ? json() : *part;
}

} // namespace

Result<std::unique_ptr<Tokenizer>> Tokenizer::fromJson(const json& tokenizerJson, const json& /*tokenizerConfig*/)
{
    return guard([&]() -> std::unique_ptr<Tokenizer> {
        PreTokenizer preTokenizer(partOf(tokenizerJson, "pre_tokenizer"));
        const bool isByteLevel = preTokenizer.isByteLevel();
        return std::make_unique<BpeTokenizer>(Parts{readVocabulary(tokenizerJson, isByteLevel),
                                                    Normalizer(partOf(tokenizerJson, "normalizer")), std::move(preTokenizer),
                                                    TokenDecoder(partOf(tokenizerJson, "decoder"), isByteLevel)});
    });
}

} // namespace lori::tokenizer
