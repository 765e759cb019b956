// SPDX-License-Identifier: Apache-2.0
// Adapters on products with bf16 operands: what training adds is small beside W and must not be rounded away with it.
#include "core/adapters/lori_adapter.h"
#include "tests/adapters/all_targets.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;
using model::GemmBackend;

namespace {

constexpr std::int64_t kTokens = 40;

at::Tensor random(std::int64_t rows, std::int64_t columns, std::uint64_t seed)
{
    return at::randn({rows, columns}, at::detail::createCPUGenerator(seed), at::kFloat);
}

double relative(const at::Tensor& got, const at::Tensor& expected)
{
    return (got - expected).norm().item<double>() / expected.norm().item<double>();
}

} // namespace

class Bf16ProductsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const std::filesystem::path folder = m_folder.filePath("model").toStdString();
        test::writeTinyModel(folder);
        m_base = model::BaseModel::load(folder, at::kCPU, GemmBackend::Bf16).value();
        m_adapter = adapters::LoriAdapter::create(m_base, test::smallConfig()).value();
        at::Generator generator = at::detail::createCPUGenerator(3);
        for (adapters::Parameter& parameter : m_adapter->parameters()) {
            parameter.value.normal_(0, 1e-4, generator); // a thousandth of W: below half a step of bf16
        }
        m_adapter->parametersChanged();
    }

    void aChangeBelowAStepOfWShowsInTrainingAndInAnswers()
    {
        const adapters::LowRankChange change = m_adapter->changes().front();
        const model::Weight& w = m_base->layers().front().w_OI[static_cast<std::size_t>(change.site.projection)];
        const at::Tensor x = random(kTokens, w.size(1), 5);
        const at::Tensor expected = x.mm(change.a_RI.t()).mm(change.b_OR.t()).mul(change.scaling);
        const at::Tensor base = m_base->matmul().forward(x, w);
        m_adapter->beginStep(1 << 20);
        QVERIFY(relative(m_adapter->forward(change.site, x, w, m_base->matmul(), nullptr) - base, expected) < 0.02);
        m_adapter->prepareInference();
        QVERIFY(relative(m_adapter->forward(change.site, x, w, m_base->matmul(), nullptr) - base, expected) < 0.02);
    }

    void theGradientTowardsTheInputHasItToo()
    {
        const adapters::LowRankChange change = m_adapter->changes().front();
        const model::Weight& w = m_base->layers().front().w_OI[static_cast<std::size_t>(change.site.projection)];
        const at::Tensor x = random(kTokens, w.size(1), 5);
        const at::Tensor g = random(kTokens, w.size(0), 6);
        m_adapter->beginStep(1 << 20);
        model::SavedSite saved;
        static_cast<void>(m_adapter->forward(change.site, x, w, m_base->matmul(), &saved));
        const at::Tensor dx = m_adapter->backward(change.site, g, w, m_base->matmul(), saved, model::InputGradient::Needed);
        const at::Tensor expected = g.mm(change.b_OR).mm(change.a_RI).mul(change.scaling);
        QVERIFY(relative(dx - m_base->matmul().inputGradient(g, w), expected) < 0.02);
    }

    void weightsOfOnesOwnKeepNoTiles()
    {
        const auto copy = model::BaseModel::trainableCopy(m_base);
        const model::Weight& w = copy->layers().front().w_OI.front();
        QVERIFY(w.forwardTiles() == nullptr);
        const at::Tensor x = random(kTokens, w.size(1), 5);
        const at::Tensor before = copy->matmul().forward(x, w);
        w.held().mul_(2);
        QVERIFY(relative(copy->matmul().forward(x, w), before.mul(2)) < 1e-6); // a product sees the change at once
    }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<const model::BaseModel> m_base;
    std::unique_ptr<adapters::LoriAdapter> m_adapter;
};

LORI_TEST(Bf16ProductsTest)
#include "bf16_products_test.moc"
