// SPDX-License-Identifier: Apache-2.0
// In which order CUDA is loaded and asked for. What is proved here needs no GPU; where the driver lists one, it must answer.
#include "core/cuda/cuda_library.h"
#include "core/cuda/device.h"
#include "core/model/decoder.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/support/test_registry.h"

#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include <QTemporaryDir>
#include <QtTest>

#include <typeinfo>

using namespace lori;

namespace {

/// Writes down what was asked for; each step answers as told.
struct Recorded {
    QStringList order;
    bool loaded = false;
    std::string driver;
    std::string library;
    bool gpu = true;

    cuda::LoadingSteps steps()
    {
        return {[this] { return order << QStringLiteral("loaded?"), loaded; },
                [this] { return order << QStringLiteral("driver"), driver; },
                [this] { return order << QStringLiteral("library"), library; },
                [this] {
                    return order << QStringLiteral("ask"), gpu;
                }};
    }
};

QString said(const cuda::CudaState& state)
{
    return QString::fromStdString(Error{ErrorCode::NotFound, state.problem, state.hint, {}}.sentence());
}

} // namespace

class CudaLibraryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksOnlyAfterDriverAndLibraryAreOpen()
    {
        Recorded all;
        QVERIFY(cuda::loadCudaBy(all.steps()).answers);
        QCOMPARE(all.order, (QStringList{"loaded?", "driver", "library", "ask"}));
        Recorded already;
        already.loaded = true;
        QVERIFY(cuda::loadCudaBy(already.steps()).answers);
        QCOMPARE(already.order, (QStringList{"loaded?", "ask"}));
    }

    void withoutDriverNothingIsLoadedOrAsked()
    {
        Recorded none;
        none.driver = "libcuda.so.1: cannot open shared object file";
        const cuda::CudaState state = cuda::loadCudaBy(none.steps());
        QVERIFY(!state.answers);
        QCOMPARE(none.order, (QStringList{"loaded?", "driver"}));
        QVERIFY2(said(state).contains("libcuda.so.1: cannot open") && said(state).contains("--device cpu"),
                 qPrintable(said(state)));
    }

    void aMissingLibraryIsNamedInTheLoadersWords()
    {
        Recorded half;
        half.library = "libcublas.so.13: cannot open shared object file: No such file or directory";
        const cuda::CudaState state = cuda::loadCudaBy(half.steps());
        QVERIFY(!state.answers);
        QVERIFY(!half.order.contains("ask")); // a question now would make CUDA unreachable for good
        QVERIFY2(said(state).contains("libcublas.so.13") && said(state).contains("--with cuda"), qPrintable(said(state)));
    }

    void aDriverWithoutGpuSaysSo()
    {
        Recorded hidden;
        hidden.gpu = false;
        const cuda::CudaState state = cuda::loadCudaBy(hidden.steps());
        QVERIFY(!state.answers);
        QVERIFY2(said(state).contains("no GPU answers"), qPrintable(said(state)));
    }

    /// LibTorch creates its CUDA hooks at the first question and keeps them: after all that `lori` does on a CPU they must still
    /// be unasked for, so that the library, once loaded, brings its own.
    void nothingBeforeAsksLibTorchForCuda()
    {
        QTemporaryDir folder;
        at::set_num_threads(1);
        static_cast<void>(model::measureFasterGemm());
        const auto base = test::openTinyModel(std::filesystem::path(folder.path().toStdString()) / "model");
        const model::Decoder decoder(base, nullptr);
        QVERIFY(decoder.forward(model::packRows({{1, 2, 3}}, at::kCPU), nullptr).defined());
        const auto device = cuda::chooseDevice(experiment::Device::Auto);
        QVERIFY(device.has_value());
        QVERIFY2(!cuda::gpuListed() || device->is_cuda(), cuda::gpuListed() ? cuda::cudaProblem().sentence().c_str() : "");
        const cuda::LoadingSteps steps = cuda::systemSteps();
        const std::string words = steps.openLibrary();
        if (!words.empty()) {
            QVERIFY2(!cuda::gpuListed(), words.c_str());
            QSKIP(qPrintable(QStringLiteral("the CUDA libraries are not installed: ") + QString::fromStdString(words)));
        }
        const at::CUDAHooksInterface& hooks = at::detail::getCUDAHooks();
        QVERIFY2(typeid(hooks) != typeid(at::CUDAHooksInterface),
                 "LibTorch kept the stub: CUDA was asked for before it was loaded");
        QVERIFY(hooks.hasCUDA() == cuda::gpuListed());
    }

    void askingForAGpuThatIsNotThereIsOneSentence()
    {
        const auto device = cuda::chooseDevice(experiment::Device::Cuda);
        if (cuda::gpuListed()) {
            QVERIFY2(device.has_value(), device ? "" : device.error().sentence().c_str());
            return;
        }
        QCOMPARE(device.error().code, ErrorCode::NotFound);
        const QString sentence = QString::fromStdString(device.error().sentence());
        QVERIFY2(sentence.contains("--device cpu") && !sentence.contains('\n'), qPrintable(sentence));
        QVERIFY(cuda::chooseDevice(experiment::Device::Auto)->is_cpu());
    }
};

LORI_TEST(CudaLibraryTest)
#include "cuda_library_test.moc"
