// SPDX-License-Identifier: Apache-2.0
// How A is drawn: at random as the reference does, or as a block of orthogonal rows.
#include "core/adapters/lori_adapter.h"
#include "core/adapters/projection_draw.h"
#include "core/formats/adapter_files.h"
#include "tests/adapters/all_targets.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace lori;

namespace {

at::Tensor blockOf(std::int64_t block, std::uint64_t seed = 5)
{
    at::Generator generator = at::detail::createCPUGenerator(seed);
    return adapters::orthogonalProjection(3, 37, block, generator); // sizes that are no multiple of anything
}

double largest(const at::Tensor& tensor)
{
    return tensor.abs().max().item<double>();
}

experiment::AdapterConfig configOf(std::int64_t block)
{
    experiment::AdapterConfig config = test::smallConfig();
    config.orthogonalBlock = block;
    return config;
}

} // namespace

class ProjectionDrawTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsOfABlockAreOrthogonalAndAsLongAsRandomOnesAre()
    {
        const at::Tensor a = blockOf(2);
        QVERIFY(largest(at::matmul(a, a.t()) - at::eye(3) / 3.0) < 1e-6);
        at::Generator generator = at::detail::createCPUGenerator(1);
        const at::Tensor random = adapters::randomProjection(400, 37, generator);
        QVERIFY(std::abs(random.square().sum(1).mean().item<double>() - 1.0 / 3.0) < 0.02);
    }

    void blocksOfOneSeedAreOrthogonalAndOthersAreNot()
    {
        QVERIFY(largest(at::matmul(blockOf(0), blockOf(3).t())) < 1e-6);
        QVERIFY(largest(at::matmul(blockOf(0, 6), blockOf(3).t())) > 1e-3);
    }

    void aBlockDoesNotDependOnThoseThatFollow()
    {
        QVERIFY(at::equal(blockOf(1), blockOf(1)));
        at::Generator one = at::detail::createCPUGenerator(5);
        at::Generator other = at::detail::createCPUGenerator(5);
        static_cast<void>(adapters::orthogonalProjection(3, 37, 0, one));
        static_cast<void>(adapters::orthogonalProjection(3, 37, 9, other));
        QVERIFY(at::equal(adapters::randomProjection(2, 8, one), adapters::randomProjection(2, 8, other)));
    }

    void moreDirectionsThanThereAreAreRefused()
    {
        at::Generator generator = at::detail::createCPUGenerator(5);
        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(adapters::orthogonalProjection(3, 37, 12, generator)));
        const auto refused =
            adapters::LoriAdapter::create(test::openTinyModel(m_folder.filePath("model").toStdString()), configOf(500));
        QVERIFY(!refused);
        QCOMPARE(refused.error().where, std::string("adapter.orthogonalBlock"));
    }

    void anAdapterRemembersItsBlock()
    {
        const auto base = test::openTinyModel(m_folder.filePath("model").toStdString());
        const auto adapter = adapters::LoriAdapter::create(base, configOf(1)).value();
        const std::string folder = m_folder.filePath("adapter").toStdString();
        adapter->save(folder, "model", {}).value();
        QCOMPARE(formats::readAdapterRecord(folder).value().orthogonalBlock, std::int64_t{1});
        const auto back = adapters::LoriAdapter::load(base, folder).value();
        QCOMPARE(back->projectionHash(), adapter->projectionHash());
        QVERIFY(adapter->projectionHash() != adapters::LoriAdapter::create(base, configOf(0)).value()->projectionHash());
    }

private:
    QTemporaryDir m_folder;
};

LORI_TEST(ProjectionDrawTest)
#include "projection_draw_test.moc"
