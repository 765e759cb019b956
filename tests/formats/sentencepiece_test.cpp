// SPDX-License-Identifier: Apache-2.0
#include "core/formats/model_files.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/formats/file_builders.h"
#include "tests/formats/piece_builder.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <functional>
#include <random>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;
using nlohmann::json;

namespace {

using Ids = std::vector<std::int32_t>;

/// The small model with a tokenizer.model instead of its tokenizer.json.
void writePieceFolder(const TestFolder& folder, const PieceModelBuilder& builder, const json& tokenizerConfig)
{
    writeSmallFolder(folder);
    std::filesystem::remove(folder.path() / "tokenizer.json");
    folder.write("tokenizer.model", builder.build());
    folder.write("tokenizer_config.json", tokenizerConfig.dump());
}

std::unique_ptr<tokenizer::Tokenizer> tokenizerOf(const TestFolder& folder)
{
    const ModelFiles model = openModel(folder.path()).value();
    return tokenizer::Tokenizer::fromJson(model.tokenizerJson, model.tokenizerConfig).value();
}

struct Damage {
    const char* name;
    ErrorCode code;
    const char* says;
    std::function<void(PieceModelBuilder&)> apply;
};

const std::vector<Damage>& damages()
{
    static const std::vector<Damage> kDamages{
        {"unigram", ErrorCode::Unsupported, "unigram",
         [](auto& b) {
             b.trainer = numberField(3, 1);
         }},
        {"kind left out", ErrorCode::Unsupported, "unigram",
         [](auto& b) {
             b.trainer.clear();
         }},
        {"word", ErrorCode::Unsupported, "word",
         [](auto& b) {
             b.trainer = numberField(3, 3);
         }},
        {"suffix marks", ErrorCode::Unsupported, "behind words",
         [](auto& b) {
             b.trainer += numberField(24, 1);
         }},
        {"rules", ErrorCode::Unsupported, "'nmt_nfkc'",
         [](auto& b) {
             b.normalizer = bytesField(1, "nmt_nfkc") + bytesField(2, "xyz");
         }},
        {"no trainer", ErrorCode::BadFile, "no trainer_spec",
         [](auto& b) {
             b.pieces += b.trainer = "";
         }},
        {"no pieces", ErrorCode::BadFile, "0 pieces",
         [](auto& b) {
             b.pieces.clear();
         }},
        {"piece twice", ErrorCode::BadFile, "'a' twice",
         [](auto& b) {
             b.pieces += pieceField("a", -9, 1);
         }},
        {"piece empty", ErrorCode::BadFile, "empty",
         [](auto& b) {
             b.pieces += pieceField("", -9, 1);
         }},
        {"piece not UTF-8", ErrorCode::BadFile, "not valid UTF-8",
         [](auto& b) {
             b.pieces += pieceField("\xed\xa0\x80", -9, 1);
         }},
        {"score no number", ErrorCode::BadFile, "no number",
         [](auto& b) {
             b.pieces += pieceField("c", std::nanf(""), 1);
         }},
        {"score a text", ErrorCode::BadFile, "'score'",
         [](auto& b) {
             b.pieces += bytesField(1, bytesField(2, "x"));
         }},
        {"bytes missing", ErrorCode::BadFile, "'<0x00>' is missing",
         [](auto& b) {
             b.trainer = numberField(3, 2) + numberField(35, 1);
         }},
        {"no unknown piece", ErrorCode::BadFile, "neither",
         [](auto& b) {
             b.pieces = pieceField("a", 0, 1);
         }},
        {"length beyond the end", ErrorCode::BadFile, "are left",
         [](auto& b) {
             b.pieces += varint((1U << 3U) | 2U) + varint(std::uint64_t{1} << 62U);
         }},
        {"number without end", ErrorCode::BadFile, "has no end",
         [](auto& b) {
             b.pieces.insert(0, std::string(11, '\xff'));
         }},
        {"group", ErrorCode::BadFile, "unknown form",
         [](auto& b) {
             b.pieces.insert(0, varint((9U << 3U) | 3U));
         }},
        {"field 0", ErrorCode::BadFile, "number 0",
         [](auto& b) {
             b.pieces.insert(0, numberField(0, 1));
         }},
    };
    return kDamages;
}

} // namespace

class SentencePieceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theHighestScoreMergesFirst()
    {
        const TestFolder folder;
        writePieceFolder(folder, {}, json::object());
        const auto tokenizer = tokenizerOf(folder);
        QCOMPARE(tokenizer->encode("ab"), (Ids{7}));         // ▁ab
        QCOMPARE(tokenizer->encode("abab"), (Ids{7, 6}));    // the left ab first, then ▁ab
        QCOMPARE(tokenizer->encode("ba"), (Ids{3, 5, 4}));   // ▁ b a
        QCOMPARE(tokenizer->encode(" ab"), (Ids{3, 7}));     // a space of its own, and the prefix
        QCOMPARE(tokenizer->encode("aczz"), (Ids{3, 4, 0})); // unknown characters become one
        QCOMPARE(tokenizer->encode("ab</s>ab"), (Ids{7, 2, 7}));
        QCOMPARE(tokenizer->decode({7, 3, 6}, tokenizer::SpecialTokens::Keep), std::string("ab ab"));
        QVERIFY(tokenizer->encode("").empty());
    }

    void theConfigurationSaysWhereThePrefixGoesAndAddsTokens()
    {
        const TestFolder folder;
        const json pad = {{"content", "<pad>"}, {"special", true}};
        writePieceFolder(folder, {}, {{"legacy", false}, {"added_tokens_decoder", {{"8", pad}}}});
        folder.write("added_tokens.json", R"({"<pad>": 8, "<more>": 9})");
        const auto tokenizer = tokenizerOf(folder);
        QCOMPARE(tokenizer->encode("ab</s>ab"), (Ids{7, 2, 6})); // only at the beginning
        QCOMPARE(tokenizer->encode("ab<pad><more>"), (Ids{7, 8, 9}));
        QCOMPARE(tokenizer->decode({7, 8, 9}, tokenizer::SpecialTokens::Skip), std::string("ab<more>"));
        folder.write("tokenizer_config.json", R"({"add_prefix_space": false})");
        QCOMPARE(tokenizerOf(folder)->encode("ab</s>ab"), (Ids{6, 2, 6}));
    }

    void theNormalizersFlagsAreFollowed()
    {
        const TestFolder folder;
        PieceModelBuilder builder;
        builder.normalizer = numberField(3, 1); // extra spaces go unless the file says otherwise
        writePieceFolder(folder, builder, json::object());
        QCOMPARE(tokenizerOf(folder)->encode("  ab   ab "), (Ids{7, 7}));
        QVERIFY(tokenizerOf(folder)->encode("   ").empty());
        QCOMPARE(tokenizerOf(folder)->encode("ab \n"), (Ids{7, 3, 0})); // the space is not at the end
        builder.normalizer = numberField(3, 0) + numberField(4, 0);
        writePieceFolder(folder, builder, json::object());
        QCOMPARE(tokenizerOf(folder)->encode("ab ab"), (Ids{6, 7}));
    }

    void userDefinedSymbolsAreNotTakenApart()
    {
        const TestFolder folder;
        PieceModelBuilder builder;
        builder.pieces += pieceField("ba", 0, 4);
        writePieceFolder(folder, builder, json::object());
        QCOMPARE(tokenizerOf(folder)->encode("abab"), (Ids{3, 4, 8, 5})); // ▁ a [ba] b
    }

    void refusesWrongFiles_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < damages().size(); ++i) {
            QTest::newRow(damages()[i].name) << static_cast<int>(i);
        }
    }
    void refusesWrongFiles()
    {
        QFETCH(int, index);
        const Damage& damage = damages()[static_cast<std::size_t>(index)];
        const TestFolder folder;
        PieceModelBuilder builder;
        damage.apply(builder);
        writePieceFolder(folder, builder, json::object());
        if (damage.name == std::string("no trainer")) {
            folder.write("tokenizer.model", builder.pieces);
        }
        const auto model = openModel(folder.path());
        QVERIFY(!model.has_value());
        QVERIFY2(model.error().code == damage.code, model.error().sentence().c_str());
        QVERIFY2(model.error().what.find(damage.says) != std::string::npos, model.error().sentence().c_str());
        QVERIFY(model.error().where.ends_with("tokenizer.model"));
    }

    void refusesWrongAddedTokens()
    {
        const TestFolder folder;
        for (const char* config :
             {R"({"added_tokens_decoder": []})", R"({"added_tokens_decoder": {"x": {"content": "a"}}})",
              R"({"added_tokens_decoder": {"-1": {"content": "a"}}})", R"({"added_tokens_decoder": {"8": 1}})",
              R"({"added_tokens_decoder": {"8": {"content": 1}}})", R"({"legacy": "no"})"}) {
            writePieceFolder(folder, {}, json::parse(config));
            const auto model = openModel(folder.path());
            QVERIFY2(!model.has_value(), config);
            QVERIFY2(model.error().code == ErrorCode::BadFile, model.error().sentence().c_str());
        }
    }

    void everyCutIsRefusedOrReadAsAShorterModel()
    {
        const TestFolder folder;
        writePieceFolder(folder, {}, json::object());
        const std::string whole = PieceModelBuilder().build();
        for (std::size_t length = 0; length + 1 < whole.size(); ++length) {
            folder.overwrite("tokenizer.model", whole.substr(0, length));
            if (const auto model = openModel(folder.path()); !model) {
                QVERIFY(!model.error().what.empty());
            }
        }
    }

    void damagedFilesAreReadOrRefused()
    {
        const TestFolder folder;
        writePieceFolder(folder, {}, json::object());
        const std::string whole = PieceModelBuilder().build();
        std::mt19937_64 random(5);
        int refused = 0;
        constexpr int kRounds = 3000;
        for (int i = 0; i < kRounds; ++i) {
            std::string bytes = whole;
            for (std::size_t change = 0; change <= random() % 3; ++change) {
                bytes[random() % bytes.size()] = static_cast<char>(random());
            }
            folder.overwrite("tokenizer.model", bytes);
            const auto model = openModel(folder.path());
            const auto read = model ? tokenizer::Tokenizer::fromJson(model->tokenizerJson, model->tokenizerConfig)
                                    : Result<std::unique_ptr<tokenizer::Tokenizer>>(model.error());
            if (read) {
                (void)(*read)->decode((*read)->encode("ab  ba\u2581\U0001f600 </s>"), tokenizer::SpecialTokens::Keep);
            } else {
                QVERIFY2(read.error().code == ErrorCode::BadFile || read.error().code == ErrorCode::Unsupported,
                         read.error().sentence().c_str());
                ++refused;
            }
        }
        QVERIFY(refused > kRounds / 4 && refused < kRounds);
    }
};

LORI_TEST(SentencePieceTest)
#include "sentencepiece_test.moc"
