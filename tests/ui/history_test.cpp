// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/job_life.h"
#include "tests/support/test_registry.h"
#include "ui/models/history_filter.h"
#include "ui/models/history_model.h"
#include "ui/models/score_difference.h"
#include "ui/services/error_text.h"
#include "ui/text.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace lori;
using namespace lori::ui;

namespace {

database::RunSummary run(const std::string& id, std::optional<double> loss, std::optional<double> refused = std::nullopt)
{
    database::RunSummary made;
    made.id = id;
    made.name = "Run " + id;
    made.state = jobs::JobState::Finished;
    made.createdMs = 1763733600000 + static_cast<std::int64_t>(id.size());
    made.lastLoss = loss;
    made.sparsityRatio = 0.9;
    made.rank = 32;
    made.tags = {"code", "night"};
    if (refused) {
        database::ScoreSummary score;
        score.task = "safety";
        score.metric = "refusal_rate";
        score.last = database::Score{*refused, *refused - 0.05, *refused + 0.05, 38, 40, 2, 10};
        made.scores.push_back(score);
    }
    return made;
}

database::ScoreSummary score(const std::string& task, const std::string& metric, double last, std::optional<double> before)
{
    database::ScoreSummary made;
    made.task = task;
    made.metric = metric;
    made.last = database::Score{last, last - 0.05, last + 0.05, 10, 40, 2, 10};
    if (before) {
        made.before = database::Score{*before, *before - 0.05, *before + 0.05, 5, 40, -1, 0};
    }
    return made;
}

QStringList names(const HistoryFilter& filter)
{
    QStringList list;
    for (int row = 0; row < filter.rowCount(); ++row) {
        list << filter.index(row, HistoryModel::Name).data().toString();
    }
    return list;
}

} // namespace

class HistoryModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void columnFiltersUnderstandWhatPeopleType_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QVariant>("value");
        QTest::addColumn<bool>("accepted");
        const int words = static_cast<int>(ColumnFilter::Kind::Text);
        const int number = static_cast<int>(ColumnFilter::Kind::Number);
        const int share = static_cast<int>(ColumnFilter::Kind::Share);
        const QVariant missing;
        QTest::newRow("greater") << ">0.8" << number << QVariant(0.9) << true;
        QTest::newRow("not greater") << ">0.8" << number << QVariant(0.8) << false;
        QTest::newRow("greater or equal") << ">= 0.8" << number << QVariant(0.8) << true;
        QTest::newRow("less") << "<5" << number << QVariant(4) << true;
        QTest::newRow("missing is not less") << "<5" << number << missing << false;
        QTest::newRow("between") << "10..20" << number << QVariant(20) << true;
        QTest::newRow("between, reversed") << "20..10" << number << QVariant(15) << true;
        QTest::newRow("outside") << "10..20" << number << QVariant(21) << false;
        QTest::newRow("not between") << "!10..20" << number << QVariant(21) << true;
        QTest::newRow("exactly") << "=0.5" << number << QVariant(0.5) << true;
        QTest::newRow("percent") << ">80%" << share << QVariant(0.81) << true;
        QTest::newRow("hundredths without sign") << ">80" << share << QVariant(0.79) << false;
        QTest::newRow("share") << ">0.8" << share << QVariant(0.81) << true;
        QTest::newRow("word") << "CODE" << words << QVariant("my code") << true;
        QTest::newRow("not word") << "!code" << words << QVariant("my code") << false;
        QTest::newRow("not word, missing") << "!code" << words << missing << true;
        QTest::newRow("empty") << "=" << words << missing << true;
        QTest::newRow("not empty") << "!" << words << missing << false;
        QTest::newRow("nothing typed") << "  " << number << missing << true;
    }
    void columnFiltersUnderstandWhatPeopleType()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QFETCH(QVariant, value);
        QFETCH(bool, accepted);
        const auto filter = ColumnFilter::parse(text, static_cast<ColumnFilter::Kind>(kind));
        QVERIFY(filter.has_value());
        QCOMPARE(filter->accepts(value, value.toString()), accepted);
    }

    void aPresetIsNamedAsOnTheExperimentPage()
    {
        HistoryModel model;
        std::vector<database::RunSummary> runs{run("a", 1.0), run("bb", 1.0), run("ccc", 1.0), run("dddd", 1.0)};
        runs[0].preset = "quick-look";
        runs[1].preset = "own:Nightly";
        runs[2].preset = "of-a-newer-program";
        model.setRows(runs);
        int column = 0;
        while (column < model.columnCount() && model.headerData(column, Qt::Horizontal).toString() != QStringLiteral("Preset")) {
            ++column;
        }
        QVERIFY(column < model.columnCount());
        QStringList shown;
        for (int row = 0; row < model.rowCount(); ++row) {
            shown << model.index(row, column).data().toString();
        }
        shown.sort();
        QStringList expected{Text::presetTitle(experiment::presets().front()), QStringLiteral("Nightly"),
                             QStringLiteral("of-a-newer-program"), QString()};
        expected.sort();
        QCOMPARE(experiment::presets().front().id, std::string("quick-look"));
        QCOMPARE(shown, expected);
    }

    void whyRowsWereNotComparedIsSaidByKind()
    {
        const std::vector<tasks::ScoredItem> before{{"1", "What is 2 + 2?", "4", "4", true}};
        const std::vector<tasks::ScoredItem> after{{"1", "What is 3 + 3?", "6", "6", true}};
        const ScoreDifference difference = differenceOf({{}, &before}, {{}, &after}, true);
        QVERIFY2(QString::fromStdString(difference.notPaired)
                     .startsWith(ErrorText::kind(tasks::compareItems(before, after).error().code)),
                 difference.notPaired.c_str());
    }

    void aComparisonWithoutNumberIsRefused()
    {
        QVERIFY(!ColumnFilter::parse(QStringLiteral(">abc"), ColumnFilter::Kind::Number));
        QVERIFY(!ColumnFilter::parse(QStringLiteral("1..x"), ColumnFilter::Kind::Number));
        QVERIFY(!ColumnFilter::parse(QStringLiteral("<"), ColumnFilter::Kind::Share));
    }

    void theModelKeepsItsPromises()
    {
        HistoryModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        HistoryFilter filter;
        filter.setSourceModel(&model);
        const QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({run("a", 1.0), run("bb", 2.0)});
        model.setRows({run("new", std::nullopt), run("a", 0.5), run("bb", 2.0)});
        model.setRows({run("bb", 2.0)});
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }

    void newRunsAreInsertedWithoutResettingTheOthers()
    {
        HistoryModel model;
        model.setRows({run("a", 1.0), run("bb", 2.0)});
        const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        const QPersistentModelIndex kept = model.index(1, 0);
        model.setRows({run("c", 3.0), run("a", 0.5), run("bb", 2.0)});
        QCOMPARE(reset.count(), 0);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(kept.data(TableRole::Id).toString(), QStringLiteral("bb"));
        QCOMPARE(model.index(1, HistoryModel::Loss).data().toString(), QStringLiteral("0.500"));
    }

    void runsWithoutAValueComeLastInBothOrders()
    {
        HistoryModel model;
        HistoryFilter filter;
        filter.setSourceModel(&model);
        model.setRows({run("a", std::nullopt), run("b", 10.0), run("c", 9.0)});
        filter.sort(HistoryModel::Loss, Qt::AscendingOrder);
        QCOMPARE(names(filter), (QStringList{QStringLiteral("Run c"), QStringLiteral("Run b"), QStringLiteral("Run a")}));
        filter.sort(HistoryModel::Loss, Qt::DescendingOrder);
        QCOMPARE(names(filter), (QStringList{QStringLiteral("Run b"), QStringLiteral("Run c"), QStringLiteral("Run a")}));
    }

    void quickSearchAndColumnFiltersWorkTogether()
    {
        HistoryModel model;
        HistoryFilter filter;
        filter.setSourceModel(&model);
        model.setRows({run("alpha", 1.0, 0.95), run("beta", 2.0, 0.5), run("gamma", 3.0)});
        const int refused = model.scoreColumn("safety", "refusal_rate");
        QVERIFY(filter.setColumnFilter(refused, QStringLiteral(">0.8")));
        QCOMPARE(names(filter), QStringList{QStringLiteral("Run alpha")});
        QVERIFY(filter.setColumnFilter(refused, QString()));
        filter.setQuickText(QStringLiteral("NIGHT ta"));
        QCOMPARE(names(filter), QStringList{QStringLiteral("Run beta")});
        QVERIFY(!filter.setColumnFilter(HistoryModel::Loss, QStringLiteral(">abc")));
        QCOMPARE(filter.rowCount(), 1);
        filter.clearFilters();
        QCOMPARE(filter.rowCount(), 3);
    }

    void everyScoreThatARunHasGetsAColumn()
    {
        HistoryModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.columnCount(), static_cast<int>(HistoryModel::FixedCount));
        model.setRows({run("a", 1.0, 0.95)});
        const int refused = model.scoreColumn("safety", "refusal_rate");
        QCOMPARE(refused, static_cast<int>(HistoryModel::FixedCount));
        QCOMPARE(model.headerData(refused, Qt::Horizontal).toString(), QStringLiteral("Harmful refused"));
        QCOMPARE(model.scoreColumn("gsm8k", "accuracy"), -1);

        QSignalSpy inserted(&model, &QAbstractItemModel::columnsInserted);
        auto other = run("bb", 1.0);
        other.scores.push_back(score("gsm8k", "accuracy", 0.25, 0.125));
        other.scores.push_back(score("arc-e", "accuracy", 0.5, std::nullopt));
        other.scores.push_back(score("a set of mine", "accuracy", 0.75, std::nullopt));
        model.setRows({other, run("a", 1.0, 0.95)});
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(model.scoreColumn("safety", "refusal_rate"), refused); // what is there keeps its place
        const auto title = [&](int column) {
            return model.headerData(column, Qt::Horizontal).toString();
        };
        QCOMPARE(title(refused + 1), QStringLiteral("ARC easy"));
        QCOMPARE(title(refused + 2), QStringLiteral("GSM8K"));
        QCOMPARE(title(refused + 3), QStringLiteral("a set of mine"));
        QCOMPARE(model.columnCount(), refused + 4);

        const QModelIndex cell = model.index(0, model.scoreColumn("gsm8k", "accuracy"));
        QCOMPARE(cell.data().toString(), QStringLiteral("12.5 % → 25.0 %")); // the base model's beside it
        QCOMPARE(cell.data(TableRole::Sort).toDouble(), 0.25);
        QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(QStringLiteral("Before training: 12.5 %")));
        const QModelIndex none = model.index(1, cell.column());
        QVERIFY(!none.data(TableRole::Sort).isValid());
        QCOMPARE(none.data(Qt::AccessibleTextRole).toString(), QStringLiteral("no value"));
        QCOMPARE(model.index(0, model.scoreColumn("arc-e", "accuracy")).data().toString(), QStringLiteral("50.0 %"));

        QVERIFY(model.hasScores(cell.column()));
        model.setRows({run("a", 1.0, 0.95)});
        QVERIFY(!model.hasScores(cell.column()));
        QVERIFY(model.hasScores(refused));
        QVERIFY(!model.hasScores(HistoryModel::Loss));
    }

    void csvHoldsVisibleRowsWithPlainValues()
    {
        HistoryModel model;
        HistoryFilter filter;
        filter.setSourceModel(&model);
        model.setRows({run("a, \"b\"", 1.0 / 3), run("c", std::nullopt)});
        filter.setColumnFilter(HistoryModel::Loss, QStringLiteral("!"));
        const QStringList lines =
            filter.toCsv({HistoryModel::Name, HistoryModel::Loss, HistoryModel::Rank}).split(QLatin1Char('\n'));
        QCOMPARE(lines[0], QStringLiteral("Name,Loss,Rank"));
        QCOMPARE(lines[1], QStringLiteral("\"Run a, \"\"b\"\"\",0.33333333333333331,32"));
        QCOMPARE(lines.size(), 3);
    }

    void editingANameAsksAndDoesNotGuess()
    {
        HistoryModel model;
        model.setRows({run("a", 1.0)});
        const QSignalSpy asked(&model, &HistoryModel::renameRequested);
        QVERIFY(model.setData(model.index(0, HistoryModel::Name), QStringLiteral(" Better name ")));
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.front().at(1).toString(), QStringLiteral("Better name"));
        QVERIFY(!model.setData(model.index(0, HistoryModel::Loss), 3));
        QCOMPARE(model.index(0, HistoryModel::Name).data().toString(), QStringLiteral("Run a"));
    }

    void tenThousandRunsAreFilteredAndSortedInTime()
    {
        std::vector<database::RunSummary> rows;
        for (int i = 0; i < 10000; ++i) {
            rows.push_back(run("run" + std::to_string(i), (i * 7919 % 10007) / 100.0, 0.5));
        }
        HistoryModel model;
        HistoryFilter filter;
        filter.setSourceModel(&model);
        QElapsedTimer clock;
        clock.start();
        model.setRows(std::move(rows));
        const qint64 opened = clock.restart();
        filter.sort(HistoryModel::Loss);
        const qint64 sorted = clock.restart();
        filter.setQuickText(QStringLiteral("run99"));
        const qint64 searched = clock.elapsed();
        qInfo("10,000 runs: taken over in %lld ms, sorted in %lld ms, searched in %lld ms", static_cast<long long>(opened),
              static_cast<long long>(sorted), static_cast<long long>(searched));
        QVERIFY(opened + sorted + searched < 3000);
        QCOMPARE(filter.rowCount(), 111);
    }
};

LORI_TEST(HistoryModelTest)
#include "history_test.moc"
