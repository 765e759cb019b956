// SPDX-License-Identifier: Apache-2.0
#include "core/cuda/adamw.h"
#include "core/cuda/device.h"
#include "core/model/attention.h"
#include "core/model/elementwise.h"
#include "core/model/matmul.h"
#include "tests/engine_support/compare_tensors.h"
#include "tests/model/random_tensors.h"
#include "tests/support/test_registry.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <QtTest>

using namespace lori;
using test::largestDifference;
using test::random;

/// The fused CPU forms against the same functions in plain ATen operations.
class ElementwiseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fusedRmsNormEqualsThePlainForm()
    {
        const at::Tensor x = random({37, 96}, 1);
        const at::Tensor w = random({96}, 2);
        const auto fused = model::rmsNorm(x, w, 1e-5);
        const auto plain = model::reference::rmsNorm(x, w, 1e-5);
        LORI_VERIFY_CLOSE(fused.y_TD, plain.y_TD, 2e-6);
        const at::Tensor g = random({37, 96}, 3);
        const at::Tensor start = random({37, 96}, 4);
        const at::Tensor dxFused = start.clone();
        const at::Tensor dxPlain = start.clone();
        model::rmsNormBackward(g, x, w, fused.inverseRms_T, dxFused);
        model::reference::rmsNormBackward(g, x, w, plain.inverseRms_T, dxPlain);
        LORI_VERIFY_CLOSE(dxFused, dxPlain, 5e-6);
    }

    void rotatingThereAndBackIsTheIdentity_data()
    {
        QTest::addColumn<bool>("ofNeighbours");
        QTest::addColumn<qlonglong>("rotated");
        QTest::newRow("halves") << false << 16LL;
        QTest::newRow("neighbours") << true << 16LL;
        QTest::newRow("halves of the first entries") << false << 12LL;
        QTest::newRow("neighbours of the first entries") << true << 12LL;
    }
    void rotatingThereAndBackIsTheIdentity()
    {
        QFETCH(bool, ofNeighbours);
        QFETCH(qlonglong, rotated);
        const at::Tensor angles = random({64, rotated / 2}, 1);
        const at::Tensor cos = angles.cos();
        const at::Tensor sin = angles.sin();
        const at::Tensor positions = at::arange(20, at::kLong);
        const at::Tensor x = random({20, 48}, 2);
        const at::Tensor fused = x.clone();
        const at::Tensor plain = x.clone();
        const model::RotaryShape shape{16, rotated, ofNeighbours};
        model::rotate(fused, cos, sin, positions, shape, model::Rotation::Forward);
        model::reference::rotate(plain, cos, sin, positions, shape, model::Rotation::Forward);
        LORI_VERIFY_CLOSE(fused, plain, 1e-6);
        QVERIFY(largestDifference(fused, x) > 0.1);
        const at::Tensor rest = fused.view({20, 3, 16}).narrow(2, rotated, 16 - rotated);
        QVERIFY(rest.equal(x.view({20, 3, 16}).narrow(2, rotated, 16 - rotated)));
        model::rotate(fused, cos, sin, positions, shape, model::Rotation::Inverse);
        LORI_VERIFY_CLOSE(fused, x, 1e-6);
    }

    void fusedGatedUnitsEqualThePlainForms_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("silu") << static_cast<int>(formats::Activation::Silu);
        QTest::newRow("gelu, tanh form") << static_cast<int>(formats::Activation::GeluTanh);
    }
    void fusedGatedUnitsEqualThePlainForms()
    {
        QFETCH(int, kind);
        const auto activation = static_cast<formats::Activation>(kind);
        const at::Tensor gate = random({19, 100}, 1) * 8;
        const at::Tensor up = random({19, 100}, 2);
        LORI_VERIFY_CLOSE(model::gated(activation, gate, up), model::reference::gated(activation, gate, up), 4e-6);
        const at::Tensor g = random({19, 100}, 3);
        const at::Tensor gateFused = gate.clone();
        const at::Tensor upFused = up.clone();
        const at::Tensor gatePlain = gate.clone();
        const at::Tensor upPlain = up.clone();
        model::gatedBackward(activation, g, gateFused, upFused);
        model::reference::gatedBackward(activation, g, gatePlain, upPlain);
        LORI_VERIFY_CLOSE(gateFused, gatePlain, 1e-5);
        LORI_VERIFY_CLOSE(upFused, upPlain, 1e-5);
    }

    void fusedAttentionEqualsThePlainForm_data()
    {
        QTest::addColumn<qlonglong>("window");
        QTest::addColumn<qlonglong>("kvHeads");
        QTest::addColumn<double>("factor");
        QTest::addColumn<double>("cap");
        QTest::newRow("every key, shared heads") << 0LL << 2LL << 0.0 << 0.0;
        QTest::newRow("every key, own heads") << 0LL << 4LL << 0.0 << 0.0;
        QTest::newRow("window of 10") << 10LL << 2LL << 0.0 << 0.0;
        QTest::newRow("window of 1") << 1LL << 1LL << 0.0 << 0.0;
        QTest::newRow("scores scaled and capped") << 0LL << 2LL << 0.5 << 2.0;
        QTest::newRow("window of 10, scores capped") << 10LL << 2LL << 0.0 << 1.5;
    }

    void fusedAttentionEqualsThePlainForm()
    {
        QFETCH(qlonglong, window);
        QFETCH(qlonglong, kvHeads);
        QFETCH(double, factor);
        QFETCH(double, cap);
        const model::HeadShape shape{4, kvHeads, 16, window, factor, cap};
        const model::RowOffsets rows{0, 1, 1, 70, 199}; // one token, none, more than one query block, several blocks
        const at::Tensor q = random({199, 64}, 1);
        const at::Tensor k = random({199, kvHeads * 16}, 2);
        const at::Tensor v = random({199, kvHeads * 16}, 3);
        const auto fused = model::attention(q, k, v, rows, shape);
        const auto plain = model::reference::attention(q, k, v, rows, shape);
        LORI_VERIFY_CLOSE(fused.o_THE, plain.o_THE, 5e-6);
        LORI_VERIFY_CLOSE(fused.lse_TH, plain.lse_TH, 5e-6);
        const at::Tensor g = random({199, 64}, 4);
        const auto a = model::attentionBackward(g, q, k, v, fused.lse_TH, rows, shape);
        const auto b = model::reference::attentionBackward(g, q, k, v, plain.lse_TH, rows, shape);
        LORI_VERIFY_CLOSE(a.dq, b.dq, 2e-5);
        LORI_VERIFY_CLOSE(a.dk, b.dk, 2e-5);
        LORI_VERIFY_CLOSE(a.dv, b.dv, 2e-5);
    }

    void bothMatrixBackendsAgree()
    {
        const model::Matmul blas(model::GemmBackend::Blas);
        const model::Matmul oneDnn(model::gemmBackendFromName("onednn"));
        if (oneDnn.backend() == model::GemmBackend::Blas) {
            QSKIP("this LibTorch was built without oneDNN");
        }
        const at::Tensor x = random({300, 128}, 1);
        const at::Tensor w = random({256, 128}, 2);
        const at::Tensor g = random({300, 256}, 3);
        LORI_VERIFY_CLOSE(blas.forward(x, w), oneDnn.forward(x, w), 1e-4);
        LORI_VERIFY_CLOSE(blas.inputGradient(g, w), oneDnn.inputGradient(g, w), 1e-4);
        LORI_VERIFY_CLOSE(blas.weightGradient(g, x), oneDnn.weightGradient(g, x), 2e-4);
    }

    void adamWEqualsThePlainFormWhereverItRuns() { compareAdamW(at::kCPU); }

    void adamWKernelEqualsItsCpuTwin()
    {
        if (!cuda::loadCuda()) {
            const std::string why = cuda::cudaProblem().sentence();
            QVERIFY2(!cuda::gpuListed(),
                     why.c_str()); // a GPU that cannot be used is a failure, not a reason to pass over the test
            QSKIP(why.c_str());
        }
        compareAdamW(at::kCUDA);
    }

private:
    static void compareAdamW(at::DeviceType device)
    {
        at::Tensor value = random({1000}, 1).to(device);
        at::Tensor first = random({1000}, 2).to(device);
        at::Tensor second = random({1000}, 3).abs().to(device);
        const at::Tensor gradient = random({1000}, 4).to(device);
        at::Tensor valuePlain = value.to(at::kCPU).clone();
        at::Tensor firstPlain = first.to(at::kCPU).clone();
        at::Tensor secondPlain = second.to(at::kCPU).clone();
        cuda::AdamWSettings settings;
        settings.learningRate = 1e-2;
        settings.weightDecay = 0.1;
        settings.gradientFactor = 0.25;
        settings.step = 3;
        cuda::adamWUpdate(value, gradient, first, second, settings);
        cuda::adamWUpdateReference(valuePlain, gradient.to(at::kCPU), firstPlain, secondPlain, settings);
        LORI_VERIFY_CLOSE(value.to(at::kCPU), valuePlain, 1e-6);
        LORI_VERIFY_CLOSE(first.to(at::kCPU), firstPlain, 1e-6);
        LORI_VERIFY_CLOSE(second.to(at::kCPU), secondPlain, 1e-6);
        QVERIFY(std::abs(cuda::squaredNorm(gradient) - gradient.to(at::kCPU, at::kDouble).square().sum().item<double>()) < 1e-6);
    }
};

LORI_TEST(ElementwiseTest)
#include "elementwise_test.moc"
