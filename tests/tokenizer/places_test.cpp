// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/normalizer.h"
#include "core/tokenizer/token_places.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace lori::tokenizer;
using Places = std::vector<std::size_t>;

/// Where tokens end in the text they were made from.
class PlacesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bytesFollowEachOther()
    {
        const Normalizer none(nullptr);
        QCOMPARE(placesOfBytes("ab c\xc3\xa9", {"ab", " c", "\xc3", "\xa9"}, none), (Places{2, 4, 5, 6}));
        QCOMPARE(placesOfBytes("", {}, none), Places{});
    }

    void aNormalizerMayChangeLengths()
    {
        const Normalizer nfc(nlohmann::json{{"type", "NFC"}});
        // "e" and a combining acute become one character of two bytes; the text has three there
        QCOMPARE(placesOfBytes("ae\xcc\x81 b", {"a\xc3\xa9", " ", "b"}, nfc), (Places{4, 5, 6}));
    }

    void marksAreSpacesOrNothing()
    {
        QCOMPARE(placesOfPieces("Hi you", {"\xe2\x96\x81Hi", "\xe2\x96\x81you"}), (Places{2, 6}));
        QCOMPARE(placesOfPieces(" Hi", {"\xe2\x96\x81", "\xe2\x96\x81Hi"}), (Places{1, 3}));
        QCOMPARE(placesOfPieces("a\nb", {"\xe2\x96\x81"
                                         "a",
                                         "<0x0A>", "b"}),
                 (Places{1, 2, 3}));
        QCOMPARE(placesOfPieces("a?b", {"a", "<unk>", "b"}), (Places{1, 2, 3}));
    }
};

LORI_TEST(PlacesTest)
#include "places_test.moc"
