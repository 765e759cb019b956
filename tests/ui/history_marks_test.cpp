// SPDX-License-Identifier: GPL-3.0-or-later
// What a person marks, keeps and draws on the history page.
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

class HistoryMarksTest final : public QObject, private ui::test::HistoryPageFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { begin(); }
    void init() { open(); }
    void cleanup() { close(); }

    void aNoteIsReadAsMarkdownAndEditedAsItWasTyped()
    {
        table()->selectRow(0);
        auto* note = m_page->findChild<QPlainTextEdit*>(QStringLiteral("historyNote"));
        auto* rendered = m_page->findChild<QTextEdit*>(QStringLiteral("historyRenderedNote"));
        QVERIFY(note->isVisible() && !rendered->isVisible()); // nothing to read yet
        m_page->activateWindow();
        note->setFocus();
        QTRY_VERIFY(note->hasFocus());
        QTest::keyClicks(note, QStringLiteral("learned *much* <b>x</b>"));
        QVERIFY(note->isVisible());
        QTest::keyClick(note, Qt::Key_Tab);
        QVERIFY(rendered->isVisible() && !note->isVisible());
        QCOMPARE(rendered->toPlainText().left(12), QStringLiteral("learned much"));
        QVERIFY(rendered->toPlainText().contains(QStringLiteral("<b>"))); // no HTML
        QVERIFY(!rendered->accessibleName().isEmpty());
        rendered->setFocus();
        QTest::keyClick(rendered, Qt::Key_Return);
        QVERIFY(note->isVisible() && note->hasFocus());
        QCOMPARE(note->toPlainText(), QStringLiteral("learned *much* <b>x</b>"));
        QTest::keyClicks(note, QStringLiteral("!"));
        table()->setFocus();
        QVERIFY(rendered->isVisible());
        QTest::mouseClick(rendered->viewport(), Qt::LeftButton);
        QVERIFY(note->isVisible() && note->hasFocus());
        table()->selectRow(1);
        table()->setFocus();
        QVERIFY(note->isVisible()); // the other run has no note
        table()->selectRow(0);
        QTRY_VERIFY(rendered->isVisible());
        QTRY_COMPARE(note->toPlainText(), QStringLiteral("learned *much* <b>x</b>!"));
    }

    void aPinnedRunStaysOnTopInEveryOrderAndAtTheNextStart()
    {
        const auto nameOfRow = [this](int row) {
            return table()->model()->index(row, HistoryModel::Name).data().toString();
        };
        table()->sortByColumn(HistoryModel::Name, Qt::AscendingOrder);
        QCOMPARE(nameOfRow(0), QStringLiteral("first"));
        table()->selectRow(1);
        QCOMPARE(action("historyPin")->text(), QStringLiteral("Pin on top"));
        action("historyPin")->trigger();
        QCOMPARE(nameOfRow(0), QStringLiteral("second"));
        QCOMPARE(table()->currentIndex().row(), 0); // still selected
        QVERIFY(table()
                    ->model()
                    ->index(0, HistoryModel::Name)
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .contains(QStringLiteral("pinned")));
        table()->sortByColumn(HistoryModel::Name, Qt::DescendingOrder);
        QCOMPARE(nameOfRow(0), QStringLiteral("second"));
        table()->sortByColumn(HistoryModel::Loss, Qt::AscendingOrder);
        QCOMPARE(nameOfRow(0), QStringLiteral("second"));
        m_page.reset();
        m_page = std::make_unique<HistoryPage>(m_context, nullptr);
        m_page->show();
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        table()->sortByColumn(HistoryModel::Name, Qt::AscendingOrder);
        QCOMPARE(nameOfRow(0), QStringLiteral("second"));
        table()->selectRow(0);
        action("historyPin")->trigger();
        QCOMPARE(nameOfRow(0), QStringLiteral("first"));
    }

    void scoresAreShownAgainstTheBaselineThatWasChosen()
    {
        const auto score = [](double value, double low, double high) {
            events::Score made;
            made.stage = 0;
            made.step = 2;
            made.task = "gsm8k";
            made.metric = "accuracy";
            made.n = 100;
            made.value = value;
            made.low = low;
            made.high = high;
            return made;
        };
        const QString base = makeRun("base", 1, {score(0.5, 0.4, 0.6)});
        const QString better = makeRun("better", 1, {score(0.8, 0.7, 0.9)});
        const QString same = makeRun("same", 1, {score(0.45, 0.35, 0.55)});
        m_history->ingestAll();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 5, 10000);
        const int fixed = HistoryModel::FixedCount;
        QCOMPARE(table()->model()->columnCount(), fixed + 1);
        m_page->selectRun(base);
        action("historyBaseline")->trigger();
        const auto difference = [this](const QString& run) {
            m_page->selectRun(run);
            return table()->currentIndex().siblingAtColumn(HistoryModel::FixedCount + 1).data().toString();
        };
        QTRY_COMPARE(table()->model()->columnCount(), fixed + 2);
        auto* header = m_page->findChild<FilterHeader*>();
        QVERIFY(!header->isSectionHidden(fixed + 1));
        QCOMPARE(header->visualIndex(fixed + 1), header->visualIndex(fixed) + 1);
        QCOMPARE(difference(better), QStringLiteral("+30.0 points, better"));
        QCOMPARE(difference(same), QStringLiteral("−5.0, no clear difference"));
        QCOMPARE(difference(base), QString());
        header->field(fixed + 1)->setText(QStringLiteral(">10"));
        QCOMPARE(table()->model()->rowCount(), 1);
        header->field(fixed + 1)->clear();
        m_page.reset();
        m_page = std::make_unique<HistoryPage>(m_context, nullptr);
        m_page->show();
        QTRY_COMPARE(table()->model()->columnCount(), fixed + 2);
        QCOMPARE(difference(better), QStringLiteral("+30.0 points, better"));
        table()->clearSelection();
        m_page->selectRun(base);
        QCOMPARE(action("historyBaseline")->text(), QStringLiteral("No baseline"));
        QVERIFY(action("historyBaseline")->isEnabled());
        action("historyBaseline")->trigger();
        QVERIFY(m_page->findChild<FilterHeader*>()->isSectionHidden(fixed + 1));
    }

    void aViewIsKeptUnderANameChosenAgainAndDeletedWithUndo()
    {
        auto* header = m_page->findChild<FilterHeader*>();
        auto* search = m_page->findChild<QLineEdit*>(QStringLiteral("historySearch"));
        auto* choice = m_page->findChild<QComboBox*>(QStringLiteral("historyView"));
        QVERIFY(!choice->isEnabled());
        search->setText(QStringLiteral("se"));
        header->field(HistoryModel::Name)->setText(QStringLiteral("!first"));
        header->setSectionHidden(HistoryModel::Preset, true);
        table()->sortByColumn(HistoryModel::Loss, Qt::AscendingOrder);
        m_page->findChild<QToolButton*>(QStringLiteral("historyViewKeep"))->click();
        auto* dialog = m_page->findChild<NameDialog*>();
        QVERIFY(dialog != nullptr);
        dialog->findChild<QLineEdit*>()->setText(QStringLiteral("not first/中文"));
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_COMPARE(choice->currentText(), QStringLiteral("not first/中文"));

        m_page.reset(); // the next start
        m_preferences = std::make_unique<Preferences>();
        m_context.preferences = m_preferences.get();
        m_page = std::make_unique<HistoryPage>(m_context, nullptr);
        m_page->show();
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        header = m_page->findChild<FilterHeader*>();
        header->setSectionHidden(HistoryModel::Preset, false);
        table()->sortByColumn(HistoryModel::Name, Qt::DescendingOrder);
        choice = m_page->findChild<QComboBox*>(QStringLiteral("historyView"));
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_Down);
        QCOMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(m_page->findChild<QLineEdit*>(QStringLiteral("historySearch"))->text(), QStringLiteral("se"));
        QCOMPARE(header->field(HistoryModel::Name)->text(), QStringLiteral("!first"));
        QVERIFY(header->isSectionHidden(HistoryModel::Preset));
        QCOMPARE(header->sortIndicatorSection(), static_cast<int>(HistoryModel::Loss));
        QCOMPARE(header->sortIndicatorOrder(), Qt::AscendingOrder);
        m_page->findChild<QToolButton*>(QStringLiteral("historyViewDelete"))->click();
        QVERIFY(m_preferences->historyViews().isEmpty() && !choice->isEnabled());
        m_messages->findChild<QPushButton*>(QStringLiteral("messageAction0"))->click(); // Undo
        QCOMPARE(m_preferences->historyViews().size(), 1);
        QCOMPARE(choice->currentText(), QStringLiteral("not first/中文"));
    }

    void selectedRowsAreDraggedAsTheirRuns()
    {
        table()->selectAll();
        QVERIFY(table()->dragEnabled());
        const std::unique_ptr<QMimeData> data(table()->model()->mimeData(table()->selectionModel()->selectedIndexes()));
        QVERIFY(data != nullptr);
        QStringList dragged = runsIn(*data);
        QStringList chosen = m_page->selectedRuns();
        dragged.sort();
        chosen.sort();
        QCOMPARE(dragged, chosen);
        QCOMPARE(dragged.size(), 2);
    }

    void runsAreDrawnAsLinesBesideATableOfTheSameNumbers()
    {
        action("historyParallel")->trigger(); // nothing is selected: all that are shown
        auto* dialog = m_page->findChild<ParallelRuns*>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        auto* plot = dialog->findChild<ParallelPlot*>();
        auto* numbers = dialog->findChild<QTableWidget*>();
        QCOMPARE(plot->lines().size(), std::size_t{2});
        QCOMPARE(numbers->rowCount(), 2);
        plot->setFocus();
        QTest::keyClick(plot, Qt::Key_Down);
        QCOMPARE(plot->highlighted(), 0);
        const QString readOut = dialog->findChild<QLabel*>(QStringLiteral("parallelReadOut"))->text();
        QVERIFY2(readOut.contains(numbers->item(numbers->currentRow(), 0)->text()), qPrintable(readOut));
        QVERIFY2(readOut.contains(QStringLiteral("Loss")), qPrintable(readOut));
        numbers->setCurrentCell(numbers->currentRow() == 0 ? 1 : 0, 0);
        QCOMPARE(plot->highlighted(), 1);
        const int columns = numbers->columnCount();
        auto* menu = dialog->findChild<QToolButton*>(QStringLiteral("parallelAxes"))->menu();
        Q_EMIT menu->aboutToShow();
        menu->findChild<QAction*>(QStringLiteral("parallelAxis-loss"))->setChecked(false);
        QCOMPARE(numbers->columnCount(), columns - 1);
        QVERIFY(!plot->readOut().contains(QStringLiteral("Loss")));
        for (const QWidget* part : dialog->findChildren<QWidget*>()) {
            if (part->focusPolicy() != Qt::NoFocus && part->isVisible() && qobject_cast<const QHeaderView*>(part) == nullptr) {
                QVERIFY2(!part->objectName().isEmpty(), part->metaObject()->className());
            }
        }
    }
};

LORI_TEST(HistoryMarksTest)
#include "history_marks_test.moc"
