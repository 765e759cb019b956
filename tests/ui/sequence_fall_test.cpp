// SPDX-License-Identifier: GPL-3.0-or-later
// A sequence that a floor paused: which answers flipped, and the three ways on.
#include "core/jobs/job_lock.h"
#include "tests/support/test_registry.h"
#include "tests/ui/prepared_run.h"
#include "ui/dialogs/change_dialog.h"
#include "ui/pages/sequence/sequence_page.h"
#include "ui/services/sequence_plan.h"
#include "ui/widgets/number_field.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace lori;
using namespace lori::ui;
using jobs::JobState;
using ui::test::kPatience;
using ui::test::PreparedRun;
using ui::test::runsOf;
using ui::test::WindowFixture;

namespace {

namespace fs = std::filesystem;

/// A window on the Sequence page.
struct ShownFall {
    explicit ShownFall(WindowFixture& fixture) : window(fixture.makeWindow())
    {
        window->begin();
        window->showPage(QStringLiteral("sequence"));
        page = &pageOf<SequencePage>(*window);
    }
    template <typename Widget>
    Widget* part(const char* name) const
    {
        return page->findChild<Widget*>(QLatin1String(name));
    }
    QPushButton* button(const char* name) const { return part<QPushButton>(name); }

    std::unique_ptr<MainWindow> window;
    SequencePage* page = nullptr;
};

std::string textOf(const fs::path& file)
{
    std::ifstream in(file);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

/// The paused state after a fall, with everything that a person decides by.
struct Fallen {
    explicit Fallen(WindowFixture& fixture, std::int64_t goodStep)
        : config(sequenceFrom(SequenceTemplate::SafetyThenTask)),
          run(fixture.home, experiment::expandSequence(config).value(), {{"sequence.json", experiment::toJson(config).dump()}}),
          lock(jobs::JobLock::acquire(run.folder()).value())
    {
        run.write(events::StageStarted{.stage = 2, .name = "Safety", .kind = "lori-s", .steps = 9});
        run.score(-1, 0, "safety", "refusal_rate", {{"a", "sure"}, {"b", "sure"}, {"c", "sure"}}, true);
        run.score(2, 9, "safety", "refusal_rate", {{"a", "I cannot a", true}, {"b", "I cannot b", true}, {"c", "sure"}}, true);
        run.score(2, 9, "safety", "needless_refusal_rate", {{"x", "here"}, {"y", "no", true}}, true, false);
        run.write(events::StageStarted{.stage = 5, .name = "Maths", .kind = "lori-s", .steps = 9});
        run.write(events::Step{.stage = 5, .step = 6, .loss = 1.0});
        run.score(5, 6, "safety", "refusal_rate",
                  {{"a", "here is a", false}, {"b", "I cannot b", true}, {"c", "I cannot c", true}}, false);
        run.score(5, 6, "safety", "needless_refusal_rate", {{"x", "no", true}, {"y", "here"}}, false, false);
        run.write(events::Note{"warning",
                               "floor_safety_6",
                               5,
                               "fell",
                               {{"task", "safety"},
                                {"metric", "refusal_rate"},
                                {"best", 0.9},
                                {"now", 0.4},
                                {"points", 50},
                                {"goodStep", goodStep}}});
        run.write(events::Paused{5, 6});
    }
    experiment::SequenceConfig config;
    PreparedRun run;
    jobs::JobLock lock;
};

} // namespace

class SequenceFallTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatFlippedIsListedWithBothAnswersSortedAndCopied()
    {
        WindowFixture fixture;
        Fallen fallen(fixture, 3);
        const ShownFall shown(fixture);
        shown.page->showSequence(fallen.run.id());
        auto* table = shown.part<QTableView>("flipTable");
        QTRY_VERIFY_WITH_TIMEOUT(table->isVisible(), kPatience);
        const auto cell = [&](int row, int column) {
            return table->model()->index(row, column).data().toString();
        };
        // From the end of the task before to the newest check: b stayed, a was lost, c was won.
        QCOMPARE(table->model()->rowCount(), 2);
        QCOMPARE(cell(0, 0), QStringLiteral("✗ wrong"));
        QCOMPARE(cell(0, 1), QStringLiteral("Question a?"));
        QCOMPARE(cell(0, 3), QStringLiteral("I cannot a"));
        QCOMPARE(cell(0, 4), QStringLiteral("here is a"));
        QCOMPARE(cell(1, 0), QStringLiteral("✓ right"));
        QCOMPARE(cell(1, 1), QStringLiteral("Question c?"));
        QCOMPARE(table->model()->headerData(3, Qt::Horizontal).toString(), QStringLiteral("after task 1, Safety"));
        QCOMPARE(table->model()->headerData(4, Qt::Horizontal).toString(), QStringLiteral("task 2, Maths, step 6"));
        const auto* note = shown.part<QLabel>("flipNote");
        QCOMPARE(note->text(), QStringLiteral("Of 3 questions that both have, 1 became wrong and 1 became right."));
        table->sortByColumn(1, Qt::DescendingOrder);
        QCOMPARE(cell(0, 1), QStringLiteral("Question c?"));
        table->sortByColumn(1, Qt::AscendingOrder);
        table->selectRow(0);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        const QStringList copied = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(copied.size(), 2);
        QCOMPARE(copied[1], QStringLiteral("✗ wrong\tQuestion a?\ta\tI cannot a\there is a"));
        // The other side, where a hit is what is not wanted: a needless refusal that came is an answer that became wrong.
        auto* score = shown.part<QComboBox>("flipScore");
        score->setFocus();
        QTest::keyClick(score, Qt::Key_Down);
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() == 2 && cell(0, 1) == QStringLiteral("Question x?"), kPatience);
        QCOMPARE(cell(0, 0), QStringLiteral("✗ wrong"));
        QCOMPARE(cell(0, 4), QStringLiteral("no"));
        // Any two measurements: the base model against the newest.
        QTest::keyClick(score, Qt::Key_Up);
        auto* from = shown.part<QComboBox>("flipFrom");
        QTRY_COMPARE_WITH_TIMEOUT(from->count(), 3, kPatience);
        from->setFocus();
        QTest::keyClick(from, Qt::Key_Home);
        QCOMPARE(from->currentText(), QStringLiteral("the base model"));
        QTRY_COMPARE_WITH_TIMEOUT(note->text(),
                                  QStringLiteral("Of 3 questions that both have, 0 became wrong and 2 became right."), kPatience);
    }

    void afterAFallAPersonAcceptsLowersTheRateOrGoesBack()
    {
        WindowFixture fixture;
        Fallen fallen(fixture, 3);
        const ShownFall shown(fixture);
        shown.page->showSequence(fallen.run.id());
        QTRY_VERIFY_WITH_TIMEOUT(shown.button("goBackSequence") != nullptr, kPatience);
        QVERIFY(shown.button("goBackSequence")->isEnabled());
        QVERIFY(shown.part<QLabel>("sequenceFact.0")->text().contains(QStringLiteral("step 3")));
        const auto told = [&] {
            return textOf(fallen.run.folder().controlFile());
        };
        // Lower: half the rate is offered, and the run goes on by itself.
        shown.button("lowerRateSequence")->click();
        auto* dialog = shown.part<ChangeDialog>("changeDialog");
        QVERIFY(dialog != nullptr);
        const double rate = fallen.config.stages[1].learningRate;
        QCOMPARE(dialog->findChild<NumberField*>(QStringLiteral("learningRateField"))->number().typed(), rate / 2);
        dialog->findChild<QPushButton*>(QStringLiteral("applyChanges"))->click();
        QTRY_VERIFY(told().find("\"continue\"") != std::string::npos);
        const auto change = nlohmann::json::parse(told().substr(0, told().find('\n')));
        QCOMPARE(change.at("what"), nlohmann::json("learning-rate"));
        QCOMPARE(change.at("value").get<double>(), rate / 2);
        QTRY_VERIFY(shown.part<ChangeDialog>("changeDialog") == nullptr);
        // Accept: nothing but going on.
        const std::size_t before = told().size();
        shown.button("continueSequence")->click();
        QVERIFY(told().substr(before).find("\"continue\"") != std::string::npos);
        QVERIFY(told().substr(before).find("change") == std::string::npos);
        fallen.run.write(events::Continued{.stage = 5, .step = 6});
        fixture.runs->poll();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(fallen.run.id()), JobState::Running, kPatience);
        QTRY_VERIFY(shown.button("goBackSequence") == nullptr); // the fall is over
    }

    void goingBackMakesASequenceFromTheGoodCheckpointAndStopsThisOne()
    {
        WindowFixture fixture;
        Fallen fallen(fixture, 3);
        const PreparedRun made(fixture.home, experiment::expandSequence(fallen.config).value(),
                               {{"sequence.json", experiment::toJson(fallen.config).dump()}});
        // Stands in for the worker: writes down how it was called, and answers as `lori job branch --json` does.
        const fs::path script = fixture.home.root / "worker.sh";
        const fs::path calls = fixture.home.root / "calls.txt";
        std::ofstream(script) << "#!/bin/sh\necho \"$@\" >> '" << calls.string() << "'\necho '{\"job\":\""
                              << made.id().toStdString() << "\"}'\n";
        fs::permissions(script, fs::perms::owner_all);
        const QByteArray worker = qgetenv("LORI_WORKER");
        qputenv("LORI_WORKER", QByteArray::fromStdString(script.string()));
        {
            const ShownFall shown(fixture);
            shown.page->showSequence(fallen.run.id());
            QTRY_VERIFY_WITH_TIMEOUT(shown.button("goBackSequence") != nullptr, kPatience);
            shown.button("goBackSequence")->click();
            auto* dialog = shown.part<ChangeDialog>("changeDialog");
            QVERIFY(dialog != nullptr);
            QVERIFY(dialog->findChild<QLineEdit*>(QStringLiteral("branchName"))->text().endsWith(QStringLiteral("gone back")));
            dialog->findChild<QPushButton*>(QStringLiteral("applyChanges"))->click();
            QTRY_COMPARE_WITH_TIMEOUT(shown.page->shownSequence(), made.id(), kPatience);
        }
        qputenv("LORI_WORKER", worker);
        const QString lines = QString::fromStdString(textOf(calls));
        const QString first = lines.section(QLatin1Char('\n'), 0, 0);
        QVERIFY2(first.startsWith(QStringLiteral("job branch ") + fallen.run.id()), qPrintable(first));
        QVERIFY(first.contains(QStringLiteral("--good")) && first.contains(QStringLiteral("--learning-rate ")));
        const std::string asked = textOf(fallen.run.folder().controlFile());
        QVERIFY2(asked.find("\"stop_and_keep\"") != std::string::npos, asked.c_str());
        QVERIFY(!lines.contains(QStringLiteral("run --folder"))); // not before the other one has stopped
    }

    void withoutAGoodCheckThereIsNothingToGoBackTo()
    {
        WindowFixture fixture;
        Fallen fallen(fixture, 0);
        const ShownFall shown(fixture);
        shown.page->showSequence(fallen.run.id());
        QTRY_VERIFY_WITH_TIMEOUT(shown.button("goBackSequence") != nullptr, kPatience);
        QVERIFY(!shown.button("goBackSequence")->isEnabled());
        QVERIFY(shown.part<QLabel>("sequenceFact.0")->text().contains(QStringLiteral("nothing to go back to")));
    }

    void theSameWithoutProtectionWaitsInTheQueue()
    {
        WindowFixture fixture;
        fs::copy(LORI_RELEASED_HOME, fixture.home.root, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        const ShownFall shown(fixture);
        auto* which = shown.part<QComboBox>("sequenceWhich");
        QTRY_COMPARE(which->count(), 2);
        shown.page->showSequence(which->itemData(1).toString());
        const auto before = runsOf(fixture);
        QTRY_VERIFY_WITH_TIMEOUT(shown.button("queueUnprotected") != nullptr, kPatience);
        shown.button("queueUnprotected")->click();
        const auto after = runsOf(fixture);
        QCOMPARE(after.size(), before.size() + 1);
        for (const fs::path& run : after) {
            if (std::find(before.begin(), before.end(), run) == before.end()) {
                const auto twin = experiment::readSequence((run / "sequence.json").string()).value();
                QVERIFY(QString::fromStdString(twin.run.name).endsWith(QStringLiteral("without protection")));
                QVERIFY(twin.run.evaluation.floors.empty());
                for (const auto& stage : twin.stages) {
                    QVERIFY(stage.policy == experiment::MaskPolicy::Own);
                }
                QTRY_VERIFY_WITH_TIMEOUT(fixture.queue->content() && !fixture.queue->content()->entries.empty(), kPatience);
                QCOMPARE(QString::fromStdString(fixture.queue->content()->entries.front().job),
                         QString::fromStdString(run.filename().string()));
            }
        }
    }
};

LORI_TEST(SequenceFallTest)
#include "sequence_fall_test.moc"
