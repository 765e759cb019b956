// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/entry_owners.h"
#include "core/analysis/mask_analysis.h"
#include "core/analysis/mask_territory.h"
#include "tests/analysis/mask_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <random>

using namespace lori;
using namespace lori::analysis;
using namespace lori::analysis::test;
using experiment::MaskRule;
using experiment::MaskScope;
using experiment::Projection;

namespace {

/// Three tasks in two modules of 8 and 4 entries; the third has nothing in the second module.
std::vector<formats::Mask> threeTasks()
{
    return {maskOfModules({moduleMask(0, Projection::Q, 2, "11110000"), moduleMask(1, Projection::Up, 2, "1100")}),
            maskOfModules({moduleMask(0, Projection::Q, 2, "00110100"), moduleMask(1, Projection::Up, 2, "0100")}),
            maskOfModules({moduleMask(0, Projection::Q, 2, "00010010")})};
}

/// An adapter whose |b| are all different, so that every mask keeps exactly k.
formats::AdapterFiles adapterWithoutTies()
{
    std::mt19937 random(3);
    std::vector<float> values(400);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<float>(i + 1);
    }
    std::shuffle(values.begin(), values.end(), random);
    const auto part = [&](std::size_t from, std::size_t count) {
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(from);
        return std::vector<float>(begin, begin + static_cast<std::ptrdiff_t>(count));
    };
    return adapterWith({{0, Projection::Q, 50, 4, part(0, 200)}, {0, Projection::Up, 50, 4, part(200, 200)}});
}

} // namespace

class MaskTerritoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyEntryIsFreeOwnedOrShared()
    {
        const MaskTerritory territory = territoryOf(threeTasks()).value();
        QCOMPARE(territory.modules.size(), std::size_t{2});
        const Territory& first = territory.modules[0].territory;
        QCOMPARE(first.entries, 8);
        QCOMPARE(first.free, 2); // the fifth and the last
        QVERIFY((first.own == std::vector<std::int64_t>{2, 1, 1}));
        QCOMPARE(first.shared, 2); // the third by two, the fourth by all three
        const Territory& second = territory.modules[1].territory;
        QCOMPARE(second.free, 2);
        QVERIFY((second.own == std::vector<std::int64_t>{1, 0, 0}));
        QCOMPARE(second.shared, 1);
        QCOMPARE(territory.total.entries, 12);
        QCOMPARE(territory.total.free, 4);
        QVERIFY((territory.total.own == std::vector<std::int64_t>{3, 1, 1}));
        QCOMPARE(territory.total.shared, 3);
    }

    void ownersOfSingleEntries()
    {
        const EntryOwners owners = entryOwners(threeTasks(), 0, Projection::Q).value();
        QCOMPARE(owners.out, 4);
        QCOMPARE(owners.rank, 2);
        QVERIFY((owners.keptBy == std::vector<std::uint32_t>{1, 1, 3, 7, 0, 2, 4, 0}));
        QCOMPARE(owners.at(1, 1), 7U);
        QCOMPARE(owners.count(1), 2);
        QCOMPARE(owners.count(0), 2);
        QVERIFY(entryOwners(threeTasks(), 5, Projection::Q).error().code == ErrorCode::NotFound);
    }

    void aMaskAloneOwnsWhatItKeeps()
    {
        const MaskTerritory territory = territoryOf({threeTasks()[0]}).value();
        QCOMPARE(territory.total.free, 6);
        QCOMPARE(territory.total.own[0], 6);
        QCOMPARE(territory.total.shared, 0);
        QVERIFY(territoryOf({}).error().code == ErrorCode::InvalidArgument);
    }

    void masksOfOtherShapesAreRefusedWithBoth()
    {
        const auto other = maskOfModules({moduleMask(0, Projection::Q, 4, "11110000")});
        const auto refused = territoryOf({threeTasks()[0], other});
        QVERIFY(refused.error().code == ErrorCode::Mismatch);
        QVERIFY(refused.error().sentence().find("[2, 4]") != std::string::npos);
        QVERIFY(refused.error().sentence().find("[4, 2]") != std::string::npos);
    }

    void theScarcestPoolOfTheScopeDecides()
    {
        const auto mask = maskOfModules({moduleMask(0, Projection::Q, 2, "1111111111111111000000000000000000000000"),
                                         moduleMask(1, Projection::Q, 2, "1000000000000000000000000000000000000000")});
        const MaskTerritory territory = territoryOf({mask}).value();
        QCOMPARE(roomLeft(territory, 0.875, MaskScope::Model).value(), 6); // (80 - 17) / 10
        QCOMPARE(roomLeft(territory, 0.875, MaskScope::Layer).value(), 4); // layer 0: (40 - 16) / 5
        QCOMPARE(roomLeft(territory, 0.5, MaskScope::Model).value(), 1);
        QCOMPARE(roomLeft(territory, 0.0, MaskScope::Model).value(), 0);
        QVERIFY(roomLeft(territory, 0.999, MaskScope::Model).error().code == ErrorCode::InvalidArgument);
        QVERIFY(roomLeft(territory, 1.0, MaskScope::Model).error().code == ErrorCode::InvalidArgument);
    }

    void asManyMasksFitAsItSays_data()
    {
        QTest::addColumn<int>("scope");
        QTest::addColumn<double>("sparsity");
        QTest::newRow("whole model, 80 %") << static_cast<int>(MaskScope::Model) << 0.8;
        QTest::newRow("each matrix, 90 %") << static_cast<int>(MaskScope::Matrix) << 0.9;
        QTest::newRow("attention and MLP, 70 %") << static_cast<int>(MaskScope::Module) << 0.7;
    }
    void asManyMasksFitAsItSays()
    {
        QFETCH(int, scope);
        QFETCH(double, sparsity);
        const auto adapter = adapterWithoutTies();
        const auto config = configOf(sparsity, static_cast<MaskScope>(scope), MaskRule::Reference);
        std::vector<formats::Mask> masks{extractMask(adapter, config).value()};
        const std::int64_t room = roomLeft(territoryOf(masks).value(), sparsity, static_cast<MaskScope>(scope)).value();
        QVERIFY(room >= 1);
        for (std::int64_t i = 0; i < room; ++i) {
            const FreeMask next = extractFreeMask(adapter, config, masks).value();
            QCOMPARE(next.missing, 0);
            masks.push_back(next.mask);
            QCOMPARE(territoryOf(masks).value().total.shared, 0);
        }
        QCOMPARE(roomLeft(territoryOf(masks).value(), sparsity, static_cast<MaskScope>(scope)).value(), 0);
        const auto tooMany = extractFreeMask(adapter, config, masks); // finds too few, or not one
        QVERIFY(!tooMany || tooMany->missing > 0);
    }
};

LORI_TEST(MaskTerritoryTest)
#include "mask_territory_test.moc"
