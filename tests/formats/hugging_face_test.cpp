// SPDX-License-Identifier: Apache-2.0
#include "core/formats/model_files.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;
using nlohmann::json;

class HuggingFaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensAFolder()
    {
        const TestFolder folder;
        writeSmallFolder(folder);
        const ModelFiles model = openModel(folder.path()).value();
        QCOMPARE(model.container, std::string("safetensors"));
        QCOMPARE(model.config.shape, (experiment::ModelShape{1, 32, 2, 1, 16, 64, 8, true}));
        QVERIFY(!model.permutedQueryKey);
        QCOMPARE(model.tensors->tensors().size(), smallShapes().size());
    }

    void theTokenThatEndsATurnComesFirst()
    {
        const TestFolder folder;
        writeSmallFolder(folder);
        QCOMPARE(openModel(folder.path()).value().config.eosIds, (std::vector<std::int64_t>{2, 0}));
        std::filesystem::remove(folder.path() / "generation_config.json");
        QCOMPARE(openModel(folder.path()).value().config.eosIds, (std::vector<std::int64_t>{2, 0})); // 0 from config.json
        std::filesystem::remove(folder.path() / "tokenizer_config.json");
        QCOMPARE(openModel(folder.path()).value().config.eosIds, std::vector<std::int64_t>{0});
    }

    void familiesHaveTheirTensors_data()
    {
        QTest::addColumn<QString>("family");
        QTest::addColumn<QStringList>("extra");
        QTest::newRow("mistral") << "mistral" << QStringList{};
        QTest::newRow("qwen2") << "qwen2" << QStringList{"q_proj.bias", "k_proj.bias", "v_proj.bias"};
        QTest::newRow("qwen3") << "qwen3" << QStringList{"q_norm.weight", "k_norm.weight"};
    }
    void familiesHaveTheirTensors()
    {
        QFETCH(QString, family);
        QFETCH(QStringList, extra);
        const TestFolder folder;
        writeSmallFolder(folder);
        json config = smallConfig();
        config["model_type"] = family.toStdString();
        config["head_dim"] = 16;
        folder.write("config.json", config.dump());
        auto shapes = smallShapes();
        for (const QString& name : extra) {
            QVERIFY(!openModel(folder.path()).has_value()); // as long as one is missing
            shapes["model.layers.0.self_attn." + name.toStdString()] = {name.startsWith("q_proj") ? 32 : 16};
            folder.write("model.safetensors", safetensorsBytes(shapes));
        }
        const auto model = openModel(folder.path());
        QVERIFY2(model.has_value(), model ? "" : model.error().sentence().c_str());
    }

    void rotaryScalingIsRead()
    {
        const TestFolder folder;
        writeSmallFolder(folder);
        json config = smallConfig();
        config["rope_scaling"] = {{"rope_type", "llama3"},
                                  {"factor", 8.0},
                                  {"low_freq_factor", 1.0},
                                  {"high_freq_factor", 4.0},
                                  {"original_max_position_embeddings", 64}};
        folder.write("config.json", config.dump());
        const ModelConfig read = readModelConfig(folder.path()).value();
        QCOMPARE(read.ropeScaling.kind, std::string("llama3"));
        QCOMPARE(read.ropeScaling.originalContext, std::int64_t{64});
        config["original_max_position_embeddings"] = 32; // outside, as Phi writes it: it wins in every family
        folder.write("config.json", config.dump());
        QCOMPARE(readModelConfig(folder.path()).value().ropeScaling.originalContext, std::int64_t{32});
        config.erase("rope_scaling");
        config["rope_parameters"] = {{"rope_type", "default"}, {"rope_theta", 5e5}};
        folder.write("config.json", config.dump());
        QCOMPARE(readModelConfig(folder.path()).value().ropeTheta, 5e5);
    }

    void windowsAndPositionsMayDifferByLayer()
    {
        const TestFolder folder;
        writeSmallFolder(folder);
        const auto read = [&](const json& patch) {
            json config = smallConfig();
            config["num_hidden_layers"] = 5;
            config.update(patch);
            folder.write("config.json", config.dump());
            return readModelConfig(folder.path()).value();
        };
        const ModelConfig mistral = read({{"model_type", "mistral"}, {"sliding_window", 7}});
        QCOMPARE(mistral.windowOf(0), std::int64_t{7});
        // With 'layer_types' transformers takes Ministral's class, whose layers differ.
        json kinds = json::array();
        for (std::int64_t layer = 0; layer < mistral.shape.layers; ++layer) {
            kinds.push_back(layer % 2 == 0 ? "full_attention" : "sliding_attention");
        }
        const ModelConfig ministral = read({{"model_type", "mistral"}, {"sliding_window", 7}, {"layer_types", kinds}});
        QCOMPARE(ministral.windowOf(0), std::int64_t{0});
        QCOMPARE(ministral.windowOf(1), std::int64_t{7});
        QVERIFY(mistral.rotates(3));
        const json window = {
            {"model_type", "qwen2"}, {"use_sliding_window", true}, {"sliding_window", 7}, {"max_window_layers", 2}};
        QCOMPARE(read(window).windowOf(1), std::int64_t{0});
        QCOMPARE(read(window).windowOf(2), std::int64_t{7});
        const ModelConfig smol = read({{"model_type", "smollm3"}});
        QVERIFY(smol.rotates(2) && !smol.rotates(3) && smol.rotates(4));
        QVERIFY(smol.shape.tiedEmbeddings);
        const ModelConfig listed = read({{"model_type", "smollm3"}, {"no_rope_layers", {0, 1, 1, 1, 1}}});
        QVERIFY(!listed.rotates(0) && listed.rotates(3));
    }

    void refusesWrongConfigurations_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* patch, ErrorCode code, const char* says) {
            QTest::newRow(name) << patch << static_cast<int>(code) << says;
        };
        row("unknown architecture", R"({"model_type":"gpt2"})", ErrorCode::Unsupported, "'gpt2'");
        row("no architecture", R"({"model_type":null})", ErrorCode::BadFile, "'model_type' is missing");
        row("quantized", R"({"quantization_config":{"quant_method":"gptq"}})", ErrorCode::Unsupported, "gptq");
        row("another activation", R"({"hidden_act":"gelu"})", ErrorCode::Unsupported, "gelu");
        row("biases in the feed-forward part", R"({"model_type":"qwen2","mlp_bias":true})", ErrorCode::Unsupported, "mlp_bias");
        row("partial rotation", R"({"partial_rotary_factor":0.5})", ErrorCode::Unsupported, "partial_rotary_factor");
        row("layers missing", R"({"num_hidden_layers":null})", ErrorCode::BadFile, "'num_hidden_layers' is missing");
        row("layers a text", R"({"num_hidden_layers":"1"})", ErrorCode::BadFile, "num_hidden_layers");
        row("layers broken", R"({"num_hidden_layers":1.5})", ErrorCode::BadFile, "num_hidden_layers");
        row("layers beyond 64 bits", R"({"num_hidden_layers":18446744073709551615})", ErrorCode::BadFile, "num_hidden_layers");
        row("hidden absurd", R"({"hidden_size":1e300})", ErrorCode::BadFile, "hidden_size");
        row("hidden zero", R"({"hidden_size":0})", ErrorCode::BadFile, "hidden_size");
        row("heads do not divide", R"({"num_attention_heads":3,"num_key_value_heads":2,"head_dim":16})", ErrorCode::BadFile,
            "3 attention heads");
        row("odd head", R"({"head_dim":15})", ErrorCode::BadFile, "15");
        row("list of layers too short", R"({"model_type":"smollm3","no_rope_layers":[]})", ErrorCode::BadFile, "no_rope_layers");
        row("layer neither with nor without", R"({"model_type":"smollm3","no_rope_layers":[2]})", ErrorCode::BadFile, "holds 2");
        row("layer types too long", R"({"model_type":"qwen2","layer_types":["full_attention","full_attention"]})",
            ErrorCode::BadFile, "each of the 1 layers");
        row("layer type unknown", R"({"model_type":"qwen3","layer_types":["chunked_attention"]})", ErrorCode::Unsupported,
            "chunked_attention");
        row("window without size", R"({"model_type":"qwen2","layer_types":["sliding_attention"]})", ErrorCode::BadFile,
            "layer_types");
        row("window zero", R"({"model_type":"mistral","sliding_window":0})", ErrorCode::BadFile, "sliding_window");
        row("vocabulary wrong", R"({"vocab_size":9})", ErrorCode::BadFile, "[8, 32]");
        row("head missing", R"({"tie_word_embeddings":false})", ErrorCode::BadFile, "lm_head");
        row("tied not a flag", R"({"tie_word_embeddings":1})", ErrorCode::BadFile, "true or false");
        row("scaling unknown", R"({"rope_scaling":{"type":"proportional","factor":2}})", ErrorCode::Unsupported, "proportional");
        row("scaling not an object", R"({"rope_scaling":7})", ErrorCode::BadFile, "rope_scaling");
        row("scaling without factor", R"({"rope_scaling":{"type":"linear"}})", ErrorCode::BadFile, "factor");
        row("end token negative", R"({"eos_token_id":-1})", ErrorCode::BadFile, "eos_token_id");
        row("start token outside", R"({"bos_token_id":8})", ErrorCode::BadFile, "start token");
    }
    void refusesWrongConfigurations()
    {
        QFETCH(QString, patch);
        QFETCH(int, code);
        QFETCH(QString, says);
        const TestFolder folder;
        writeSmallFolder(folder);
        std::filesystem::remove(folder.path() / "generation_config.json");
        json config = smallConfig();
        config.update(json::parse(patch.toStdString()));
        folder.write("config.json", config.dump());
        const auto model = openModel(folder.path());
        QVERIFY(!model.has_value());
        QVERIFY2(static_cast<int>(model.error().code) == code, model.error().sentence().c_str());
        QVERIFY2(QString::fromStdString(model.error().what).contains(says), model.error().sentence().c_str());
        QVERIFY(!model.error().where.empty());
    }

    void namesWhatIsMissing_data()
    {
        QTest::addColumn<QString>("removed");
        QTest::addColumn<int>("code");
        QTest::newRow("config") << "config.json" << static_cast<int>(ErrorCode::NotFound);
        QTest::newRow("weights") << "model.safetensors" << static_cast<int>(ErrorCode::NotFound);
        QTest::newRow("tokenizer") << "tokenizer.json" << static_cast<int>(ErrorCode::BadFile);
    }
    void namesWhatIsMissing()
    {
        QFETCH(QString, removed);
        QFETCH(int, code);
        const TestFolder folder;
        writeSmallFolder(folder);
        std::filesystem::remove(folder.path() / removed.toStdString());
        const auto model = openModel(folder.path());
        QVERIFY(!model.has_value());
        QCOMPARE(static_cast<int>(model.error().code), code);
        QVERIFY(QString::fromStdString(model.error().what).contains(removed));
    }

    void namesFormatsItDoesNotRead()
    {
        const TestFolder folder;
        writeSmallFolder(folder);
        std::filesystem::rename(folder.path() / "tokenizer.json", folder.path() / "tokenizer.model");
        QCOMPARE(openModel(folder.path()).error().code, ErrorCode::BadFile); // JSON is no SentencePiece model
        std::filesystem::rename(folder.path() / "tokenizer.model", folder.path() / "tokenizer.json");
        std::filesystem::rename(folder.path() / "model.safetensors", folder.path() / "pytorch_model.bin");
        QCOMPARE(openModel(folder.path()).error().code, ErrorCode::Unsupported);
        QCOMPARE(openModel(folder.path() / "gone").error().code, ErrorCode::NotFound);
    }

    void theFingerprintFollowsWeightsAndConfigurationButNotNames()
    {
        const TestFolder folder;
        writeSmallFolder(folder);
        const auto fingerprint = [&] {
            return modelFingerprint(openModel(folder.path()).value());
        };
        const std::string original = fingerprint();
        QCOMPARE(fingerprint(), original);
        std::string bytes = safetensorsBytes(smallShapes());
        bytes.back() = 1;
        folder.write("model.safetensors", bytes);
        QVERIFY(fingerprint() != original);
        folder.write("model.safetensors", safetensorsBytes(smallShapes()));
        QCOMPARE(fingerprint(), original);
        json config = smallConfig();
        config["rope_theta"] = 20000.0;
        folder.write("config.json", config.dump());
        QVERIFY(fingerprint() != original);
    }
};

LORI_TEST(HuggingFaceTest)
#include "hugging_face_test.moc"
