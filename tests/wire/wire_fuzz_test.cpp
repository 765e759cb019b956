// SPDX-License-Identifier: Apache-2.0
// Whatever comes in, a line is understood or refused in one sentence. Built for the sanitizers too.
#include "core/support/files.h"
#include "core/wire/line_splitter.h"
#include "core/wire/messages.h"
#include "tests/support/test_registry.h"
#include "tests/wire/line_mutations.h"

#include <QtTest>

#include <sstream>

using namespace lori;
using namespace lori::wire;

class WireFuzzTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyLineIsUnderstoodOrRefusedInOneSentence()
    {
        std::istringstream golden(
            readTextFile(std::filesystem::path(LORI_SOURCE_DIR) / "tests/wire/golden_messages.jsonl").value());
        std::vector<std::string> valid;
        for (std::string line; std::getline(golden, line);) {
            valid.push_back(line);
        }
        test::LineMutations lines(valid, 20261129);
        int understood = 0;
        for (int i = 0; i < 20'000; ++i) {
            const std::string line = lines.next();
            const ReadRequest read = requestFromLine(line);
            if (read.request) {
                ++understood;
                const ReadRequest again = requestFromLine(requestLine(read.id, *read.request));
                QVERIFY2(again.request.has_value() && again.id == read.id, line.c_str());
            } else {
                const std::string answer = answerLine(read.id, failureOf(read.request.error()));
                QVERIFY2(answer.size() < 4000 && answer.find('\n') == answer.size() - 1, answer.c_str());
                QVERIFY2(read.request.error().code == ErrorCode::InvalidArgument, answer.c_str());
                QVERIFY(std::holds_alternative<Failure>(answerFromLine(answer).value().answer));
            }
            static_cast<void>(answerFromLine(line.substr(0, 2000)));
        }
        QVERIFY(understood > 1000 && understood < 10'000);
    }

    void linesComeOutAsTheyWereCutIn()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 300; ++round) {
            std::string input;
            std::vector<std::string> expected;
            for (int i = 0; i < 20; ++i) {
                const std::string line(random() % 30, static_cast<char>('a' + i));
                input += line + "\n";
                expected.push_back(line.size() > 16 ? "too long" : line);
            }
            LineSplitter splitter(16);
            std::vector<std::string> lines;
            for (std::size_t begin = 0; begin < input.size();) {
                const std::size_t count = 1 + random() % 50;
                splitter.add(std::string_view(input).substr(begin, count));
                begin += count;
                while (const auto line = splitter.next()) {
                    lines.push_back(line->isTooLong ? "too long" : line->text);
                }
            }
            QVERIFY(lines == expected);
            QVERIFY(!splitter.rest());
        }
    }

    void aLastLineNeedsNoLineFeedAndALongOneIsToldOfOnce()
    {
        LineSplitter splitter(4);
        splitter.add("abc");
        QVERIFY(!splitter.next());
        QCOMPARE(splitter.rest()->text, std::string("abc"));
        splitter.add("abcde");
        QVERIFY(splitter.next()->isTooLong);
        splitter.add("fghijklmnop");
        QVERIFY(!splitter.next() && !splitter.rest());
        splitter.add("q\nrs\n");
        QCOMPARE(splitter.next()->text, std::string("rs"));
    }
};

LORI_TEST(WireFuzzTest)
#include "wire_fuzz_test.moc"
