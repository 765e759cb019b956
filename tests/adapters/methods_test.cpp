// SPDX-License-Identifier: Apache-2.0
// What every method must hold, one after the other: it begins as the base model, its gradient is that of the loss, it counts what
// it trains, and what it saves is what it loads.
#include "core/adapters/method_choice.h"
#include "core/experiment/trainable.h"
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
using experiment::StageKind;
using test::allTargets;
using test::kRows;
using test::smallConfig;

namespace {

double lossOf(adapters::Method& method)
{
    const model::Decoder decoder(method.model(), &method);
    const auto loss = model::lossAndGradient(decoder.model(), decoder.forward(model::packRows(kRows, at::kCPU), nullptr),
                                             allTargets(), {1, 1, 1}, model::WithGradient::No);
    return loss.rowLoss[0] + loss.rowLoss[1] + loss.rowLoss[2];
}

void backward(adapters::Method& method, model::TapeMode mode)
{
    model::Decoder decoder(method.model(), &method);
    method.zeroGradients();
    model::Tape tape;
    tape.mode = mode;
    const at::Tensor x = decoder.forward(model::packRows(kRows, at::kCPU), &tape);
    const auto loss =
        model::lossAndGradient(decoder.model(), x, allTargets(), {1, 1, 1}, model::WithGradient::Yes, method.weightGradients());
    decoder.backward(tape, loss.dx_TD);
}

/// Moves every trained value a little, so that no gradient is zero by construction.
void disturb(adapters::Method& method)
{
    at::Generator generator = at::detail::createCPUGenerator(3);
    for (adapters::Parameter& parameter : method.parameters()) {
        parameter.value.add_(at::empty_like(parameter.value).normal_(0, 0.05, generator));
    }
    method.parametersChanged();
    method.beginStep(1);
}

} // namespace

class MethodsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_base = test::openTinyModel(path("model")); }

    void beginsAsTheBaseModel_data() { kinds(); }
    void beginsAsTheBaseModel()
    {
        model::Decoder plain(m_base, nullptr);
        const auto loss = model::lossAndGradient(*m_base, plain.forward(model::packRows(kRows, at::kCPU), nullptr), allTargets(),
                                                 {1, 1, 1}, model::WithGradient::No);
        const double expected = loss.rowLoss[0] + loss.rowLoss[1] + loss.rowLoss[2];
        QVERIFY(std::abs(lossOf(*make()) - expected) < 1e-5 * expected);
    }

    void theGradientIsThatOfTheLoss_data() { kinds(); }
    void theGradientIsThatOfTheLoss()
    {
        const auto method = make();
        disturb(*method);
        backward(*method, model::TapeMode::Keep);
        for (adapters::Parameter& parameter : method->parameters()) {
            const auto steepest = parameter.gradient.abs().argmax().item<std::int64_t>();
            const double analytic = parameter.gradient[steepest].item<double>();
            const double numeric = slope(*method, parameter, steepest);
            const QString what =
                QStringLiteral("%1: %2 against %3").arg(QString::fromStdString(parameter.name)).arg(analytic).arg(numeric);
            // What rounding may do to the difference is a twentieth of the smallest gradient that is taken as a proof.
            QVERIFY2(std::abs(analytic) > 0.02, qPrintable(what));
            QVERIFY2(std::abs(numeric - analytic) < 0.02 * std::abs(analytic) + 1e-3, qPrintable(what));
        }
    }

    void foldingAndRecomputingChangeNothingBeyondRounding_data() { kinds(); }
    void foldingAndRecomputingChangeNothingBeyondRounding()
    {
        const auto method = make();
        disturb(*method);
        backward(*method, model::TapeMode::Keep);
        std::vector<at::Tensor> expected;
        for (const adapters::Parameter& parameter : method->parameters()) {
            expected.push_back(parameter.gradient.clone());
        }
        method->beginStep(1LL << 30);
        backward(*method, model::TapeMode::Recompute);
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QVERIFY(at::allclose(method->parameters()[i].gradient, expected[i], 1e-3, 1e-4));
        }
    }

    void countsWhatTheEstimatePromised_data() { kinds(); }
    void countsWhatTheEstimatePromised()
    {
        QFETCH(int, kind);
        const experiment::Trainable promised =
            experiment::trainable(static_cast<StageKind>(kind), smallConfig(false), {}, m_base->config().shape);
        QCOMPARE(make()->trainableCount(), promised.parameters);
    }

    void savesAndLoadsTheSameBits_data() { kinds(); }
    void savesAndLoadsTheSameBits()
    {
        const auto method = make();
        disturb(*method);
        method->save(path("saved"), "tiny", {}).value();
        QFETCH(int, kind);
        const auto again =
            adapters::loadMethod(static_cast<StageKind>(kind), m_base, path("saved"), experiment::StageStart::Continue).value();
        QCOMPARE(again->name(), method->name());
        QCOMPARE(again->parameters().size(), method->parameters().size());
        for (std::size_t i = 0; i < again->parameters().size(); ++i) {
            QCOMPARE(again->parameters()[i].name, method->parameters()[i].name);
            QVERIFY(at::equal(again->parameters()[i].value, method->parameters()[i].value));
        }
        const double expected = lossOf(*method);
        const auto opened = adapters::openTrained(m_base, path("saved")).value();
        opened->prepareInference();
        QVERIFY(std::abs(lossOf(*opened) - expected) < 1e-4 * expected);
        // Fresh takes what was drawn and nothing that was trained.
        const auto fresh =
            adapters::loadMethod(static_cast<StageKind>(kind), m_base, path("saved"), experiment::StageStart::Fresh).value();
        QVERIFY(std::abs(lossOf(*fresh) - lossOf(*make())) < 1e-4 * expected);
    }

    void aFreshIa3SitsWhereTheFolderSays()
    {
        experiment::AdapterConfig config = smallConfig(false);
        config.ia3Targets = {experiment::Projection::Q, experiment::Projection::Up};
        config.ia3FeedForward = {experiment::Projection::Up};
        const auto old = adapters::createMethod(StageKind::Ia3, m_base, config).value();
        disturb(*old);
        old->save(path("ia3-q-up"), "tiny", {}).value();
        const auto fresh = adapters::loadMethod(StageKind::Ia3, m_base, path("ia3-q-up"), experiment::StageStart::Fresh).value();
        QCOMPARE(fresh->parameters().size(), old->parameters().size());
        for (std::size_t i = 0; i < old->parameters().size(); ++i) {
            QCOMPARE(fresh->parameters()[i].name, old->parameters()[i].name);
            QCOMPARE(fresh->parameters()[i].value.numel(), old->parameters()[i].value.numel()); // scaled at the same end
            QVERIFY(fresh->parameters()[i].value.eq(1).all().item<bool>());
        }
    }

    void everyRowThatTrainsHasAClassAndEveryAdapterARunner()
    {
        for (const experiment::MethodTraits& method : experiment::kMethods) {
            QCOMPARE(adapters::createMethod(method.kind, m_base, smallConfig(false)).has_value(), method.trains());
            QCOMPARE(method.writes.has_value(), method.trains());
        }
    }

    void refusesTheFolderOfAnotherKind()
    {
        const auto ia3 = adapters::createMethod(StageKind::Ia3, m_base, smallConfig(false)).value();
        ia3->save(path("ia3"), "tiny", {}).value();
        for (const StageKind kind : {StageKind::LoriD, StageKind::Lora, StageKind::Dora, StageKind::Full}) {
            const auto loaded = adapters::loadMethod(kind, m_base, path("ia3"), experiment::StageStart::Continue);
            QVERIFY(!loaded);
            QVERIFY(loaded.error().code == ErrorCode::Mismatch || loaded.error().code == ErrorCode::NotFound ||
                    loaded.error().code == ErrorCode::BadFile);
            QVERIFY(!loaded.error().what.empty() && !loaded.error().hint.empty());
        }
    }

    void onlyLoriTrainsUnderAMask()
    {
        const auto lora = adapters::createMethod(StageKind::Lora, m_base, smallConfig(false)).value();
        QCOMPARE(adapters::applyMask(*lora, {}).error().code, ErrorCode::InvalidArgument);
    }

    void fullFineTuningLeavesTheBaseModelAlone()
    {
        const std::string before = m_base->weightsHash();
        const auto method = adapters::createMethod(StageKind::Full, m_base, smallConfig(false)).value();
        disturb(*method);
        QCOMPARE(m_base->weightsHash(), before);
        QVERIFY(method->model()->weightsHash() != before);
    }

private:
    static void kinds()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("rslora");
        for (const experiment::MethodTraits& method : experiment::kMethods) {
            if (method.trains() && !method.isSparse) { // LoRI-S is LoRI-D until a mask is applied: lori_adapter_test
                QTest::addRow("%s", method.title.data()) << static_cast<int>(method.kind) << false;
            }
        }
        QTest::newRow("rsLoRA") << static_cast<int>(StageKind::Lora) << true;
    }

    std::unique_ptr<adapters::Method> make() const
    {
        QFETCH(int, kind);
        QFETCH(bool, rslora);
        return adapters::createMethod(static_cast<StageKind>(kind), m_base, smallConfig(rslora)).value();
    }

    /// Difference of the loss over five points, so that the step can be wide enough for f32: what is left is of its fourth power.
    /// DoRA's norm is a constant to its gradient, so it stays as it was while A or B moves.
    static double slope(adapters::Method& method, adapters::Parameter& parameter, std::int64_t index)
    {
        constexpr float kStep = 5e-3F;
        const float kept = parameter.value[index].item<float>();
        const auto at = [&](float value) {
            parameter.value[index] = value;
            method.parametersChanged();
            return lossOf(method);
        };
        const double near = at(kept + kStep) - at(kept - kStep);
        const double far = at(kept + 2 * kStep) - at(kept - 2 * kStep);
        at(kept);
        return (8 * near - far) / (12 * static_cast<double>(kStep));
    }

    std::filesystem::path path(const char* name) const { return std::filesystem::path(m_dir.path().toStdString()) / name; }

    QTemporaryDir m_dir;
    std::shared_ptr<const model::BaseModel> m_base;
};

LORI_TEST(MethodsTest)
#include "methods_test.moc"
