// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/tokenizer.h"

#include "core/tokenizer/added_tokens.h"
#include "core/tokenizer/chat_template.h"
#include "core/tokenizer/pre_tokenizer.h"
#include "core/tokenizer/tokenizer_json.h"
#include "core/tokenizer/utf8.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace lori::tokenizer {

using nlohmann::json;

namespace {

/// The added tokens that are looked for in raw text, or those looked for in normalized text.
std::vector<AddedToken> addedTokens(const std::vector<AddedToken>& all, bool isNormalized)
{
    std::vector<AddedToken> chosen;
    std::copy_if(all.begin(), all.end(), std::back_inserter(chosen),
                 [&](const AddedToken& t) { return t.isNormalized == isNormalized; });
    return chosen;
}

class BpeTokenizer final : public Tokenizer {
public:
    BpeTokenizer(Vocabulary vocabulary, PreTokenizer preTokenizer, Result<ChatTemplate> chat)
        : m_vocabulary(std::move(vocabulary)),
          m_preTokenizer(std::move(preTokenizer)),
          m_chat(std::move(chat)),
          m_rawTokens(addedTokens(m_vocabulary.added, false)),
          m_normalizedTokens(addedTokens(m_vocabulary.added, true))
    {
    }

    [[nodiscard]] std::vector<std::int32_t> encode(std::string_view text) const override
    {
        const std::string repaired = repairUtf8(text);
        std::vector<std::int32_t> ids;
        ids.reserve(repaired.size() / 3 + 8);
        for (const Stretch& stretch : m_rawTokens.split(repaired)) {
            if (stretch.token) {
                ids.push_back(*stretch.token);
                continue;
            }
            for (const Stretch& inner : m_normalizedTokens.split(stretch.text)) {
                if (inner.token) {
                    ids.push_back(*inner.token);
                } else {
                    encodeText(inner.text, ids);
                }
            }
        }
        return ids;
    }

    [[nodiscard]] std::string decode(const std::vector<std::int32_t>& ids, SpecialTokens special) const override
    {
        std::string bytes;
        for (const std::int32_t id : ids) {
            const auto index = static_cast<std::size_t>(id); // a negative id is beyond the end as well
            if (index < m_vocabulary.bytesById.size() && !(special == SpecialTokens::Skip && m_vocabulary.isSpecialById[index])) {
                bytes += m_vocabulary.bytesById[index];
            }
        }
        return repairUtf8(bytes);
    }

    [[nodiscard]] std::int64_t vocabularySize() const override
    {
        return static_cast<std::int64_t>(m_vocabulary.bytesById.size());
    }

    [[nodiscard]] std::optional<std::int32_t> idOf(std::string_view token) const override
    {
        const auto place = m_vocabulary.idByToken.find(std::string(token));
        return place == m_vocabulary.idByToken.end() ? std::nullopt : std::optional(place->second);
    }

    [[nodiscard]] Result<std::string> applyChatTemplate(const std::vector<Message>& messages,
                                                        bool addGenerationPrompt) const override
    {
        return guard([&] { return render(m_chat.value(), messages, addGenerationPrompt); });
    }

private:
    void encodeText(std::string_view text, std::vector<std::int32_t>& ids) const
    {
        std::deque<std::string> added;
        for (const std::string_view word : m_preTokenizer.split(text, added)) {
            encodeWord(m_vocabulary.bpe, word, ids);
        }
    }

    Vocabulary m_vocabulary;
    PreTokenizer m_preTokenizer;
    Result<ChatTemplate> m_chat; ///< why there is none is told when somebody asks
    AddedTokenFinder m_rawTokens;
    AddedTokenFinder m_normalizedTokens;
};

} // namespace

Result<std::unique_ptr<Tokenizer>> Tokenizer::fromJson(const json& tokenizerJson, const json& tokenizerConfig)
{
    return guard([&]() -> std::unique_ptr<Tokenizer> {
        Vocabulary vocabulary = readVocabulary(tokenizerJson);
        checkNormalizer(tokenizerJson);
        const auto description = tokenizerJson.find("pre_tokenizer");
        PreTokenizer preTokenizer(description == tokenizerJson.end() ? json() : *description);
        return std::make_unique<BpeTokenizer>(std::move(vocabulary), std::move(preTokenizer), readChatTemplate(tokenizerConfig));
    });
}

} // namespace lori::tokenizer
