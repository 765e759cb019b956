// SPDX-License-Identifier: GPL-3.0-or-later
// The tour goes on when a step was really done, and waits where it was left.
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/frame/tour_card.h"
#include "ui/main_actions.h"
#include "ui/pages/home/welcome_card.h"
#include "ui/services/page_router.h"
#include "ui/services/tour.h"

#include <QAccessible>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>

using namespace lori;
using namespace lori::ui;
using lori::ui::test::WindowFixture;
using Step = lori::ui::Tour::Step;
using TourState = lori::ui::Tour::State;

namespace {

constexpr int kWaitMs = 20000;

/// A window with what the tour shows in it.
struct ShownTour {
    WindowFixture fixture;
    std::unique_ptr<MainWindow> window;
    explicit ShownTour(const QString& folder = {}) : fixture(folder), window(fixture.makeWindow()) { window->begin(); }
    [[nodiscard]] Tour& tour() const { return *Tour::of(*fixture.context.pages); }
    template <typename Kind>
    [[nodiscard]] Kind* get(const char* name) const
    {
        return window->findChild<Kind*>(QLatin1String(name));
    }
    [[nodiscard]] QString text() const { return get<QLabel>("tourText")->text(); }
    [[nodiscard]] bool isCardShown() const { return window->findChild<TourCard*>()->isVisible(); }
};

} // namespace

class TourTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_settings = std::make_unique<QTemporaryDir>(); // what one test leaves off, the next does not take up
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings->path());
        qputenv("FAKE_STEP_MS", "2");
        qputenv("FAKE_STEPS", "20");
        qunsetenv("FAKE_FAIL");
    }

    void aFirstStartWelcomes()
    {
        const ShownTour shown;
        auto* card = shown.window->findChild<WelcomeCard*>();
        QTRY_VERIFY(card->isVisible());
        QVERIFY(!shown.isCardShown()); // nothing begins by itself
        for (const char* name : {"beginTour", "quickLook", "homeNewExperiment", "homeData", "homeHistory"}) {
            auto* button = shown.get<QAbstractButton>(name);
            QVERIFY2(button != nullptr && button->isVisible() && button->focusPolicy() != Qt::NoFocus, name);
        }
        shown.get<QAbstractButton>("homeData")->click();
        QCOMPARE(shown.window->currentPage(), QStringLiteral("data"));
        shown.get<QPushButton>("declineTour")->click();
        QVERIFY(card->isHidden());
        QCOMPARE(shown.tour().state(), TourState::Done);
        shown.window->actions().tour->trigger(); // Help has it all the same
        QCOMPARE(shown.tour().state(), TourState::AtWork);
        QCOMPARE(shown.tour().step(), Step::Open);
        QVERIFY(shown.isCardShown());
    }

    void whoHasRunsIsNotWelcomed()
    {
        QTemporaryDir home;
        static_cast<void>(jobs::RunFolder::create(Home{home.path().toStdString()}, WindowFixture::shortConfig()).value());
        const ShownTour shown(home.path());
        const auto isListed = [&] {
            const auto rows = shown.fixture.history->list();
            return rows && rows->size() == 1;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isListed(), 20'000);
        QTRY_VERIFY(shown.window->findChild<WelcomeCard*>()->isHidden());
    }

    void eachStepIsOverWhenItWasDone()
    {
        const ShownTour shown;
        QTRY_VERIFY(shown.window->findChild<WelcomeCard*>()->isVisible());
        std::vector<std::pair<Step, QString>> seen; // what a person read, in its order
        connect(&shown.tour(), &Tour::changed, shown.window.get(), [&] { seen.emplace_back(shown.tour().step(), shown.text()); });
        shown.get<QPushButton>("beginTour")->click();
        QVERIFY(shown.isCardShown());
        QVERIFY(shown.window->findChild<WelcomeCard*>()->isHidden());
        QCOMPARE(shown.tour().step(), Step::Open);
        QCOMPARE(shown.get<QLabel>("tourNumber")->text(), QStringLiteral("Tour, 1 of 7"));

        shown.get<QPushButton>("tourShow")->click();
        QCOMPARE(shown.window->currentPage(), QStringLiteral("experiment"));
        QCOMPARE(shown.tour().step(), Step::Start);

        qputenv("FAKE_STEP_MS", "10");
        const QString run = shown.fixture.runs->start(WindowFixture::shortConfig(20)).value();
        QCOMPARE(shown.tour().step(), Step::FirstPoint);
        shown.get<QPushButton>("tourShow")->click();
        QCOMPARE(shown.window->currentPage(), QStringLiteral("runs"));
        QTRY_COMPARE_WITH_TIMEOUT(shown.tour().step(), Step::Try, kWaitMs);
        QVERIFY(shown.fixture.runs->state(run) == jobs::JobState::Finished);
        std::vector<Step> order;
        for (const auto& [step, text] : seen) {
            if (order.empty() || order.back() != step) {
                order.push_back(step);
            }
            QVERIFY(!text.isEmpty());
        }
        QVERIFY((order == std::vector<Step>{Step::Open, Step::Start, Step::FirstPoint, Step::Mask, Step::Finish, Step::Try}));

        shown.get<QPushButton>("tourShow")->click();
        QCOMPARE(shown.window->currentPage(), QStringLiteral("try"));
        wire::Done done;
        Q_EMIT shown.fixture.chat->answered(0, done);
        QCOMPARE(shown.tour().step(), Step::Next);
        QCOMPARE(shown.get<QPushButton>("tourLeave")->text(), QStringLiteral("End the tour"));
        shown.get<QPushButton>("tourLeave")->click();
        QCOMPARE(shown.tour().state(), TourState::Done);
        QVERIFY(!shown.isCardShown());
    }

    void whatIsNotTheToursRunMovesNothing()
    {
        const ShownTour shown;
        shown.tour().begin();
        shown.get<QPushButton>("tourShow")->click();
        qputenv("FAKE_STEPS", "100000");
        const QString mine = shown.fixture.runs->start(WindowFixture::shortConfig(100000)).value();
        QTRY_COMPARE_WITH_TIMEOUT(shown.tour().step(), Step::Mask, kWaitMs);
        qputenv("FAKE_STEPS", "5");
        const QString other = shown.fixture.runs->start(WindowFixture::shortConfig(5)).value();
        QTRY_VERIFY_WITH_TIMEOUT(shown.fixture.runs->state(other) == jobs::JobState::Finished, kWaitMs);
        QCOMPARE(shown.tour().step(), Step::Mask);
        QVERIFY(shown.fixture.runs->send(mine, jobs::Command::StopAndKeep));
        QTRY_COMPARE_WITH_TIMEOUT(shown.tour().step(), Step::Start, kWaitMs); // ended too early: start again
        QVERIFY(shown.tour().wasInterrupted());
        QVERIFY(shown.text().startsWith(QStringLiteral("That run ended too early")));
    }

    void itIsLeftAndTakenUpAgainAfterARestart()
    {
        qputenv("FAKE_STEP_MS", "40"); // slow enough to be seen at the mask
        QTemporaryDir home;
        {
            const ShownTour shown(home.path());
            shown.tour().begin();
            shown.get<QPushButton>("tourShow")->click();
            static_cast<void>(shown.fixture.runs->start(WindowFixture::shortConfig(20)).value());
            QTRY_COMPARE_WITH_TIMEOUT(shown.tour().step(), Step::Mask, kWaitMs);
            shown.get<QPushButton>("tourLeave")->setFocus();
            QTest::keyClick(shown.window->findChild<TourCard*>(), Qt::Key_Escape);
            QCOMPARE(shown.tour().state(), TourState::Left);
            QVERIFY(!shown.isCardShown());
            QTRY_VERIFY_WITH_TIMEOUT(shown.fixture.runs->liveRuns().isEmpty(), kWaitMs); // it finishes while nobody looks
            QCOMPARE(shown.tour().step(), Step::Mask);
        }
        {
            const ShownTour shown(home.path());
            QCOMPARE(shown.tour().state(), TourState::Left);
            QVERIFY(!shown.isCardShown());
            auto* card = shown.window->findChild<WelcomeCard*>();
            QVERIFY(card->isVisible());
            QVERIFY(shown.get<QLabel>("welcomeText")->text().contains(QStringLiteral("4 of 7")));
            shown.get<QPushButton>("beginTour")->click();
            QVERIFY(shown.isCardShown());
            QTRY_COMPARE_WITH_TIMEOUT(shown.tour().step(), Step::Try, kWaitMs); // it read what the run did
        }
        const ShownTour again(home.path()); // at work when the window was closed: it goes on
        QCOMPARE(again.tour().state(), TourState::AtWork);
        QCOMPARE(again.tour().step(), Step::Try);
        QVERIFY(again.isCardShown());
    }

    void aRunThatWentMeanwhileIsStartedAnew()
    {
        QTemporaryDir home;
        {
            const ShownTour shown(home.path());
            shown.tour().begin();
            shown.get<QPushButton>("tourShow")->click();
            const QString run = shown.fixture.runs->start(WindowFixture::shortConfig(20)).value();
            QTRY_COMPARE_WITH_TIMEOUT(shown.tour().step(), Step::Try, kWaitMs);
            QSettings settings(QStringLiteral("LoRI"), QStringLiteral("Workbench"));
            settings.setValue(QStringLiteral("tour/step"), static_cast<int>(Step::Mask));
            settings.sync();
            std::filesystem::remove_all(shown.fixture.home.runs() / run.toStdString());
        }
        const ShownTour shown(home.path());
        QTRY_COMPARE_WITH_TIMEOUT(shown.tour().step(), Step::Start, kWaitMs);
        QVERIFY(shown.tour().wasInterrupted());
    }

    void itTakesNoFocus()
    {
        const ShownTour shown;
        shown.window->showPage(QStringLiteral("history"));
        auto* search = shown.get<QLineEdit>("historySearch");
        search->setFocus();
        QTRY_COMPARE(QApplication::focusWidget(), search);
        shown.window->actions().tour->trigger();
        QVERIFY(shown.isCardShown());
        QCOMPARE(QApplication::focusWidget(), search);
        static_cast<void>(shown.fixture.runs->start(WindowFixture::shortConfig(20)).value());
        QTRY_COMPARE_WITH_TIMEOUT(shown.tour().step(), Step::Try, kWaitMs);
        QCOMPARE(QApplication::focusWidget(), search);
        QCOMPARE(shown.window->currentPage(), QStringLiteral("history")); // nor does it turn pages by itself
    }

    void theCardIsReachedByTabAndToldToScreenReaders()
    {
        const ShownTour shown;
        shown.tour().begin();
        auto* show = shown.get<QPushButton>("tourShow");
        auto* leave = shown.get<QPushButton>("tourLeave");
        bool reached = false;
        shown.window->setFocus();
        for (int i = 0; i < 300 && !reached; ++i) {
            QTest::keyClick(shown.window.get(), Qt::Key_Tab);
            reached = QApplication::focusWidget() == show;
        }
        QVERIFY(reached);
        QTest::keyClick(show, Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), leave);
        auto* card = QAccessible::queryAccessibleInterface(shown.window->findChild<TourCard*>());
        QCOMPARE(card->text(QAccessible::Description), shown.text());
    }

private:
    std::unique_ptr<QTemporaryDir> m_settings;
};

LORI_TEST(TourTest)
#include "tour_test.moc"
