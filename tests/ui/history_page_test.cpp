// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/event_writer.h"
#include "tests/support/test_registry.h"
#include "tests/ui/history_page_fixture.h"
#include "ui/dialogs/name_dialog.h"
#include "ui/frame/message_bar.h"
#include "ui/models/history_model.h"
#include "ui/models/run_drag.h"
#include "ui/pages/history/history_bundles.h"
#include "ui/pages/history/history_details.h"
#include "ui/pages/history/history_page.h"
#include "ui/pages/history/parallel_runs.h"
#include "ui/services/app_context.h"
#include "ui/services/history_service.h"
#include "ui/services/page_router.h"
#include "ui/services/preferences.h"
#include "ui/services/run_service.h"
#include "ui/text.h"
#include "ui/widgets/filter_header.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/run_charts.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTextEdit>
#include <QTimer>
#include <QToolButton>
#include <QUndoStack>
#include <QtTest>

#include <fstream>

using namespace lori;
using namespace lori::ui;

class HistoryPageTest final : public QObject, private ui::test::HistoryPageFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { begin(); }
    void init() { open(); }
    void cleanup() { close(); }

    void showsTheChartsAndTheRecipeOfTheSelectedRun()
    {
        table()->selectRow(0);
        auto* charts = m_page->findChild<HistoryDetails*>()->charts();
        QTRY_COMPARE(charts->curves().points(RunCurves::Metric::TrainLoss).size(), std::size_t{2});
        const QString recipe = m_page->findChild<QPlainTextEdit*>(QStringLiteral("recipeText"))->toPlainText();
        QVERIFY(recipe.contains(QStringLiteral("\"adapter\"")));
        const auto nameOfRow = [this](int row) {
            return table()->model()->index(row, HistoryModel::Name).data().toString();
        };
        QCOMPARE(charts->panel(QStringLiteral("loss"))->pictureTitle(), nameOfRow(0) + QStringLiteral(" – Loss"));
        table()->selectRow(1);
        QTRY_COMPARE(charts->curves().points(RunCurves::Metric::TrainLoss).size(), std::size_t{2});
        QVERIFY(nameOfRow(0) != nameOfRow(1)); // a saved picture says whose it is
        QCOMPARE(charts->panel(QStringLiteral("loss"))->pictureTitle(), nameOfRow(1) + QStringLiteral(" – Loss"));
    }

    void saysWhatARunWasTrainedOn()
    {
        experiment::RunConfig config;
        config.name = "third";
        config.stages = {experiment::StageConfig{}};
        config.data.sources.resize(2);
        config.data.sources[0].task = "safety";
        config.data.sources[1].file = "/somewhere/capitals.csv";
        const auto run = jobs::RunFolder::create(m_context.home, config).value();
        events::EventWriter::open(run.eventsFile()).value()->append(events::Finished{1.0});
        m_history->ingestAll();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 3, 10000);
        m_page->selectRun(QString::fromStdString(run.id()));
        const auto* facts = m_page->findChild<QLabel*>(QStringLiteral("historyFacts"));
        QTRY_VERIFY2(facts->text().contains(QStringLiteral("Safety, capitals.csv")), qPrintable(facts->text()));
        QStringList data; // and in the table, where it can be filtered
        for (int row = 0; row < table()->model()->rowCount(); ++row) {
            data << table()->model()->index(row, HistoryModel::Data).data().toString();
        }
        QVERIFY2(data.contains(QStringLiteral("Safety and 1 more")), qPrintable(data.join(QLatin1Char('|'))));
    }

    void filtersByTheFieldUnderATitle()
    {
        auto* header = m_page->findChild<FilterHeader*>();
        header->field(HistoryModel::Name)->setText(QStringLiteral("sec"));
        QCOMPARE(table()->model()->rowCount(), 1);
        header->field(HistoryModel::Name)->clear();
        header->field(HistoryModel::Loss)->setText(QStringLiteral(">1.5"));
        QCOMPARE(table()->model()->rowCount(), 1);
        header->field(HistoryModel::Loss)->setText(QStringLiteral(">"));
        QVERIFY(!header->field(HistoryModel::Loss)->accessibleDescription().isEmpty());
        action("historyClearFilters")->trigger();
        QCOMPARE(table()->model()->rowCount(), 2);
        const QString made = table()->model()->index(0, HistoryModel::Created).data().toString(); // as the Runs page writes it
        QVERIFY(!made.isEmpty() && made.contains(QLatin1Char(',')));
        header->field(HistoryModel::Created)->setText(made.section(QLatin1Char(','), 0, 0));
        QVERIFY(table()->model()->rowCount() > 0);
        action("historyClearFilters")->trigger();
    }

    void anEmptyTableSaysWhyAndOffersAWayBack()
    {
        auto* nothing = m_page->findChild<QLabel*>(QStringLiteral("historyNothing"));
        QVERIFY(!nothing->isVisibleTo(m_page.get()));
        m_page->findChild<FilterHeader*>()->field(HistoryModel::Name)->setText(QStringLiteral("no such run"));
        QTRY_VERIFY(nothing->isVisibleTo(m_page.get()));
        QVERIFY(nothing->text().contains(QStringLiteral("No run matches")));
        Q_EMIT nothing->linkActivated(QStringLiteral("clear"));
        QTRY_VERIFY(!nothing->isVisibleTo(m_page.get()));
        QCOMPARE(table()->model()->rowCount(), 2);
    }

    void theTableHasThePageUntilARunIsSelected()
    {
        const auto* details = m_page->findChild<HistoryDetails*>();
        QVERIFY(!details->isVisible());
        const int whole = table()->height();
        QVERIFY2(whole > m_page->height() / 2, qPrintable(QString::number(whole)));
        table()->selectRow(1);
        QTRY_VERIFY(details->isVisible());
        QTRY_VERIFY(table()->height() < whole);
        QTRY_VERIFY(table()->viewport()->rect().intersects(table()->visualRect(table()->currentIndex())));
        m_page->findChild<QLineEdit*>(QStringLiteral("historySearch"))->setText(QStringLiteral("no such run"));
        QTRY_COMPARE(table()->model()->rowCount(), 0);
        QTRY_VERIFY(!details->isVisible());
        QTRY_COMPARE(table()->height(), whole);
    }

    void notesAndTagsAreKept()
    {
        table()->selectRow(0);
        const QString run = m_page->selectedRun();
        m_page->findChild<QPlainTextEdit*>(QStringLiteral("historyNote"))->setPlainText(QStringLiteral("learned *much*"));
        m_page->findChild<QLineEdit*>(QStringLiteral("historyTags"))->setText(QStringLiteral("b, a ,b"));
        table()->selectRow(1); // leaving a run saves what was typed
        QTRY_COMPARE(m_history->find(run)->summary.note, std::string("learned *much*"));
        QTRY_COMPARE(m_history->find(run)->summary.tags, (std::vector<std::string>{"a", "b"}));
        m_undo->undo();
        QTRY_VERIFY(m_history->find(run)->summary.tags.empty());
        QCOMPARE(m_history->find(run)->summary.note, std::string("learned *much*"));
    }

    void aRunGoesToTheTrashAndComesBack()
    {
        table()->selectRow(0);
        const QString run = m_page->selectedRun();
        QTRY_VERIFY(action("historyTrash")->isEnabled()); // not before the run's last event was read
        action("historyTrash")->trigger();
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QTRY_VERIFY(m_messages->text().contains(QStringLiteral("trash")));
        action("historyShowTrash")->setChecked(true);
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        m_page->selectRun(run);
        QVERIFY(action("historyRestore")->isEnabled());
        action("historyRestore")->trigger();
        QTRY_COMPARE(table()->model()->rowCount(), 0);
        action("historyShowTrash")->setChecked(false);
        QTRY_COMPARE(table()->model()->rowCount(), 2);
    }

    void duplicatingHandsOnTheConfiguration()
    {
        QSignalSpy asked(&m_router, &PageRouter::asked);
        table()->selectRow(0);
        const QString run = m_page->selectedRun();
        action("historyDuplicate")->trigger();
        QCOMPARE(asked.count(), 1);
        const auto config = std::get<intents::EditRecipe>(asked.front().front().value<Intent>()).config;
        QCOMPARE(config.parentRun, run.toStdString());
        QVERIFY(config.name.ends_with("(copy)"));
    }

    void severalRunsAreComparedByOneKey()
    {
        makeRun("third", 1);
        m_history->ingestAll();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 3, 10000);
        table()->selectRow(0);
        QCOMPARE(action("historyCompare")->text().remove(QLatin1Char('&')), QStringLiteral("Compare (1)"));
        QVERIFY(action("historyDuplicate")->isEnabled());
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(action("historyCompare")->text().remove(QLatin1Char('&')), QStringLiteral("Compare (2)"));
        QVERIFY(!action("historyDuplicate")->isEnabled() && !action("historyOpen")->isEnabled());
        const auto idOf = [this](int row) {
            return table()->model()->index(row, 0).data(TableRole::Id).toString();
        };
        QSignalSpy asked(&m_router, &PageRouter::asked);
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QTest::keyClick(table(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(std::get<intents::CompareRuns>(asked.front().front().value<Intent>()).runIds, QStringList({idOf(1), idOf(0)}));
        makeRun("fourth", 1); // what is chosen stays chosen while the table changes
        const QStringList chosen = m_page->selectedRuns();
        m_history->ingestAll();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 4, 10000);
        QCOMPARE(m_page->selectedRuns(), chosen);
    }

    void severalRunsGoToTheTrashAndComeBackTogether()
    {
        table()->selectAll();
        QTRY_VERIFY(action("historyTrash")->isEnabled());
        action("historyTrash")->trigger();
        QTRY_COMPARE(table()->model()->rowCount(), 0);
        QTRY_VERIFY(m_messages->text().contains(QStringLiteral("2")));
        QPushButton* undo = nullptr;
        for (QPushButton* button : m_messages->findChildren<QPushButton*>()) {
            undo = button->text().contains(QStringLiteral("Undo")) ? button : undo;
        }
        QVERIFY(undo != nullptr);
        undo->click();
        QTRY_COMPARE(table()->model()->rowCount(), 2);
    }

    void renamingShowsTheNewName()
    {
        table()->selectRow(0);
        auto* model = table()->model();
        QVERIFY(model->setData(model->index(0, HistoryModel::Name), QStringLiteral("better")));
        QTRY_COMPARE(model->index(0, HistoryModel::Name).data().toString(), QStringLiteral("better"));
    }

    void chosenColumnsAreRemembered()
    {
        auto* header = m_page->findChild<FilterHeader*>();
        header->setSectionHidden(HistoryModel::Preset, true);
        m_page.reset();
        m_page = std::make_unique<HistoryPage>(m_context, nullptr);
        m_page->show();
        QVERIFY(m_page->findChild<FilterHeader*>()->isSectionHidden(HistoryModel::Preset));
        QVERIFY(!m_page->findChild<FilterHeader*>()->isSectionHidden(HistoryModel::Loss));
    }

    void aScoreColumnComesWithItsRunAndAPersonHidesIt()
    {
        auto* header = m_page->findChild<FilterHeader*>();
        const int fixed = table()->model()->columnCount();
        QCOMPARE(fixed, static_cast<int>(HistoryModel::FixedCount));
        events::Score base;
        base.stage = -1;
        base.task = "gsm8k";
        base.metric = "accuracy";
        base.hits = 1;
        base.n = 8;
        base.value = base.low = base.high = 0.125;
        events::Score after = base;
        after.stage = 0;
        after.step = 2;
        after.hits = 4;
        after.value = after.low = after.high = 0.5;
        events::Score second = after;
        second.metric = "accuracy_likelihood";
        const QString third = makeRun("third", 1, {base, after, second});
        m_history->ingestAll();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->columnCount(), fixed + 2, 10000);
        QVERIFY(header->isSectionHidden(fixed + 1)); // of interest to few; in the menu for those
        m_page->selectRun(third);
        QCOMPARE(table()->currentIndex().siblingAtColumn(fixed).data().toString(), QStringLiteral("12.5 % → 50.0 %"));
        const QString change = QStringLiteral("%1 → %2 of 8").arg(Text::rate(0.125, 0.125, 0.125), Text::rate(0.5, 0.5, 0.5));
        const auto* facts = m_page->findChild<QLabel*>(QStringLiteral("historyFacts"));
        QTRY_VERIFY2(facts->text().contains(change), qPrintable(facts->text())); // both of as many answers: said once
        QVERIFY(!header->isSectionHidden(fixed));
        QCOMPARE(header->visualIndex(fixed), header->visualIndex(HistoryModel::Loss) + 1);
        QVERIFY(header->field(fixed) != nullptr && header->field(fixed)->isVisible());
        header->field(fixed)->setText(QStringLiteral(">40%"));
        QCOMPARE(table()->model()->rowCount(), 1);
        header->field(fixed)->clear();
        auto* menu = m_page->findChild<QToolButton*>(QStringLiteral("historyColumns"))->menu();
        Q_EMIT menu->aboutToShow();
        auto* choice = menu->findChild<QAction*>(QStringLiteral("historyColumn-score:gsm8k.accuracy"));
        QVERIFY(choice != nullptr && choice->isChecked());
        choice->setChecked(false);
        QVERIFY(header->isSectionHidden(fixed));
        QVERIFY(!header->field(fixed)->isVisible());
        m_page.reset();
        m_page = std::make_unique<HistoryPage>(m_context, nullptr);
        m_page->show();
        QTRY_COMPARE(table()->model()->columnCount(), fixed + 2);
        QVERIFY(m_page->findChild<FilterHeader*>()->isSectionHidden(fixed)); // remembered for a column that comes later
    }

    void everyControlHasANameForScreenReaders()
    {
        table()->selectRow(0);
        for (QWidget* widget : m_page->findChildren<QWidget*>()) {
            if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible() &&
                !widget->objectName().startsWith(QLatin1String("qt_")) && !widget->inherits("QHeaderView") &&
                !widget->inherits("QTabBar") && !widget->inherits("QScrollArea")) {
                QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
                QVERIFY2(!QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name).isEmpty(),
                         qPrintable(widget->objectName()));
            }
        }
    }

    void selectedRunsGoIntoAFileAndComeBackAsTheyAre()
    {
        table()->selectAll();
        QTRY_VERIFY(action("historyBundle")->isEnabled());
        auto* bundles = m_page->findChild<HistoryBundles*>();
        const QString file = m_folder->filePath(QStringLiteral("sent.lori"));
        bundles->exportTo(file, m_page->selectedRuns(), false);
        QVERIFY(bundles->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!bundles->isBusy(), 10000);
        QVERIFY(!bundles->isVisible());
        QVERIFY2(m_messages->text().startsWith(QStringLiteral("2 run(s) are in %1 (").arg(file)), qPrintable(m_messages->text()));
        bundles->importFile(file);
        QTRY_VERIFY_WITH_TIMEOUT(!bundles->isBusy(), 10000);
        QCOMPARE(m_messages->text(),
                 QStringLiteral("2 run(s) of the file are here already, the same; nothing was done with them."));
        QCOMPARE(table()->model()->rowCount(), 2);
    }

    void anImportedRunIsShownAndSelected()
    {
        table()->selectRow(0);
        const QString run = m_page->selectedRun();
        const QString file = m_folder->filePath(QStringLiteral("sent.lori"));
        auto* bundles = m_page->findChild<HistoryBundles*>();
        bundles->exportTo(file, {run}, true);
        QTRY_VERIFY_WITH_TIMEOUT(!bundles->isBusy(), 10000);
        // another run takes its place: the newcomer must get another id
        QFile events(QString::fromStdString((m_context.home.runs() / run.toStdString() / "events.jsonl").string()));
        QVERIFY(events.open(QIODevice::Append) && events.write("\n") == 1);
        events.close();
        m_page->openFile(file);
        QTRY_VERIFY_WITH_TIMEOUT(!bundles->isBusy(), 10000);
        QTRY_COMPARE(table()->model()->rowCount(), 3);
        QTRY_COMPARE(m_page->selectedRun(), run + QStringLiteral("-2"));
        QVERIFY(m_messages->text().contains(QStringLiteral("got a new id")));
    }

    void rowsAreSavedAsCsvAndNothingElse()
    {
        const auto exportTo = [this](const QString& file) {
            QTimer::singleShot(0, m_page.get(), [file] { // while the dialog is asking
                if (auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget())) {
                    dialog->selectFile(file);
                    static_cast<QDialog*>(dialog)->accept();
                }
            });
            action("historyExport")->trigger();
        };
        const QString sheet = m_folder->filePath(QStringLiteral("hist.xlsx"));
        exportTo(sheet);
        QVERIFY2(m_messages->text().startsWith(sheet) && m_messages->text().contains(QStringLiteral("was not written")) &&
                     m_messages->text().contains(QStringLiteral(".csv")),
                 qPrintable(m_messages->text()));
        QVERIFY(!QFile::exists(sheet));
        QVERIFY(QDir(m_folder->path()).entryList({QStringLiteral("hist*")}).isEmpty()); // nor under another name
        const QString rows = m_folder->filePath(QStringLiteral("hist.csv"));
        exportTo(rows);
        QCOMPARE(m_messages->text(), QStringLiteral("Saved: %1").arg(rows));
        QFile written(rows);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray text = written.readAll();
        QVERIFY2(text.contains("first") && text.contains("second"), text.constData());
        exportTo(m_folder->filePath(QStringLiteral("plain"))); // a name without an ending gets it
        QCOMPARE(m_messages->text(), QStringLiteral("Saved: %1").arg(m_folder->filePath(QStringLiteral("plain.csv"))));
    }

    void aFileThatIsNoBundleIsRefusedInOneSentence()
    {
        const QString file = m_folder->filePath(QStringLiteral("letter.lori"));
        QFile letter(file);
        QVERIFY(letter.open(QIODevice::WriteOnly) && letter.write("Dear all") == 8);
        letter.close();
        auto* bundles = m_page->findChild<HistoryBundles*>();
        bundles->importFile(file);
        QTRY_VERIFY_WITH_TIMEOUT(!bundles->isBusy(), 10000);
        QVERIFY2(m_messages->text().contains(QStringLiteral("this is no .lori file")), qPrintable(m_messages->text()));
        QCOMPARE(table()->model()->rowCount(), 2);
    }

    void anExportCanBeStopped()
    {
        table()->selectRow(0);
        const std::filesystem::path big = m_context.home.runs() / m_page->selectedRun().toStdString() / "items" / "big.jsonl";
        std::filesystem::create_directories(big.parent_path());
        std::ofstream(big) << "x";
        std::filesystem::resize_file(big, 2'000'000'000); // a file with a hole: nothing on the disk, seconds to read
        const QString file = m_folder->filePath(QStringLiteral("sent.lori"));
        auto* bundles = m_page->findChild<HistoryBundles*>();
        bundles->exportTo(file, {m_page->selectedRun()}, false);
        auto* stop = m_page->findChild<QPushButton*>(QStringLiteral("bundleStop"));
        QVERIFY(bundles->isBusy() && stop->isVisible() && stop->isEnabled());
        stop->click();
        QTRY_VERIFY_WITH_TIMEOUT(!bundles->isBusy(), 10000);
        QCOMPARE(m_messages->text(), QStringLiteral("Stopped: nothing was written."));
        QVERIFY(QDir(m_folder->path()).entryList({QStringLiteral("sent*")}).isEmpty());
    }
};

LORI_TEST(HistoryPageTest)
#include "history_page_test.moc"
