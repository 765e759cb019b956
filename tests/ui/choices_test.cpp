// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/config_issue.h"
#include "tests/support/test_registry.h"
#include "ui/dialogs/recipe_dialog.h"
#include "ui/pages/experiment/choices.h"

#include <QtTest>

using namespace lori;
using namespace lori::ui;
using experiment::RunConfig;
using experiment::StageKind;

class ChoicesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theChainIsMadeAndUnmade()
    {
        RunConfig config = experiment::findPreset("paper-lori-d").value().config;
        QCOMPARE(goalOf(config), Goal::Dense);
        setGoal(config, Goal::Sparse);
        QCOMPARE(goalOf(config), Goal::Sparse);
        QCOMPARE(config.stages[2].learningRate, 5e-4); // ten times LoRI-D's
        QVERIFY(experiment::validate(config).empty());
        setGoal(config, Goal::Dense);
        QCOMPARE(config.stages.size(), std::size_t{1});
        QVERIFY(experiment::validate(config).empty());
    }

    void aDurationIsRecognizedAgain()
    {
        RunConfig config = experiment::findPreset("quick-look").value().config;
        for (const Duration duration : {Duration::Short, Duration::Medium, Duration::Paper}) {
            setDuration(config, duration);
            QCOMPARE(durationOf(config), duration);
            QVERIFY(experiment::validate(config).empty());
        }
        config.stages[0].steps = 17;
        QCOMPARE(durationOf(config), Duration::Custom);
    }

    void everyStarterTaskGivesAValidConfiguration()
    {
        for (const char* task : {"safety", "maths", "language", "code"}) {
            RunConfig config = experiment::findPreset("quick-look").value().config;
            setTask(config, task);
            QCOMPARE(taskOf(config), std::string(task));
            QVERIFY2(experiment::validate(config).empty(), task);
        }
    }

    void aTaskThatIsLearnedNoLongerIsMeasuredNoLonger()
    {
        RunConfig config = experiment::findPreset("quick-look").value().config;
        const auto measured = [&] {
            std::vector<std::string> names;
            for (const auto& task : config.evaluation.tasks) {
                names.push_back(task.task);
            }
            return names;
        };
        setTask(config, "maths");
        config.evaluation.tasks.back().limit = 33;
        setTask(config, "language");
        QCOMPARE(measured(), (std::vector<std::string>{"safety", "language"}));
        QCOMPARE(config.evaluation.tasks.back().limit, 33);
        setTask(config, "safety");
        setTask(config, "code");
        QCOMPARE(measured(), (std::vector<std::string>{"safety", "code"})); // safety always may be
        setDataFile(config, "/data/rows.jsonl");
        QCOMPARE(measured(), std::vector<std::string>{"safety"});
    }

    void aFileReplacesTheTask()
    {
        RunConfig config = experiment::findPreset("quick-look").value().config;
        setDataFile(config, "/data/rows.jsonl");
        QCOMPARE(taskOf(config), std::string());
        QVERIFY(experiment::validate(config).empty());
    }

    void sparsityReachesTheMaskStage()
    {
        RunConfig config = experiment::findPreset("quick-look").value().config;
        setSparsity(config, 0.95);
        QCOMPARE(sparsityOf(config), 0.95);
        config.stages.resize(1);
        QCOMPARE(sparsityOf(config), -1.0);
    }

    void theRecipesFileNameIsSafeInAShell()
    {
        RunConfig config;
        config.name = "Quick look: $(rm -rf) 90 %";
        QCOMPARE(RecipeDialog::commandLine(config), QStringLiteral("lori run --config quick-look-rm-rf-90.json"));
        config.name = "快速";
        QCOMPARE(RecipeDialog::fileName(config), QStringLiteral("recipe.json"));
    }
};

LORI_TEST(ChoicesTest)
#include "choices_test.moc"
