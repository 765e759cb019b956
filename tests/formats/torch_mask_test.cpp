// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_files.h"
#include "core/formats/mask_pools.h"
#include "tests/formats/file_builders.h"
#include "tests/formats/torch_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>
#include <map>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;
using experiment::MaskScope;
using experiment::Projection;

namespace {

/// The published kind of file from a mask's bits.
std::string published(const Mask& mask, const std::string& adapterName = ".default")
{
    std::vector<TorchTensor> tensors;
    std::vector<std::pair<std::string, std::string>> storages;
    for (const ModuleMask& module : mask.modules) {
        std::string name = peftKey(module.layer, module.projection, 'B');
        name.insert(name.rfind('.'), adapterName);
        const std::string key = std::to_string(storages.size());
        const auto entries = static_cast<std::int32_t>(module.out * module.rank);
        tensors.push_back({name,
                           "BoolStorage",
                           key,
                           entries,
                           0,
                           {static_cast<std::int32_t>(module.out), static_cast<std::int32_t>(module.rank)},
                           {}});
        std::string bytes;
        for (std::int64_t i = 0; i < entries; ++i) {
            bytes += static_cast<char>(module.test(i) ? 1 : 0);
        }
        storages.emplace_back(key, bytes);
    }
    return torchZip(pickledTensors(tensors), storages).build();
}

/// A mask whose pools keep exactly k entries, spread unevenly over the modules of a pool; `more` entries too many in the first.
Mask maskOf(MaskScope scope, double sparsity, std::int64_t more = 0)
{
    Mask mask;
    for (std::int64_t layer = 0; layer < 3; ++layer) {
        for (const Projection projection : experiment::kAllProjections) {
            const std::int64_t out = projection == Projection::Down ? 32 : 64;
            mask.modules.push_back(
                {layer, projection, out, 4, std::vector<std::uint8_t>(static_cast<std::size_t>(out * 4 / 8), 0)});
        }
    }
    std::map<std::int64_t, std::vector<ModuleMask*>> pools;
    for (ModuleMask& module : mask.modules) {
        pools[poolKey(module.layer, module.projection, scope)].push_back(&module);
    }
    for (auto& [key, modules] : pools) {
        std::int64_t entries = 0;
        for (const ModuleMask* module : modules) {
            entries += module->out * module->rank;
        }
        std::int64_t left = keptOf(sparsity, entries) + (key == 0 ? more : 0);
        for (ModuleMask* module : modules) { // the first modules take all they can
            for (std::int64_t i = 0; i < module->out * module->rank && left > 0; ++i, --left) {
                module->bits[static_cast<std::size_t>(i / 8)] |= static_cast<std::uint8_t>(1U << (i % 8));
            }
        }
    }
    return mask;
}

} // namespace

class TorchMaskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPublishedMaskIsReadByContent()
    {
        const TestFolder folder;
        const Mask written = maskOf(MaskScope::Model, 0.9);
        for (const char* name : {"0.9_mask.pt", "any name"}) {
            for (const char* adapterName : {".default", ""}) {
                const Mask read = readMask(folder.write(name, published(written, adapterName))).value();
                QCOMPARE(read.modules.size(), written.modules.size());
                for (std::size_t i = 0; i < read.modules.size(); ++i) {
                    QCOMPARE(read.modules[i].layer, written.modules[i].layer);
                    QVERIFY(read.modules[i].projection == written.modules[i].projection);
                    QCOMPARE(read.modules[i].out, written.modules[i].out);
                    QCOMPARE(read.modules[i].bits, written.modules[i].bits);
                }
                QVERIFY(std::isnan(read.threshold));
                QCOMPARE(read.rule, std::string("reference"));
            }
        }
    }

    void scopeAndSparsityAreToldFromTheCounts_data()
    {
        QTest::addColumn<int>("scope");
        QTest::addColumn<double>("sparsity");
        QTest::addColumn<QString>("word");
        const std::vector<std::pair<MaskScope, const char*>> scopes{{MaskScope::Model, "model"},
                                                                    {MaskScope::Module, "module"},
                                                                    {MaskScope::Projection, "projection"},
                                                                    {MaskScope::Layer, "layer"},
                                                                    {MaskScope::Matrix, "matrix"}};
        for (const auto& [scope, word] : scopes) {
            for (const double sparsity : {0.1, 0.5, 0.9, 0.99}) {
                QTest::addRow("%s %g", word, sparsity) << static_cast<int>(scope) << sparsity << word;
            }
        }
    }
    void scopeAndSparsityAreToldFromTheCounts()
    {
        QFETCH(int, scope);
        QFETCH(double, sparsity);
        QFETCH(QString, word);
        const TestFolder folder;
        const Mask read = readMask(folder.write("m.pt", published(maskOf(static_cast<MaskScope>(scope), sparsity)))).value();
        QCOMPARE(QString::fromStdString(read.scope), word);
        QCOMPARE(read.sparsity, sparsity);
    }

    void tiesAreTakenFromTheNameAndTheRestIsCounted()
    {
        const TestFolder folder;
        const Mask tied = maskOf(MaskScope::Layer, 0.9, 5);
        const Mask hinted = readMask(folder.write("layerwise_masks/0.9_mask.pt", published(tied))).value();
        QCOMPARE(hinted.scope, std::string("layer"));
        QCOMPARE(hinted.sparsity, 0.9);
        const Mask counted = readMask(folder.write("m.pt", published(maskOf(MaskScope::Layer, 0.9, 210)))).value();
        QCOMPARE(counted.scope, std::string("unknown"));
        QCOMPARE(counted.sparsity, 1 - static_cast<double>(counted.kept()) / static_cast<double>(counted.total()));
        const Mask lying = readMask(folder.write("0.5_mask.pt", published(maskOf(MaskScope::Layer, 0.9)))).value();
        QCOMPARE(lying.sparsity, 0.9);
    }

    void anImportedMaskIsTheSameMask()
    {
        const TestFolder folder;
        const Mask read = readMask(folder.write("m.pt", published(maskOf(MaskScope::Model, 0.9)))).value();
        writeMask(folder.path() / "mask.safetensors", read).value();
        const Mask again = readMask(folder.path() / "mask.safetensors").value();
        QCOMPARE(again.kept(), read.kept());
        QCOMPARE(again.modules[0].bits, read.modules[0].bits);
        QCOMPARE(again.scope, read.scope);
    }

    void whatIsNoMaskIsRefused_data()
    {
        QTest::addColumn<QByteArray>("pickle");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::vector<TorchTensor>& tensors, const char* says) {
            const std::string pickle = pickledTensors(tensors);
            QTest::newRow(name) << QByteArray(pickle.data(), static_cast<qsizetype>(pickle.size())) << says;
        };
        const std::string q = "base_model.model.model.layers.0.self_attn.q_proj.lora_B";
        row("nothing", {}, "no mask");
        row("floats", {{q + ".default.weight", "FloatStorage", "0", 4, 0, {2, 2}, {}}}, "F32 [2, 2]");
        row("one dimension", {{q + ".default.weight", "BoolStorage", "0", 4, 0, {4}, {}}}, "BOOL [4]");
        row("no entries", {{q + ".default.weight", "BoolStorage", "0", 4, 0, {0, 4}, {}}}, "BOOL [0, 4]");
        row("of A",
            {{"base_model.model.model.layers.0.self_attn.q_proj.lora_A.default.weight", "BoolStorage", "0", 4, 0, {2, 2}, {}}},
            "lora_A");
        row("of another projection",
            {{"base_model.model.model.layers.0.mlp.fc1.lora_B.default.weight", "BoolStorage", "0", 4, 0, {2, 2}, {}}}, "fc1");
        row("with a long tail", {{q + ".a.b.weight", "BoolStorage", "0", 4, 0, {2, 2}, {}}}, "a.b");
        row("of two adapters",
            {{q + ".one.weight", "BoolStorage", "0", 4, 0, {2, 2}, {}},
             {q + ".two.weight", "BoolStorage", "0", 4, 0, {2, 2}, {}}},
            "two masks");
    }
    void whatIsNoMaskIsRefused()
    {
        QFETCH(QByteArray, pickle);
        QFETCH(QString, says);
        const TestFolder folder;
        const auto mask = readMask(folder.write("m.pt", torchZip(pickle.toStdString(), {{"0", zeros(16)}}).build()));
        QVERIFY(!mask.has_value());
        QCOMPARE(mask.error().code, ErrorCode::BadFile);
        QVERIFY2(QString::fromStdString(mask.error().what).contains(says), mask.error().sentence().c_str());
    }
};

LORI_TEST(TorchMaskTest)
#include "torch_mask_test.moc"
