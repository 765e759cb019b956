// SPDX-License-Identifier: Apache-2.0
// Answers that take a first guess back, and numbers that only look like the result.
#include "core/tasks/choice.h"
#include "core/tasks/final_number.h"
#include "tests/support/test_registry.h"
#include "tests/tasks/labelled_answers.h"

#include <QElapsedTimer>

#include <array>

using namespace lori;
using namespace lori::tasks;

class CarefulReadersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLastWordOnAChoiceCounts_data()
    {
        QTest::addColumn<QString>("question"); // of data/choice_questions.json
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("choice");
        const std::vector<std::array<const char*, 3>> rows{
            {"b", "I think it's true. Wait, no: false.", "false"},
            {"b", "true. Actually, false.", "false"},
            {"b", "True... no, false", "false"},
            {"b", "It's hardly true.", "false"},
            {"b", "The answer is: no", "false"},
            {"b", "Definitely not.", "false"},
            {"b", "The answer is: yes", "true"},
            {"b", "Absolutely not.", "false"},
            {"b", "Certainly not!", "false"},
            {"b", "false. Wait, actually it's true.", "true"},
            {"b", "I think it's false. Hmm, no, true.", "true"},
            {"b", "False - no wait, true.", "true"},
            {"b", "True. No lamps are mentioned by day.", "true"},
            {"b", "True, no doubt.", "true"},
            {"b", "Yes. Actually, the lamps are small.", "true"},
            {"b", "No, false.", "false"},
            {"b", "No. It is false.", "false"},
            {"b", "True. The claim that it is false is wrong.", "true"},
            {"b", "True. It would be false to say otherwise.", "true"},
            {"b", "It is definitely not false.", "true"},
            {"b", "Definitely not true.", "false"},
            {"b", "Is it true? No, it is false.", "false"},
            {"b", "True, and not false.", "true"},
            {"b", "It's not true. Actually, it is false.", "false"},
            {"b", "Actually, true.", "true"},
            {"b", "Actually, it is false.", "false"},
            {"b", "true\n\nNo further explanation is needed, false would be wrong.", "true"},
            {"b", "It is hardly false.", "true"},
            {"b", "True; no, really.", "true"},
            {"b", "Yes, the railing is lit. There is no other railing.", "true"},
            {"w", "answer1? No. answer2.", "answer2"},
            {"w", "answer1 - wait, no, answer2", "answer2"},
            {"w", "answer1 won't work. answer2", "answer2"},
            {"w", "answer1 is tempting but answer2", "answer2"},
            {"w", "The correct answer is #2", "answer2"},
            {"w", "answer two", "answer2"},
            {"w", "Answer Three", "answer3"},
            {"w", "The correct answer is answer three.", "answer3"},
            {"w", "The answer is #3.", "answer3"},
            {"w", "option two", "answer2"},
            {"w", "answer1. Actually, answer3.", "answer3"},
            {"w", "The answer is answer1. Wait, no, it's answer3.", "answer3"},
            {"w", "answer1 cannot be right. answer3", "answer3"},
            {"w", "answer4 looks tempting, but answer3.", "answer3"},
            {"w", "Is it answer1? No, answer3.", "answer3"},
            {"w", "answer1 will not do. answer3", "answer3"},
            {"w", "I first considered answer1, but answer3", "answer3"},
            {"w", "Answer1: iron? No. Answer3: gold.", "answer3"},
            {"w", "answer2... no, answer3", "answer3"},
            {"w", "answer3. No, answer1 is wrong.", "answer3"},
            {"w", "answer3, but answer2 is close", "answer3"},
            {"w", "answer3 but answer2 is tempting.", "answer3"},
            {"w", "answer3. Actually, answer1 is iron, which rusts.", "answer3"},
            {"w", "answer3, no doubt. answer1 rusts.", "answer3"},
            {"w", "answer3. No other metal is like answer3.", "answer3"},
            {"w", "The correct answer is answer3. No other, not even answer2, lasts.", "answer3"},
            {"w", "answer3. answer2 won't work.", "answer3"},
            {"w", "answer3 because answer1, answer2 and answer4 won't work.", "answer3"},
            {"w", "answer3? Yes. answer2 rusts.", "answer3"},
            {"w", "answer3 won't rust. answer1 will.", "answer3"},
            {"w", "The answer two people gave was answer3.", "answer3"},
            {"w", "answer one of these: answer3", "answer3"},
            {"w", "answer3 is correct. Wait, let me check: answer1 rusts, answer2 rusts.", "answer3"},
            {"w", "answer3 (no rust), unlike answer1.", "answer3"},
            {"w", "answer3. wait for no more: answer1 is iron.", "answer3"},
            {"s", "solution1 won't work. solution2", "solution2"},
            {"s", "solution1? No. solution2", "solution2"},
            {"s", "solution two", "solution2"},
            {"s", "solution2. Actually, solution1 would burn it.", "solution2"},
            {"e", "ending1? No. ending2", "ending2"},
            {"e", "Ending1? Nope. Ending2", "ending2"},
            {"e", "ending1 is tempting but ending2", "ending2"},
            {"o", "option1. No wait, option2", "option2"},
            {"w", "answer1: yes\nanswer2: no\nanswer3: no\nanswer4: no", "answer1"},
            {"w", "answer1: no\nanswer2: no\nanswer3: yes\nanswer4: no", "answer3"},
            {"w", "answer1 - no. answer2 - no. answer3 - yes. answer4 - no.", "answer3"},
            {"w", "answer3. Actually, answer1, which is iron, rusts.", "answer3"},
            {"w", "answer3, anything but answer2.", "answer3"},
            {"w", "answer3. Wait, answer1?", "answer3"},
            {"w", "answer3. Wait, answer1 - iron - rusts.", "answer3"},
            {"w", "answer1. Sorry, answer3.", "answer3"},
            {"w", "answer1. Oops, I mean answer3.", "answer3"},
            {"w", "answer1. On second thought, answer3.", "answer3"},
            {"w", "answer1, or rather answer3.", "answer3"},
            {"w", "Actually, answer1, answer2 and answer4 rust. So answer3.", "answer3"},
            {"w", "I think answer3. Some think it's actually answer1.", "answer3"},
            {"w", "answer1: iron? No. answer2: steel? No. answer3: gold? Yes.", "answer3"},
            {"w", "answer3\nNo, answer1 rusts.", "answer3"},
            {"w", "answer3 is the only one, no? answer3.", "answer3"},
            {"w", "answer1? No. answer2? No. answer4? No.", "answer3"},
            {"w", "answer one or answer two", ""},
            {"b", "true\nNo, there are no other lamps.", "true"},
            {"b", "true. Actually, no.", "false"},
            {"b", "False - No, the railing is not lit.", "false"},
            {"b", "False. No, it is not true.", "false"},
            {"b", "Is it true? No.", "false"},
            {"b", "Is it false? No.", "true"},
            {"b", "Nope.", "false"},
            {"b", "True. It is far from false.", "true"},
            {"b", "True, but hardly noticeable.", "true"},
            {"b", "Of course not.", "false"},
            {"b", "Definitely not false.", "true"},
            {"b", "Is the answer true? Yes.", "true"},
            {"b", "true or false? No, false.", "false"},
        };
        for (const auto& [question, answer, choice] : rows) {
            QTest::newRow(answer) << question << QString::fromUtf8(answer) << choice;
        }
    }
    void theLastWordOnAChoiceCounts()
    {
        QFETCH(QString, question);
        QFETCH(QString, answer);
        QFETCH(QString, choice);
        const auto asked = labelledFile("choice_questions.json")[question.toStdString()];
        QCOMPARE(QString::fromStdString(chosenOption(asked["options"], asked["prompt"].get<std::string>(), answer.toStdString())),
                 choice);
    }

    void asidesAreNoResults_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("number");
        const std::vector<std::array<const char*, 2>> rows{
            {"The total is 42, not 43.", "42"},
            {"It's 42, not 40.", "42"},
            {"She earns $42 (that is $6 per day).", "42"},
            {"\\boxed{40+2}", "42"},
            {"\\boxed{6*7}", "42"},
            {"$\\boxed{6 \\times 7}$", "42"},
            {"\\boxed{50-8}", "42"},
            {"\\boxed{84/2}", "42"},
            {"\\boxed{42}", "42"},
            {"\\boxed{-3}", "-3"},
            {"\\boxed{6 \\times 7 = 42}", "42"},
            {"\\boxed{2+2*20}", "42"},
            {"\\boxed{x + 2}", "2"},
            {"\\boxed{\\frac{1}{2}}", "0.5"},
            {"\\boxed{1{,}080}", "1080"},
            {"\\boxed{3\\frac12}", "3.5"},
            {"\\boxed{10^3}", "1000"},
            {"Die Antwort ist 1.080.", "1080"},
            {"La respuesta final es 12.500 euros.", "12500"},
            {"Das sind insgesamt 1.080 Euro.", "1080"},
            {"En total son 1.250 manzanas.", "1250"},
            {"The answer is 1.080.", "1.08"},
            {"The answer is 12.500 euros.", "12.5"},
            {"She die-casts 1.250 kg in all.", "1.25"},
            {"Die Antwort ist 1,5.", "1.5"},
            {"Die Antwort ist 0.125.", "0.125"},
            {"Die Antwort ist 2.50 Euro.", "2.5"},
            {"1.080", "1.08"},
            {"She had 42 apples, which she bought on 3 May.", "42"},
            {"She has 42 apples, which she bought on 3 May.", "42"},
            {"There were 42 apples, which she bought on 3 May.", "42"},
            {"The answer is 2 dozen (24).", "24"},
            {"The answer is 2 dozen.", "2"},
            {"The answer is 3 (three).", "3"},
            {"The answer is 42 (6 per day).", "42"},
            {"The answer is 42 (see 2).", "42"},
            {"Answer: 2 dozen (24)", "24"},
            {"The total is not 43 but 42.", "42"},
            {"The total is not 43, it is 42.", "42"},
            {"It is 42 rather than 40.", "42"},
            {"It is 42, instead of 40.", "42"},
            {"He earns $6 per day, that is $42 per week.", "42"},
            {"The answer is 42, not 43.", "42"},
            {"There are 12 boxes, not 10, so she needs 24.", "24"},
            {"One half (that is 50 %).", "50"},
            {"She sold 12, not counting the 30 she gave away, so 42 in total.", "42"},
            {"He pays on 3 May, that is 42 dollars.", "42"},
            {"\\boxed{2+3x}", "3"},
            {"\\boxed{40+2 \\text{ apples}}", "42"},
            {"The answer is $\\boxed{\\$40 + \\$2}$.", "42"},
            {"\\boxed{1.5+2}", "2"},
            {"Sie hat 1.250 Euro und gibt 250 aus, also sind es 1.000 Euro.", "1000"},
            {"Das kostet 2.50 Euro und 1.250 kg.", "1.25"},
            {"Maria de la Cruz pays 1.250 dollars.", "1.25"},
            {"Die Lösung ist 1.234.567.", "1234567"},
            {"Insgesamt: 1.080,50 Euro", "1080.5"},
            {"El total es 2.400.", "2400"},
            {"Cada uno tiene 1.500 euros.", "1500"},
            {"She had 30 apples. It's not 42.", "30"},
            {"The result isn't 40 but 42.", "42"},
            {"She has 3 dozen (36) eggs.", "36"},
            {"5 dozen, or 60 eggs", "60"},
            {"She has 3 dozen eggs (for 12 people).", "3"},
            {"His son sold 1.250 kg of hay.", "1.25"},
            {"Er verdient 1.080 Euro.", "1080"},
            {"La solución es 1.080.", "1080"},
            {"Die Lösung ist 1.080.", "1080"},
            {"1.080 euros", "1.08"},
            {"They die after 1.250 hours.", "1.25"},
        };
        for (const auto& [answer, number] : rows) {
            QTest::newRow(answer) << QString::fromUtf8(answer) << number;
        }
    }
    void asidesAreNoResults()
    {
        QFETCH(QString, answer);
        QFETCH(QString, number);
        QCOMPARE(QString::fromStdString(finalNumber(answer.toStdString()).value_or("none")), number);
    }

    void calculationsInBoxesThatHaveNoWholeResultSayNothing()
    {
        for (const char* box : {"5+3/2", "7*(2", "1+", "99999999999999*99999999999999", "3-1/0"}) {
            const auto found = finalNumber("\\boxed{" + std::string(box) + "}");
            QVERIFY2(!found, box);
        }
    }

    /// Many corrections in one answer are read in good time.
    void longAnswersAreReadQuickly()
    {
        std::string text;
        for (int i = 0; i < 1500; ++i) {
            text += "answer" + std::to_string(1 + i % 2) + ". Wait, no, ";
        }
        text += "answer2";
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(QString::fromStdString(chosenOption({"answer1", "answer2"}, "", text)), QString("answer2"));
        QVERIFY(timer.elapsed() < 20000);
    }
};

LORI_TEST(CarefulReadersTest)
#include "careful_readers_test.moc"
