// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/mask_analysis.h"
#include "core/analysis/mask_source.h"
#include "core/support/files.h"
#include "tests/analysis/mask_builders.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>

using namespace lori;
using namespace lori::analysis;
using namespace lori::analysis::test;
using experiment::MaskConfig;
using experiment::MaskRule;
using experiment::MaskScope;
using experiment::Projection;

namespace {

/// Two layers of all projections, values from a few, so that ties and zeros are many.
std::vector<BMatrix> randomMatrices(unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<BMatrix> matrices;
    for (std::int64_t layer = 0; layer < 2; ++layer) {
        for (const Projection p : experiment::kAllProjections) {
            BMatrix m{layer, p, 6 + static_cast<std::int64_t>(p) % 3, 4, {}};
            for (std::int64_t i = 0; i < m.out * m.rank; ++i) {
                m.values.push_back(0.25F * static_cast<float>(static_cast<int>(random() % 15) - 7));
            }
            matrices.push_back(std::move(m));
        }
    }
    return matrices;
}

formats::Mask randomMask(unsigned seed, unsigned percent)
{
    std::mt19937 random(seed);
    formats::Mask mask;
    for (const BMatrix& m : randomMatrices(1)) {
        std::string bits;
        for (std::int64_t i = 0; i < m.out * m.rank; ++i) {
            bits += random() % 100 < percent ? '1' : '0';
        }
        mask.modules.push_back(moduleMask(m.layer, m.projection, m.rank, bits));
    }
    return mask;
}

std::string poolOf(const BMatrix& m, MaskScope scope)
{
    const std::string projection(experiment::projectionName(m.projection));
    const std::string layer = std::to_string(m.layer);
    switch (scope) {
    case MaskScope::Model:
        return "";
    case MaskScope::Module:
        return projection.size() == 6 ? "attention" : "mlp"; // q_proj … o_proj have six letters
    case MaskScope::Projection:
        return projection;
    case MaskScope::Layer:
        return layer;
    case MaskScope::Matrix:
        break;
    }
    return layer + projection;
}

/// The cumulative rule as the reference means it: used entries 0, k-th largest over all, used entries removed afterwards.
std::vector<std::string> cumulative(const std::vector<BMatrix>& matrices, const std::vector<formats::Mask>& avoid,
                                    double sparsity, MaskScope scope)
{
    std::map<std::string, std::vector<float>> pools;
    std::vector<std::vector<float>> values;
    std::vector<std::vector<bool>> used;
    for (std::size_t m = 0; m < matrices.size(); ++m) {
        std::vector<float> row;
        std::vector<bool> taken;
        for (std::size_t i = 0; i < matrices[m].values.size(); ++i) {
            taken.push_back(std::any_of(avoid.begin(), avoid.end(),
                                        [&](const auto& mask) { return mask.modules[m].test(static_cast<std::int64_t>(i)); }));
            row.push_back(taken.back() ? 0.0F : std::fabs(matrices[m].values[i]));
        }
        auto& pool = pools[poolOf(matrices[m], scope)];
        pool.insert(pool.end(), row.begin(), row.end());
        values.push_back(row);
        used.push_back(taken);
    }
    std::vector<std::string> masks;
    for (std::size_t m = 0; m < matrices.size(); ++m) {
        std::vector<float> pool = pools[poolOf(matrices[m], scope)];
        std::sort(pool.rbegin(), pool.rend());
        const float threshold = pool[static_cast<std::size_t>((1 - sparsity) * static_cast<double>(pool.size())) - 1];
        std::string bits;
        for (std::size_t i = 0; i < values[m].size(); ++i) {
            bits += values[m][i] >= threshold && !used[m][i] ? '1' : '0';
        }
        masks.push_back(bits);
    }
    return masks;
}

} // namespace

class FreeMaskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theReferenceRuleTakesFreeEntriesAlone()
    {
        const auto matrices = randomMatrices(1);
        const auto adapter = adapterWith(matrices);
        for (const unsigned percent : {0U, 20U, 50U, 95U}) {
            const std::vector<formats::Mask> avoid{randomMask(2, percent), randomMask(3, percent / 2)};
            for (const MaskScope scope : kScopes) {
                for (const double sparsity : {0.1, 0.5, 0.8, 0.9}) {
                    const FreeMask found =
                        extractFreeMask(adapter, configOf(sparsity, scope, MaskRule::Reference), avoid).value();
                    const auto expected = cumulative(matrices, avoid, sparsity, scope);
                    for (std::size_t m = 0; m < matrices.size(); ++m) {
                        QCOMPARE(bitsOf(found.mask.modules[m]), expected[m]);
                    }
                    QCOMPARE(extractMask(adapter, configOf(sparsity, scope, MaskRule::Reference), avoid)->kept(),
                             found.mask.kept());
                }
            }
        }
    }

    void exactKTakesExactlyWhatIsWantedOrAllThatIsFree()
    {
        const auto adapter = adapterWith(randomMatrices(1));
        const std::vector<formats::Mask> avoid{randomMask(2, 60)};
        for (const MaskScope scope : kScopes) {
            for (const double sparsity : {0.1, 0.5, 0.9}) {
                const FreeMask found = extractFreeMask(adapter, configOf(sparsity, scope, MaskRule::ExactK), avoid).value();
                std::int64_t missing = 0;
                for (const PoolOutcome& pool : found.pools) {
                    QCOMPARE(pool.kept, std::min(pool.wanted, pool.entries - pool.used));
                    missing += pool.wanted - pool.kept;
                }
                QCOMPARE(found.missing, missing);
                QCOMPARE(found.warning().empty(), missing == 0);
                for (std::size_t m = 0; m < found.mask.modules.size(); ++m) {
                    for (std::int64_t i = 0; i < found.mask.modules[m].out * found.mask.modules[m].rank; ++i) {
                        QVERIFY(!found.mask.modules[m].test(i) || !avoid[0].modules[m].test(i));
                    }
                }
            }
        }
    }

    void whatOthersUseCanBeGivenUpInstead()
    {
        const auto matrices = randomMatrices(1);
        const auto adapter = adapterWith(matrices);
        const std::vector<formats::Mask> avoid{randomMask(2, 40)};
        for (const MaskScope scope : kScopes) {
            for (const MaskRule rule : {MaskRule::Reference, MaskRule::ExactK}) {
                MaskConfig config = configOf(0.5, scope, rule);
                const formats::Mask whole = extractMask(adapter, config).value();
                config.avoidRule = experiment::AvoidRule::Remove;
                const FreeMask found = extractFreeMask(adapter, config, avoid).value();
                for (std::size_t m = 0; m < whole.modules.size(); ++m) {
                    for (std::int64_t i = 0; i < whole.modules[m].out * whole.modules[m].rank; ++i) {
                        QCOMPARE(found.mask.modules[m].test(i), whole.modules[m].test(i) && !avoid[0].modules[m].test(i));
                    }
                }
                QVERIFY(found.warning().empty()); // fewer is what was asked for
            }
        }
    }

    void usedEntriesCountInNAndK()
    {
        // Ten entries, k = int(0.5 · 10) = 5; the three largest are used, so five of the other seven come in their place.
        const auto adapter = adapterWith({{0, Projection::Q, 10, 1, {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}}});
        const auto used = maskOfModules({moduleMask(0, Projection::Q, 1, "1110000000")});
        const FreeMask found = extractFreeMask(adapter, configOf(0.5, MaskScope::Model, MaskRule::Reference), {used}).value();
        QCOMPARE(bitsOf(found.mask.modules[0]), std::string("0001111100"));
        QCOMPARE(found.mask.threshold, 3.0);
        QCOMPARE(found.used, std::int64_t{3});
        QCOMPARE(found.pools[0].wanted, std::int64_t{5});
        QVERIFY(found.warning().empty());
    }

    void aShortageIsSaidWithItsNumbers()
    {
        const auto adapter = adapterWith({{0, Projection::Q, 4, 1, {1, 2, 3, 4}}, {0, Projection::K, 4, 1, {1, 2, 3, 4}}});
        const auto used = maskOfModules({moduleMask(0, Projection::Q, 1, "1111"), moduleMask(0, Projection::K, 1, "0110")});
        const FreeMask found = extractFreeMask(adapter, configOf(0.25, MaskScope::Matrix, MaskRule::Reference), {used}).value();
        QCOMPARE(bitsOf(found.mask.modules[0]), std::string("0000"));
        QCOMPARE(bitsOf(found.mask.modules[1]), std::string("1001"));
        QCOMPARE(found.shortPools, std::int64_t{2});
        QCOMPARE(found.missing, std::int64_t{4});
        QVERIFY2(found.warning().find("layer 0 q_proj, 0 of 3") != std::string::npos, found.warning().c_str());
        QVERIFY2(found.warning().find("6 of 8 entries") != std::string::npos, found.warning().c_str());
    }

    void nothingFreeIsRefused()
    {
        const auto adapter = adapterWith({{0, Projection::Q, 2, 2, {1, 2, 3, 4}}});
        const std::vector<formats::Mask> avoid{maskOfModules({moduleMask(0, Projection::Q, 2, "1100")}),
                                               maskOfModules({moduleMask(0, Projection::Q, 2, "0011")})};
        const auto found = extractFreeMask(adapter, configOf(0.5, MaskScope::Model, MaskRule::ExactK), avoid);
        QCOMPARE(found.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(found.error().what.find("all 4 entries") != std::string::npos, found.error().what.c_str());
    }

    void masksOfOtherShapesAreRefused()
    {
        const auto adapter = adapterWith({{0, Projection::Q, 2, 2, {1, 2, 3, 4}}});
        const MaskConfig config = configOf(0.5, MaskScope::Model, MaskRule::ExactK);
        const auto wrong = extractFreeMask(adapter, config, {maskOfModules({moduleMask(0, Projection::Q, 1, "1010")})});
        QCOMPARE(wrong.error().code, ErrorCode::Mismatch);
        QVERIFY2(wrong.error().what.find("[4, 1] in layer 0 q_proj") != std::string::npos, wrong.error().what.c_str());
        const auto foreign = extractFreeMask(adapter, config, {maskOfModules({moduleMask(7, Projection::Up, 2, "1010")})});
        QCOMPARE(foreign.error().code, ErrorCode::Mismatch);
    }

    void theEntriesThatAnAdapterUsesAreItsMask()
    {
        const formats::Mask mask = maskOfUsedEntries(adapterWith({{3, Projection::Up, 2, 2, {0, -1, 2, 0}}})).value();
        QCOMPARE(bitsOf(mask.modules[0]), std::string("0110"));
        QCOMPARE(mask.sparsity, 0.5);
        const float nan = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(maskOfUsedEntries(adapterWith({{3, Projection::Up, 2, 1, {0, nan}}})).error().code, ErrorCode::NonFinite);
    }

    void aFolderGivesItsMaskFileBeforeItsB()
    {
        const QTemporaryDir folder;
        const std::filesystem::path place = folder.path().toStdString();
        QCOMPARE(readMaskSource(place).error().code, ErrorCode::NotFound); // neither mask nor adapter
        const auto mask = maskOfModules({moduleMask(0, Projection::Q, 2, "1010")});
        formats::writeMask(place / "mask.safetensors", mask).value();
        QCOMPARE(bitsOf(readMaskSource(place)->modules[0]), std::string("1010"));
        QCOMPARE(bitsOf(readMaskSource(place / "mask.safetensors")->modules[0]), std::string("1010"));
        QCOMPARE(readMaskSource(place / "none").error().code, ErrorCode::NotFound);
    }
};

LORI_TEST(FreeMaskTest)
#include "free_mask_test.moc"
