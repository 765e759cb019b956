// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/lori_adapter.h"
#include "core/analysis/mask_analysis.h"
#include "core/model/decoder.h"
#include "core/model/loss_head.h"
#include "tests/adapters/all_targets.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;
using test::allTargets;
using test::kRows;
using test::smallConfig;

namespace {

double lossOf(const model::Decoder& decoder)
{
    const auto rows = model::packRows(kRows, at::kCPU);
    const auto loss =
        model::lossAndGradient(decoder.model(), decoder.forward(rows, nullptr), allTargets(), {1, 1, 1}, model::WithGradient::No);
    return loss.rowLoss[0] + loss.rowLoss[1] + loss.rowLoss[2];
}

void backward(model::Decoder& decoder, adapters::LoriAdapter& adapter, model::TapeMode mode)
{
    adapter.zeroGradients();
    model::Tape tape;
    tape.mode = mode;
    const at::Tensor x = decoder.forward(model::packRows(kRows, at::kCPU), &tape);
    const auto loss = model::lossAndGradient(decoder.model(), x, allTargets(), {1, 1, 1}, model::WithGradient::Yes);
    decoder.backward(tape, loss.dx_TD);
}

void fillB(adapters::LoriAdapter& adapter, double scale)
{
    at::Generator generator = at::detail::createCPUGenerator(3);
    for (adapters::Parameter& parameter : adapter.parameters()) {
        parameter.value.normal_(0, scale, generator);
    }
    adapter.parametersChanged();
}

} // namespace

class LoriAdapterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_base = test::openTinyModel(path("model")); }

    void isTheBaseModelWhileBIsZero()
    {
        const auto adapter = adapters::LoriAdapter::create(m_base, smallConfig()).value();
        QCOMPARE(lossOf(model::Decoder(m_base, adapter.get())), lossOf(model::Decoder(m_base, nullptr)));
    }

    void theGradientIsThatOfTheLoss()
    {
        const auto adapter = adapters::LoriAdapter::create(m_base, smallConfig()).value();
        fillB(*adapter, 0.05);
        model::Decoder decoder(m_base, adapter.get());
        backward(decoder, *adapter, model::TapeMode::Keep);
        int checked = 0;
        for (adapters::Parameter& parameter : adapter->parameters()) {
            const auto steepest = parameter.gradient.abs().argmax().item<std::int64_t>();
            const double analytic = parameter.gradient[steepest].item<double>();
            const float kept = parameter.value[steepest].item<float>();
            constexpr float kStep = 5e-3F;
            const auto at = [&](float value) {
                parameter.value[steepest] = value;
                adapter->parametersChanged();
                return lossOf(decoder);
            };
            const double near = at(kept + kStep) - at(kept - kStep);
            const double far = at(kept + 2 * kStep) - at(kept - 2 * kStep);
            at(kept);
            const double numeric = (8 * near - far) / (12 * static_cast<double>(kStep)); // five points: see methods_test
            const QString what =
                QStringLiteral("%1: %2 against %3").arg(QString::fromStdString(parameter.name)).arg(analytic).arg(numeric);
            QVERIFY2(std::abs(analytic) > 0.02, qPrintable(what));
            QVERIFY2(std::abs(numeric - analytic) < 0.02 * std::abs(analytic) + 1e-3, qPrintable(what));
            ++checked;
        }
        QCOMPARE(checked, 14);
    }

    void foldingChangesNoNumberBeyondRounding()
    {
        const auto adapter = adapters::LoriAdapter::create(m_base, smallConfig()).value();
        fillB(*adapter, 0.05);
        model::Decoder decoder(m_base, adapter.get());
        adapter->beginStep(1);
        backward(decoder, *adapter, model::TapeMode::Keep);
        std::vector<at::Tensor> unfolded;
        for (const adapters::Parameter& parameter : adapter->parameters()) {
            unfolded.push_back(parameter.gradient.clone());
        }
        adapter->beginStep(1LL << 30);
        backward(decoder, *adapter, model::TapeMode::Keep);
        for (std::size_t i = 0; i < unfolded.size(); ++i) {
            QVERIFY(at::allclose(adapter->parameters()[i].gradient, unfolded[i], 1e-3, 1e-4));
        }
    }

    void recomputingBlocksGivesTheSameBits()
    {
        const auto adapter = adapters::LoriAdapter::create(m_base, smallConfig()).value();
        fillB(*adapter, 0.05);
        model::Decoder decoder(m_base, adapter.get());
        backward(decoder, *adapter, model::TapeMode::Keep);
        std::vector<at::Tensor> kept;
        for (const adapters::Parameter& parameter : adapter->parameters()) {
            kept.push_back(parameter.gradient.clone());
        }
        backward(decoder, *adapter, model::TapeMode::Recompute);
        for (std::size_t i = 0; i < kept.size(); ++i) {
            QVERIFY(at::equal(adapter->parameters()[i].gradient, kept[i]));
        }
    }

    void underAMaskOnlyKeptEntriesAreParameters()
    {
        const auto adapter = adapters::LoriAdapter::create(m_base, smallConfig()).value();
        fillB(*adapter, 0.05);
        model::Decoder decoder(m_base, adapter.get());
        backward(decoder, *adapter, model::TapeMode::Keep);
        const at::Tensor dense = adapter->parameters().front().gradient.clone();
        const formats::Mask mask = halfMask(*adapter);
        adapter->applyMask(mask).value();
        QCOMPARE(adapter->trainableCount(), mask.kept());
        backward(decoder, *adapter, model::TapeMode::Keep);
        const at::Tensor& packed = adapter->parameters().front().gradient;
        std::int64_t next = 0;
        for (std::int64_t i = 0; i < dense.numel(); ++i) {
            if (mask.modules.front().test(i)) {
                QCOMPARE(packed[next++].item<float>(), dense[i].item<float>());
            }
        }
        QCOMPARE(next, packed.numel());
        for (adapters::Parameter& parameter : adapter->parameters()) {
            parameter.value.add_(1);
        }
        adapter->parametersChanged();
        QCOMPARE(adapter->frozenCheck().nonZeroOutsideMask, std::int64_t{0});
        QCOMPARE(adapter->name(), std::string("lori-s"));
    }

    void savesAndLoadsTheSameBits()
    {
        const auto adapter = adapters::LoriAdapter::create(m_base, smallConfig()).value();
        fillB(*adapter, 0.05);
        adapter->save(path("saved"), "tiny", {}).value();
        const auto loaded = adapters::LoriAdapter::load(m_base, path("saved")).value();
        QCOMPARE(loaded->projectionHash(), adapter->projectionHash());
        for (std::size_t i = 0; i < adapter->parameters().size(); ++i) {
            QVERIFY(at::equal(loaded->parameters()[i].value, adapter->parameters()[i].value));
        }
    }

    void theSeedAloneDecidesA()
    {
        experiment::AdapterConfig other = smallConfig();
        other.projectionSeed = 12;
        const auto a = adapters::LoriAdapter::create(m_base, smallConfig()).value();
        const auto b = adapters::LoriAdapter::create(m_base, smallConfig()).value();
        const auto c = adapters::LoriAdapter::create(m_base, other).value();
        QCOMPARE(a->projectionHash(), b->projectionHash());
        QVERIFY(a->projectionHash() != c->projectionHash());
    }

    void refusesAnAdapterOfAnotherBase()
    {
        test::TinyModelOptions wider;
        wider.hidden = 64;
        const auto otherBase = test::openTinyModel(path("wider"), wider);
        const auto adapter = adapters::LoriAdapter::create(m_base, smallConfig()).value();
        adapter->save(path("narrow"), "tiny", {}).value();
        const auto loaded = adapters::LoriAdapter::load(otherBase, path("narrow"));
        QVERIFY(!loaded.has_value());
        QCOMPARE(loaded.error().code, ErrorCode::Mismatch);
    }

    void refusesAMaskOfAnotherShape()
    {
        const auto adapter = adapters::LoriAdapter::create(m_base, smallConfig()).value();
        formats::Mask mask = halfMask(*adapter);
        mask.modules.front().rank = 5;
        const auto applied = adapter->applyMask(mask);
        QVERIFY(!applied.has_value());
        QCOMPARE(applied.error().code, ErrorCode::Mismatch);
        QCOMPARE(adapter->name(), std::string("lori-d"));
    }

private:
    std::filesystem::path path(const char* name) const { return std::filesystem::path(m_folder.path().toStdString()) / name; }

    formats::Mask halfMask(const adapters::LoriAdapter& adapter) const
    {
        adapter.save(path("for-mask"), "tiny", {}).value();
        experiment::MaskConfig config;
        config.sparsity = 0.5;
        return analysis::extractMask(formats::openAdapter(path("for-mask")).value(), config).value();
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const model::BaseModel> m_base;
};

LORI_TEST(LoriAdapterTest)
#include "lori_adapter_test.moc"
