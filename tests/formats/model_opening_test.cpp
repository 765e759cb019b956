// SPDX-License-Identifier: Apache-2.0
// What a folder may look like when people bring it: other names, a stale index, a head too many, layers too many.
#include "core/formats/model_files.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;
using nlohmann::json;

namespace {

using Shapes = std::map<std::string, std::vector<std::int64_t>>;

/// The small model with every name put through `rename`.
Shapes renamed(const std::function<std::string(const std::string&)>& rename)
{
    Shapes shapes;
    for (const auto& [name, shape] : smallShapes()) {
        shapes[rename(name)] = shape;
    }
    return shapes;
}

std::string replaced(std::string name, const std::string& from, const std::string& to)
{
    const std::size_t at = name.find(from);
    return at == std::string::npos ? name : name.replace(at, from.size(), to);
}

} // namespace

class ModelOpeningTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wrappersNamesAreTakenOff_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::newRow("torch.compile") << "model."
                                       << "_orig_mod.model.";
        QTest::newRow("torch.compile of each block") << ".self_attn"
                                                     << "._orig_mod.self_attn";
        QTest::newRow("DataParallel") << "model."
                                      << "module.model.";
        QTest::newRow("DataParallel, compiled") << "model."
                                                << "module._orig_mod.model.";
        QTest::newRow("FSDP") << ".self_attn"
                              << "._fsdp_wrapped_module.self_attn";
        QTest::newRow("checkpointing") << ".mlp"
                                       << "._checkpoint_wrapped_module.mlp";
        QTest::newRow("a model that also sees") << "model."
                                                << "model.language_model.";
        QTest::newRow("a model that also sees, older") << "model."
                                                       << "language_model.model.";
        QTest::newRow("doubled") << "model."
                                 << "model.model.";
        QTest::newRow("doubled in a model that also sees") << "model."
                                                           << "model.model.language_model.";
        QTest::newRow("without the head's class") << "model."
                                                  << "";
    }
    void wrappersNamesAreTakenOff()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        const TestFolder folder;
        writeSmallFolder(folder);
        folder.write("model.safetensors", safetensorsBytes(renamed([&](const std::string& name) {
                         return replaced(name, from.toStdString(), to.toStdString());
                     })));
        const auto model = openModel(folder.path());
        QVERIFY2(model.has_value(), model ? "" : model.error().sentence().c_str());
        QVERIFY(model->tensors->find("model.layers.0.self_attn.q_proj.weight") != nullptr);
        QVERIFY(model->tensors->find("model.norm.weight") != nullptr);
    }

    void aTiedHeadOfItsOwnIsNotTied()
    {
        const TestFolder folder;
        writeSmallFolder(folder);
        Shapes shapes = smallShapes();
        shapes["lm_head.weight"] = {8, 32};
        folder.write("model.safetensors", safetensorsBytes(shapes));
        QVERIFY(openModel(folder.path()).value().config.shape.tiedEmbeddings); // both are zero
        shapes.erase("lm_head.weight");
        folder.write("model.safetensors", safetensorsBytes(shapes));
        const ModelFiles alone = openModel(folder.path()).value();
        QVERIFY(alone.config.shape.tiedEmbeddings);
        // The head stands last in the file, so its last byte is the one that is changed.
        const std::string header = R"({"lm_head.weight":{"dtype":"F32","shape":[8,32],"data_offsets":[0,1024]}})";
        std::string data(1024, '\0');
        data.back() = '\1';
        folder.write("head.safetensors", safetensorsWithHeader(header, data));
        std::filesystem::rename(folder.path() / "model.safetensors", folder.path() / "body.safetensors");
        json map = {{"lm_head.weight", "head.safetensors"}};
        for (const auto& [name, shape] : shapes) {
            map[name] = "body.safetensors";
        }
        folder.write("model.safetensors.index.json", json{{"weight_map", map}}.dump());
        QVERIFY(!openModel(folder.path()).value().config.shape.tiedEmbeddings);
    }

    void aStoredHeadAloneIsTheEmbedding()
    {
        const TestFolder folder;
        writeSmallFolder(folder);
        folder.write("model.safetensors", safetensorsBytes(renamed([](const std::string& name) {
                         return replaced(name, "model.embed_tokens.weight", "lm_head.weight");
                     })));
        const ModelFiles model = openModel(folder.path()).value();
        QVERIFY(model.config.shape.tiedEmbeddings && model.tensors->find("model.embed_tokens.weight") != nullptr);
    }

    void theWholeFileGoesBeforeAStaleIndex()
    {
        const TestFolder folder;
        writeSmallFolder(folder);
        const json index{{"weight_map", {{"model.norm.weight", "model-00001-of-00002.safetensors"}}}};
        folder.write("model.safetensors.index.json", index.dump());
        QVERIFY(openModel(folder.path()).has_value()); // as transformers does
        std::filesystem::remove(folder.path() / "model.safetensors");
        const Error error = openModel(folder.path()).error();
        QVERIFY2(error.what.find("'model-00001-of-00002.safetensors', which is not in the folder") != std::string::npos,
                 error.sentence().c_str());
    }

    void refusesWithARemedy_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("extra");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* config, const char* extra, const char* says) {
            QTest::newRow(name) << config << extra << says;
        };
        row("a configuration narrower than the file", "{}", "model.layers.1.mlp.up_proj.weight",
            "the file has 2 layers ('model.layers.1.mlp.up_proj.weight'), but the configuration says 1");
        row("rows beside the vocabulary", R"({"vocab_size": 9})", "",
            "set 'vocab_size' in config.json to the 8 rows of the file");
        row("another width", R"({"intermediate_size": 65})", "", "use the config.json that belongs to the weights");
        row("a head that is not there", R"({"tie_word_embeddings": false})", "", "set 'tie_word_embeddings' to true");
        row("an adapter saved along", "{}", "base_model.model.model.layers.0.self_attn.q_proj.lora_A.default.weight",
            "merge the adapter first");
        row("a tensor of another architecture", "{}", "model.layers.0.mlp.router.weight", "router.weight' does not belong");
        row("a layer left out", R"({"num_hidden_layers": 2})", "", "'model.layers.1.input_layernorm.weight' is missing");
    }
    void refusesWithARemedy()
    {
        QFETCH(QString, config);
        QFETCH(QString, extra);
        QFETCH(QString, says);
        const TestFolder folder;
        writeSmallFolder(folder);
        json object = smallConfig();
        object.update(json::parse(config.toStdString()));
        folder.write("config.json", object.dump());
        Shapes shapes = smallShapes();
        if (!extra.isEmpty()) {
            shapes[extra.toStdString()] = {4};
        }
        folder.write("model.safetensors", safetensorsBytes(shapes));
        const auto model = openModel(folder.path());
        QVERIFY(!model.has_value());
        QVERIFY2(QString::fromStdString(model.error().sentence()).contains(says), model.error().sentence().c_str());
    }

    void namesTheFilesThatAreThere()
    {
        const TestFolder folder;
        writeSmallFolder(folder);
        std::filesystem::rename(folder.path() / "model.safetensors", folder.path() / "consolidated.safetensors");
        QVERIFY(openModel(folder.path()).error().what.find("'consolidated.safetensors'") != std::string::npos);
    }
};

LORI_TEST(ModelOpeningTest)
#include "model_opening_test.moc"
