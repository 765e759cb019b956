// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/mask_analysis.h"
#include "core/experiment/config_words.h"
#include "tests/analysis/mask_builders.h"
#include "tests/analysis/memory_tensors.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <random>
#include <set>

using namespace lori;
using namespace lori::analysis;
using analysis::test::configOf;
using analysis::test::kScopes;
using experiment::MaskConfig;
using experiment::MaskRule;
using experiment::MaskScope;
using experiment::Projection;

namespace {

struct Matrix {
    std::int64_t layer;
    Projection projection;
    std::int64_t out;
    std::int64_t rank;
    std::vector<float> values;
};

formats::AdapterFiles adapterOf(std::vector<Matrix> matrices)
{
    formats::AdapterFiles adapter;
    adapter.folder = "/memory/adapter";
    auto tensors = std::make_unique<analysis::test::MemoryTensors>();
    for (std::size_t i = 0; i < matrices.size(); ++i) {
        tensors->add(std::to_string(i), {matrices[i].out, matrices[i].rank}, std::move(matrices[i].values));
    }
    for (std::size_t i = 0; i < matrices.size(); ++i) {
        adapter.modules.push_back({matrices[i].layer, matrices[i].projection, nullptr, &tensors->tensors()[i]});
    }
    adapter.tensors = std::move(tensors);
    return adapter;
}

/// Layers of all seven projections with different sizes and spreads; every fifth value is drawn from a few, so that ties occur.
std::vector<Matrix> randomMatrices(std::int64_t layers, std::int64_t rank, std::int64_t size)
{
    std::mt19937 random(7); // NOLINT: the same numbers each time
    std::normal_distribution<float> normal;
    std::vector<Matrix> matrices;
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        for (const Projection p : experiment::kAllProjections) {
            const std::int64_t out = size * (1 + static_cast<std::int64_t>(p) % 3);
            Matrix m{layer, p, out, rank, std::vector<float>(static_cast<std::size_t>(out * rank))};
            const float spread = 0.1F * static_cast<float>(1 + layer) + 0.05F * static_cast<float>(p);
            for (std::size_t i = 0; i < m.values.size(); ++i) {
                m.values[i] = i % 5 == 0 ? 0.01F * std::round(20 * normal(random)) : spread * normal(random);
            }
            matrices.push_back(std::move(m));
        }
    }
    return matrices;
}

/// Which pool a matrix belongs to, written down independently of the code under test.
std::string poolName(const Matrix& m, MaskScope scope)
{
    const std::string projection(experiment::projectionName(m.projection));
    switch (scope) {
    case MaskScope::Model:
        return "all";
    case MaskScope::Module:
        return std::set<std::string>{"q_proj", "k_proj", "v_proj", "o_proj"}.count(projection) != 0 ? "attention" : "mlp";
    case MaskScope::Projection:
        return projection;
    case MaskScope::Layer:
        return std::to_string(m.layer);
    case MaskScope::Matrix:
        return std::to_string(m.layer) + projection;
    }
    return {};
}

/// The reference rule by full sorting: |b| >= sorted[k - 1].
std::vector<std::vector<bool>> referenceMask(const std::vector<Matrix>& matrices, double sparsity, MaskScope scope)
{
    std::vector<std::vector<bool>> result;
    for (const Matrix& m : matrices) {
        std::vector<float> pool;
        for (const Matrix& other : matrices) {
            if (poolName(other, scope) == poolName(m, scope)) {
                for (const float v : other.values) {
                    pool.push_back(std::fabs(v));
                }
            }
        }
        const auto k = static_cast<std::size_t>((1 - sparsity) * static_cast<double>(pool.size()));
        std::sort(pool.begin(), pool.end(), std::greater<>());
        std::vector<bool> bits;
        for (const float v : m.values) {
            bits.push_back(std::fabs(v) >= pool[k - 1]);
        }
        result.push_back(std::move(bits));
    }
    return result;
}

std::int64_t keptBits(const formats::ModuleMask& mask)
{
    std::int64_t kept = 0;
    for (std::int64_t i = 0; i < mask.out * mask.rank; ++i) {
        kept += mask.test(i) ? 1 : 0;
    }
    return kept;
}

} // namespace

class MaskAnalysisTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyScopeEqualsTheReferenceRuleBitForBit_data()
    {
        QTest::addColumn<int>("scope");
        QTest::addColumn<double>("sparsity");
        for (const MaskScope scope : kScopes) {
            for (const double sparsity : {0.0, 0.1, 0.5, 0.9, 0.95}) {
                QTest::addRow("%s %g", std::string(experiment::wordOf(scope)).c_str(), sparsity)
                    << static_cast<int>(scope) << sparsity;
            }
        }
    }
    void everyScopeEqualsTheReferenceRuleBitForBit()
    {
        QFETCH(int, scope);
        QFETCH(double, sparsity);
        const auto matrices = randomMatrices(3, 4, 11);
        const MaskConfig config = configOf(sparsity, static_cast<MaskScope>(scope), MaskRule::Reference);
        const formats::Mask mask = extractMask(adapterOf(matrices), config).value();
        const auto expected = referenceMask(matrices, sparsity, config.scope);
        QCOMPARE(mask.modules.size(), matrices.size());
        QCOMPARE(mask.scope, std::string(experiment::wordOf(config.scope)));
        QCOMPARE(std::isnan(mask.threshold), config.scope != MaskScope::Model);
        for (std::size_t m = 0; m < matrices.size(); ++m) {
            QCOMPARE(mask.modules[m].projection, matrices[m].projection);
            for (std::size_t i = 0; i < expected[m].size(); ++i) {
                QCOMPARE(mask.modules[m].test(static_cast<std::int64_t>(i)), static_cast<bool>(expected[m][i]));
            }
        }
    }

    void theCountIsTruncatedInDoubleArithmetic()
    {
        // 1 - 0.9 is a little below 0.1: method.md §5 no. 15.
        const auto kept = [](std::int64_t n) {
            std::vector<float> values(static_cast<std::size_t>(n));
            for (std::size_t i = 0; i < values.size(); ++i) {
                values[i] = 1.0F + static_cast<float>(i);
            }
            return extractMask(adapterOf({{0, Projection::Q, n, 1, values}}),
                               configOf(0.9, MaskScope::Model, MaskRule::Reference));
        };
        QCOMPARE(keptBits(kept(100).value().modules[0]), std::int64_t{9});
        QCOMPARE(keptBits(kept(1000).value().modules[0]), std::int64_t{99});
        QCOMPARE(kept(10).error().code, ErrorCode::InvalidArgument);
        QVERIFY(!kept(10).error().hint.empty());
    }

    void tiesAreKeptByTheReferenceAndCountedByExactK()
    {
        const std::vector<float> values{-1, 2, 1, -1, 0.5F, 1, 3, 1};
        const auto adapter = adapterOf({{0, Projection::K, 4, 2, values}});
        const auto reference = extractMask(adapter, configOf(0.5, MaskScope::Model, MaskRule::Reference)).value();
        QCOMPARE(static_cast<int>(reference.modules[0].bits[0]), 0b11101111); // 2, 3 and all five ones
        QCOMPARE(reference.threshold, 1.0);
        const auto exact = extractMask(adapter, configOf(0.5, MaskScope::Model, MaskRule::ExactK)).value();
        QCOMPARE(static_cast<int>(exact.modules[0].bits[0]), 0b01000111); // 2, 3 and the first two ones
        QCOMPARE(exact.rule, std::string("exact-k"));
    }

    void exactKCountsTiesOverTheModulesInOrder()
    {
        const auto adapter =
            adapterOf({{0, Projection::Q, 2, 1, {1, 1}}, {0, Projection::K, 2, 1, {1, 1}}, {1, Projection::Q, 2, 1, {1, 5}}});
        const auto mask = extractMask(adapter, configOf(0.5, MaskScope::Model, MaskRule::ExactK)).value();
        QCOMPARE(static_cast<int>(mask.modules[0].bits[0]), 0b11);
        QCOMPARE(static_cast<int>(mask.modules[1].bits[0]), 0b00);
        QCOMPARE(static_cast<int>(mask.modules[2].bits[0]), 0b10);
    }

    void exactKKeepsAtLeastOneAndExactlyKOtherwise()
    {
        for (const MaskScope scope : kScopes) {
            const auto mask = extractMask(adapterOf(randomMatrices(2, 4, 11)), configOf(0.9, scope, MaskRule::ExactK)).value();
            if (scope == MaskScope::Matrix) {
                for (const auto& module : mask.modules) {
                    QCOMPARE(keptBits(module),
                             static_cast<std::int64_t>((1 - 0.9) * static_cast<double>(module.out * module.rank)));
                }
            }
        }
        const auto one =
            extractMask(adapterOf({{0, Projection::Q, 3, 1, {1, -2, 0}}}), configOf(0.999, MaskScope::Model, MaskRule::ExactK))
                .value();
        QCOMPARE(static_cast<int>(one.modules[0].bits[0]), 0b010);
    }

    void aZeroThresholdKeepsEverythingUnderTheReferenceRule()
    {
        const auto adapter = adapterOf({{0, Projection::Q, 4, 1, {0, 0, 0, 1}}});
        QCOMPARE(static_cast<int>(
                     extractMask(adapter, configOf(0.5, MaskScope::Model, MaskRule::Reference)).value().modules[0].bits[0]),
                 0b1111);
        QCOMPARE(
            static_cast<int>(extractMask(adapter, configOf(0.5, MaskScope::Model, MaskRule::ExactK)).value().modules[0].bits[0]),
            0b1001);
    }

    void badInputIsNamed()
    {
        const auto good = adapterOf({{3, Projection::Up, 2, 1, {1, 2}}});
        for (const double sparsity : {-0.1, 1.0, 2.0, std::nan("")}) {
            QCOMPARE(extractMask(good, configOf(sparsity, MaskScope::Model, MaskRule::ExactK)).error().code,
                     ErrorCode::InvalidArgument);
        }
        for (const float bad : {std::nanf(""), std::numeric_limits<float>::infinity()}) {
            const auto result = extractMask(adapterOf({{3, Projection::Up, 2, 2, {1, 2, bad, 4}}}),
                                            configOf(0.5, MaskScope::Model, MaskRule::Reference));
            QCOMPARE(result.error().code, ErrorCode::NonFinite);
            QVERIFY(result.error().what.find("layer 3 up_proj") != std::string::npos);
            QVERIFY(result.error().what.find("[1, 0]") != std::string::npos);
        }
        QCOMPARE(extractMask(formats::AdapterFiles{}, {}).error().code, ErrorCode::BadFile);
        auto missing = adapterOf({{0, Projection::Q, 2, 1, {1, 2}}});
        missing.modules[0].b = nullptr;
        QCOMPARE(extractMask(missing, {}).error().code, ErrorCode::BadFile);
        QCOMPARE(MagnitudeIndex::build(missing).error().code, ErrorCode::BadFile);
        QCOMPARE(extractMask(adapterOf({{0, Projection::Q, 0, 4, {}}}), {}).error().code, ErrorCode::BadFile);
    }

    void aSummaryCountsByModuleInOrder()
    {
        auto mask =
            extractMask(adapterOf(randomMatrices(2, 4, 11)), configOf(0.9, MaskScope::Layer, MaskRule::Reference)).value();
        std::reverse(mask.modules.begin(), mask.modules.end());
        const MaskSummary summary = summarize(mask);
        QCOMPARE(summary.modules.size(), std::size_t{14});
        QCOMPARE(summary.modules.front().projection, Projection::Q);
        QCOMPARE(summary.modules.back().layer, std::int64_t{1});
        std::int64_t kept = 0;
        for (const auto& module : mask.modules) {
            kept += keptBits(module);
        }
        QCOMPARE(summary.kept, kept);
        QVERIFY(std::isnan(summary.threshold));
        const auto layers = keptByPool(summary, MaskScope::Layer);
        QCOMPARE(layers.size(), std::size_t{2});
        QCOMPARE(layers[1].name, std::string("layer 1"));
        QCOMPARE(layers[0].kept + layers[1].kept, summary.kept);
        const auto kinds = keptByPool(summary, MaskScope::Module);
        QCOMPARE(kinds[0].name, std::string("attention"));
        QCOMPARE(kinds[1].name, std::string("mlp"));
        QCOMPARE(kinds[0].total + kinds[1].total, summary.total);
        QCOMPARE(keptByPool(summary, MaskScope::Projection).front().name, std::string("q_proj"));
    }

    void thePreviewEqualsTheExtractedMask()
    {
        const auto adapter = adapterOf(randomMatrices(3, 4, 11));
        const auto index = MagnitudeIndex::build(adapter).value();
        for (const MaskScope scope : kScopes) {
            for (const double sparsity : {0.0, 0.25, 0.5, 0.9, 0.97}) {
                const auto mask = extractMask(adapter, configOf(sparsity, scope, MaskRule::Reference));
                const auto preview = index->preview(sparsity, scope);
                QCOMPARE(preview.has_value(), mask.has_value());
                if (!mask) {
                    continue;
                }
                const MaskSummary expected = summarize(*mask);
                QCOMPARE(preview->kept, expected.kept);
                QCOMPARE(preview->total, expected.total);
                QVERIFY(preview->threshold == expected.threshold || std::isnan(expected.threshold));
                for (std::size_t i = 0; i < expected.modules.size(); ++i) {
                    QCOMPARE(preview->modules[i].kept, expected.modules[i].kept);
                }
            }
        }
        QCOMPARE(index->preview(1.0, MaskScope::Model).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(index->preview(0.999, MaskScope::Matrix).error().code, ErrorCode::InvalidArgument);
    }

    void thePreviewTellsTheKeptNorm()
    {
        const auto index =
            MagnitudeIndex::build(adapterOf({{0, Projection::Q, 4, 1, {3, 0, -4, 0}}, {0, Projection::K, 1, 1, {0}}})).value();
        const auto one = index->preview(0.75, MaskScope::Model).value();
        QCOMPARE(one.kept, std::int64_t{1});
        QVERIFY(std::abs(one.normKept - 0.8) < 1e-12); // 4 of the norm 5
        QVERIFY(std::abs(one.modules[0].normKept - 0.8) < 1e-12);
        const auto two = index->preview(0.5, MaskScope::Model).value();
        QCOMPARE(two.kept, std::int64_t{2});
        QCOMPARE(two.normKept, 1.0);
        QCOMPARE(two.modules[1].normKept, 0.0); // a B of zeros has no norm to keep
    }

    void magnitudesOfOneModuleKeepTheirPlaces()
    {
        const auto index = MagnitudeIndex::build(adapterOf({{2, Projection::Down, 2, 2, {-1, 2, -3, 0.5F}}})).value();
        QVERIFY((index->magnitudes(2, Projection::Down) == std::vector<float>{1, 2, 3, 0.5F}));
        QVERIFY(index->magnitudes(0, Projection::Q).empty());
    }

    void aPreviewOfFiveMillionEntriesTakesUnderATenthOfASecond()
    {
        // As many entries as SmolLM2 at rank 32: 30 layers of 5,184 out-features.
        const auto adapter = adapterOf(randomMatrices(30, 32, 400));
        const auto index = MagnitudeIndex::build(adapter).value();
        QVERIFY(index->preview(0.5, MaskScope::Model)->total > 4'900'000);
        qint64 slowest = 0;
        for (const MaskScope scope : kScopes) {
            QElapsedTimer timer;
            timer.start();
            const auto preview = index->preview(0.9, scope);
            slowest = std::max(slowest, timer.nsecsElapsed());
            QVERIFY(preview.has_value());
        }
        qInfo("slowest preview: %.2f ms", static_cast<double>(slowest) / 1e6);
        QVERIFY(slowest < 100'000'000);
    }
};

LORI_TEST(MaskAnalysisTest)
#include "mask_analysis_test.moc"
