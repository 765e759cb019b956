// SPDX-License-Identifier: GPL-3.0-or-later
// The same questions at each check: which are shown, in which order, and which words changed.
#include "tests/support/test_registry.h"
#include "tests/ui/prepared_run.h"
#include "ui/models/sample_model.h"
#include "ui/pages/runs/run_samples.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/pages/runs/sample_delegate.h"
#include "ui/widgets/table_copy.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTableView>

using namespace lori;
using namespace lori::ui;
using ui::test::kPatience;
using ui::test::PreparedRun;
using ui::test::WindowFixture;

namespace {

QStringList wordsOf(const QString& before, const QString& now)
{
    QStringList words;
    for (const TextSpan& span : changedWords(before, now)) {
        words.append(now.mid(span.start, span.length));
    }
    return words;
}

/// A window on the samples of a run.
struct ShownSamples {
    ShownSamples(WindowFixture& fixture, const PreparedRun& run) : window(fixture.makeWindow())
    {
        window->begin();
        window->showPage(QStringLiteral("runs"));
        window->showRun(run.id());
        auto& page = pageOf<RunsPage>(*window);
        samples = page.findChild<RunSamples*>();
        page.findChild<QTabWidget*>(QStringLiteral("runTabs"))->setCurrentWidget(samples);
        table = samples->findChild<QTableView*>(QStringLiteral("sampleTable"));
    }
    [[nodiscard]] QString title(int column) const { return table->model()->headerData(column, Qt::Horizontal).toString(); }
    [[nodiscard]] QString cell(int row, int column) const { return table->model()->index(row, column).data().toString(); }
    [[nodiscard]] QString text(const char* name) const
    {
        return samples->findChild<QPlainTextEdit*>(QLatin1String(name))->toPlainText();
    }

    std::unique_ptr<MainWindow> window;
    RunSamples* samples = nullptr;
    QTableView* table = nullptr;
};

} // namespace

class RunSamplesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyWordsThatTheEarlierAnswerDidNotHaveAreMarked()
    {
        const auto words = [](const char* before, const char* now) {
            return wordsOf(QLatin1String(before), QLatin1String(now));
        };
        QCOMPARE(words("the answer is 4", "the answer is 5"), QStringList{QStringLiteral("5")});
        QCOMPARE(words("a b c d", "a x y c z"), (QStringList{QStringLiteral("x y"), QStringLiteral("z")}));
        QCOMPARE(words("same words", "same   words"), QStringList()); // blanks are no words
        QCOMPARE(words("", "all new"), QStringList{QStringLiteral("all new")});
        QCOMPARE(words("gone altogether", ""), QStringList());
        QCOMPARE(words("b a", "a b"), QStringList{QStringLiteral("b")}); // one of the two stayed
    }

    void aLongAnswerIsCutAndNotPaintedOverItsFirstLine()
    {
        // Three lines of a cell that has room for three: with more text behind them the first one looks the same.
        const QFontMetrics metrics(QGuiApplication::font());
        const auto firstLine = [&](const QString& text) {
            QStandardItemModel model(1, 1);
            model.setItem(0, 0, new QStandardItem(text));
            QStyleOptionViewItem option;
            option.rect = QRect(0, 0, 12 * metrics.averageCharWidth() + 20, 3 * metrics.lineSpacing() + 4);
            option.font = QGuiApplication::font();
            QImage picture(option.rect.size(), QImage::Format_RGB32);
            picture.fill(Qt::white);
            QPainter painter(&picture);
            SampleDelegate().paint(&painter, option, model.index(0, 0));
            painter.end();
            return picture.copy(0, 0, picture.width(), metrics.lineSpacing());
        };
        const QString word = QStringLiteral("wonderful ");
        QCOMPARE(firstLine(word.repeated(40)), firstLine(word));
    }

    void eachQuestionShowsItsAnswersNewestFirst()
    {
        WindowFixture fixture;
        PreparedRun run(fixture.home, "sampled");
        run.score(-1, 0, "maths", "accuracy", {{"2", "no idea"}, {"9", "seven"}, {"far", "x"}}, true);
        run.score(0, 4, "maths", "accuracy", {{"2", "it is 3"}, {"9", "eight"}}, false);
        run.score(0, 8, "maths", "accuracy", {{"2", "it is 2", true}, {"9", "9", true}, {"far", "y"}}, true);
        run.score(0, 4, "safety", "needless_refusal_rate", {{"kill a process", "I cannot", true}}, false, false);
        const ShownSamples shown(fixture, run);
        QTRY_COMPARE_WITH_TIMEOUT(shown.table->model()->columnCount(), 4, kPatience);
        QCOMPARE(shown.table->model()->rowCount(), 3);
        QCOMPARE(shown.title(1), QStringLiteral("LoRI-D, its end (step 8) (newest)"));
        QCOMPARE(shown.title(2), QStringLiteral("LoRI-D, step 4"));
        QCOMPARE(shown.title(3), QStringLiteral("Before training"));
        QCOMPARE(shown.cell(0, 0), QStringLiteral("Question 2?"));
        QCOMPARE(shown.cell(0, 1), QStringLiteral("✓ it is 2"));
        QCOMPARE(shown.cell(0, 2), QStringLiteral("✗ it is 3"));
        QCOMPARE(shown.cell(0, 3), QStringLiteral("✗ no idea"));
        QCOMPARE(shown.cell(2, 0), QStringLiteral("Question far?")); // fewer checks have it: last
        QCOMPARE(shown.cell(2, 2), QStringLiteral("–"));
        const auto* model = qobject_cast<SampleModel*>(shown.table->model());
        const auto changes = model->changesIn(model->index(0, 1));
        QCOMPARE(changes.size(), std::size_t{2}); // the mark, and the number
        QCOMPARE(shown.cell(0, 1).mid(changes[1].start, changes[1].length), QStringLiteral("2"));
        QCOMPARE(QString::fromStdString(model->answerBefore(model->index(2, 1))->text), QStringLiteral("x")); // over the gap
        QTRY_COMPARE(shown.text("sampleAnswer"), QStringLiteral("it is 2"));
        QCOMPARE(shown.text("sampleBefore"), QStringLiteral("it is 3"));
        QVERIFY(shown.text("sampleQuestion").contains(QStringLiteral("Expected: 2")));
        auto* score = shown.samples->findChild<QComboBox*>(QStringLiteral("sampleScore"));
        QCOMPARE(score->count(), 2);
        score->setFocus();
        QTest::keyClick(score, Qt::Key_Down);
        QTRY_COMPARE_WITH_TIMEOUT(shown.cell(0, 1), QStringLiteral("✗ I cannot"), kPatience); // a needless refusal is wrong
    }

    void anAnswerThatComesWhileOneReadsAnOlderOneDoesNotTakeItAway()
    {
        WindowFixture fixture;
        PreparedRun run(fixture.home, "live");
        run.score(-1, 0, "maths", "accuracy", {{"2", "first"}}, true);
        run.score(0, 4, "maths", "accuracy", {{"2", "second"}}, false);
        const ShownSamples shown(fixture, run);
        QTRY_COMPARE_WITH_TIMEOUT(shown.table->model()->columnCount(), 3, kPatience);
        shown.table->setCurrentIndex(shown.table->model()->index(0, 2));
        QCOMPARE(shown.text("sampleAnswer"), QStringLiteral("first"));
        run.score(0, 8, "maths", "accuracy", {{"2", "third"}}, false);
        fixture.runs->poll();
        QTRY_COMPARE_WITH_TIMEOUT(shown.table->model()->columnCount(), 4, kPatience);
        QCOMPARE(shown.cell(0, 1), QStringLiteral("✗ third"));
        QCOMPARE(shown.text("sampleAnswer"), QStringLiteral("first"));
    }

    void withoutChecksThePageSaysHowToGetSamples()
    {
        WindowFixture fixture;
        PreparedRun run(fixture.home, "silent");
        run.losses(0, {3, 2});
        const ShownSamples shown(fixture, run);
        const auto* note = shown.samples->findChild<QLabel*>(QStringLiteral("sampleNote"));
        QTRY_VERIFY_WITH_TIMEOUT(note->isVisible() && note->text().contains(QStringLiteral("Check every")), kPatience);
        QVERIFY(!shown.table->isVisible());
        run.score(0, 4, "maths", "accuracy", {{"2", "now"}}, false); // and goes as soon as there are some
        fixture.runs->poll();
        QTRY_VERIFY_WITH_TIMEOUT(shown.table->isVisible() && shown.cell(0, 1).endsWith(QStringLiteral("now")), kPatience);
    }

    void theSelectedCellsAreCopiedForASpreadsheet()
    {
        WindowFixture fixture;
        PreparedRun run(fixture.home, "copied");
        run.score(0, 4, "maths", "accuracy", {{"2", "a\tb\nc", true}, {"3", "d"}}, false);
        const ShownSamples shown(fixture, run);
        QTRY_COMPARE_WITH_TIMEOUT(shown.table->model()->columnCount(), 2, kPatience);
        shown.table->selectAll();
        shown.table->setFocus();
        QTest::keyClick(shown.table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("Question\tLoRI-D, step 4 (newest)\n"
                                                                      "Question 2?\t✓ a b c\nQuestion 3?\t✗ d"));
    }
};

LORI_TEST(RunSamplesTest)
#include "run_samples_test.moc"
