// SPDX-License-Identifier: Apache-2.0
#include "core/merging/factored_sum.h"
#include "core/merging/merge.h"
#include "core/merging/pruning.h"
#include "tests/merging/merge_fixture.h"
#include "tests/support/test_registry.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include <QtTest>

using namespace lori;
using namespace lori::merging;
using namespace lori::merging::test;
using experiment::Projection;
namespace fs = std::filesystem;

namespace {

/// Three adapters with their own A each, or all with the same.
std::vector<AdapterRecipe> three(bool sharedA)
{
    return {{.seed = 1, .projectionSeed = 1},
            {.alpha = 4, .seed = 2, .projectionSeed = sharedA ? 1 : 2},
            {.alpha = 12, .seed = 3, .projectionSeed = sharedA ? 1 : 3, .kept = 0.3}};
}

MergeOptions optionsOf(MergeType type, std::vector<double> weights, MergeMode mode = MergeMode::Exact)
{
    MergeOptions options;
    options.type = type;
    options.mode = mode;
    options.weights = std::move(weights);
    return options;
}

at::Tensor sumOfChanges(const std::vector<formats::AdapterFiles>& adapters, const std::vector<double>& weights,
                        std::size_t module)
{
    at::Tensor sum = change(adapters[0], module).mul(weights[0]);
    for (std::size_t i = 1; i < adapters.size(); ++i) {
        sum.add_(change(adapters[i], module), weights[i]);
    }
    return sum;
}

at::Tensor bestOfRank(const at::Tensor& dense, std::int64_t rank)
{
    const auto [u, s, vh] = at::linalg_svd(dense, false);
    return at::mm(u.narrow(1, 0, rank).mul(s.narrow(0, 0, rank)), vh.narrow(0, 0, rank));
}

} // namespace

class MergeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void concatAndLinearAreTheSumOfTheChanges_data()
    {
        QTest::addColumn<bool>("sharedA");
        QTest::addColumn<int>("type");
        for (const bool shared : {false, true}) {
            for (const MergeType type : {MergeType::Concat, MergeType::Linear}) {
                QTest::addRow("%s, %s", mergeTypeName(type), shared ? "one A" : "own A") << shared << static_cast<int>(type);
            }
        }
    }
    void concatAndLinearAreTheSumOfTheChanges()
    {
        QFETCH(bool, sharedA);
        QFETCH(int, type);
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto adapters = makeAdapters(root, three(sharedA));
        const std::vector<double> weights{0.5, -0.25, 1.5};
        const MergeReport report =
            mergeAdapters(adapters, optionsOf(static_cast<MergeType>(type), weights), root / "out").value();
        const formats::AdapterFiles merged = formats::openAdapter(root / "out").value();
        QCOMPARE(merged.rank, sharedA ? 4 : 12);
        QCOMPARE(merged.scaling(), 1.0);
        QVERIFY(report.plan.lossless);
        QCOMPARE(merged.modules.size(), std::size_t{4});
        for (std::size_t m = 0; m < merged.modules.size(); ++m) {
            QVERIFY(relativeDistance(change(merged, m), sumOfChanges(adapters, weights, m)) < 1e-6);
        }
        QVERIFY(report.loss.worst < 1e-6);
        QVERIFY(report.self.worst < 1e-6);
        QCOMPARE(report.selfModules, 4);
    }
    void svdIsTheBestOfItsRankAndSaysWhatItLoses()
    {
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto adapters = makeAdapters(root, three(false));
        const std::vector<double> weights{0.5, 0.5, 0.5};
        MergeOptions options = optionsOf(MergeType::Svd, weights);
        options.svdRank = 5;
        const MergeReport report = mergeAdapters(adapters, options, root / "out").value();
        const formats::AdapterFiles merged = formats::openAdapter(root / "out").value();
        QCOMPARE(merged.rank, 5);
        for (std::size_t m = 0; m < merged.modules.size(); ++m) {
            const at::Tensor dense = sumOfChanges(adapters, weights, m);
            const at::Tensor best = bestOfRank(dense, 5);
            QVERIFY(relativeDistance(change(merged, m), best) < 1e-6);
            QVERIFY(std::abs(report.modules[m].relative() - relativeDistance(best, dense)) < 1e-6);
        }
        QVERIFY(report.loss.total > 0.01);
        QVERIFY(report.self.worst < 1e-6); // one adapter of rank 4 fits into rank 5
    }
    void svdOfFewerDirectionsThanAskedHasTheRankOfTheSum()
    {
        const QTemporaryDir place;
        const auto adapters = makeAdapters(place.path().toStdString(), three(true));
        MergeOptions options = optionsOf(MergeType::Svd, {1, 1, 1});
        options.svdRank = 9;
        QCOMPARE(planMerge(adapters, options).value().rank, 4);
    }
    void fullMatricesAreMergedAndTruncated_data()
    {
        QTest::addColumn<int>("type");
        for (const MergeType type :
             {MergeType::MagnitudePruneSvd, MergeType::TiesSvd, MergeType::DareLinearSvd, MergeType::DareTiesSvd}) {
            QTest::addRow("%s", mergeTypeName(type)) << static_cast<int>(type);
        }
    }
    void fullMatricesAreMergedAndTruncated()
    {
        QFETCH(int, type);
        const auto mergeType = static_cast<MergeType>(type);
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto adapters = makeAdapters(root, three(false));
        const std::vector<double> weights{0.5, 0.7, 0.9};
        MergeOptions options = optionsOf(mergeType, weights);
        options.density = 0.6;
        options.svdRank = 6;
        options.seed = 5;
        const MaskSource masks = seededMasks(5);
        QVERIFY(mergeAdapters(adapters, options, root / "out").has_value());
        const formats::AdapterFiles merged = formats::openAdapter(root / "out").value();
        for (std::size_t m = 0; m < merged.modules.size(); ++m) {
            std::vector<at::Tensor> pruned;
            for (std::size_t i = 0; i < adapters.size(); ++i) {
                const at::Tensor dense = change(adapters[i], m).mul(weights[i]);
                const formats::AdapterModule& module = adapters[i].modules[m];
                pruned.push_back(traitsOf(mergeType).drawsMasks ? dense
                                                                      .mul(masks({i, module.layer, module.projection, 'W',
                                                                                  dense.size(0), dense.size(1), options.density}))
                                                                      .div(options.density)
                                                                : keepLargest(dense, options.density));
            }
            const at::Tensor stacked = at::stack(pruned);
            at::Tensor wanted = stacked.sum(0);
            if (traitsOf(mergeType).electsSigns) {
                const at::Tensor elected = at::where(wanted.ge(0), at::ones_like(wanted), at::full_like(wanted, -1));
                const at::Tensor agrees = stacked.sign().eq(elected);
                wanted = stacked.mul(agrees).sum(0).div(agrees.sum(0).clamp_min(1));
            }
            QVERIFY(relativeDistance(change(merged, m), bestOfRank(wanted, 6)) < 1e-6);
        }
    }
    void pruningNeverTouchesA()
    {
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto adapters = makeAdapters(root, three(true));
        for (const MergeType type : {MergeType::MagnitudePrune, MergeType::DareLinear, MergeType::Ties, MergeType::DareTies}) {
            QVERIFY(mergeAdapters(adapters, optionsOf(type, {1, 1, 1}), root / "out").has_value());
            const formats::AdapterFiles merged = formats::openAdapter(root / "out").value();
            QVERIFY(at::equal(matrix(*merged.modules[0].a), matrix(*adapters[0].modules[0].a)));
        }
    }
    void tiesOfOneATakesTheMeanOfTheMajority()
    {
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto adapters = makeAdapters(root, three(true));
        const std::vector<double> weights{1, 1, 1};
        MergeOptions options = optionsOf(MergeType::Ties, weights);
        options.density = 1;
        QVERIFY(mergeAdapters(adapters, options, root / "out").has_value());
        const formats::AdapterFiles merged = formats::openAdapter(root / "out").value();
        std::vector<at::Tensor> scaled;
        for (const formats::AdapterFiles& adapter : adapters) {
            scaled.push_back(matrix(*adapter.modules[0].b).mul(adapter.scaling()));
        }
        const at::Tensor found = matrix(*merged.modules[0].b);
        for (std::int64_t o = 0; o < found.size(0); ++o) {
            for (std::int64_t r = 0; r < found.size(1); ++r) {
                double votes = 0;
                for (const at::Tensor& b : scaled) {
                    votes += b[o][r].item<double>();
                }
                double sum = 0;
                int agree = 0;
                for (const at::Tensor& b : scaled) {
                    const double value = b[o][r].item<double>();
                    if (value != 0 && (value > 0) == (votes >= 0)) {
                        sum += value;
                        ++agree;
                    }
                }
                QVERIFY(std::abs(found[o][r].item<double>() - sum / std::max(1, agree)) < 1e-6);
            }
        }
    }
    void tiesOfDifferentAIsElectedOnTheChanges()
    {
        const QTemporaryDir place;
        const auto adapters = makeAdapters(place.path().toStdString(), three(false));
        const MergePlan plan = planMerge(adapters, optionsOf(MergeType::Ties, {1, 1, 1})).value();
        QVERIFY(plan.computedAs == MergeType::TiesSvd);
        QVERIFY(plan.needsFullMatrices);
        QVERIFY(!plan.notes.empty());
    }
    void dareDependsOnTheSeedAndOnNothingElse()
    {
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto adapters = makeAdapters(root, three(false));
        const auto mergedWith = [&](std::uint64_t seed, int threads) {
            MergeOptions options = optionsOf(MergeType::DareLinear, {1, 1, 1});
            options.seed = seed;
            options.threads = threads;
            options.density = 0.5;
            static_cast<void>(mergeAdapters(adapters, options, root / "out").value());
            return matrix(*formats::openAdapter(root / "out").value().modules[2].b);
        };
        const at::Tensor first = mergedWith(3, 1);
        QVERIFY(at::equal(first, mergedWith(3, 4)));
        QVERIFY(!at::equal(first, mergedWith(4, 1)));
    }
    void aMergeIsTheSameWithOneThreadAndMany()
    {
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto adapters = makeAdapters(root, three(false));
        std::vector<std::string> bytes;
        for (const int threads : {1, 3}) {
            MergeOptions options = optionsOf(MergeType::Concat, {0.3, 0.3, 0.3});
            options.threads = threads;
            QVERIFY(mergeAdapters(adapters, options, root / "out").has_value());
            bytes.push_back(readTextFile(root / "out/adapter_model.safetensors").value());
        }
        QCOMPARE(bytes[0], bytes[1]);
    }
    void rsLoraScalingIsFoldedIn()
    {
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto adapters = makeAdapters(root, {{.seed = 1, .rslora = true}, {.seed = 2, .projectionSeed = 2}});
        QVERIFY(mergeAdapters(adapters, optionsOf(MergeType::Concat, {1, 0.5}), root / "out").has_value());
        const formats::AdapterFiles merged = formats::openAdapter(root / "out").value();
        QCOMPARE(adapters[0].scaling(), 4.0); // 8 / √4
        QVERIFY(relativeDistance(change(merged, 1), sumOfChanges(adapters, {1, 0.5}, 1)) < 1e-6);
    }
    void peftModeRepeatsTheNewestPeft()
    {
        const QTemporaryDir place;
        const auto adapters = makeAdapters(place.path().toStdString(), three(false));
        for (const MergeType type : {MergeType::Svd, MergeType::Concat, MergeType::Linear}) { // scalings count once everywhere
            const MergeReport report = measureMerge(adapters, optionsOf(type, {1, 1, 1}, MergeMode::Peft)).value();
            QVERIFY(report.self.total < 1e-5);
            QVERIFY(report.folder.empty());
            QCOMPARE(report.plan.repeats, std::string(kPeftVersion));
        }
        MergeOptions minus = optionsOf(MergeType::Linear, {-1}, MergeMode::Peft); // a negative weight takes away
        QVERIFY(measureMerge(openAll({place.path().toStdString() + "/0"}), minus).value().loss.total < 1e-5);
        QCOMPARE(measureMerge(adapters, optionsOf(MergeType::Concat, {1, 1, 1})).value().plan.repeats, std::string());
    }
    void modulesThatOnlySomeHaveAddUpAndAreNoted()
    {
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        AdapterRecipe fewer{.seed = 2, .projectionSeed = 2};
        fewer.targets = {experiment::Projection::Q};
        const auto adapters = makeAdapters(root, {{.seed = 1}, fewer});
        for (const MergeType type : {MergeType::Concat, MergeType::Linear}) {
            const MergeReport report = mergeAdapters(adapters, optionsOf(type, {1, 0.5}), root / "out").value();
            QVERIFY(report.loss.worst < 1e-6);
            QVERIFY(!report.plan.notes.empty());
            QCOMPARE(formats::openAdapter(root / "out").value().modules.size(), adapters[0].modules.size());
        }
    }
    void theRecordSaysWhatWasMerged()
    {
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto adapters = makeAdapters(root, three(true));
        MergeOptions options = optionsOf(MergeType::DareTies, {0.4, 0.3, 0.2});
        options.density = 0.5;
        options.seed = 9;
        QVERIFY(mergeAdapters(adapters, options, root / "out").has_value());
        const formats::AdapterFiles merged = formats::openAdapter(root / "out").value();
        QVERIFY(merged.record && merged.record->merge);
        const formats::MergeRecord& record = *merged.record->merge;
        QCOMPARE(merged.record->method, std::string("merged"));
        QCOMPARE(merged.record->baseFingerprint, std::string("base-one"));
        QCOMPARE(record.type, std::string("dare_ties"));
        QCOMPARE(record.mode, std::string("exact"));
        QCOMPARE(record.density, 0.5);
        QCOMPARE(record.seed, std::uint64_t{9});
        QCOMPARE(record.adapters.size(), std::size_t{3});
        QCOMPARE(record.adapters[1].weight, 0.3);
        QCOMPARE(record.adapters[1].fingerprint, adapterFingerprint(adapters[1]));
        QVERIFY(record.adapters[0].fingerprint != record.adapters[1].fingerprint);
    }
    void aTruncatedFactorizationKeepsCancellingTermsRight()
    {
        const at::Generator generator = at::detail::createCPUGenerator(4);
        const at::Tensor b = at::empty({30, 6}, at::kDouble).normal_(0, 1, generator);
        const at::Tensor a = at::empty({6, 40}, at::kDouble).normal_(0, 1, generator);
        const at::Tensor small = at::empty({30, 6}, at::kDouble).normal_(0, 1e-3, generator);
        FactoredSum sum(at::cat({b.add(small), b.neg()}, 1), at::cat({a, a}, 0)); // = small·a
        const LowRank found = sum.truncated(6);
        const at::Tensor wanted = at::mm(small, a);
        const at::Tensor product = at::mm(found.b_OR.to(at::kDouble), found.a_RI.to(at::kDouble));
        QVERIFY(relativeDistance(product, wanted) < 1e-6);
    }
};

LORI_TEST(MergeTest)
#include "merge_test.moc"
