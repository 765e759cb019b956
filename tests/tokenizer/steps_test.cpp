// SPDX-License-Identifier: Apache-2.0
// Normalizers, Metaspace and decoders of tokenizer.json, and Unicode composition.
#include "core/tokenizer/nfc.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace lori;
using namespace lori::tokenizer;
using nlohmann::json;

namespace {

using Ids = std::vector<std::int32_t>;

/// Pieces ▁ a b ab ▁a and, as Llama 2 has them, tokens for single bytes.
json pieces()
{
    json vocabulary = {{"<unk>", 0}, {"\u2581", 1}, {"a", 2}, {"b", 3}, {"ab", 4}, {"\u2581a", 5}};
    for (int byte = 0; byte < 256; ++byte) {
        constexpr const char* kDigits = "0123456789ABCDEF";
        vocabulary[std::string("<0x") + kDigits[byte / 16] + kDigits[byte % 16] + ">"] = 6 + byte;
    }
    const json replace = {{"type", "Replace"}, {"pattern", {{"String", "\u2581"}}}, {"content", " "}};
    const json strip = {{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}};
    const json unknown = {{"id", 0}, {"content", "<unk>"}, {"special", true}, {"normalized", false}};
    return {{"added_tokens", json::array({unknown})},
            {"normalizer", nullptr},
            {"pre_tokenizer", nullptr},
            {"decoder",
             {{"type", "Sequence"}, {"decoders", json::array({replace, {{"type", "ByteFallback"}}, {{"type", "Fuse"}}, strip})}}},
            {"model",
             {{"type", "BPE"},
              {"unk_token", "<unk>"},
              {"fuse_unk", true},
              {"byte_fallback", true},
              {"vocab", vocabulary},
              {"merges", json::array({"a b", "\u2581 a"})}}}};
}

std::unique_ptr<Tokenizer> open(const json& tokenizer)
{
    return Tokenizer::fromJson(tokenizer, nullptr).value();
}

json metaspace(const char* scheme, bool split)
{
    return {{"type", "Metaspace"}, {"replacement", "\u2581"}, {"prepend_scheme", scheme}, {"split", split}};
}

} // namespace

class StepsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void charactersOutsideTheVocabularyAreSpelledInBytes()
    {
        const auto tokenizer = open(pieces());
        QCOMPARE(tokenizer->encode("ab\n"), (Ids{4, 6 + 10}));
        QCOMPARE(tokenizer->encode("é"), (Ids{6 + 0xc3, 6 + 0xa9}));
        QCOMPARE(tokenizer->decode({4, 6 + 0xc3, 6 + 0xa9, 1, 2}, SpecialTokens::Keep), std::string("abé a"));
        QCOMPARE(tokenizer->decode({6 + 0xc3, 2}, SpecialTokens::Keep), std::string("\ufffda")); // half a character
    }

    void withoutBytesUnknownCharactersFuse()
    {
        json tokenizer = pieces();
        tokenizer["model"]["byte_fallback"] = false;
        QCOMPARE(open(tokenizer)->encode("acdb"), (Ids{2, 0, 3}));
        tokenizer["model"]["fuse_unk"] = false;
        QCOMPARE(open(tokenizer)->encode("acdb"), (Ids{2, 0, 0, 3}));
    }

    void legacyNormalizersPutAMarkBeforeEachStretch()
    {
        json tokenizer = pieces();
        const json replace = {{"type", "Replace"}, {"pattern", {{"String", " "}}}, {"content", "\u2581"}};
        tokenizer["normalizer"] = {{"type", "Sequence"},
                                   {"normalizers", json::array({{{"type", "Prepend"}, {"prepend", "\u2581"}}, replace})}};
        QCOMPARE(open(tokenizer)->encode("a a<unk>b"), (Ids{5, 5, 0, 1, 3}));
        QCOMPARE(open(tokenizer)->encode(" a"), (Ids{1, 5}));
    }

    void metaspaceFollowsItsScheme()
    {
        json tokenizer = pieces();
        tokenizer["pre_tokenizer"] = metaspace("first", false);
        QCOMPARE(open(tokenizer)->encode("ab<unk>a a"), (Ids{1, 4, 0, 2, 5}));
        tokenizer["pre_tokenizer"] = metaspace("always", false);
        QCOMPARE(open(tokenizer)->encode("ab<unk>a"), (Ids{1, 4, 0, 5}));
        QCOMPARE(open(tokenizer)->encode(" a"), (Ids{5})); // one mark is enough here
        tokenizer["pre_tokenizer"] = metaspace("never", true);
        QCOMPARE(open(tokenizer)->encode("a  a"), (Ids{2, 1, 5}));
        tokenizer["pre_tokenizer"] = {{"type", "Metaspace"}, {"replacement", "\u2581"}, {"add_prefix_space", false}};
        QCOMPARE(open(tokenizer)->encode("a"), (Ids{2}));
    }

    void normalizedAddedTokensAreLookedForAfterNormalizing()
    {
        json tokenizer = pieces();
        tokenizer["normalizer"] = {{"type", "NFC"}};
        tokenizer["added_tokens"].push_back({{"id", 300}, {"content", "\u00e9"}, {"normalized", true}});
        QCOMPARE(open(tokenizer)->encode("ae\u0301"), (Ids{2, 300}));
    }

    void refusesStepsItDoesNotKnow()
    {
        const auto refusal = [](const char* part, const json& value, ErrorCode code, const char* says) {
            json tokenizer = pieces();
            tokenizer[part] = value;
            const auto opened = Tokenizer::fromJson(tokenizer, nullptr);
            QVERIFY(!opened.has_value());
            QVERIFY2(opened.error().code == code, opened.error().sentence().c_str());
            QVERIFY2(opened.error().what.find(says) != std::string::npos, opened.error().sentence().c_str());
        };
        refusal("normalizer", {{"type", "NFKC"}}, ErrorCode::Unsupported, "NFKC");
        refusal("normalizer", {{"type", "Prepend"}}, ErrorCode::BadFile, "prepend");
        refusal("normalizer", {{"type", "Sequence"}, {"normalizers", 1}}, ErrorCode::BadFile, "normalizers");
        refusal("normalizer", {{"type", "Replace"}, {"pattern", " "}, {"content", "x"}}, ErrorCode::BadFile, "pattern");
        refusal("decoder", {{"type", "WordPiece"}}, ErrorCode::Unsupported, "WordPiece");
        refusal("decoder", {{"type", "Strip"}, {"content", ""}, {"start", 1}, {"stop", 0}}, ErrorCode::BadFile, "content");
        refusal("decoder", {{"type", "Strip"}, {"content", " "}, {"start", -1}, {"stop", 0}}, ErrorCode::BadFile, "start");
        refusal("decoder", nullptr, ErrorCode::Unsupported, "become text");
        refusal("pre_tokenizer", metaspace("last", true), ErrorCode::Unsupported, "last");
        refusal("pre_tokenizer", {{"type", "Metaspace"}, {"replacement", "xx"}}, ErrorCode::BadFile, "one character");
    }

    void composesAsUnicodeSays_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("normal");
        const auto row = [](const char* name, const char* text, const char* normal) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(normal);
        };
        row("plain", "plain text", "plain text");
        row("one mark", "e\u0301", "\u00e9");
        row("two marks", "s\u0323\u0307", "\u1e69");
        row("two marks, other order", "s\u0307\u0323", "\u1e69");
        row("taken apart first", "\u1e0b\u0323", "\u1e0d\u0307");
        row("a blocked mark", "a\u0305\u0301", "a\u0305\u0301");
        row("behind another class", "a\u0316\u0301", "\u00e1\u0316");
        row("singletons", "\u212b\u2126\uf900", "\u00c5\u03a9\u8c48");
        row("never composed again", "\u0958", "\u0915\u093c");
        row("Hangul", "\u1112\u1161\u11ab", "\ud55c");
        row("Hangul syllable and tail", "\ud558\u11ab", "\ud55c");
        row("two starters", "\u0b47\u0b3e", "\u0b4b");
    }
    void composesAsUnicodeSays()
    {
        QFETCH(QString, text);
        QFETCH(QString, normal);
        QCOMPARE(QString::fromStdString(normalizedNfc(text.toStdString())), normal);
        QCOMPARE(QString::fromStdString(normalizedNfc(normal.toStdString())), normal);
    }
};

LORI_TEST(StepsTest)
#include "steps_test.moc"
