// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_files.h"
#include "tests/formats/file_builders.h"
#include "tests/formats/torch_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>
#include <fstream>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;
using experiment::Projection;
using nlohmann::json;

namespace {

json readJson(const std::filesystem::path& file)
{
    return json::parse(readTextFile(file).value());
}

std::size_t entriesOf(const std::filesystem::path& folder)
{
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

} // namespace

class AdapterFilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasWrittenIsRead()
    {
        const TestFolder folder;
        const SmallAdapter small = smallAdapter();
        writeAdapter(folder.path() / "adapter", small.adapter).value();
        const AdapterFiles read = openAdapter(folder.path() / "adapter").value();
        QCOMPARE(read.rank, std::int64_t{2});
        QCOMPARE(read.scaling(), 2.0);
        QCOMPARE(read.targets, small.adapter.targets);
        QCOMPARE(read.modules.size(), std::size_t{2});
        QVERIFY(read.modules[1].projection == Projection::Down);
        QCOMPARE(read.modules[1].a->shape, (std::vector<std::int64_t>{2, 64}));
        std::vector<float> b(64);
        toFloat(*read.modules[0].b, b).value();
        QCOMPARE(b, small.values[1]);
        QCOMPARE(read.record->projectionSeed, std::uint64_t{1} << 63U);
        QCOMPARE(read.record->method, std::string("lori-d"));
        QVERIFY(read.ignoredTensors.empty());
    }

    void theConfigurationSaysEverythingPeftWouldElseGuess()
    {
        const TestFolder folder;
        writeAdapter(folder.path() / "adapter", smallAdapter().adapter).value();
        const json config = readJson(folder.path() / "adapter" / "adapter_config.json");
        QCOMPARE(config.at("peft_type"), json("LORA"));
        QCOMPARE(config.at("r"), json(2));
        QVERIFY(config.at("lora_alpha").is_number_integer());
        QCOMPARE(config.at("target_modules"), json({"q_proj", "down_proj"}));
        QCOMPARE(config.at("lora_dropout"), json(0.0));
        QVERIFY(config.at("modules_to_save").is_null());
    }

    void anOlderFolderIsReplacedWholeAndNothingIsLeftBehind()
    {
        const TestFolder folder;
        const std::filesystem::path target = folder.path() / "adapter";
        folder.write("adapter/old.txt", "old");
        writeAdapter(target, smallAdapter().adapter).value();
        QCOMPARE(entriesOf(folder.path()), std::size_t{1});
        QCOMPARE(entriesOf(target), std::size_t{3});
        writeAdapter(target / "", smallAdapter().adapter).value(); // a slash at the end means the same folder
        QCOMPARE(entriesOf(folder.path()), std::size_t{1});
        QCOMPARE(entriesOf(target), std::size_t{3});
    }

    void aFailureLeavesTheOlderFolder()
    {
        const TestFolder folder;
        folder.write("adapter/old.txt", "old");
        SmallAdapter small = smallAdapter();
        small.adapter.tensors[0].shape = {3, 3};
        QCOMPARE(writeAdapter(folder.path() / "adapter", small.adapter).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(entriesOf(folder.path()), std::size_t{1});
        QVERIFY(std::filesystem::exists(folder.path() / "adapter" / "old.txt"));
    }

    void rankStabilizedScalingDividesByTheRoot()
    {
        AdapterFiles adapter;
        adapter.rank = 16;
        adapter.alpha = 8;
        QCOMPARE(adapter.scaling(), 0.5);
        adapter.useRslora = true;
        QCOMPARE(adapter.scaling(), 2.0);
    }

    void whatThePublishedAdaptersSayIsUnderstood()
    {
        const TestFolder folder;
        SmallAdapter small = smallAdapter();
        for (TensorToWrite& tensor : small.adapter.tensors) {
            tensor.name.insert(tensor.name.rfind('.'), ".default");
        }
        const std::vector<float> mask(64, 1);
        const std::string maskName = "base_model.model.model.layers.0.self_attn.q_proj.lora_B.mask";
        small.adapter.tensors.push_back({maskName, DType::F32, {32, 2}, std::as_bytes(std::span(mask))});
        writeAdapter(folder.path() / "adapter", small.adapter).value();
        std::filesystem::remove(folder.path() / "adapter" / "lori.json");
        for (const char* targets : {R"("^model\\.layers\\..*_proj$")", R"(["q_proj", "down_proj"])", R"("all-linear")"}) {
            json config = readJson(folder.path() / "adapter" / "adapter_config.json");
            config.update(json::parse(R"({"lora_dropout":0.05,"rank_pattern":{"q_proj":2},"alpha_pattern":{"q_proj":4},
                                          "modules_to_save":[],"unknown_to_us":{},"target_modules":)" +
                                      std::string(targets) + "}"));
            folder.write("adapter/adapter_config.json", config.dump());
            const AdapterFiles read = openAdapter(folder.path() / "adapter").value();
            QCOMPARE(read.modules.size(), std::size_t{2});
            QCOMPARE(read.ignoredTensors, std::vector<std::string>{maskName});
            QVERIFY(!read.record.has_value());
            QCOMPARE(read.targets, small.adapter.targets);
        }
    }

    void weightsInAPickleFileAreRead()
    {
        const TestFolder folder;
        const SmallAdapter small = smallAdapter();
        writeAdapter(folder.path() / "adapter", small.adapter).value();
        std::vector<TorchTensor> tensors;
        std::vector<std::pair<std::string, std::string>> storages;
        for (const TensorToWrite& tensor : small.adapter.tensors) {
            const std::string key = std::to_string(storages.size());
            const std::vector<std::int32_t> shape(tensor.shape.begin(), tensor.shape.end());
            tensors.push_back({tensor.name, "FloatStorage", key, shape[0] * shape[1], 0, shape, {}});
            storages.emplace_back(key, std::string(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size()));
        }
        folder.write("adapter/adapter_model.bin", torchZip(pickledTensors(tensors), storages).build());
        std::filesystem::remove(folder.path() / "adapter" / "adapter_model.safetensors");
        const AdapterFiles read = openAdapter(folder.path() / "adapter").value();
        QCOMPARE(read.modules.size(), std::size_t{2});
        std::vector<float> b(64);
        toFloat(*read.modules[0].b, b).value();
        QCOMPARE(b, small.values[1]);
    }

    void refusesOtherKinds_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* patch, ErrorCode code, const char* says) {
            QTest::newRow(name) << patch << static_cast<int>(code) << says;
        };
        row("IA3", R"({"peft_type":"IA3"})", ErrorCode::Unsupported, "IA3");
        row("no kind", R"({"peft_type":null})", ErrorCode::BadFile, "peft_type");
        row("DoRA", R"({"use_dora":true})", ErrorCode::Unsupported, "DoRA");
        row("ranks the tensors do not have", R"({"rank_pattern":{"q_proj":4}})", ErrorCode::Mismatch, "rank 4");
        row("a pattern that is no object", R"({"alpha_pattern":3})", ErrorCode::BadFile, "alpha_pattern");
        row("whole modules", R"({"modules_to_save":["lm_head"]})", ErrorCode::BadFile, "modules_to_save");
        row("biases of a kind that nobody knows", R"({"bias":"some"})", ErrorCode::Unsupported, "'bias'");
        row("another rank", R"({"r":3})", ErrorCode::Mismatch, "rank 3");
        row("rank zero", R"({"r":0})", ErrorCode::BadFile, "'r'");
        row("rank absurd", R"({"r":1e30})", ErrorCode::BadFile, "'r'");
        row("alpha zero", R"({"lora_alpha":0})", ErrorCode::BadFile, "lora_alpha");
    }
    void refusesOtherKinds()
    {
        QFETCH(QString, patch);
        QFETCH(int, code);
        QFETCH(QString, says);
        const TestFolder folder;
        writeAdapter(folder.path() / "adapter", smallAdapter().adapter).value();
        json config = readJson(folder.path() / "adapter" / "adapter_config.json");
        config.update(json::parse(patch.toStdString()));
        folder.write("adapter/adapter_config.json", config.dump());
        const auto read = openAdapter(folder.path() / "adapter");
        QVERIFY(!read.has_value());
        QVERIFY2(static_cast<int>(read.error().code) == code, read.error().sentence().c_str());
        QVERIFY2(QString::fromStdString(read.error().what).contains(says), read.error().sentence().c_str());
    }

    void refusesWrongTensors_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QList<int>>("shape");
        QTest::addColumn<int>("code");
        const auto row = [](const char* title, const char* name, QList<int> shape, ErrorCode code) {
            QTest::newRow(title) << name << shape << static_cast<int>(code);
        };
        const char* key = "base_model.model.model.layers.1.mlp.up_proj.lora_B.weight";
        row("A missing", key, {64, 2}, ErrorCode::BadFile);
        row("another rank", key, {64, 3}, ErrorCode::Mismatch);
        row("one dimension", key, {64}, ErrorCode::BadFile);
        row("no entries", key, {0, 2}, ErrorCode::BadFile);
        row("twice the same", "base_model.model.model.layers.0.self_attn.q_proj.lora_B.second.weight", {32, 2},
            ErrorCode::BadFile);
        row("the head", "base_model.model.lm_head.lora_A.weight", {2, 2}, ErrorCode::Unsupported);
        row("an embedding", "base_model.model.model.embed_tokens.lora_embedding_A", {2, 2}, ErrorCode::Unsupported);
        row("a magnitude", "base_model.model.model.layers.0.mlp.up_proj.lora_magnitude_vector", {2}, ErrorCode::Unsupported);
        row("a foreign projection", "base_model.model.model.layers.0.mlp.fc1.lora_A.weight", {2, 2}, ErrorCode::Unsupported);
        row("an odd number", "base_model.model.model.layers.01.mlp.up_proj.lora_A.weight", {2, 2}, ErrorCode::Unsupported);
        row("the wrong half", "base_model.model.model.layers.0.self_attn.up_proj.lora_A.weight", {2, 2}, ErrorCode::Unsupported);
        row("a layer beyond all", "base_model.model.model.layers.99999999999999999999.mlp.up_proj.lora_A.weight", {2, 2},
            ErrorCode::Unsupported);
    }
    void refusesWrongTensors()
    {
        QFETCH(QString, name);
        QFETCH(QList<int>, shape);
        QFETCH(int, code);
        const TestFolder folder;
        SmallAdapter small = smallAdapter();
        std::int64_t count = 1;
        for (const int extent : shape) {
            count *= extent;
        }
        const std::vector<float> values(static_cast<std::size_t>(count));
        small.adapter.tensors.push_back(
            {name.toStdString(), DType::F32, {shape.begin(), shape.end()}, std::as_bytes(std::span(values))});
        writeAdapter(folder.path() / "adapter", small.adapter).value();
        json config = readJson(folder.path() / "adapter" / "adapter_config.json");
        config["target_modules"] = ".*"; // else tensors of other modules would be left unread, as PEFT does
        folder.write("adapter/adapter_config.json", config.dump());
        const auto read = openAdapter(folder.path() / "adapter");
        QVERIFY(!read.has_value());
        QVERIFY2(static_cast<int>(read.error().code) == code, read.error().sentence().c_str());
    }

    void namesWhatIsMissing()
    {
        const TestFolder folder;
        QCOMPARE(openAdapter(folder.path()).error().code, ErrorCode::NotFound);
        writeAdapter(folder.path() / "adapter", smallAdapter().adapter).value();
        const std::filesystem::path weights = folder.path() / "adapter" / "adapter_model.safetensors";
        std::filesystem::rename(weights, folder.path() / "adapter" / "adapter_model.bin");
        QCOMPARE(openAdapter(folder.path() / "adapter").error().code, ErrorCode::BadFile); // by its name a pickle, but it is none
        std::filesystem::remove(folder.path() / "adapter" / "adapter_model.bin");
        QCOMPARE(openAdapter(folder.path() / "adapter").error().code, ErrorCode::NotFound);
    }

    void aRecordOfANewerVersionIsRefused()
    {
        const TestFolder folder;
        writeAdapter(folder.path() / "adapter", smallAdapter().adapter).value();
        folder.write("adapter/lori.json", R"({"version":2,"method":"x"})");
        QCOMPARE(openAdapter(folder.path() / "adapter").error().code, ErrorCode::NewerVersion);
        std::filesystem::remove(folder.path() / "adapter" / "lori.json");
        QVERIFY(!openAdapter(folder.path() / "adapter").value().record.has_value());
    }

    void anAdapterOfAnotherBaseIsRefused()
    {
        const TestFolder folder;
        writeAdapter(folder.path() / "adapter", smallAdapter().adapter).value();
        const AdapterFiles adapter = openAdapter(folder.path() / "adapter").value();
        QVERIFY(checkAdapterFits(adapter, {1, 32, 2, 1, 16, 64, 8, true}).has_value());
        const auto wide = checkAdapterFits(adapter, {1, 48, 3, 1, 16, 64, 8, true});
        QCOMPARE(wide.error().code, ErrorCode::Mismatch);
        QVERIFY2(wide.error().what.find("[32, 32]") != std::string::npos, wide.error().what.c_str());
        QCOMPARE(checkAdapterFits(adapter, {0, 32, 2, 1, 16, 64, 8, true}).error().code, ErrorCode::Mismatch);
    }
};

LORI_TEST(AdapterFilesTest)
#include "adapter_files_test.moc"
