// SPDX-License-Identifier: GPL-3.0-or-later
// What Home proposes, and the jobs it shows at work.
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"

#include "ui/frame/jobs_card.h"
#include "ui/pages/home/home_page.h"
#include "ui/pages/home/next_step.h"

#include <QPushButton>

using namespace lori;
using namespace lori::ui;
using lori::ui::test::WindowFixture;

namespace {

KnownAdapter adapter(const char* folder, const char* task)
{
    KnownAdapter made;
    made.folder = folder;
    made.name = QLatin1String(folder);
    made.method = QStringLiteral("lori-s");
    made.rank = 8;
    made.baseFingerprint = "base";
    made.tasks = QStringList{QLatin1String(task)};
    return made;
}

class HomeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNextStepFollowsFromWhatWasDone()
    {
        DoneSoFar done;
        QVERIFY(std::holds_alternative<intents::NewExperiment>(NextSteps::after(done).intent));
        done.finishedRuns = QStringList{QStringLiteral("one")};
        done.adapters = {adapter("/a", "Maths")};
        const NextStep ask = NextSteps::after(done);
        QCOMPARE(std::get<intents::TryAdapters>(ask.intent).adapters, std::vector<std::filesystem::path>{"/a"});
        done.adapters = {adapter("/b", "Safety"), adapter("/a", "Maths")};
        const NextStep merge = NextSteps::after(done);
        QCOMPARE(std::get<intents::MergeAdapters>(merge.intent).adapters, (std::vector<std::filesystem::path>{"/b", "/a"}));
        done.finishedRuns = QStringList{QStringLiteral("two"), QStringLiteral("one")};
        done.adapters.front().merge = formats::MergeRecord{};
        const NextStep compare = NextSteps::after(done);
        QCOMPARE(std::get<intents::CompareRuns>(compare.intent).runIds, done.finishedRuns);
    }

    void adaptersThatCannotBeMergedAreNotProposed()
    {
        DoneSoFar done;
        done.finishedRuns = QStringList{QStringLiteral("one")};
        done.adapters = {adapter("/b", "Safety"), adapter("/a", "Maths")};
        done.adapters.back().baseFingerprint = "another";
        QVERIFY(std::holds_alternative<intents::TryAdapters>(NextSteps::after(done).intent));
        done.adapters.back().baseFingerprint = "base";
        done.adapters.back().tasks = done.adapters.front().tasks;
        QVERIFY(std::holds_alternative<intents::TryAdapters>(NextSteps::after(done).intent));
    }

    void theProposalOfAnEmptyHomeLeadsToTheForm()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        auto* button = window->findChild<QPushButton*>(QStringLiteral("nextStep"));
        QVERIFY(button != nullptr && button->isVisible());
        button->click();
        QCOMPARE(window->currentPage(), QStringLiteral("experiment"));
    }

    void aJobAtWorkIsShownAndCanBeStopped()
    {
        qputenv("FAKE_STEPS", "100000");
        WindowFixture fixture;
        JobsCard card(*fixture.jobs);
        QVERIFY(card.isHidden());
        jobs::JobRecord record;
        record.kind = "merge";
        record.name = "Two of them";
        const QString id = fixture.jobs->startNew(record).value();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.jobs->state(id), jobs::JobState::Running, 20'000);
        QTRY_COMPARE(card.count(), 1);
        QVERIFY(!card.isHidden());
        card.findChild<QPushButton*>(QStringLiteral("stopJob"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.jobs->state(id) != jobs::JobState::Running, 20'000);
        QTRY_COMPARE(card.count(), 0);
        QVERIFY(card.isHidden());
        qunsetenv("FAKE_STEPS");
    }
};

} // namespace

LORI_TEST(HomeTest)
#include "home_test.moc"
