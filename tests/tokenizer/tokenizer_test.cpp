// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/pre_tokenizer.h"
#include "core/tokenizer/tokenizer.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <thread>

using namespace lori;
using namespace lori::tokenizer;
using nlohmann::json;

namespace {

using Ids = std::vector<std::int32_t>;

json byteLevel(bool useRegex, bool addPrefixSpace = false)
{
    return {{"type", "ByteLevel"}, {"add_prefix_space", addPrefixSpace}, {"use_regex", useRegex}};
}

json added(int id, const char* content, bool isSpecial = true)
{
    return {{"id", id}, {"content", content}, {"special", isSpecial}, {"normalized", false}};
}

/// a 0, b 1, c 2, Ġ 3, ' 4, s 5, 1 6, 2 7, ab 8, abc 9, Ġa 10, 12 11, ĠĠ 12, 's 13, <e> 20
json smallBpe()
{
    return {{"added_tokens", json::array({added(20, "<e>")})},
            {"pre_tokenizer", byteLevel(true)},
            {"model",
             {{"type", "BPE"},
              {"vocab",
               {{"a", 0},
                {"b", 1},
                {"c", 2},
                {"Ġ", 3},
                {"'", 4},
                {"s", 5},
                {"1", 6},
                {"2", 7},
                {"ab", 8},
                {"abc", 9},
                {"Ġa", 10},
                {"12", 11},
                {"ĠĠ", 12},
                {"'s", 13}}},
              {"merges", {"a b", "ab c", "Ġ a", "1 2", "Ġ Ġ", "' s"}}}}};
}

std::unique_ptr<Tokenizer> make(const json& tokenizer)
{
    return Tokenizer::fromJson(tokenizer, nullptr).value();
}

} // namespace

class TokenizerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mergesTheLowestRankFirst()
    {
        QCOMPARE(make(smallBpe())->encode("abc"), Ids{9});
        QCOMPARE(make(smallBpe())->encode("aabcc"), (Ids{0, 9, 2}));
        json later = smallBpe();
        later["model"]["merges"] = {"Ġ a", "a b", "ab c"};
        QCOMPARE(make(later)->encode(" abc"), (Ids{10, 1, 2})); // "Ġ a" comes first and leaves nothing for "a b"
    }

    void longWordsMergeLikeShortOnes()
    {
        const auto tokenizer = make(smallBpe());
        for (const int count : {1, 7, 10, 11, 12, 30, 1000}) { // 32 bytes is where another method begins
            std::string text;
            Ids expected;
            for (int i = 0; i < count; ++i) {
                text += "abca";
                expected.insert(expected.end(), {9, 0});
            }
            QCOMPARE(tokenizer->encode(text), expected);
        }
    }

    void wordsAreThoseOfGpt2()
    {
        const auto tokenizer = make(smallBpe());
        QCOMPARE(tokenizer->encode("a's a"), (Ids{0, 13, 10}));
        QCOMPARE(tokenizer->encode("a   a"), (Ids{0, 12, 10})); // the last space belongs to the word
        QCOMPARE(tokenizer->encode("a12"), (Ids{0, 11}));
    }

    void digitsStandAlone()
    {
        json tokenizer = smallBpe();
        tokenizer["pre_tokenizer"] = {{"type", "Sequence"},
                                      {"pretokenizers", {{{"type", "Digits"}, {"individual_digits", true}}, byteLevel(true)}}};
        QCOMPARE(make(tokenizer)->encode("a12 1"), (Ids{0, 6, 7, 3, 6}));
        tokenizer["pre_tokenizer"]["pretokenizers"][0]["individual_digits"] = false;
        QCOMPARE(make(tokenizer)->encode("a12 1"), (Ids{0, 11, 3, 6}));
    }

    void splitsIsolateOrRemove()
    {
        json tokenizer = smallBpe();
        json split = {{"type", "Split"}, {"pattern", {{"Regex", "b"}}}, {"behavior", "Isolated"}, {"invert", false}};
        const auto encode = [&](const char* text) {
            tokenizer["pre_tokenizer"] = {{"type", "Sequence"}, {"pretokenizers", {split, byteLevel(false)}}};
            return make(tokenizer)->encode(text);
        };
        QCOMPARE(encode("abc"), (Ids{0, 1, 2}));
        split["behavior"] = "Removed";
        QCOMPARE(encode("abc"), (Ids{0, 2}));
        split["invert"] = true;
        QCOMPARE(encode("abc"), Ids{1});
        split["pattern"] = {{"String", "."}}; // a text, not an expression
        split["invert"] = false;
        QCOMPARE(encode("abc"), Ids{9});
    }

    void splitsMergeWithTheirNeighbours_data()
    {
        QTest::addColumn<QString>("behavior");
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("invert");
        QTest::addColumn<QStringList>("words");
        // As the tokenizers library (0.23.3) splits "abbcb".
        const auto row = [](const char* behavior, const char* pattern, bool invert, const QStringList& words) {
            QTest::addRow("%s%s %s", behavior, invert ? " inverted" : "", pattern)
                << QString(behavior) << QString(pattern) << invert << words;
        };
        row("MergedWithPrevious", "b", false, {"ab", "b", "cb"});
        row("MergedWithNext", "b", false, {"a", "b", "bc", "b"});
        row("Contiguous", "b", false, {"a", "bb", "c", "b"});
        row("MergedWithPrevious", "b", true, {"a", "b", "bc", "b"});
        row("MergedWithNext", "b", true, {"ab", "b", "cb"});
        row("MergedWithPrevious", "x", false, {"abbcb"});
    }
    void splitsMergeWithTheirNeighbours()
    {
        QFETCH(QString, behavior);
        QFETCH(QString, pattern);
        QFETCH(bool, invert);
        QFETCH(QStringList, words);
        const tokenizer::PreTokenizer splitter(json{{"type", "Split"},
                                                    {"pattern", {{"String", pattern.toStdString()}}},
                                                    {"behavior", behavior.toStdString()},
                                                    {"invert", invert}});
        std::deque<std::string> added;
        QStringList found;
        for (const std::string_view word : splitter.split("abbcb", tokenizer::TextPlace::Begin, added)) {
            found << QString::fromStdString(std::string(word));
        }
        QCOMPARE(found, words);
    }

    void aPrefixSpaceIsAddedOnce()
    {
        json tokenizer = smallBpe();
        tokenizer["pre_tokenizer"] = byteLevel(true, true);
        QCOMPARE(make(tokenizer)->encode("a"), Ids{10});
        QCOMPARE(make(tokenizer)->encode(" a"), Ids{10});
    }

    void wholeWordsComeBeforeMergesWhenAskedFor()
    {
        json tokenizer = smallBpe();
        tokenizer["model"]["vocab"]["bca"] = 14; // no merge makes it
        QCOMPARE(make(tokenizer)->encode("bca"), (Ids{1, 2, 0}));
        tokenizer["model"]["ignore_merges"] = true;
        QCOMPARE(make(tokenizer)->encode("bca"), Ids{14});
    }

    void missingBytesVanishOrBecomeUnknown()
    {
        json tokenizer = smallBpe();
        QCOMPARE(make(tokenizer)->encode("axxb"), Ids{8}); // what is left grows together, as in `tokenizers`
        tokenizer["model"]["unk_token"] = "c";
        QCOMPARE(make(tokenizer)->encode("axxb"), (Ids{0, 2, 2, 1}));
        tokenizer["model"]["fuse_unk"] = true;
        QCOMPARE(make(tokenizer)->encode("axxb"), (Ids{0, 2, 1}));
    }

    void addedTokensAreFoundFirstAndTheLongestWins()
    {
        json tokenizer = smallBpe();
        tokenizer["added_tokens"] = {added(20, "<e>"), added(21, "<e>a"), added(22, "e>")};
        const auto made = make(tokenizer);
        QCOMPARE(made->encode("a<e>b<e>a<e"), (Ids{0, 20, 1, 21}));
        QCOMPARE(made->encode("e>"), Ids{22});
        QCOMPARE(made->vocabularySize(), std::int64_t{23});
        QCOMPARE(made->idOf("<e>a"), std::optional<std::int32_t>(21));
        QCOMPARE(made->idOf("nothing"), std::optional<std::int32_t>());
    }

    void addedTokensMayTakeSpacesAndWantWholeWords()
    {
        json tokenizer = smallBpe();
        tokenizer["added_tokens"][0]["lstrip"] = true;
        tokenizer["added_tokens"][0]["rstrip"] = true;
        QCOMPARE(make(tokenizer)->encode("a  <e> \xe2\x80\x83 b"), (Ids{0, 20, 1})); // U+2003 is a space, too
        tokenizer["added_tokens"] = json::array({added(20, "ab")});
        tokenizer["added_tokens"][0]["id"] = 8;
        tokenizer["added_tokens"][0]["single_word"] = true;
        tokenizer["model"]["merges"] = json::array();
        QCOMPARE(make(tokenizer)->encode("ab cab"), (Ids{8, 3, 2, 0, 1}));
    }

    void decodesBytesAndSpecialTokens()
    {
        const auto tokenizer = make(smallBpe());
        QCOMPARE(tokenizer->decode({9, 10, 20, 99, -1}, SpecialTokens::Keep), std::string("abc a<e>"));
        QCOMPARE(tokenizer->decode({9, 10, 20}, SpecialTokens::Skip), std::string("abc a"));
    }

    void halfACharacterDecodesToTheReplacementSign()
    {
        json tokenizer = smallBpe();
        tokenizer["model"]["vocab"]["Ã"] = 30; // byte 0xC3
        tokenizer["model"]["vocab"]["©"] = 31; // byte 0xA9
        const auto made = make(tokenizer);
        QCOMPARE(made->decode({30, 31}, SpecialTokens::Keep), std::string("é"));
        QCOMPARE(made->decode({30, 0}, SpecialTokens::Keep), std::string("\xef\xbf\xbd") + "a");
        QCOMPARE(made->encode("é"), (Ids{30, 31}));
    }

    void brokenUtf8IsReplacedBeforeEncoding()
    {
        json tokenizer = smallBpe();
        tokenizer["model"]["unk_token"] = "c";
        const auto made = make(tokenizer);
        QCOMPARE(made->encode("a\xff"
                              "b"),
                 made->encode("a\xef\xbf\xbd"
                              "b"));
        QCOMPARE(made->encode("\xf0\x9f\x98"), made->encode("\xef\xbf\xbd"));                         // one beginning, one sign
        QCOMPARE(made->encode("\xed\xa0\x80"), made->encode("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd")); // a surrogate
    }

    void severalThreadsMayEncodeAtOnce()
    {
        const auto tokenizer = make(smallBpe());
        std::vector<Ids> results(4);
        {
            std::vector<std::jthread> threads;
            for (Ids& result : results) {
                threads.emplace_back([&] {
                    for (int i = 0; i < 200; ++i) {
                        result = tokenizer->encode("abc a's 12<e>  abcabcabc");
                    }
                });
            }
        }
        for (const Ids& result : results) {
            QCOMPARE(result, tokenizer->encode("abc a's 12<e>  abcabcabc"));
        }
    }

    void aVeryLongRunOfOneSignIsEncoded()
    {
        const auto tokenizer = make(smallBpe());
        QCOMPARE(tokenizer->encode(std::string(200'000, ' ')).size(), std::size_t{100'000});
    }
};

LORI_TEST(TokenizerTest)
#include "tokenizer_test.moc"
