// SPDX-License-Identifier: Apache-2.0
// Weights held in 16 bits, and caches of layers with windows and without positions.
#include "core/model/decoder.h"
#include "core/model/half_product.h"
#include "core/model/weight_type_choice.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/model/random_tensors.h"
#include "tests/support/test_registry.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <QTemporaryDir>
#include <QtTest>

using namespace lori;
using test::largestDifference;
using test::random;
using namespace lori::model;

namespace {

formats::TensorView viewOf(const at::Tensor& t, formats::DType dtype)
{
    return {
        "w", dtype, t.sizes().vec(), {static_cast<const std::byte*>(t.const_data_ptr()), static_cast<std::size_t>(t.nbytes())}};
}

} // namespace

class WeightsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void autoIsF32OnAProcessorAndTheFilesOwnTypeOnAGpu()
    {
        using formats::DType;
        for (const DType stored : {DType::F32, DType::BF16, DType::F16, DType::Q4_1}) {
            QVERIFY(weightTypeFor(WeightType::Auto, at::kCPU, stored) == WeightType::F32);
            QVERIFY(weightTypeFor(WeightType::Bf16, at::kCPU, stored) == WeightType::Bf16);
            QVERIFY(weightTypeFor(WeightType::F32, at::kCUDA, stored) == WeightType::F32);
        }
        QVERIFY(weightTypeFor(WeightType::File, at::kCPU, DType::Q4_1) == WeightType::File);
        QVERIFY(weightTypeFor(WeightType::File, at::kCPU, DType::BF16) == WeightType::Bf16);
        QVERIFY(weightTypeFor(WeightType::File, at::kCUDA, DType::Q4_1) == WeightType::F32); // no kernel there yet
        QVERIFY(weightTypeFor(WeightType::Auto, at::kCUDA, DType::BF16) == WeightType::Bf16);
        QVERIFY(weightTypeFor(WeightType::Auto, at::kCUDA, DType::F16) == WeightType::F16);
        QVERIFY(weightTypeFor(WeightType::Auto, at::kCUDA, DType::F32) == WeightType::F32);
        QVERIFY(weightTypeFor(WeightType::Auto, at::kCUDA, DType::Q4_1) == WeightType::F32); // no 16-bit type holds it exactly
    }

    void productsWithHalfWeightsAreThoseOfTheWidenedWeights_data()
    {
        QTest::addColumn<int>("tokens");
        QTest::addColumn<bool>("isBf16");
        for (const int tokens : {1, 3, 4, 5, 70}) {
            QTest::addRow("%d tokens, bf16", tokens) << tokens << true;
            QTest::addRow("%d tokens, f16", tokens) << tokens << false;
        }
    }
    void productsWithHalfWeightsAreThoseOfTheWidenedWeights()
    {
        QFETCH(int, tokens);
        QFETCH(bool, isBf16);
        const at::Tensor half = random({133, 4099}, 3).to(isBf16 ? at::kBFloat16 : at::kHalf);
        const at::Tensor wide = half.to(at::kFloat);
        const at::Tensor x = random({tokens, 4099}, 4);
        const at::Tensor g = random({tokens, 133}, 5);
        for (const GemmBackend backend : {GemmBackend::Blas, gemmBackendFromName("onednn")}) {
            const Matmul matmul(backend);
            QVERIFY(largestDifference(matmul.forward(x, half), at::mm(x.to(at::kDouble), wide.t().to(at::kDouble))) < 2e-4);
            QVERIFY(largestDifference(matmul.inputGradient(g, half), at::mm(g.to(at::kDouble), wide.to(at::kDouble))) < 1e-4);
        }
    }

    void productsOfBf16OperandsAreThoseOfTheRoundedMatrices()
    {
        const at::Tensor w = random({133, 419}, 3);
        const model::Weight kept = model::Weight(w).keepingTiles();
        const auto rounded = [](const at::Tensor& t) {
            return t.to(at::kBFloat16).to(at::kDouble);
        };
        const Matmul matmul(GemmBackend::Bf16);
        for (const std::int64_t tokens : {16, 77}) {
            const at::Tensor x = random({tokens, 419}, 4);
            const at::Tensor g = random({tokens, 133}, 5);
            QVERIFY(largestDifference(matmul.forward(x, w), rounded(x).mm(rounded(w).t())) < 1e-4);
            QVERIFY(largestDifference(matmul.inputGradient(g, w), rounded(g).mm(rounded(w))) < 1e-4);
            QVERIFY(largestDifference(matmul.weightGradient(g, x), rounded(g).t().mm(rounded(x))) < 1e-4);
            QVERIFY(matmul.forward(x, kept).equal(matmul.forward(x, w)));
            QVERIFY(matmul.inputGradient(g, kept).equal(matmul.inputGradient(g, w)));
        }
        const at::Tensor few = random({15, 419}, 4); // a token or some: as without
        QVERIFY(matmul.forward(few, kept).equal(Matmul(GemmBackend::Blas).forward(few, w)));
    }

    void aWeightOfSeveralBlocksIsCoveredWhole()
    {
        const at::Tensor half = random({5000, 3001}, 6).to(at::kBFloat16); // two blocks of 8 M values, the second one short
        const at::Tensor x = random({6, 3001}, 7);
        const at::Tensor g = random({6, 5000}, 8);
        const Matmul matmul(GemmBackend::Blas);
        QVERIFY(largestDifference(matmul.forward(x, half), at::mm(x, half.to(at::kFloat).t())) < 1e-3);
        QVERIFY(largestDifference(matmul.inputGradient(g, half), at::mm(g, half.to(at::kFloat))) < 1e-3);
    }

    void smallAndSubnormalHalvesAreWidenedExactly()
    {
        const at::Tensor values =
            at::tensor({0.0, -0.0, 6.0e-8, -6.1e-5, 6.2e-5, 1.0, -65504.0, 0.333}, at::kFloat).to(at::kHalf);
        const at::Tensor one = at::ones({1, 1});
        const at::Tensor product = halfProduct(one, values.view({8, 1}));
        QVERIFY(product.flatten().equal(values.to(at::kFloat)));
    }

    void tensorsOfTheRightTypeStayInTheFile()
    {
        const at::Tensor stored = random({8, 32}, 9).to(at::kBFloat16);
        const formats::TensorView view = viewOf(stored, formats::DType::BF16);
        QVERIFY(weightTensor(view, WeightType::Bf16).const_data_ptr() == stored.const_data_ptr());
        QVERIFY(weightTensor(view, WeightType::F32).equal(stored.to(at::kFloat)));
        QVERIFY(weightTensor(view, WeightType::F16).equal(stored.to(at::kFloat).to(at::kHalf)));
        formats::TensorView unaligned = viewOf(stored, formats::DType::BF16);
        std::vector<std::byte> shifted(unaligned.bytes.size() + 1);
        std::copy(unaligned.bytes.begin(), unaligned.bytes.end(), shifted.begin() + 1);
        unaligned.bytes = std::span<const std::byte>(shifted).subspan(1);
        QVERIFY(weightTensor(unaligned, WeightType::Bf16).equal(stored));
    }

    void valuesBeyondF16AreRefused()
    {
        const at::Tensor large = at::full({4, 8}, 1e5, at::kFloat);
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(weightTensor(viewOf(large, formats::DType::F32), WeightType::F16)), Exception);
        QVERIFY(weightTensor(viewOf(large, formats::DType::F32), WeightType::Bf16).isfinite().all().item<bool>());
    }

    void weightTypesHaveNames()
    {
        for (const WeightType type : {WeightType::Auto, WeightType::F32, WeightType::Bf16, WeightType::F16, WeightType::File}) {
            QVERIFY(weightTypeFromName(weightTypeName(type)).value() == type);
        }
        QCOMPARE(weightTypeFromName("int4").error().code, ErrorCode::InvalidArgument);
    }

    void unpermutingUndoesTheRotaryOrder()
    {
        // Two heads of 4 rows; GGUF row 2·i + j of a head is row j·2 + i of Hugging Face.
        const at::Tensor rows = at::tensor({0, 2, 1, 3, 10, 12, 11, 13}, at::kFloat);
        const at::Tensor wanted = at::tensor({0, 1, 2, 3, 10, 11, 12, 13}, at::kFloat);
        QVERIFY(unpermuted(rows, 2, 4).equal(wanted));
        QVERIFY(unpermuted(rows.view({8, 1}).expand({8, 3}).contiguous(), 2, 4).equal(wanted.view({8, 1}).expand({8, 3})));
    }

    void theCacheGivesWhatAWholePassGives_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::newRow("Llama") << "{}";
        QTest::newRow("window of 5") << R"({"model_type": "mistral", "sliding_window": 5})";
        QTest::newRow("window in the second layer")
            << R"({"model_type": "smollm3", "use_sliding_window": true, "sliding_window": 4, "no_rope_layers": [1, 0]})";
        QTest::newRow("no positions in the first layer") << R"({"model_type": "smollm3", "no_rope_layers": [0, 1]})";
    }
    void theCacheGivesWhatAWholePassGives()
    {
        QFETCH(QString, patch);
        const QTemporaryDir folder;
        test::TinyModelOptions options;
        options.configPatch = patch.toStdString();
        const auto base = test::openTinyModel(folder.path().toStdString(), options);
        const Decoder decoder(base, nullptr);
        std::vector<std::int32_t> row;
        for (std::int32_t i = 0; i < 23; ++i) {
            row.push_back((i * 37 + 11) % 250);
        }
        const at::Tensor whole = decoder.forward(packRows({row}, at::kCPU), nullptr);
        KeyValueCache cache;
        at::Tensor x = decoder.prefill(packRows({{row.begin(), row.begin() + 9}}, at::kCPU), 23, cache);
        QVERIFY(largestDifference(x[0], whole[8]) < 1e-4);
        for (std::size_t t = 9; t < row.size(); ++t) {
            x = decoder.step(at::tensor({static_cast<std::int64_t>(row[t])}, at::kLong), cache);
            QVERIFY(largestDifference(x[0], whole[static_cast<std::int64_t>(t)]) < 1e-4);
        }
    }

    void theWindowAndThePositionsMatter()
    {
        const QTemporaryDir folder;
        const auto logitsOf = [&](const char* patch) {
            test::TinyModelOptions options;
            options.configPatch = patch;
            const auto base = test::openTinyModel(folder.path().toStdString(), options);
            return Decoder(base, nullptr).forward(packRows({{1, 2, 3, 4, 5, 6, 7, 8}}, at::kCPU), nullptr);
        };
        const at::Tensor plain = logitsOf("{}");
        const at::Tensor window = logitsOf(R"({"model_type": "mistral", "sliding_window": 3})");
        QVERIFY(largestDifference(plain.narrow(0, 0, 3), window.narrow(0, 0, 3)) < 1e-6); // all within the window
        QVERIFY(largestDifference(plain[7], window[7]) > 1e-2);
        QVERIFY(largestDifference(plain[7], logitsOf(R"({"model_type": "smollm3", "no_rope_layers": [0, 1]})")[7]) > 1e-2);
    }

    void theHashNoticesOneBitOfAHalf()
    {
        const QTemporaryDir folder;
        test::TinyModelOptions options;
        test::writeTinyModel(folder.path().toStdString(), options);
        const auto load = [&](WeightType type) {
            return BaseModel::load(folder.path().toStdString(), at::kCPU, GemmBackend::Blas, {}, type).value();
        };
        const auto base = load(WeightType::Bf16);
        const std::string hash = base->weightsHash();
        QCOMPARE(base->weightsHash(), hash);
        QVERIFY(load(WeightType::F16)->weightsHash() != hash);
        QVERIFY(base->weightType() == WeightType::Bf16 && load(WeightType::Auto)->weightType() == WeightType::F32);
        auto* entry = static_cast<std::uint16_t*>(base->layers()[0].w_OI[2].held().mutable_data_ptr());
        entry[5] ^= 1U;
        QVERIFY(base->weightsHash() != hash);
    }
};

LORI_TEST(WeightsTest)
#include "weights_test.moc"
