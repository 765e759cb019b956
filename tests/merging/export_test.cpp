// SPDX-License-Identifier: Apache-2.0
#include "core/adapters/lori_adapter.h"
#include "core/merging/logit_proof.h"
#include "core/merging/model_export.h"
#include "core/merging/weight_search.h"
#include "core/model/decoder.h"
#include "tests/engine_support/tiny_model.h"
#include "tests/merging/merge_fixture.h"
#include "tests/support/test_registry.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>

#include <QtTest>

#include <cmath>
#include <limits>

using namespace lori;
using namespace lori::merging;
using namespace lori::merging::test;
namespace fs = std::filesystem;

namespace {

at::Tensor logitsOf(const std::shared_ptr<const model::BaseModel>& base, model::LinearAdapter* adapter)
{
    const model::Decoder decoder(base, adapter);
    return decoder.logits(decoder.forward(model::packRows({{5, 80, 3, 200, 7, 41}}, base->device()), nullptr));
}

/// An adapter of the tiny model with a B that matters.
void writeTrained(const std::shared_ptr<const model::BaseModel>& base, const fs::path& folder)
{
    experiment::AdapterConfig config;
    config.rank = 4;
    config.alpha = 8;
    const auto adapter = adapters::LoriAdapter::create(base, config).value();
    const at::Generator generator = at::detail::createCPUGenerator(2);
    for (adapters::Parameter& parameter : adapter->parameters()) {
        parameter.value.normal_(0, 0.1, generator);
    }
    adapter->parametersChanged();
    adapter->save(folder, "tiny", {}).value();
}

} // namespace

class ExportTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anExportedModelIsTheModelWithItsAdapter_data()
    {
        QTest::addColumn<qulonglong>("shardBytes");
        QTest::newRow("one file") << qulonglong{1} * 5'000'000'000;
        QTest::newRow("shards") << qulonglong{40000};
    }
    void anExportedModelIsTheModelWithItsAdapter()
    {
        QFETCH(qulonglong, shardBytes);
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto base = lori::test::openTinyModel(root / "base");
        writeTrained(base, root / "adapter");
        const auto adapter = adapters::LoriAdapter::load(base, root / "adapter").value();
        ExportOptions options;
        options.dtype = formats::DType::F32;
        options.shardBytes = shardBytes;
        const bool inShards = shardBytes < 1'000'000;
        const ExportReport report = exportModel(root / "base", root / "adapter", root / "model", options).value();
        QCOMPARE(report.files > 1, inShards);
        QCOMPARE(fs::exists(root / "model/model.safetensors.index.json"), inShards);
        const auto exported = model::BaseModel::load(root / "model", at::Device(at::kCPU), model::GemmBackend::Blas).value();
        const at::Tensor wanted = logitsOf(base, adapter.get());
        QVERIFY(logitsOf(exported, nullptr).sub(wanted).abs().max().item<double>() < 2e-4);
        QVERIFY(logitsOf(base, nullptr).sub(wanted).abs().max().item<double>() > 1e-2);
    }
    void refusesWhatDoesNotFit()
    {
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto base = lori::test::openTinyModel(root / "base");
        writeTrained(base, root / "adapter");
        writeAdapter(root / "foreign", {});
        QCOMPARE(exportModel(root / "base", root / "foreign", root / "model").error().code, ErrorCode::Mismatch);
        QCOMPARE(exportModel(root / "base", root / "adapter", root / "base").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(exportModel(root / "base", root / "adapter", root / "adapter/").error().code, ErrorCode::InvalidArgument);
        ExportOptions options;
        options.dtype = formats::DType::Q8_0;
        QCOMPARE(exportModel(root / "base", root / "adapter", root / "model", options).error().code, ErrorCode::InvalidArgument);
        const auto stopped = exportModel(root / "base", root / "adapter", root / "model", {},
                                         [](std::int64_t done, std::int64_t) { return done < 3; });
        QCOMPARE(stopped.error().code, ErrorCode::Stopped);
        QVERIFY(!fs::exists(root / "model"));
    }
    void logitsOfMergedWeightsAgreeWithTheAdapterOnTop()
    {
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto base = lori::test::openTinyModel(root / "base");
        writeTrained(base, root / "adapter");
        const LogitProof proof = proveLogits(base, root / "adapter").value();
        QVERIFY(proof.tokens > 0);
        QVERIFY(proof.effect > 1e-2);
        QVERIFY(proof.f32 < 2e-4);
        QVERIFY(proof.bf16 > proof.f32);
        QVERIFY(proof.bf16 < proof.effect);
    }
    void theSearchFindsTheWeightsThatTheScorerWants()
    {
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto adapters = makeAdapters(root, {{.seed = 1}, {.seed = 2, .projectionSeed = 2}});
        WeightSearchOptions options;
        const std::vector<double> wanted{0.4 * 1.5, 0.4 * 0.5}; // one of those it tries
        const at::Tensor target = change(adapters[0], 0).mul(wanted[0]).add(change(adapters[1], 0), wanted[1]);
        std::int64_t seen = 0;
        const auto scorer = [&](const fs::path& folder) {
            return relativeDistance(change(formats::openAdapter(folder).value(), 0), target);
        };
        const WeightSearch found = searchWeights(adapters, options, root / "scratch", scorer,
                                                 [&](std::int64_t done, std::int64_t total, const WeightTrial&) {
                                                     seen = done;
                                                     return total == 10;
                                                 })
                                       .value();
        QCOMPARE(found.trials.size(), std::size_t{10});
        QCOMPARE(seen, 10);
        QCOMPARE(found.trials[found.best].weights, wanted);
        QVERIFY(!fs::exists(root / "scratch/trial"));
    }
    void aSearchWithoutAFiniteScoreIsAnError()
    {
        const QTemporaryDir place;
        const fs::path root = place.path().toStdString();
        const auto adapters = makeAdapters(root, {{.seed = 1}, {.seed = 2}});
        const auto nothing = [](const fs::path&) {
            return std::numeric_limits<double>::quiet_NaN();
        };
        QCOMPARE(searchWeights(adapters, {}, root / "scratch", nothing).error().code, ErrorCode::NonFinite);
        const auto some = [n = 0](const fs::path&) mutable {
            return ++n == 4 ? 1.0 : std::numeric_limits<double>::infinity();
        };
        QCOMPARE(searchWeights(adapters, {}, root / "scratch", some).value().best, std::size_t{3});
    }
};

LORI_TEST(ExportTest)
#include "export_test.moc"
