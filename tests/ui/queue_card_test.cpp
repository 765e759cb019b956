// SPDX-License-Identifier: GPL-3.0-or-later
// The queue as a person meets it: from the form into it, and its order by keys and by dragging.
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"

#include "ui/frame/message_bar.h"
#include "ui/frame/queue_card.h"
#include "ui/models/queue_model.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/home/home_page.h"
#include "ui/services/experiment_draft.h"

#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>

using namespace lori;
using namespace lori::ui;
using lori::ui::test::WindowFixture;

namespace {

QStringList order(const QueueModel& model)
{
    QStringList ids;
    for (const QueueLine& line : model.rows()) {
        ids.append(QString::fromStdString(line.entry.job));
    }
    return ids;
}

class QueueCardTest : public QObject {
    Q_OBJECT

private:
    /// Three merges that wait; no worker begins them.
    static QStringList fill(WindowFixture& fixture)
    {
        fixture.history->open();
        QStringList ids;
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT(fixture.queue->content().has_value(), 10'000);
        }();
        for (const char* name : {"first", "second", "third"}) {
            jobs::JobRecord record;
            record.kind = "merge";
            record.name = name;
            ids.append(fixture.jobs->make(record).value());
            fixture.queue->add(fixture.home.jobs() / ids.back().toStdString(), {}, false);
        }
        return ids;
    }

private Q_SLOTS:
    void init() { qputenv("FAKE_QUEUE_MS", "1000"); }

    void anEmptyQueueIsNotShown()
    {
        WindowFixture fixture;
        fixture.history->open();
        QueueCard card(fixture.home, *fixture.queue);
        QTRY_VERIFY(fixture.queue->content().has_value());
        QVERIFY(card.isHidden());
    }

    void keysAndButtonsChangeTheOrder()
    {
        WindowFixture fixture;
        QueueCard card(fixture.home, *fixture.queue);
        const QStringList ids = fill(fixture);
        QTRY_COMPARE(order(card.model()), ids);
        card.show();
        QCOMPARE(card.model().rows().front().name, QStringLiteral("first"));
        QCOMPARE(card.model().rows().front().kind, QStringLiteral("Merge"));
        auto* list = card.findChild<QListView*>(QStringLiteral("queueList"));
        list->setCurrentIndex(card.model().index(2, 0));
        QVERIFY(!card.findChild<QToolButton*>(QStringLiteral("queueDown"))->isEnabled());
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(order(card.model()), (QStringList{ids[0], ids[2], ids[1]}));
        QCOMPARE(list->currentIndex().row(), 1); // the job stays chosen, not the row
        card.findChild<QToolButton*>(QStringLiteral("queueUp"))->click();
        QTRY_COMPARE(order(card.model()), (QStringList{ids[2], ids[0], ids[1]}));
        QTest::keyClick(list, Qt::Key_Delete);
        QTRY_COMPARE(order(card.model()), (QStringList{ids[0], ids[1]}));
    }

    void draggingAsksForThePlaceAmongThoseThatWait()
    {
        WindowFixture fixture;
        QueueCard card(fixture.home, *fixture.queue);
        const QStringList ids = fill(fixture);
        QTRY_COMPARE(order(card.model()), ids);
        const auto drop = [&](int from, int before) {
            const std::unique_ptr<QMimeData> data(card.model().mimeData({card.model().index(from, 0)}));
            QVERIFY(!card.model().dropMimeData(data.get(), Qt::MoveAction, before, 0, {}));
        };
        drop(0, 3); // behind the last
        QTRY_COMPARE(order(card.model()), (QStringList{ids[1], ids[2], ids[0]}));
        drop(2, 0);
        QTRY_COMPARE(order(card.model()), ids);
        drop(1, 1); // where it is
        QTest::qWait(50);
        QCOMPARE(order(card.model()), ids);
    }

    void aPausedQueueSaysSo()
    {
        WindowFixture fixture;
        QueueCard card(fixture.home, *fixture.queue);
        const QStringList ids = fill(fixture);
        QTRY_COMPARE(order(card.model()), ids);
        auto* pause = card.findChild<QPushButton*>(QStringLiteral("queuePause"));
        pause->click();
        QTRY_COMPARE(pause->text(), QStringLiteral("Continue queue"));
        QVERIFY(fixture.queue->content()->paused);
    }

    void theFormsExperimentWaitsInTheQueueAndHomeShowsIt()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        QTRY_VERIFY(fixture.queue->content().has_value());
        window->showPage(QStringLiteral("experiment"));
        auto& page = pageOf<ExperimentPage>(*window);
        page.draft().edit(QStringLiteral("name"), [](experiment::RunConfig& config) { config.name = "Waiting one"; });
        QTRY_VERIFY_WITH_TIMEOUT(page.canStart(), 20'000);
        auto* button = window->findChild<QPushButton*>(QStringLiteral("queueExperiment"));
        QVERIFY(button->isEnabled());
        button->click();
        QTRY_COMPARE(fixture.queue->content()->entries.size(), std::size_t{1});
        QVERIFY(fixture.context.messages->text().contains(QStringLiteral("Waiting one")));
        const auto entry = fixture.queue->content()->entries.front();
        QCOMPARE(jobs::RunFolder::open(fixture.home, entry.job).value().config().value().name, std::string("Waiting one"));
        window->showPage(QStringLiteral("home"));
        auto* card = window->findChild<QueueCard*>();
        QTRY_VERIFY(card != nullptr && card->isVisible());
        QCOMPARE(card->model().rows().front().name, QStringLiteral("Waiting one"));
    }

    void aSecondStartAsksWhetherItShallWait()
    {
        qputenv("FAKE_STEPS", "100000");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        window->showPage(QStringLiteral("experiment"));
        auto& page = pageOf<ExperimentPage>(*window);
        QTRY_VERIFY_WITH_TIMEOUT(page.canStart(), 20'000);
        page.start();
        QTRY_COMPARE(fixture.runs->liveRuns().size(), 1);
        const QString first = fixture.runs->liveRuns().front();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(first), jobs::JobState::Running, 20'000);
        window->showPage(QStringLiteral("experiment"));
        page.start();
        QVERIFY(fixture.context.messages->isAsking());
        QCOMPARE(fixture.runs->liveRuns().size(), 1); // nothing began without an answer
        for (auto* button : fixture.context.messages->findChildren<QPushButton*>()) {
            if (button->text().contains(QStringLiteral("after it"))) {
                button->click();
                break;
            }
        }
        QTRY_COMPARE(fixture.queue->content()->entries.size(), std::size_t{1});
        QVERIFY(fixture.runs->send(first, jobs::Command::StopAndKeep).has_value());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.runs->state(first) != jobs::JobState::Running, 20'000);
        qunsetenv("FAKE_STEPS");
    }
};

} // namespace

LORI_TEST(QueueCardTest)
#include "queue_card_test.moc"
