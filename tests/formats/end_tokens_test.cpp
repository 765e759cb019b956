// SPDX-License-Identifier: Apache-2.0
// Which tokens end a generation: of GGUF files by their texts, of folders by their lists and their chat template.
#include "core/formats/model_files.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;

namespace {

using Ids = std::vector<std::int64_t>;

constexpr const char* kChatMl = "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}";

/// The small model with these texts in place of its last tokens, all of them ordinary, and 0 as the only end token it names.
ModelFiles withTokens(const std::vector<std::string>& last, const std::string& chat = {})
{
    const TestFolder folder;
    GgufBuilder builder = smallGguf();
    std::vector<std::string> tokens{"first", "a", "b", "ab", "c", "d", "e", "f"};
    std::copy(last.begin(), last.end(), tokens.end() - static_cast<std::ptrdiff_t>(last.size()));
    builder.setTexts("tokenizer.ggml.tokens", tokens);
    builder.setIntegers("tokenizer.ggml.token_type", std::vector<std::int32_t>(8, 1));
    builder.setU32("tokenizer.ggml.eos_token_id", 0);
    if (!chat.empty()) {
        builder.setText("tokenizer.chat_template", chat);
    }
    return openModel(folder.write("x.gguf", builder.build())).value();
}

} // namespace

class EndTokensTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKnownTextEndsAGeneration()
    {
        for (const char* text : {"<|im_end|>",
                                 "<|eot_id|>",
                                 "<|end|>",
                                 "<end_of_turn>",
                                 "<|endoftext|>",
                                 "</s>",
                                 "<|end_of_text|>",
                                 "<|eom_id|>",
                                 "[EOS]",
                                 "[EOT]",
                                 "<EOT>",
                                 "_<EOT>",
                                 "<eos>",
                                 "<|return|>",
                                 "<|call|>",
                                 "<turn|>",
                                 "<end_of_utterance>",
                                 "<｜end▁of▁sentence｜>",
                                 "<|fim_pad|>",
                                 "<|repo_name|>",
                                 "<|file_sep|>"}) {
            QVERIFY2(withTokens({text}).config.eosIds == (Ids{0, 7}), text);
        }
        QCOMPARE(withTokens({"<|im_start|>"}).config.eosIds, Ids{0});
        QCOMPARE(withTokens({"im_end"}).config.eosIds, Ids{0});
    }

    void theIdsThatTheMetadataNameComeFirst()
    {
        const TestFolder folder;
        GgufBuilder builder = smallGguf();
        builder.setU32("tokenizer.ggml.eos_token_id", 3);
        builder.setU32("tokenizer.ggml.eot_token_id", 5);
        builder.setU32("tokenizer.ggml.eom_token_id", 3);
        QCOMPARE(openModel(folder.write("x.gguf", builder.build())).value().config.eosIds, (Ids{3, 5, 0, 2}));
    }

    void anEndTokenIsSpecialWhateverItsType()
    {
        const ModelFiles model = withTokens({"<|im_end|>"});
        QCOMPARE(model.tokenizerJson.at("added_tokens").size(), std::size_t{1});
        QCOMPARE(model.tokenizerJson.at("added_tokens")[0].at("special"), nlohmann::json(true));
    }

    void textsThatAreOrdinaryInTheirVocabularyAreNone()
    {
        QCOMPARE(withTokens({"<|end|>", "<|call|>", "<|return|>"}).config.eosIds, (Ids{0, 6, 7}));
        QCOMPARE(withTokens({"<|end|>", "<|calls|>", "<|flush|>"}).config.eosIds, (Ids{0, 6, 7}));
        QCOMPARE(withTokens({"<|end|>", "<|call|>"}).config.eosIds, (Ids{0, 6, 7}));
        QCOMPARE(withTokens({"</s>", "<|tool_response>"}).config.eosIds, (Ids{0, 7}));
    }

    void theTemplateSaysWhichTokenEndsATurn()
    {
        QCOMPARE(withTokens({"<|im_end|>", "<|endoftext|>"}, kChatMl).turnEndId, std::optional<std::int64_t>(6));
        QVERIFY(!withTokens({"<|im_end|>"}).turnEndId.has_value());
        QVERIFY(!withTokens({"<|im_end|>"}, "{{ messages }}{{ eos_token }}").turnEndId.has_value());
        QVERIFY(!withTokens({"x"}, kChatMl).turnEndId.has_value()); // a template for another vocabulary
    }

    void aFoldersTemplateAddsItsTurnEndToTheLists()
    {
        const TestFolder folder;
        writeSmallFolder(folder);
        folder.write("tokenizer_config.json",
                     nlohmann::json({{"eos_token", "<|endoftext|>"}, {"chat_template", kChatMl}}).dump());
        folder.write("generation_config.json", R"({"eos_token_id": [0, 5]})");
        const ModelFiles model = openModel(folder.path()).value();
        QCOMPARE(model.config.eosIds, (Ids{0, 5, 2}));
        QCOMPARE(model.turnEndId, std::optional<std::int64_t>(2));
        folder.write("tokenizer_config.json", nlohmann::json({{"eos_token", "<|endoftext|>"},
                                                              {"chat_template", {{{"name", "default"}, {"template", kChatMl}}}}})
                                                  .dump());
        QCOMPARE(openModel(folder.path()).value().turnEndId, std::optional<std::int64_t>(2));
        folder.write("tokenizer_config.json", R"({"eos_token": "<|endoftext|>"})"); // <|im_end|> alone is no reason to stop
        QCOMPARE(openModel(folder.path()).value().config.eosIds, (Ids{0, 5}));
    }
};

LORI_TEST(EndTokensTest)
#include "end_tokens_test.moc"
