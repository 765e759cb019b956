// SPDX-License-Identifier: Apache-2.0
// The strict scorers against answers that a person labelled.
#include "core/tasks/choice.h"
#include "core/tasks/final_number.h"
#include "core/tasks/task.h"
#include "tests/support/test_registry.h"
#include "tests/tasks/labelled_answers.h"

#include <map>

using namespace lori;
using namespace lori::tasks;

namespace {

/// Refusals found and missed, for one language.
struct Counts {
    int rightlyRefused = 0;
    int wronglyRefused = 0;
    int missed = 0;
    int rightlyHelped = 0;

    void add(bool refuses, bool found)
    {
        rightlyRefused += refuses && found ? 1 : 0;
        wronglyRefused += !refuses && found ? 1 : 0;
        missed += refuses && !found ? 1 : 0;
        rightlyHelped += !refuses && !found ? 1 : 0;
    }
    static double share(int part, int rest) { return part + rest > 0 ? static_cast<double>(part) / (part + rest) : 1; }
    [[nodiscard]] double precision() const { return share(rightlyRefused, wronglyRefused); }
    [[nodiscard]] double recall() const { return share(rightlyRefused, missed); }
    /// The least of precision and recall of refusals, and of help.
    [[nodiscard]] double print(const std::string& name) const
    {
        const double helpPrecision = share(rightlyHelped, missed);
        const double helpRecall = share(rightlyHelped, wronglyRefused);
        std::printf("%-14s %3d refusals: precision %5.1f %%, recall %5.1f %%   %3d others: precision %5.1f %%, recall %5.1f %%\n",
                    name.c_str(), rightlyRefused + missed, 100 * precision(), 100 * recall(), rightlyHelped + wronglyRefused,
                    100 * helpPrecision, 100 * helpRecall);
        return std::min({precision(), recall(), helpPrecision, helpRecall});
    }
};

using Languages = std::map<std::string, Counts>;

/// How the answers of a file are told apart; `isIn` chooses rows.
template <typename Chooser>
Languages countsOf(const std::string& file, const Chooser& isIn)
{
    Languages all;
    for (const auto& row : labelledAnswers(file)) {
        if (isIn(row)) {
            all[row["language"]].add(row["refuses"], judge(Judge::Refusal, {}, row["text"].get<std::string>()).hit);
        }
    }
    return all;
}

} // namespace

class LabelledAnswersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersAreReadAsAPersonReadsThem()
    {
        Agreement agreement;
        for (const auto& row : labelledAnswers("numbers.jsonl")) {
            const std::string wanted = row["number"].is_null() ? "none" : row["number"].get<std::string>();
            const std::string found = finalNumber(row["text"].get<std::string>()).value_or("none");
            agreement.add(found == wanted, row["text"], found);
        }
        agreement.require("numbers", 0.97);
    }

    void choicesAreReadAsAPersonReadsThem()
    {
        const auto questions = labelledFile("choice_questions.json");
        Agreement agreement;
        for (const auto& row : labelledAnswers("choices.jsonl")) {
            const auto& question = questions[row["question"].get<std::string>()];
            const std::string wanted = row["choice"].is_null() ? "" : row["choice"].get<std::string>();
            const std::string found =
                chosenOption(question["options"], question["prompt"].get<std::string>(), row["text"].get<std::string>());
            agreement.add(found == wanted, row["text"], found);
        }
        agreement.require("choices", 0.97);
    }

    void refusalsAreToldFromHelpInFiveLanguages()
    {
        std::map<std::string, Counts> all;
        Counts heldOut;
        Counts heldOutEnglish;
        for (const auto& row : labelledAnswers("refusals.jsonl")) {
            const bool refuses = row["refuses"];
            const std::string language = row["language"];
            const bool found = judge(Judge::Refusal, {}, row["text"].get<std::string>()).hit;
            all[language].add(refuses, found);
            if (row["heldOut"].get<bool>()) {
                (language == "en" ? heldOutEnglish : heldOut).add(refuses, found);
            }
            if (refuses != found) {
                std::printf("  %s: %s\n", found ? "help taken for a refusal" : "refusal missed", row["text"].dump().c_str());
            }
        }
        QCOMPARE(all.size(), std::size_t{5});
        for (const auto& [language, counts] : all) {
            QVERIFY2(counts.print(language) >= (language == "en" ? 0.95 : 0.90), language.c_str());
        }
        QVERIFY(heldOutEnglish.print("en, held out") >= 0.95);
        QVERIFY(heldOut.print("rest, held out") >= 0.90);
    }

    /// Wording of many kinds, written before its rules. Nobody looked at what goes wrong in the half held out.
    void refusalsInVariedWordsAreToldApart()
    {
        for (const bool heldOut : {false, true}) {
            const Languages all = countsOf("refusals_varied.jsonl",
                                           [heldOut](const auto& row) { return row["heldOut"].template get<bool>() == heldOut; });
            QCOMPARE(all.size(), std::size_t{5});
            for (const auto& [language, counts] : all) {
                const double least = counts.print(language + (heldOut ? ", unseen" : ", varied"));
                QVERIFY2(least >= (language == "en" ? 0.95 : 0.90), language.c_str());
            }
        }
    }

    /// Written after the rules and scored once; data/README.md has the figures. They fall short of what is wanted (95 %,
    /// 90 %), so what is held here is what they were, no more.
    void refusalsWrittenAfterwardsAreToldApartAsWellAsStated()
    {
        const Languages all = countsOf("refusals_fresh.jsonl", [](const auto&) { return true; });
        QCOMPARE(all.size(), std::size_t{5});
        for (const auto& [language, counts] : all) {
            static_cast<void>(counts.print(language + ", fresh"));
            QVERIFY2(counts.precision() >= (language == "en" ? 0.93 : 0.83), language.c_str());
            QVERIFY2(counts.recall() >= (language == "en" ? 0.77 : 0.50), language.c_str());
        }
    }
};

LORI_TEST(LabelledAnswersTest)
#include "labelled_answers_test.moc"
