// SPDX-License-Identifier: Apache-2.0
// Pieces of text, put together, are the text; none ends within a character.
#include "core/serving/text_stream.h"
#include "core/tokenizer/utf8.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

#include <random>

using namespace lori;
using namespace lori::serving;
using nlohmann::json;

namespace {

/// A SentencePiece-style tokenizer as Llama's: the space that a first word gets is taken off again, unknown characters are bytes.
json sentencePiece()
{
    json vocabulary = {{"<unk>", 0}, {"\u2581", 1}, {"a", 2}, {"b", 3}, {"ab", 4}, {"\u2581a", 5}, {"\u00e9", 6}, {"<s>", 7}};
    for (int byte = 0; byte < 256; ++byte) {
        constexpr const char* kDigits = "0123456789ABCDEF";
        vocabulary[std::string("<0x") + kDigits[byte / 16] + kDigits[byte % 16] + ">"] = 8 + byte;
    }
    const json replace = {{"type", "Replace"}, {"pattern", {{"String", "\u2581"}}}, {"content", " "}};
    const json strip = {{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}};
    const json begin = {{"id", 7}, {"content", "<s>"}, {"special", true}, {"normalized", false}};
    return {{"added_tokens", json::array({begin})},
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

} // namespace

class TextStreamTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto base = test::openTinyModel(m_folder.path().toStdString());
        m_bytes = tokenizer::Tokenizer::fromJson(base->files().tokenizerJson, nullptr).value();
        m_pieces = tokenizer::Tokenizer::fromJson(sentencePiece(), nullptr).value();
    }

    void holdsACharacterBackUntilItIsWhole()
    {
        const ByteIds none = byteIdsOf(*m_bytes);
        QVERIFY(none.empty());
        TextStream stream(*m_bytes, none);
        QCOMPARE(stream.push('o'), std::string("o"));
        QCOMPARE(stream.push(0xE2), std::string());
        QCOMPARE(stream.push(0x82), std::string());
        QCOMPARE(stream.push(0xAC), std::string("\u20ac"));
        QCOMPARE(stream.push(0xF0), std::string());
        QCOMPARE(stream.push('!'), std::string("\ufffd!"));
        QCOMPARE(stream.push(0xC3), std::string());
        QCOMPARE(stream.finish(), std::string("\ufffd"));
    }

    void holdsARunOfBytesBackUntilItEnds()
    {
        const ByteIds bytes = byteIdsOf(*m_pieces);
        QCOMPARE(bytes.size(), std::size_t{256});
        TextStream stream(*m_pieces, bytes);
        QCOMPARE(stream.push(5), std::string("a"));
        QCOMPARE(stream.push(8 + 'x'), std::string()); // the next byte decides whether this is an x
        QCOMPARE(stream.push(8 + 0xFF), std::string());
        QCOMPARE(stream.push(1), std::string("\ufffd\ufffd "));
        QCOMPARE(stream.push(8 + 0xC3), std::string());
        QCOMPARE(stream.push(8 + 0xA9), std::string());
        QCOMPARE(stream.push(2), std::string("\u00e9a"));
    }

    void piecesAreTheWholeText_data()
    {
        QTest::addColumn<bool>("isByteLevel");
        QTest::addColumn<int>("largest");
        QTest::newRow("bytes, anything") << true << 258;
        QTest::newRow("bytes, mostly text") << true << 200;
        QTest::newRow("pieces, anything") << false << 263;
        QTest::newRow("pieces, few bytes") << false << 7;
    }

    void piecesAreTheWholeText()
    {
        QFETCH(bool, isByteLevel);
        QFETCH(int, largest);
        const tokenizer::Tokenizer& tokenizer = isByteLevel ? *m_bytes : *m_pieces;
        const ByteIds bytes = byteIdsOf(tokenizer);
        std::mt19937 random(5);
        for (int round = 0; round < 300; ++round) {
            TextStream stream(tokenizer, bytes);
            std::vector<std::int32_t> ids;
            std::string text;
            const auto length = 1 + random() % 300;
            while (ids.size() < length) {
                ids.push_back(static_cast<std::int32_t>(random() % static_cast<unsigned>(largest + 1)));
                const std::string piece = stream.push(ids.back());
                QCOMPARE(tokenizer::repairUtf8(piece), piece);
                text += piece;
            }
            text += stream.finish();
            QCOMPARE(text, tokenizer.decode(ids, tokenizer::SpecialTokens::Skip));
        }
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<tokenizer::Tokenizer> m_bytes, m_pieces;
};

LORI_TEST(TextStreamTest)
#include "text_stream_test.moc"
