// SPDX-License-Identifier: Apache-2.0
#include "core/support/text_place.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <string_view>

using namespace lori;

class TextPlaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aByteIsSaidAsAnEditorCounts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qulonglong>("byte");
        QTest::addColumn<qulonglong>("line");
        QTest::addColumn<qulonglong>("character");
        const auto row = [](const char* name, const char* text, qulonglong byte, qulonglong line, qulonglong character) {
            QTest::newRow(name) << QByteArray(text) << byte << line << character;
        };
        row("first", "abc", 1, 1, 1);
        row("last", "abc", 3, 1, 3);
        row("behind the end", "abc", 9, 1, 3);
        row("before the first", "abc", 0, 1, 1);
        row("empty", "", 1, 1, 1);
        row("the line feed is its line's", "ab\ncd", 3, 1, 3);
        row("second line", "ab\ncd", 4, 2, 1);
        row("after two bytes of one letter", "\xc3\xa9x", 3, 1, 2);
        row("after three bytes of one letter", "a\n\xe4\xb8\xadx", 6, 2, 2);
    }
    void aByteIsSaidAsAnEditorCounts()
    {
        QFETCH(QByteArray, text);
        QFETCH(qulonglong, byte);
        QFETCH(qulonglong, line);
        QFETCH(qulonglong, character);
        const TextPlace place = placeOf(std::string_view(text.data(), static_cast<std::size_t>(text.size())), byte);
        QCOMPARE(static_cast<qulonglong>(place.line), line);
        QCOMPARE(static_cast<qulonglong>(place.character), character);
    }
};

LORI_TEST(TextPlaceTest)
#include "text_place_test.moc"
