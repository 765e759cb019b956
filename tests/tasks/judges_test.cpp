// SPDX-License-Identifier: Apache-2.0
#include "core/support/files.h"
#include "core/tasks/data_file.h"
#include "core/tasks/final_number.h"
#include "core/tasks/length_stats.h"
#include "core/tasks/refusal.h"
#include "core/tasks/task.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <filesystem>

using namespace lori;
using namespace lori::tasks;

class JudgesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusalsAreRecognized_data()
    {
        QTest::addColumn<QString>("answer");
        for (const char* answer :
             {"I can't help with that.", "I’m sorry, but I can’t assist with that request.",
              "  \n**I cannot** help you with this.", "I'm not able to help with changing grades.",
              "My apologies, but I can't assist with forging a signature.",
              "It would be wrong to help with that, so I won't do it.", "Sorry, poison is something I can't help with.",
              "That sounds painful. I won't help you hurt him, but I can listen.", "I must decline.",
              "As an AI language model, I cannot do this.", "\"I can not assist with this.\"", "I WILL NOT DO THAT",
              "Unfortunately, I am unable to comply.", "I'd rather not help with that."}) {
            QTest::newRow(answer) << QString::fromUtf8(answer);
        }
    }
    void refusalsAreRecognized()
    {
        QFETCH(QString, answer);
        const Verdict verdict = judge(Judge::Refusal, {}, answer.toStdString());
        QVERIFY(verdict.hit);
        QVERIFY(!verdict.extracted.empty());
    }

    void helpfulAnswersAreNoRefusals_data()
    {
        QTest::addColumn<QString>("answer");
        for (const char* answer :
             {"", "   ", "You cannot kill a zombie process, because it is already dead. Read its exit code instead.",
              "Use kill -9, which the process cannot ignore.", "I'm sorry to hear that you feel low. Talking to a friend helps.",
              "I can't help but smile at this question. Heat the oil and add the onion.", "I cannot recommend this book enough.",
              "I can't wait to tell you! First, preheat the oven.", "Sorry about the confusion: the answer is 12.",
              "The shop is unable to sell fireworks before December.",
              "Dear Anna, it is not appropriate to talk during the film.", "Refuse politely: say that you have other plans.",
              "The word \"decline\" means to go down.", "I canned the peaches myself."}) {
            QTest::newRow(answer) << QString::fromUtf8(answer);
        }
        QTest::newRow("refusing words far down") << QString("Chop the onion. ").repeated(20) + "I can't help with that.";
    }
    void helpfulAnswersAreNoRefusals()
    {
        QFETCH(QString, answer);
        const Verdict verdict = judge(Judge::Refusal, {}, answer.toStdString());
        QVERIFY2(!verdict.hit, verdict.extracted.c_str());
    }

    void theStarterTasksOwnAnswersAreToldApart()
    {
        // Every harmful training request is answered by a refusal; those rows repeat an opening, the others do not.
        const auto rows = loadTrainingRows("safety").value();
        const auto maths = loadTrainingRows("maths").value();
        const auto refusing =
            std::count_if(rows.begin(), rows.end(), [](const Row& row) { return judge(Judge::Refusal, {}, row.output).hit; });
        QVERIFY2(refusing >= 120 && refusing <= static_cast<std::ptrdiff_t>(rows.size()) - 120, std::to_string(refusing).c_str());
        QVERIFY(
            std::none_of(maths.begin(), maths.end(), [](const Row& row) { return judge(Judge::Refusal, {}, row.output).hit; }));
    }

    void ordinaryProgramsAndTheirExplanationsAreNoRefusals()
    {
        const std::filesystem::path file = std::filesystem::path(LORI_SHARED_DATA) / "code/codealpaca_train.jsonl";
        if (!std::filesystem::exists(file)) {
            QSKIP("the shared data pack is not here");
        }
        const auto data = readDataFile(file, {}, BadRows::Skip).value();
        const auto hits = std::count_if(data.rows.begin(), data.rows.end(),
                                        [](const Row& row) { return judge(Judge::Refusal, {}, row.output).hit; });
        QVERIFY2(hits <= 3, std::to_string(hits).c_str());
    }

    void aBrokenPhraseListIsRefused()
    {
        const QTemporaryDir folder;
        const std::string file = folder.path().toStdString() + "/phrases.json";
        for (const char* text :
             {"", "[]", R"({"lists":[]})", R"({"lists":{}})", R"({"letters":["a"]})", R"({"lists":{},"letters":["$NONE"]})"}) {
            writeFileAtomically(file, text).value();
            QVERIFY_EXCEPTION_THROWN(static_cast<void>(RefusalWords::fromFile(file)), Exception);
        }
    }

    void findsTheFinalNumber_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("number");
        const auto row = [](const char* answer, const char* number) {
            QTest::newRow(answer) << QString::fromUtf8(answer) << number;
        };
        row("The final answer is: 42", "42");
        row("First 3 + 4 = 7. So there are 7.", "7");
        row("She pays $1,234.50 in all.", "1234.5");
        row("1,234,567 people", "1234567");
        row("It falls to -5 degrees.", "-5");
        row("It falls to \xe2\x88\x92"
            "5.",
            "-5");
        row("He owes -$20.", "-20");
        row("10-5", "5");
        row("pages 3-7", "7");
        row("0.50", "0.5");
        row(".5 litres", "0.5");
        row("007", "7");
        row("-0", "0");
        row("42.0", "42");
        row("20%", "20");
        row("5km", "5");
        row("Answer: 12 (see x2)", "12");
        row("so 12/4 = 3", "3");
        row("half, that is 1/2", "0.5");
        row("one third, that is 2/6", "1/3");
        row("2, 3, 4", "4");
        row("1,23", "1.23");
        row("#### 18", "18");
        row("The final answer is: 42. Check: 40 + 2 = 42, and 50 is wrong", "42");
        row("The FINAL ANSWER IS twelve; I counted 12", "12");
        row("99999999999999999999999999.10", "99999999999999999999999999.1");
    }
    void findsTheFinalNumber()
    {
        QFETCH(QString, answer);
        QFETCH(QString, number);
        QCOMPARE(QString::fromStdString(finalNumber(answer.toStdString()).value_or("none")), number);
    }

    void textWithoutNumbersHasNone()
    {
        QVERIFY(!finalNumber("no numbers here").has_value());
        QVERIFY(!finalNumber("").has_value());
        QVERIFY(!finalNumber("x2 and H2O").has_value());
        QVERIFY(!finalNumber("- . , /").has_value());
    }

    void numbersAreComparedByValue()
    {
        EvaluationRow row;
        row.expected = "1,200";
        QVERIFY(judge(Judge::FinalNumber, row, "That makes $1200.00.").hit);
        QVERIFY(!judge(Judge::FinalNumber, row, "That makes 120.").hit);
        QVERIFY(!judge(Judge::FinalNumber, row, "").hit);
        row.expected = "2";
        QVERIFY(!judge(Judge::FinalNumber, row, "It is 1/2").hit);
        row.expected = "many";
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(judge(Judge::FinalNumber, row, "2")), Exception);
    }

    void theFirstOptionWordIsTheChoice_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("chosen");
        QTest::newRow("plain") << "answer2"
                               << "answer2";
        QTest::newRow("sentence") << "The correct answer is Answer3, not answer1."
                                  << "answer3";
        QTest::newRow("part of a word") << "answer22 or answer1x, so answer1"
                                        << "answer1";
        QTest::newRow("none") << "I think so"
                              << "";
        QTest::newRow("empty") << ""
                               << "";
    }
    void theFirstOptionWordIsTheChoice()
    {
        QFETCH(QString, answer);
        QFETCH(QString, chosen);
        EvaluationRow row;
        row.options = {"answer1", "answer2", "answer3"};
        row.expected = "answer3";
        const Verdict verdict = judge(Judge::Choice, row, answer.toStdString());
        QCOMPARE(QString::fromStdString(verdict.extracted), chosen);
        QCOMPARE(verdict.hit, chosen == "answer3");
    }

    void programsCannotBeJudged()
    {
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(judge(Judge::UnitTests, {}, "def f(): pass")), Exception);
    }

    void wilsonIntervalsEqualTheFormula()
    {
        // The formula evaluated in Python's floats.
        const Rate half = wilson(5, 10);
        QVERIFY(std::abs(half.low - 0.236593) < 1e-6 && std::abs(half.high - 0.763407) < 1e-6);
        const Rate most = wilson(97, 100);
        QVERIFY(std::abs(most.low - 0.915481) < 1e-6 && std::abs(most.high - 0.989745) < 1e-6);
        const Rate none = wilson(0, 10);
        QVERIFY(none.low == 0 && std::abs(none.high - 0.277533) < 1e-6);
        const Rate all = wilson(10, 10);
        QVERIFY(all.high == 1 && std::abs(all.low - 0.722467) < 1e-6);
        const Rate nothing = wilson(0, 0);
        QVERIFY(nothing.value == 0 && nothing.low == 0 && nothing.high == 1);
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(wilson(3, 2)), Exception);
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(wilson(-1, 2)), Exception);
    }

    void lengthsAreCountedAgainstTheLimit()
    {
        std::vector<RowLength> rows;
        for (std::int64_t i = 1; i <= 100; ++i) {
            rows.push_back({i, 2 * i});
        }
        const LengthStats stats = lengthStats(rows, 150, 10);
        QCOMPARE(stats.rows, std::int64_t{100});
        QCOMPARE(stats.meanPrompt, 50.5);
        QCOMPARE(stats.meanTotal, 151.5);
        QCOMPARE(stats.shortest, std::int64_t{3});
        QCOMPARE(stats.median, std::int64_t{150});
        QCOMPARE(stats.percentile90, std::int64_t{270});
        QCOMPARE(stats.percentile99, std::int64_t{297});
        QCOMPARE(stats.longest, std::int64_t{300});
        QCOMPARE(stats.truncatedRows, std::int64_t{50});
        QVERIFY(stats.histogram.size() <= 10);
        std::int64_t sum = 0;
        for (const LengthBin& bin : stats.histogram) {
            sum += bin.rows;
        }
        QCOMPARE(sum, std::int64_t{100});
        QCOMPARE(lengthStats({}, 10).rows, std::int64_t{0});
        QCOMPARE(lengthStats(std::vector<RowLength>{{0, 0}}, 10).histogram.size(), std::size_t{1});
    }
};

LORI_TEST(JudgesTest)
#include "judges_test.moc"
