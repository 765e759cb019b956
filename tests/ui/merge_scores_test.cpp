// SPDX-License-Identifier: GPL-3.0-or-later
// What merges can do: measured once, found again, held against the adapter that learned the task.
#include "tests/support/test_registry.h"
#include "tests/ui/merge_window.h"

#include "core/support/files.h"
#include "ui/frame/adapter_exports.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/merge/merge_score_matrix.h"
#include "ui/widgets/number_field.h"

#include <nlohmann/json.hpp>

#include <QCheckBox>
#include <QClipboard>

using namespace lori;
using namespace lori::ui;
using namespace lori::ui::test;

namespace {

namespace fs = std::filesystem;

constexpr int kMaths = 0; ///< columns of the matrix, in the order of starter tasks
constexpr int kLanguage = 1;

std::string runOf(const fs::path& adapter)
{
    return adapter.parent_path().parent_path().filename().string();
}

/// Capitals answers 30 of 40, Sums 26, a merge 24.
void inventHits(const ShownMerge& shown)
{
    const std::string hits = runOf(shown.folders[0]) + "=30," + runOf(shown.folders[1]) + "=26,merged=24";
    qputenv("FAKE_HITS", hits.c_str());
}

int evaluationsIn(const Home& home)
{
    int count = 0;
    for (const auto& entry : fs::directory_iterator(home.jobs())) {
        const auto folder = jobs::JobFolder::open(home, entry.path().string());
        count += folder && folder->record() && folder->record()->kind == "evaluate" ? 1 : 0;
    }
    return count;
}

QPushButton* measureOf(const ShownMerge& shown)
{
    return in<QPushButton>(*shown.page, "scoreMeasure");
}

/// Two adapters and one merge of them, ready to be measured.
void mergeTwo(const ShownMerge& shown)
{
    inventHits(shown);
    shown.merge({shown.folders[0], shown.folders[1]}, 1);
    QTRY_VERIFY2_WITH_TIMEOUT(measureOf(shown)->isEnabled(), qPrintable(measureOf(shown)->toolTip()), kPatience);
}

/// An evaluation that is done, of these hits out of `rows`.
void writeEvaluation(const Home& home, const Measurement& measurement, const std::string& metric, std::int64_t hits,
                     std::int64_t rows, bool higherIsBetter)
{
    const auto folder = jobs::JobFolder::create(home, evaluationOf(measurement, QStringLiteral("test"))).value();
    fs::create_directories(folder.items());
    std::string lines;
    for (std::int64_t row = 0; row < rows; ++row) {
        lines += nlohmann::json{{"id", std::to_string(row)}, {"prompt", "?"}, {"hit", row < hits}}.dump() + "\n";
    }
    writeFileAtomically(folder.items() / "rows.jsonl", lines).value();
    const tasks::Rate rate = tasks::wilson(hits, rows);
    const nlohmann::json score{{"value", rate.value},
                               {"low", rate.low},
                               {"high", rate.high},
                               {"hits", hits},
                               {"n", rows},
                               {"higherIsBetter", higherIsBetter},
                               {"itemsFile", "items/rows.jsonl"}};
    writeFileAtomically(folder.resultFile(), nlohmann::json{{"scores", {{metric, score}}}}.dump()).value();
}

class MergeScoresTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        qputenv("FAKE_STEP_MS", "1");
        qputenv("FAKE_STEPS", "5");
        for (const char* name : {"FAKE_FAIL", "FAKE_HITS"}) {
            qunsetenv(name);
        }
    }

    void everyVariantIsMeasuredOnceAndRowsAccumulate()
    {
        const ShownMerge shown(kThree);
        mergeTwo(shown);
        QVERIFY(in<QCheckBox>(*shown.page, "scoreTask_language")->isChecked()); // what they learned
        QVERIFY(in<QCheckBox>(*shown.page, "scoreTask_maths")->isChecked());
        QVERIFY(!in<QCheckBox>(*shown.page, "scoreTask_safety")->isChecked()); // offered
        QVERIFY(textOf(*shown.page, "scoreHint").contains(QStringLiteral("6 measurement")));
        auto* matrix = in<MergeScoreMatrix>(*shown.page, "scoreMatrix");
        QVERIFY(!matrix->isVisible());
        measureOf(shown)->setFocus();
        QTest::keyClick(measureOf(shown), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*shown.page, "scoreHint").contains(QStringLiteral("already")), kPatience);
        QCOMPARE(matrix->rowCount(), 3);
        QCOMPARE(matrix->columnCount(), 2); // a second scorer is no column
        QVERIFY(matrix->item(0, kLanguage)->text().startsWith(QStringLiteral("75")));
        QVERIFY(!matrix->item(0, kLanguage)->text().contains(QStringLiteral("points")));
        QVERIFY2(matrix->item(2, kLanguage)->text().contains(QStringLiteral("−15.0 points, clearly worse")),
                 qPrintable(matrix->item(2, kLanguage)->text()));
        QVERIFY(matrix->item(2, kLanguage)->toolTip().contains(QStringLiteral("p = 0.031"))); // 2 · ½⁶
        QVERIFY(matrix->item(2, kMaths)->text().contains(QStringLiteral("−5.0 points, no clear difference")));
        QVERIFY(matrix->item(2, kMaths)->data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Sums")));
        QCOMPARE(evaluationsIn(shown.fixture.home), 6);

        shown.merge({shown.folders[0], shown.folders[1]}, 2);
        QTRY_COMPARE_WITH_TIMEOUT(matrix->rowCount(), 4, kPatience);
        QTRY_VERIFY(textOf(*shown.page, "scoreHint").contains(QStringLiteral("2 measurement")));
        QCOMPARE(matrix->item(3, kMaths)->text(), QStringLiteral("–"));
        QVERIFY(matrix->item(2, kMaths)->text().contains(QStringLiteral("60")));
        QTest::mouseClick(measureOf(shown), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(matrix->item(3, kMaths)->text().contains(QStringLiteral("60")), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*shown.page, "scoreHint").contains(QStringLiteral("already")), kPatience);
        QCOMPARE(evaluationsIn(shown.fixture.home), 8);

        WindowFixture second(QString::fromStdString(shown.fixture.home.root.string()));
        const auto window = second.makeWindow();
        auto& page = pageOf<MergePage>(*window);
        second.context.pages->go(intents::MergeAdapters{});
        QTRY_VERIFY_WITH_TIMEOUT(in<MergeScoreMatrix>(page, "scoreMatrix")->isVisible(), kPatience);
        QTRY_COMPARE(in<MergeScoreMatrix>(page, "scoreMatrix")->rowCount(), 4);
        QTRY_VERIFY(in<MergeScoreMatrix>(page, "scoreMatrix")->item(3, kLanguage)->text().contains(QStringLiteral("clearly")));
    }

    void theTableIsCopiedAsNumbersWithTabs()
    {
        const ShownMerge shown(kThree);
        mergeTwo(shown);
        in<QCheckBox>(*shown.page, "scoreTask_maths")->setChecked(false);
        QTest::mouseClick(measureOf(shown), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*shown.page, "scoreHint").contains(QStringLiteral("already")), kPatience);
        QGuiApplication::clipboard()->clear();
        auto* matrix = in<MergeScoreMatrix>(*shown.page, "scoreMatrix");
        matrix->setFocus();
        QTest::keySequence(matrix, QKeySequence::Copy);
        const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 5); // titles, three rows, the end
        const tasks::Rate single = tasks::wilson(30, 40);
        const QStringList first = lines[1].split(QLatin1Char('\t'));
        QCOMPARE(first.size(), 6);
        QCOMPARE(first[1], QStringLiteral("75.00"));
        QCOMPARE(first[2], QString::number(single.low * 100, 'f', 2));
        QCOMPARE(first[4], QString());
        const QStringList merged = lines[3].split(QLatin1Char('\t'));
        QVERIFY(merged[0].startsWith(QStringLiteral("Merge 1: concat")));
        QCOMPARE(merged[4], QStringLiteral("-15.00"));
        QCOMPARE(merged[5], QStringLiteral("clearly worse"));
        QGuiApplication::clipboard()->clear();
        QTest::mouseClick(in<QPushButton>(*shown.page, "scoreCopy"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), lines.join(QLatin1Char('\n')));
    }

    void measuringCanBeStoppedAndGoesOnWithTheSameJobs()
    {
        const ShownMerge shown(kThree);
        mergeTwo(shown);
        qputenv("FAKE_STEPS", "5000");
        QTest::mouseClick(measureOf(shown), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*shown.page, "scoreState").contains(QStringLiteral("of 5,000 questions")), kPatience);
        QVERIFY(textOf(*shown.page, "scoreState").contains(QStringLiteral("Measuring 1 of 6")));
        QVERIFY(!measureOf(shown)->isEnabled());
        QTest::mouseClick(in<QPushButton>(*shown.page, "scoreCancel"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*shown.page, "scoreState").contains(QStringLiteral("Stopped")), kPatience);
        QCOMPARE(evaluationsIn(shown.fixture.home), 1);
        qputenv("FAKE_STEPS", "5");
        QTRY_VERIFY2_WITH_TIMEOUT(measureOf(shown)->isEnabled(), qPrintable(measureOf(shown)->toolTip()), kPatience);
        QTest::mouseClick(measureOf(shown), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*shown.page, "scoreHint").contains(QStringLiteral("already")), kPatience);
        QCOMPARE(evaluationsIn(shown.fixture.home), 6);
    }

    void whatFailedIsNamedAndTriedAgain()
    {
        const ShownMerge shown(kThree);
        mergeTwo(shown);
        qputenv("FAKE_FAIL", "1");
        in<QCheckBox>(*shown.page, "scoreTask_maths")->setChecked(false);
        QTest::mouseClick(measureOf(shown), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*shown.page, "scoreState").contains(QStringLiteral("3 measurement")), kPatience);
        QVERIFY(textOf(*shown.page, "scoreState").contains(QStringLiteral("no memory left")));
        QVERIFY(textOf(*shown.page, "scoreState").contains(QStringLiteral("Merge 1 on Language")));
        qunsetenv("FAKE_FAIL");
        QTRY_VERIFY2_WITH_TIMEOUT(measureOf(shown)->isEnabled(), qPrintable(measureOf(shown)->toolTip()), kPatience);
        QTest::mouseClick(measureOf(shown), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(textOf(*shown.page, "scoreHint").contains(QStringLiteral("already")), kPatience);
        QVERIFY(textOf(*shown.page, "scoreState").contains(QStringLiteral("Measured")));
        QCOMPARE(evaluationsIn(shown.fixture.home), 3);
    }

    void withoutATaskOrANumberThePageSaysWhatIsMissing()
    {
        const ShownMerge shown(kThree);
        mergeTwo(shown);
        auto* limit = in<NumberField>(*shown.page, "scoreLimit");
        limit->setFocus();
        limit->selectAll();
        QTest::keyClicks(limit, QStringLiteral("0"));
        QVERIFY(!measureOf(shown)->isEnabled() && !measureOf(shown)->toolTip().isEmpty());
        limit->selectAll();
        QTest::keyClicks(limit, QStringLiteral("8"));
        QTRY_VERIFY(measureOf(shown)->isEnabled());
        for (const char* task : {"scoreTask_language", "scoreTask_maths"}) {
            in<QCheckBox>(*shown.page, task)->setChecked(false);
        }
        QCOMPARE(measureOf(shown)->toolTip(), QStringLiteral("Choose a task."));
    }

    void aMergeIsSavedAsAModelAndShowsItsFolder()
    {
        const ShownMerge shown(kThree);
        mergeTwo(shown);
        auto* save = in<QPushButton>(*shown.page, "mergeSave");
        auto* other = in<QPushButton>(*shown.page, "mergeExport");
        QVERIFY(save->isEnabled() && other->isEnabled() && other->menu() != nullptr);
        auto* exports = in<AdapterExports>(*shown.page, "adapterExports");
        const fs::path out = shown.fixture.home.root / "saved";
        qputenv("FAKE_STEPS", "200");
        QVERIFY(exports->start(ExportFormat::Transformers, out));
        QVERIFY(exports->isVisible() && !save->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(!exports->isWorking(), kPatience);
        QVERIFY(fs::is_directory(out));
        const QString said = shown.window->findChild<MessageBar*>()->text();
        QVERIFY2(said.contains(QString::fromStdString(out.string())), qPrintable(said));
        QVERIFY(save->isEnabled());
    }

    void withoutTheBaseModelNothingIsMeasuredOrSaved()
    {
        const ShownMerge shown(kThree);
        fs::rename(shown.fixture.home.runs(), shown.fixture.home.root / "gone"); // no run names its model any more
        std::vector<fs::path> folders;
        for (std::size_t i : {0, 1}) {
            folders.push_back(shown.fixture.home.root / "gone" / runOf(shown.folders[i]) / "adapter" / "0-lori-d");
        }
        MergeScoresWanted wanted;
        for (const fs::path& folder : folders) {
            MergeVariant variant;
            variant.folder = folder;
            wanted.variants.push_back(std::move(variant));
        }
        wanted.models = {"small"};
        QCOMPARE(loadMergeScores(shown.fixture.home, wanted).model, std::string());
        wanted.models = {"elsewhere", shown.fixture.home.root.string()};
        QCOMPARE(loadMergeScores(shown.fixture.home, wanted).model, shown.fixture.home.root.string());
    }

    void equalWorkIsKnownByItsOptions()
    {
        const Measurement measurement{"base", "/a/adapter", "safety", 40};
        const jobs::JobRecord record = evaluationOf(measurement, QStringLiteral("A on Safety"));
        QCOMPARE(record.kind, std::string("evaluate"));
        QVERIFY(measurementOf(record.options) == std::optional(measurement));
        nlohmann::json options = record.options;
        options.update({{"how", "generate"}, {"maxNewTokens", 96}, {"batchRows", 8}, {"phrases", ""}});
        options["model"]["adapter"] = "/a/./adapter/";
        QVERIFY(measurementOf(options) == std::optional(measurement)); // written out, in other words
        const std::vector<std::pair<const char*, nlohmann::json>> others{
            {"how", "loglikelihood"}, {"maxNewTokens", 16}, {"samples", 5}};
        for (const auto& [name, value] : others) {
            nlohmann::json other = record.options;
            other[name] = value;
            QVERIFY(!measurementOf(other));
        }
        options["model"]["weights"] = "bf16";
        QVERIFY(!measurementOf(options));
        QVERIFY(!measurementOf(nlohmann::json{{"model", {{"model", "base"}, {"adapter", ""}}}, {"task", "safety"}}));
    }

    void aMergeIsHeldAgainstTheAdapterThatLearnedTheTaskElseTheBest()
    {
        const QTemporaryDir place;
        const Home home{place.path().toStdString()};
        const std::string model = home.root.string();
        MergeScoresWanted wanted;
        wanted.models = {model};
        wanted.variants = {
            {"A", {}, "/a", {}, {"safety"}}, {"B", {}, "/b", {}, {"code"}}, {"Merge 1", "concat", "/m", "job", {}}};
        const auto write = [&](const char* adapter, const char* task, const char* metric, std::int64_t hits, bool higher = true) {
            writeEvaluation(home, {model, adapter, task, 40}, metric, hits, 40, higher);
        };
        write("/a", "safety", "refusal_rate", 20);
        write("/b", "safety", "refusal_rate", 40); // better, and did not learn it
        write("/m", "safety", "refusal_rate", 30);
        write("/a", "maths", "accuracy", 12); // nobody learned it: the best counts
        write("/b", "maths", "accuracy", 28);
        write("/m", "maths", "accuracy", 27);
        write("/a", "code", "wrong_rate", 5, false); // lower is better
        write("/b", "code", "wrong_rate", 10, false);
        write("/m", "code", "wrong_rate", 20, false);
        QTest::qWait(2);                                                             // the newest by its time in milliseconds
        writeEvaluation(home, {model, "/m", "language", 8}, "accuracy", 8, 8, true); // another number of rows
        wanted.limit = 40;
        const MergeScores scores = loadMergeScores(home, wanted);
        QCOMPARE(scores.columns.size(), std::size_t{3});
        const MergeCell& safety = scores.cells.at({2, {"safety", "refusal_rate"}});
        QCOMPARE(safety.against, std::size_t{0});
        QCOMPARE(safety.difference->points, 25.0);
        QVERIFY(safety.difference->verdict == ScoreVerdict::Better);
        const MergeCell& maths = scores.cells.at({2, {"maths", "accuracy"}});
        QCOMPARE(maths.against, std::size_t{1});
        QVERIFY(maths.difference->verdict == ScoreVerdict::NoClearDifference);
        const MergeCell& code = scores.cells.at({2, {"code", "wrong_rate"}});
        QCOMPARE(code.against, std::size_t{1});
        QCOMPARE(code.difference->points, 25.0);
        QVERIFY(code.difference->verdict == ScoreVerdict::Worse);
        QVERIFY(!scores.cells.at({0, {"safety", "refusal_rate"}}).difference);
        QVERIFY(scores.missing({"safety", "code"}, QStringLiteral("job")).empty());
        QCOMPARE(scores.missing({"language"}, QStringLiteral("job")).size(), std::size_t{3});
        QCOMPARE(scores.missing({"language"}, QStringLiteral("other")).size(), std::size_t{2});
        wanted.limit = std::nullopt; // what was measured last
        QCOMPARE(loadMergeScores(home, wanted).limit, std::int64_t{8});
    }
};

} // namespace

LORI_TEST(MergeScoresTest)
#include "merge_scores_test.moc"
