// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job_folder.h"
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/experiment/sweep_dialog.h"
#include "ui/services/experiment_draft.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace lori;
using namespace lori::ui;
using ui::test::WindowFixture;

class SweepTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLineOfNumbersIsReadByTheLocale()
    {
        using Kind = TypedNumber::Kind;
        const QLocale english(QLocale::English);
        const QLocale german(QLocale::German);
        const auto read = [](const char* text, Kind kind, const QLocale& locale) {
            return SweepValues::read(QString::fromUtf8(text), kind, 0, 1000, locale);
        };
        QCOMPARE(read("50 80, 90;95", Kind::Percent, english).values().dump(), std::string("[0.5,0.8,0.9,0.95]"));
        QCOMPARE(read("4,8,16", Kind::Whole, english).values().dump(), std::string("[4,8,16]"));
        QCOMPARE(read("0,5 1,5", Kind::Real, german).values().dump(), std::string("[0.5,1.5]"));
        QCOMPARE(read("50, 80", Kind::Whole, german).values().dump(), std::string("[50,80]"));
        QCOMPARE(read("5e-5 1e-4", Kind::Real, english).values().dump(), std::string("[5e-05,0.0001]"));
        QVERIFY(read("  ", Kind::Real, english).isEmpty());
        QVERIFY(read("  ", Kind::Real, english).problem().isEmpty());
        QVERIFY(read("4 x 8", Kind::Whole, english).problem().contains(QStringLiteral("“x”")));
        QVERIFY(read("4 2000", Kind::Whole, english).problem().contains(QStringLiteral("2000")));
        QVERIFY(read("8 4 8", Kind::Whole, english).problem().contains(QStringLiteral("twice")));
    }

    void theDialogSaysTheCostAndStartsTheJobThatWasAskedFor()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->showPage(QStringLiteral("experiment"));
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        page.draft().startFrom(WindowFixture::shortConfig(), QString());
        auto* button = page.findChild<QPushButton*>(QStringLiteral("sweepExperiment"));
        QTRY_VERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        auto* dialog = page.findChild<SweepDialog*>();
        QVERIFY(dialog != nullptr);
        auto* start = dialog->findChild<QPushButton*>(QStringLiteral("startSweep"));
        auto* cost = dialog->findChild<QLabel*>(QStringLiteral("sweepCost"));
        QVERIFY(!start->isEnabled()); // nothing is swept yet
        QVERIFY(!cost->text().isEmpty());

        typeInto(*dialog, "sweepSparsity", "50 90");
        typeInto(*dialog, "sweepRank", "4 8 x");
        QVERIFY(cost->text().contains(QStringLiteral("“x”")));
        QVERIFY(!start->isEnabled());
        typeInto(*dialog, "sweepRank", "4 8 16");
        QTRY_VERIFY(start->isEnabled());
        QVERIFY2(cost->text().contains(QStringLiteral("6 training")), qPrintable(cost->text()));
        QVERIFY2(cost->text().contains(QStringLiteral("25 MB")), qPrintable(cost->text())); // five that are not done
        typeInto(*dialog, "sweepRepetitions", "2");
        QVERIFY(!start->isEnabled()); // until the engine has counted again
        QTRY_VERIFY2(cost->text().contains(QStringLiteral("12 training")), qPrintable(cost->text()));
        QTest::keyClick(dialog, Qt::Key_Return);

        const QStringList jobs = fixture.jobs->liveJobs();
        QCOMPARE(jobs.size(), 1);
        const auto record = fixture.jobs->record(jobs.front());
        QVERIFY(record.has_value());
        QCOMPARE(QString::fromStdString(record->kind), QStringLiteral("sweep"));
        const auto& over = record->options.at("over");
        QCOMPARE(over.size(), std::size_t{3});
        QCOMPARE(over[0].dump(), std::string(R"({"key":"sparsity","values":[0.5,0.9]})"));
        QCOMPARE(over[1].dump(), std::string(R"({"key":"rank","values":[4,8,16]})"));
        const std::uint64_t seed = page.draft().config().seed;
        QCOMPARE(over[2].at("values"), nlohmann::json({seed, seed + 1}));
        QCOMPARE(record->options.at("config"), experiment::toJson(page.draft().config()));
        QTRY_VERIFY(fixture.jobs->liveJobs().isEmpty());
    }

    void aSweepCanWaitInTheQueueAndAClosedDialogLeavesNothing()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin(); // opens the history, which has the queue
        window->showPage(QStringLiteral("experiment"));
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        page.draft().startFrom(WindowFixture::shortConfig(), QString());
        page.showSweep();
        auto* dialog = page.findChild<SweepDialog*>();
        typeInto(*dialog, "sweepRate", "1e-4 1e-3");
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(page.findChild<SweepDialog*>() == nullptr);
        QVERIFY(!std::filesystem::exists(fixture.home.jobs()) || std::filesystem::is_empty(fixture.home.jobs()));

        page.showSweep();
        dialog = page.findChild<SweepDialog*>();
        typeInto(*dialog, "sweepRate", "1e-4 1e-3");
        auto* queue = dialog->findChild<QPushButton*>(QStringLiteral("queueSweep"));
        QTRY_VERIFY(queue->isEnabled());
        QTest::mouseClick(queue, Qt::LeftButton);
        const auto waits = [&] {
            const auto content = fixture.queue->content();
            return content && content->entries.size() == 1;
        };
        QTRY_VERIFY_WITH_TIMEOUT(waits(), 10'000);
        QVERIFY(fixture.context.messages->text().contains(QStringLiteral("queue")));
    }

private:
    static void typeInto(QWidget& dialog, const char* name, const char* text)
    {
        auto* field = dialog.findChild<QLineEdit*>(QLatin1String(name));
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QLatin1String(text));
    }
};

LORI_TEST(SweepTest)
#include "sweep_test.moc"
