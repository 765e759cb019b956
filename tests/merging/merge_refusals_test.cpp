// SPDX-License-Identifier: Apache-2.0
#include "core/merging/merge.h"
#include "tests/merging/merge_fixture.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <limits>

using namespace lori;
using namespace lori::merging;
using namespace lori::merging::test;
using experiment::Projection;
namespace fs = std::filesystem;

namespace {

/// The error of a merge that must be refused, after checking that it left nothing behind.
Error refusalOf(const fs::path& root, const std::vector<AdapterRecipe>& recipes, const MergeOptions& options)
{
    const auto adapters = makeAdapters(root, recipes);
    const fs::path out = root / "out";
    const auto result = mergeAdapters(adapters, options, out);
    if (result) {
        return {ErrorCode::Internal, "the merge was not refused", "", ""};
    }
    std::size_t entries = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(root)) {
        ++entries;
    }
    if (entries != recipes.size()) {
        return {ErrorCode::Internal, "something was left behind", "", ""};
    }
    return result.error();
}

MergeOptions two(MergeType type, MergeMode mode = MergeMode::Exact)
{
    MergeOptions options;
    options.type = type;
    options.mode = mode;
    options.weights = {0.5, 0.5};
    return options;
}

const AdapterRecipe kOne{.seed = 1};
const AdapterRecipe kTwo{.seed = 2, .projectionSeed = 2};

} // namespace

class MergeRefusalsTest final : public QObject {
    Q_OBJECT

    QTemporaryDir* m_place = nullptr;
    fs::path m_root;

private Q_SLOTS:
    void init()
    {
        m_place = new QTemporaryDir;
        m_root = m_place->path().toStdString();
    }
    void cleanup() { delete m_place; }

    void refusesOtherBaseModels()
    {
        AdapterRecipe other = kTwo;
        other.base = "base-two";
        const Error error = refusalOf(m_root, {kOne, other}, two(MergeType::Concat));
        QCOMPARE(error.code, ErrorCode::Mismatch);
        QVERIFY(QString::fromStdString(error.what).contains("another base model"));
    }
    void acceptsAdaptersWhoseBaseIsNotKnown()
    {
        AdapterRecipe unknown = kTwo;
        unknown.base.clear();
        QVERIFY(measureMerge(makeAdapters(m_root, {kOne, unknown}), two(MergeType::Concat)).has_value());
    }
    void refusesModulesThatAreMissing()
    {
        AdapterRecipe fewer = kTwo;
        fewer.targets = {Projection::Q};
        const Error error = refusalOf(m_root, {kOne, fewer}, two(MergeType::TiesSvd));
        QCOMPARE(error.code, ErrorCode::Mismatch);
        QVERIFY(QString::fromStdString(error.what).contains("layer 0 down_proj is missing"));
        QVERIFY(measureMerge(makeAdapters(m_root, {kOne, fewer}), two(MergeType::Concat, MergeMode::Peft)).has_value());
    }
    void saysWherePeftWouldCountRsLoraTwice()
    {
        AdapterRecipe rslora = kTwo;
        rslora.rslora = true;
        const MergePlan plan = planMerge(makeAdapters(m_root, {kOne, rslora}), two(MergeType::Concat, MergeMode::Peft)).value();
        QVERIFY(QString::fromStdString(plan.notes.back()).contains("use_rslora"));
    }
    void refusesAnAdapterThatChangesNothing()
    {
        AdapterRecipe zero = kTwo;
        zero.kept = 0;
        const Error error = refusalOf(m_root, {kOne, zero}, two(MergeType::Svd));
        QCOMPARE(error.code, ErrorCode::BadFile);
        QVERIFY(QString::fromStdString(error.what).contains("B is 0 everywhere"));
    }
    void refusesValuesThatAreNotFinite_data()
    {
        QTest::addColumn<double>("value");
        QTest::newRow("NaN") << std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("infinity") << std::numeric_limits<double>::infinity();
    }
    void refusesValuesThatAreNotFinite()
    {
        QFETCH(double, value);
        AdapterRecipe spoilt = kTwo;
        spoilt.spoil = value;
        writeAdapter(m_root / "0", spoilt);
        const auto opened = formats::openAdapter(m_root / "0");
        QVERIFY(!opened.has_value());
        QVERIFY(QString::fromStdString(opened.error().what).contains("layers.0.self_attn.q_proj"));
    }
    void refusesRanksThatDifferWhereTheyMustBeEqual()
    {
        AdapterRecipe wide = kTwo;
        wide.rank = 6;
        QCOMPARE(refusalOf(m_root, {kOne, wide}, two(MergeType::Linear, MergeMode::Peft)).code, ErrorCode::Mismatch);
        QCOMPARE(planMerge(openAll({m_root / "0", m_root / "1"}), two(MergeType::Linear)).value().rank, 10);
        QCOMPARE(planMerge(openAll({m_root / "0", m_root / "1"}), two(MergeType::Concat, MergeMode::Peft)).value().rank, 10);
    }
    void refusesOtherShapes()
    {
        AdapterRecipe other = kTwo;
        other.targets = {Projection::Q, Projection::Up};
        writeAdapter(m_root / "0", {.targets = {Projection::Q}});
        writeAdapter(m_root / "1", {.seed = 3, .targets = {Projection::Q}});
        auto adapters = openAll({m_root / "0", m_root / "1"});
        QVERIFY(planMerge(adapters, two(MergeType::Concat)).has_value());
        writeAdapter(m_root / "2", other);
        auto foreign = openAll({m_root / "0", m_root / "2"});
        foreign[1].modules.erase(foreign[1].modules.begin());
        foreign[1].modules[0].projection = Projection::Q; // up_proj's shape under q_proj's name
        QCOMPARE(planMerge(foreign, two(MergeType::Concat)).error().code, ErrorCode::Mismatch);
    }
    void refusesOptionsOutOfRange_data()
    {
        QTest::addColumn<double>("density");
        QTest::addColumn<double>("weight");
        QTest::addColumn<int>("svdRank");
        QTest::addColumn<int>("type");
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("density 0") << 0.0 << 0.5 << 0 << static_cast<int>(MergeType::Ties);
        QTest::newRow("density above 1") << 1.5 << 0.5 << 0 << static_cast<int>(MergeType::DareLinear);
        QTest::newRow("density below 0") << -0.5 << 0.5 << 0 << static_cast<int>(MergeType::MagnitudePrune);
        QTest::newRow("density NaN") << nan << 0.5 << 0 << static_cast<int>(MergeType::TiesSvd);
        QTest::newRow("weight NaN") << 0.7 << nan << 0 << static_cast<int>(MergeType::Concat);
        QTest::newRow("weight infinite") << 0.7 << std::numeric_limits<double>::infinity() << 0
                                         << static_cast<int>(MergeType::Concat);
        QTest::newRow("svd rank for concat") << 0.7 << 0.5 << 4 << static_cast<int>(MergeType::Concat);
        QTest::newRow("svd rank below 0") << 0.7 << 0.5 << -1 << static_cast<int>(MergeType::Svd);
        QTest::newRow("svd rank beyond every module") << 0.7 << 0.5 << 1000 << static_cast<int>(MergeType::TiesSvd);
    }
    void refusesOptionsOutOfRange()
    {
        QFETCH(double, density);
        QFETCH(double, weight);
        QFETCH(int, svdRank);
        QFETCH(int, type);
        MergeOptions options = two(static_cast<MergeType>(type));
        options.density = density;
        options.weights[1] = weight;
        options.svdRank = svdRank;
        QCOMPARE(refusalOf(m_root, {kOne, kTwo}, options).code, ErrorCode::InvalidArgument);
    }
    void refusesNoAdapterAndTooFewWeights()
    {
        MergeOptions options = two(MergeType::Concat);
        QCOMPARE(planMerge({}, options).error().code, ErrorCode::InvalidArgument);
        options.weights = {1};
        QCOMPARE(refusalOf(m_root, {kOne, kTwo}, options).code, ErrorCode::InvalidArgument);
        options.weights = {0, 0};
        QCOMPARE(planMerge(openAll({m_root / "0", m_root / "1"}), options).error().code, ErrorCode::InvalidArgument);
    }
    void refusesToReplaceAnInput()
    {
        const auto adapters = makeAdapters(m_root, {kOne, kTwo});
        const auto result = mergeAdapters(adapters, two(MergeType::Concat), m_root / "x/../1/");
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
        QVERIFY(formats::openAdapter(m_root / "1").has_value());
    }
    void aStoppedMergeLeavesNothingBehind()
    {
        const auto adapters = makeAdapters(m_root, {kOne, kTwo});
        std::int64_t seen = 0;
        const auto result = mergeAdapters(adapters, two(MergeType::Concat), m_root / "out",
                                          [&](std::int64_t done, std::int64_t, const MergedModule&) {
                                              seen = done;
                                              return done < 2;
                                          });
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Stopped);
        QCOMPARE(seen, 2);
        QVERIFY(!fs::exists(m_root / "out"));
    }
    void presetsHaveThePapersWeights()
    {
        QCOMPARE(presetWeights("lori-d", 3).value(), (std::vector<double>{0.5, 0.5, 0.5}));
        QCOMPARE(presetWeights("lori-s", 3).value(), (std::vector<double>{0.4, 0.4, 0.4}));
        QCOMPARE(presetWeights("lori-d", 4).value(), (std::vector<double>{0.4, 0.4, 0.4, 0.4}));
        QCOMPARE(presetWeights("lori-s", 4).value(), (std::vector<double>{0.3, 0.3, 0.3, 0.3}));
        QCOMPARE(presetWeights("equal", 2).value(), (std::vector<double>{0.5, 0.5}));
        QVERIFY(!presetWeights("lori-d", 2));
        QVERIFY(!presetWeights("paper", 3));
    }
    void typesAreFoundByBothSpellings()
    {
        QCOMPARE(mergeTypes().size(), std::size_t{11});
        for (const MergeTraits& traits : mergeTypes()) {
            QVERIFY(mergeTypeFromName(mergeTypeName(traits.type)).value() == traits.type);
        }
        QVERIFY(mergeTypeFromName("cat").value() == MergeType::Concat);
        QVERIFY(mergeTypeFromName("magnitude").value() == MergeType::MagnitudePrune);
        QCOMPARE(mergeTypeFromName("average").error().code, ErrorCode::InvalidArgument);
    }
};

LORI_TEST(MergeRefusalsTest)
#include "merge_refusals_test.moc"
