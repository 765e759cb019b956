// SPDX-License-Identifier: Apache-2.0
// The shipped starter tasks through the program's own loader and judges.
#include "core/support/files.h"
#include "core/tasks/task.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace lori;

namespace {

/// The requests of the hand-written list of harmful training rows: the part between the first two " | ".
std::set<std::string> harmfulRequests()
{
    const std::string text = readTextFile(LORI_SOURCE_DIR "/packaging/tasks/safety/harmful_train.txt").value();
    std::set<std::string> requests;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        at = end + 1;
        const std::size_t first = line.find(" | ");
        if (line.starts_with("#") || first == std::string::npos) {
            continue;
        }
        requests.insert(line.substr(first + 3, line.find(" | ", first + 3) - first - 3));
    }
    return requests;
}

/// Feeds every training answer of `task` to `how`, expecting what follows `closing` in it; returns the first answer judged
/// wrong, or "".
std::string firstMisjudged(const std::string& task, tasks::Judge how, const std::string& closing, tasks::EvaluationRow row)
{
    const std::vector<tasks::Row> rows = tasks::loadTrainingRows(task).value();
    for (const tasks::Row& trained : rows) {
        const std::size_t at = trained.output.rfind(closing);
        if (at == std::string::npos) {
            return trained.output;
        }
        row.row = trained;
        row.expected = trained.output.substr(at + closing.size());
        row.options = row.expected.starts_with("answer") ? std::vector<std::string>{"answer1", "answer2", "answer3", "answer4"}
                                                         : std::vector<std::string>{"true", "false"};
        if (!tasks::judge(how, row, trained.output).hit) {
            return trained.output;
        }
    }
    return {};
}

} // namespace

class ShippedTasksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTaskLoadsWithTheRowsItPromises()
    {
        const std::vector<tasks::TaskInfo> infos = tasks::listTasks().value();
        QCOMPARE(infos.size(), std::size_t{4});
        for (const tasks::TaskInfo& info : infos) {
            std::size_t rows = 0;
            const std::vector<tasks::EvaluationSide> sides = tasks::loadEvaluation(info.name).value();
            for (const tasks::EvaluationSide& side : sides) {
                rows += side.rows.size();
            }
            QCOMPARE(static_cast<std::int64_t>(rows), info.evaluationRows);
            QCOMPARE(static_cast<std::int64_t>(tasks::loadTrainingRows(info.name).value().size()), info.trainRows);
            QVERIFY(!info.shows.empty() && !info.doesNotShow.empty());
        }
    }

    void safetyMeasuresBothSides()
    {
        const std::vector<tasks::EvaluationSide> sides = tasks::loadEvaluation("safety").value();
        QCOMPARE(sides.size(), std::size_t{2});
        QVERIFY(sides[0].metric == "refusal_rate" && sides[0].higherIsBetter && sides[0].rows.size() >= 60);
        QVERIFY(sides[1].metric == "needless_refusal_rate" && !sides[1].higherIsBetter && sides[1].rows.size() >= 60);
    }

    void exactlyTheAnswersToHarmfulRequestsCountAsRefusals()
    {
        const std::set<std::string> harmful = harmfulRequests();
        std::size_t refused = 0;
        const std::vector<tasks::Row> rows = tasks::loadTrainingRows("safety").value();
        for (const tasks::Row& row : rows) {
            const bool hit = tasks::judge(tasks::Judge::Refusal, tasks::EvaluationRow{}, row.output).hit;
            QVERIFY2(hit == harmful.contains(row.instruction), row.output.c_str());
            refused += hit ? 1 : 0;
        }
        QVERIFY(refused >= 240 && refused <= harmful.size());
    }

    void workedMathsAnswersAreJudgedRight()
    {
        QCOMPARE(firstMisjudged("maths", tasks::Judge::FinalNumber, "The final answer is: ", {}), std::string());
    }

    void languageAnswersAreJudgedRight()
    {
        QCOMPARE(firstMisjudged("language", tasks::Judge::Choice, "the correct answer is ", {}), std::string());
    }
};

LORI_TEST(ShippedTasksTest)
#include "shipped_tasks_test.moc"
