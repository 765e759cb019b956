// SPDX-License-Identifier: GPL-3.0-or-later
// From a spreadsheet's file to an adapter that answers, without touching the mouse.
#include "tests/journeys/by_keyboard.h"
#include "tests/support/test_registry.h"
#include "ui/pages/data/data_page.h"
#include "ui/pages/try/try_column.h"
#include "ui/pages/try/try_page.h"

#include <fstream>

using namespace lori;
using namespace lori::ui;
using jobs::JobState;
using ui::test::WindowFixture;
namespace journey = ui::test::journey;

class OwnDataJourneyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSpreadsheetBecomesAnAdapterThatAnswers()
    {
        JOURNEY_NEEDS_THE_MODEL();
        JOURNEY_TRAINS_LONG();
        qputenv("FAKE_STEP_MS", "5");
        WindowFixture fixture;
        const QString file = QString::fromStdString((fixture.home.root / "Fragen und Antworten.csv").string());
        writeGermanSpreadsheet(file);
        const auto window = fixture.makeWindow();
        window->begin();

        QTest::keyClick(window.get(), Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(window->currentPage(), QStringLiteral("data"));
        journey::typeIntoFileDialog(file);
        QVERIFY(journey::press(*window, QStringLiteral("chooseDataFile")));
        window->activateWindow(); // where no window manager does it after the dialog
        QTRY_COMPARE(QApplication::activeWindow(), window.get());
        auto* use = window->findChild<QPushButton*>(QStringLiteral("useInExperiment"));
        QTRY_VERIFY2_WITH_TIMEOUT(use->isEnabled(), qPrintable(use->toolTip()), 30'000);
        QVERIFY(journey::press(*window, QStringLiteral("useInExperiment")));
        QTRY_COMPARE(window->currentPage(), QStringLiteral("experiment"));

        const experiment::RunConfig& config = pageOf<ExperimentPage>(*window).draft().config();
        QCOMPARE(QString::fromStdString(config.data.sources.at(0).file), file);
        std::vector<std::pair<QString, int>> shorter{{QStringLiteral("evaluation.maxNewTokens"), 8},
                                                     {QStringLiteral("evaluation.everySteps"), 0}};
        for (std::size_t i = 0; i < config.stages.size(); ++i) {
            if (config.stages[i].kind != experiment::StageKind::Mask) {
                shorter.emplace_back(QStringLiteral("stages[%1].steps").arg(i), 6);
            }
        }
        for (const auto& task : config.evaluation.tasks) {
            shorter.emplace_back(QStringLiteral("evaluation.tasks.%1.limit").arg(QString::fromStdString(task.task)), 2);
        }
        journey::fillAdvanced(*window, shorter);

        const QString id = journey::startByKeyboard(*window);
        QVERIFY(!id.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runs->state(id), JobState::Finished, journey::patience());
        if (!journey::hasRealWorker()) {
            return; // the fake one leaves no adapter to talk to
        }

        auto* talk = window->findChild<QPushButton*>(QStringLiteral("tryButton"));
        QTRY_VERIFY(talk->isEnabled());
        QVERIFY(journey::press(*window, QStringLiteral("tryButton")));
        QTRY_COMPARE(window->currentPage(), QStringLiteral("try"));
        auto* prompt = window->findChild<QWidget*>(QStringLiteral("tryPrompt"));
        QVERIFY(journey::tabTo(*window, prompt));
        QTest::keyClicks(prompt, QStringLiteral("Was ist die Hauptstadt von Land 3?"));
        QTest::keyClick(prompt, Qt::Key_Return);
        const QList<TryColumn*> columns = pageOf<TryPage>(*window).findChildren<TryColumn*>();
        QVERIFY2(columns.size() >= 2, "the base and what was trained, side by side");
        for (const TryColumn* column : columns) {
            const auto hasAnswered = [&] {
                return column->turns().size() == 2 && !column->turns().back().content.empty();
            };
            QTRY_VERIFY_WITH_TIMEOUT(hasAnswered(), journey::patience());
        }
        QVERIFY(columns.front()->adapter().empty());
        QVERIFY(!columns.back()->adapter().empty());
    }

private:
    /// As a German spreadsheet writes it: semicolons, umlauts, a byte order mark, CRLF.
    static void writeGermanSpreadsheet(const QString& path)
    {
        std::ofstream file(path.toStdString(), std::ios::binary);
        file << "\xEF\xBB\xBF"
             << "question;answer\r\n";
        for (int i = 0; i < 40; ++i) {
            file << "Was ist die Hauptstadt von Land " << i << "?;\"Die Hauptstadt heißt Öhringen " << i * 7 % 40 << ".\"\r\n";
        }
        QVERIFY(file.good());
    }
};

LORI_TEST(OwnDataJourneyTest)
#include "own_data_journey_test.moc"
