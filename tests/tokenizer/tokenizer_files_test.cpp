// SPDX-License-Identifier: Apache-2.0
#include "core/chat/chat_form.h"
#include "core/formats/model_files.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;
using namespace lori::tokenizer;
using nlohmann::json;

namespace {

json small()
{
    return {{"added_tokens", json::array({{{"id", 3}, {"content", "<e>"}, {"special", true}, {"normalized", false}}})},
            {"normalizer", nullptr},
            {"pre_tokenizer", {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", true}}},
            {"model", {{"type", "BPE"}, {"vocab", {{"a", 0}, {"b", 1}, {"ab", 2}}}, {"merges", json::array({"a b"})}}}};
}

} // namespace

class TokenizerFilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mergesMayBeWrittenAsPairs()
    {
        json tokenizer = small();
        tokenizer["model"]["merges"] = json::array({json::array({"a", "b"})});
        QCOMPARE(Tokenizer::fromJson(tokenizer, nullptr).value()->encode("ab"), std::vector<std::int32_t>{2});
    }

    void refusesWrongFiles_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* patch, ErrorCode code, const char* says) {
            QTest::newRow(name) << patch << static_cast<int>(code) << says;
        };
        const auto bad = ErrorCode::BadFile;
        const auto unsupported = ErrorCode::Unsupported;
        row("no model", R"([{"op":"remove","path":"/model"}])", bad, "'model' is missing");
        row("WordPiece", R"([{"op":"replace","path":"/model/type","value":"WordPiece"}])", unsupported, "WordPiece");
        row("no vocabulary", R"([{"op":"remove","path":"/model/vocab"}])", bad, "vocab");
        row("empty vocabulary", R"([{"op":"replace","path":"/model/vocab","value":{}}])", bad, "vocab");
        row("no merges", R"([{"op":"remove","path":"/model/merges"}])", bad, "merges");
        row("merge of one part", R"([{"op":"add","path":"/model/merges/-","value":"ab"}])", bad, "not two parts");
        row("merge of numbers", R"([{"op":"add","path":"/model/merges/-","value":[1,2]}])", bad, "not two parts");
        row("merge half missing", R"([{"op":"add","path":"/model/merges/-","value":"a z"}])", bad, "'z'");
        row("merge whole missing", R"([{"op":"add","path":"/model/merges/-","value":"b a"}])", bad, "'ba'");
        row("negative id", R"([{"op":"add","path":"/model/vocab/c","value":-1}])", bad, "-1");
        row("absurd id", R"([{"op":"add","path":"/model/vocab/c","value":4000000000}])", bad, "4000000000");
        row("broken id", R"([{"op":"add","path":"/model/vocab/c","value":1.5}])", bad, "1.5");
        row("id twice", R"([{"op":"add","path":"/model/vocab/c","value":1}])", bad, "contradicts");
        row("added id twice", R"([{"op":"replace","path":"/added_tokens/0/id","value":1}])", bad, "contradicts");
        row("added without id", R"([{"op":"remove","path":"/added_tokens/0/id"}])", bad, "id null");
        row("added without content", R"([{"op":"remove","path":"/added_tokens/0/content"}])", bad, "content");
        row("added not a list", R"([{"op":"replace","path":"/added_tokens","value":{}}])", bad, "list");
        row("added flag a text", R"([{"op":"replace","path":"/added_tokens/0/special","value":"yes"}])", bad, "true or false");
        row("unknown token missing", R"([{"op":"add","path":"/model/unk_token","value":"?"}])", bad, "unknown token");
        row("word ends", R"([{"op":"add","path":"/model/end_of_word_suffix","value":"</w>"}])", unsupported,
            "end_of_word_suffix");
        row("dropout", R"([{"op":"add","path":"/model/dropout","value":0.1}])", unsupported, "dropout");
        row("lower case", R"([{"op":"replace","path":"/normalizer","value":{"type":"Lowercase"}}])", unsupported, "Lowercase");
        row("no pre-tokenizer", R"([{"op":"remove","path":"/pre_tokenizer"}])", unsupported, "become text");
        row("Metaspace without mark", R"([{"op":"replace","path":"/pre_tokenizer/type","value":"Metaspace"}])", bad,
            "replacement");
        row("punctuation", R"([{"op":"replace","path":"/pre_tokenizer/type","value":"Punctuation"}])", unsupported,
            "Punctuation");
        row("step a number", R"([{"op":"replace","path":"/pre_tokenizer","value":{"type":"Sequence","pretokenizers":[1]}}])", bad,
            "step");
        row("steps missing", R"([{"op":"replace","path":"/pre_tokenizer","value":{"type":"Sequence"}}])", bad, "pretokenizers");
        row("split merged",
            R"([{"op":"replace","path":"/pre_tokenizer","value":{"type":"Split","pattern":{"Regex":"a"},"behavior":"MergedWithBoth"}}])",
            unsupported, "MergedWithBoth");
        row("pattern broken",
            R"([{"op":"replace","path":"/pre_tokenizer","value":{"type":"Split","pattern":{"Regex":"*a"},"behavior":"Isolated"}}])",
            unsupported, "cannot be read");
        row("pattern missing", R"([{"op":"replace","path":"/pre_tokenizer","value":{"type":"Split","behavior":"Isolated"}}])",
            bad, "pattern");
    }
    void refusesWrongFiles()
    {
        QFETCH(QString, patch);
        QFETCH(int, code);
        QFETCH(QString, says);
        const auto tokenizer = Tokenizer::fromJson(small().patch(json::parse(patch.toStdString())), nullptr);
        QVERIFY(!tokenizer.has_value());
        QVERIFY2(static_cast<int>(tokenizer.error().code) == code, tokenizer.error().sentence().c_str());
        QVERIFY2(QString::fromStdString(tokenizer.error().what).contains(says), tokenizer.error().sentence().c_str());
    }

    void refusesValuesThatAreNoObject()
    {
        for (const json& value : {json(), json(1), json::array(), json("x")}) {
            QCOMPARE(Tokenizer::fromJson(value, nullptr).error().code, ErrorCode::BadFile);
        }
    }

    /// Ids that Hugging Face `tokenizers` gives for the same strings (tests/parity compares many more).
    void theEmbeddedModelsTokenizerGivesKnownIds()
    {
        const QTemporaryDir home;
        const auto path = formats::resolveModel(home.path().toStdString(), "smollm2-135m-instruct");
        if (!path) {
            QSKIP("the embedded model is not installed: run packaging/run.sh, or set LORI_MODEL_DIR");
        }
        const formats::ModelFiles model = formats::openModel(*path).value();
        const auto tokenizer = Tokenizer::fromJson(model.tokenizerJson, model.tokenizerConfig).value();
        QCOMPARE(tokenizer->vocabularySize(), std::int64_t{49152});
        QCOMPARE(tokenizer->encode("Hello, world!"), (std::vector<std::int32_t>{19556, 28, 905, 17}));
        QCOMPARE(tokenizer->encode("I've 1234 apples."), (std::vector<std::int32_t>{57, 3543, 216, 33, 34, 35, 36, 13855, 30}));
        QCOMPARE(tokenizer->encode("  two\n\tlines\r\n"), (std::vector<std::int32_t>{216, 827, 198, 197, 5110, 2738}));
        QCOMPARE(tokenizer->encode("naïve 漢字 😀"), (std::vector<std::int32_t>{3546, 46494, 17097, 137, 112, 36518, 40303, 218}));
        QCOMPARE(tokenizer->encode("<|im_start|>user\nHi<|im_end|>"), (std::vector<std::int32_t>{1, 4093, 198, 26843, 2}));
        const std::string chat = chat::ChatForm::fromConfig(model.tokenizerConfig).prompt("Hi").value();
        QCOMPARE(chat, std::string(
                           "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n"
                           "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"));
        QCOMPARE(tokenizer->decode(tokenizer->encode(chat), SpecialTokens::Keep), chat);
    }
};

LORI_TEST(TokenizerFilesTest)
#include "tokenizer_files_test.moc"
