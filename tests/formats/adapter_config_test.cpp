// SPDX-License-Identifier: Apache-2.0
// What people's adapter folders say and how they are laid out: read as PEFT 0.21 reads it, or refused by name.
#include "core/formats/adapter_files.h"
#include "core/formats/model_files.h"
#include "tests/formats/adapter_builder.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;
using experiment::Projection;
using nlohmann::json;

namespace {

QByteArray sentence(const Result<AdapterFiles>& opened)
{
    return opened ? QByteArray("opened") : QByteArray::fromStdString(opened.error().sentence());
}

/// Layer and projection of each module that counts.
QString modulesOf(const AdapterFiles& adapter)
{
    QStringList list;
    for (const AdapterModule& module : adapter.modules) {
        list << QString::number(module.layer) + QString::fromStdString(std::string(projectionName(module.projection))).left(1);
    }
    return list.join(' ');
}

} // namespace

class AdapterConfigTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyDefaultOfPeftIsUnderstood()
    {
        AdapterBuilder f;
        f.config = everyField();
        QCOMPARE(f.config.size(), std::size_t{41});
        QVERIFY2(f.open().has_value(), sentence(f.open()));
        const json all = everyField();
        for (const auto& [key, value] : all.items()) {
            if (key == "peft_type" || key == "target_modules" || key == "r" || key == "lora_alpha") {
                continue; // whose absence says something else
            }
            f.config[key] = nullptr;
            QVERIFY2(f.open().has_value(), sentence(f.open()));
        }
        for (const char* empty : {"null", "false", "\"\"", "[]", "{}"}) {
            f.config["field_of_tomorrow"] = json::parse(empty);
            QVERIFY2(f.open().has_value(), sentence(f.open()));
        }
    }

    void harmlessValuesAreTaken_data()
    {
        QTest::addColumn<QString>("patch");
        for (const char* patch :
             {R"({"init_lora_weights":"gaussian"})", R"({"init_lora_weights":"orthogonal"})", R"({"init_lora_weights":"eva"})",
              R"({"init_lora_weights":false})", R"({"eva_config":{"rho":2.0}})", R"({"corda_config":{"x":1}})",
              R"({"auto_mapping":{"base_model_class":"LlamaForCausalLM"}})", R"({"fan_in_fan_out":true})",
              R"({"lora_dropout":0.1})", R"({"runtime_config":{"ephemeral_gpu_offload":false}})", R"({"task_type":null})",
              R"({"megatron_core":null})", R"({"layers_to_transform":[]})", R"({"target_modules":"all-linear"})",
              "{\"target_modules\":\".*\\\\.(q_proj|down_proj)\"}", "{\"target_modules\":\"^(?!.*vision).*_proj$\"}"}) {
            QTest::newRow(patch) << patch;
        }
    }
    void harmlessValuesAreTaken()
    {
        QFETCH(QString, patch);
        AdapterBuilder f;
        f.config.update(json::parse(patch.toStdString()));
        const auto opened = f.open();
        QVERIFY2(opened.has_value(), sentence(opened));
        QCOMPARE(modulesOf(*opened), QString("0q 0d 1q 1d"));
        QVERIFY(opened->ignoredTensors.empty());
    }

    void whatIsSetAndNotComputedIsRefusedByName_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QString>("names");
        for (const auto& [patch, names] : std::initializer_list<std::pair<const char*, const char*>>{
                 {R"({"init_lora_weights":"pissa"})", "PiSSA"},
                 {R"({"init_lora_weights":"pissa_niter_16"})", "PiSSA"},
                 {R"({"init_lora_weights":"olora"})", "OLoRA"},
                 {R"({"init_lora_weights":"corda"})", "CorDA"},
                 {R"({"init_lora_weights":"lora_ga"})", "LoRA-GA"},
                 {R"({"init_lora_weights":"loftq"})", "LoftQ"},
                 {R"({"init_lora_weights":"mica"})", "MiCA"},
                 {R"({"init_lora_weights":"tomorrow"})", "tomorrow"},
                 {R"({"alora_invocation_tokens":[1,2]})", "activated LoRA"},
                 {R"({"use_bdlora":{}})", "BD-LoRA"},
                 {R"({"arrow_config":{"top_k":3}})", "Arrow"},
                 {R"({"kasa_config":{}})", "KaSA"},
                 {R"({"velora_config":{}})", "VeLoRA"},
                 {R"({"monteclora_config":{}})", "MonteCLoRA"},
                 {R"({"lora_bias":true})", "lora_bias"},
                 {R"({"use_qalora":true})", "QA-LoRA"},
                 {R"({"target_parameters":["experts.gate_up_proj"]})", "target_parameters"},
                 {R"({"layer_replication":[[0,1],[0,1]]})", "layer_replication"},
                 {R"({"trainable_token_indices":[3]})", "trainable_token_indices"},
                 {R"({"megatron_config":{"a":1}})", "Megatron"},
                 {R"({"bias":"some"})", "bias"},
                 {R"({"task_type":"SEQ_CLS"})", "SEQ_CLS"},
                 {R"({"peft_type":"BONE"})", "BONE"},
                 {R"({"peft_type":"VERA"})", "VERA"},
                 {R"({"field_of_tomorrow":true})", "field_of_tomorrow"},
                 {R"({"field_of_tomorrow":0.5})", "field_of_tomorrow"},
                 {R"({"field_of_tomorrow":{"x":null}})", "field_of_tomorrow"}}) {
            QTest::newRow(patch) << patch << names;
        }
    }
    void whatIsSetAndNotComputedIsRefusedByName()
    {
        QFETCH(QString, patch);
        QFETCH(QString, names);
        AdapterBuilder f;
        f.config.update(json::parse(patch.toStdString()));
        const auto opened = f.open();
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::Unsupported);
        QVERIFY2(sentence(opened).contains(names.toUtf8()), sentence(opened));
        QVERIFY2(!opened.error().hint.empty(), sentence(opened));
    }

    void wrongTypesAreNamed_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QString>("names");
        for (const auto& [patch, names] : std::initializer_list<std::pair<const char*, const char*>>{
                 {R"({"target_modules":3})", "target_modules"},
                 {R"({"target_modules":["q_proj",3]})", "target_modules"},
                 {"{\"target_modules\":\"(q_proj\"}", "target_modules"},
                 {R"({"exclude_modules":{}})", "exclude_modules"},
                 {R"({"modules_to_save":"lm_head"})", "modules_to_save"},
                 {R"({"layers_to_transform":"1"})", "layers_to_transform"},
                 {R"({"layers_to_transform":[0.5]})", "layers_to_transform"},
                 {R"({"layers_to_transform":[-1]})", "layers_to_transform"},
                 {R"({"layers_to_transform":[0],"target_modules":".*"})", "layers_to_transform"},
                 {R"({"rank_pattern":{"q_proj":0}})", "rank_pattern"},
                 {R"({"rank_pattern":{"q_proj":"4"}})", "rank_pattern"},
                 {"{\"rank_pattern\":{\"(\":4}}", "rank_pattern"},
                 {R"({"rank_pattern":[4]})", "rank_pattern"},
                 {R"({"alpha_pattern":{"q_proj":null}})", "alpha_pattern"},
                 {R"({"use_rslora":"yes"})", "use_rslora"},
                 {R"({"use_dora":1})", "use_dora"},
                 {R"({"init_lora_weights":3})", "init_lora_weights"},
                 {R"({"bias":true})", "bias"}}) {
            QTest::newRow(patch) << patch << names;
        }
    }
    void wrongTypesAreNamed()
    {
        QFETCH(QString, patch);
        QFETCH(QString, names);
        AdapterBuilder f;
        f.config.update(json::parse(patch.toStdString()));
        const auto opened = f.open();
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::BadFile);
        QVERIFY2(sentence(opened).contains(names.toUtf8()), sentence(opened));
    }

    /// An expression that needs 2^40 steps on a name ends the opening, not the program.
    void expressionsEndInTime()
    {
        AdapterBuilder f;
        f.config["target_modules"] = "(((a|b|.)*)*)*z";
        const auto opened = f.open();
        QVERIFY(!opened.has_value());
        QVERIFY2(sentence(opened).contains("target_modules"), sentence(opened));
    }

    void onlyTheModulesThatPeftAdaptsCount_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QString>("modules");
        for (const auto& [patch, modules] : std::initializer_list<std::pair<const char*, const char*>>{
                 {R"({"layers_to_transform":[1]})", "1q 1d"},
                 {R"({"layers_to_transform":0})", "0q 0d"},
                 {R"({"layers_to_transform":[0],"layers_pattern":"layers"})", "0q 0d"},
                 {R"({"layers_to_transform":[1],"layers_pattern":["h","layers"]})", "1q 1d"},
                 {R"({"target_modules":["q_proj"]})", "0q 1q"},
                 {R"({"target_modules":["model.layers.1.mlp.down_proj"]})", "1d"},
                 {R"({"target_modules":["0.self_attn.q_proj","down_proj"]})", "0q 0d 1d"},
                 {R"({"target_modules":"model\\.layers\\.0\\..*"})", "0q 0d"},
                 {R"({"exclude_modules":["down_proj"]})", "0q 1q"},
                 {R"({"exclude_modules":".*layers\\.1.*"})", "0q 0d"}}) {
            QTest::newRow(patch) << patch << modules;
        }
    }
    void onlyTheModulesThatPeftAdaptsCount()
    {
        QFETCH(QString, patch);
        QFETCH(QString, modules);
        AdapterBuilder f;
        f.config.update(json::parse(patch.toStdString()));
        const auto opened = f.open();
        QVERIFY2(opened.has_value(), sentence(opened));
        QCOMPARE(modulesOf(*opened), modules);
        QCOMPARE(opened->ignoredTensors.size() + 2 * opened->modules.size(), f.names.size());
    }
    void aConfigurationThatNamesNothingIsRefused()
    {
        AdapterBuilder f;
        f.config["target_modules"] = json::array({"c_attn"});
        QVERIFY2(sentence(f.open()).contains("target_modules"), sentence(f.open()));
    }
    void withoutTargetsOnlyPeftsOwnChoiceIsTaken()
    {
        AdapterBuilder f;
        f.config.erase("target_modules");
        QVERIFY2(sentence(f.open()).contains("target_modules"), sentence(f.open()));
    }

    void ranksAndScalingsComeFromTheFirstPatternThatFits()
    {
        AdapterBuilder f;
        f.shapes[0] = {4, 32};
        f.values[0].resize(128, 0.5F);
        f.shapes[1] = {32, 4};
        f.values[1].resize(128, 0.5F);
        f.config["rank_pattern"] = json::parse(R"({"model.layers.0.self_attn.q_proj":4})");
        f.config["alpha_pattern"] = json::parse(R"({"layers\\.[0]\\.mlp.down_proj":6,"mlp.down_proj":1})");
        const auto opened = f.open();
        QVERIFY2(opened.has_value(), sentence(opened));
        QCOMPARE(opened->scaling(opened->modules[0]), 1.0); // 4 / 4
        QCOMPARE(opened->scaling(opened->modules[1]), 3.0); // 6 / 2
        QCOMPARE(opened->scaling(opened->modules[2]), 2.0); // 4 / 2
        QCOMPARE(opened->scaling(opened->modules[3]), 0.5); // 1 / 2
        QVERIFY(opened->hasOwnRanks());
        f.config["use_rslora"] = true;
        const auto stabilized = f.open();
        QCOMPARE(stabilized->scaling(stabilized->modules[0]), 2.0);
        QCOMPARE(stabilized->scaling(stabilized->modules[1]), 6 / std::sqrt(2.0));
        // The order of the file decides, not that of the alphabet.
        AdapterBuilder g;
        g.folder.write("adapter/adapter_config.json",
                       R"({"peft_type":"LORA","r":2,"lora_alpha":4,"target_modules":["q_proj","down_proj"],
                           "alpha_pattern":{"q_proj":8,"layers.1.self_attn.q_proj":2}})");
        writeSafetensors(g.folder.path() / "adapter" / "adapter_model.safetensors", g.tensors(), {}).value();
        const AdapterFiles ordered = openAnyAdapter(g.folder.path() / "adapter").value();
        QCOMPARE(ordered.scaling(ordered.modules[2]), 4.0);
    }

    void prefixesOfWrappersAreRead_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"base_model.model.", ""},
                 {"base_model.model.", "_orig_mod.base_model.model."},
                 {"base_model.model.", "base_model.model._orig_mod."},
                 {"base_model.model.", "module.base_model.model."},
                 {"base_model.model.", "base_model.model.module."},
                 {"base_model.model.model.", "base_model.model.model.language_model."},
                 {"base_model.model.model.", "base_model.model.language_model.model."},
                 {"base_model.model.model.", "base_model.model.model.model."},
                 {"layers.", "layers._fsdp_wrapped_module."},
                 {"self_attn.", "_checkpoint_wrapped_module.self_attn."},
                 {".weight", ".default.weight"}}) {
            QTest::newRow(to) << from << to;
        }
    }
    void prefixesOfWrappersAreRead()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        AdapterBuilder f;
        for (std::string& name : f.names) {
            name = QString::fromStdString(name).replace(from, to).toStdString();
        }
        const auto opened = f.open();
        QVERIFY2(opened.has_value(), sentence(opened));
        QCOMPARE(modulesOf(*opened), QString("0q 0d 1q 1d"));
    }
    void modulesOfAnotherPartAreRefusedByName()
    {
        AdapterBuilder f;
        f.add("base_model.model.vision_tower.encoder.layers.0.self_attn.q_proj.lora_A.weight", {2, 32});
        QVERIFY2(sentence(f.open()).contains("vision_tower"), sentence(f.open()));
    }

    void nanInATensorThatCountsIsRefused_data()
    {
        QTest::addColumn<float>("value");
        QTest::newRow("NaN") << std::numeric_limits<float>::quiet_NaN();
        QTest::newRow("infinity") << -std::numeric_limits<float>::infinity();
    }
    void nanInATensorThatCountsIsRefused()
    {
        QFETCH(float, value);
        AdapterBuilder f;
        f.values[5][3] = value;
        const auto opened = f.open();
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error().code, ErrorCode::BadFile);
        QVERIFY2(sentence(opened).contains("NaN") && sentence(opened).contains(f.names[5].c_str()), sentence(opened));
        f.config["layers_to_transform"] = 0; // and the tensor counts no more
        QVERIFY2(f.open().has_value(), sentence(f.open()));
    }
    void emptyTensorsOfZero3AreNamed()
    {
        for (const std::vector<std::int64_t>& shape : {std::vector<std::int64_t>{0}, {64}, {0, 2}}) {
            AdapterBuilder f;
            f.shapes[1] = shape;
            f.values[1].resize(shape.front() == 64 ? 64 : 0);
            const auto opened = f.open();
            QVERIFY(!opened.has_value());
            QVERIFY2(sentence(opened).contains("ZeRO-3") && sentence(opened).contains(f.names[1].c_str()), sentence(opened));
        }
    }

    void tensorsOfTheBaseAreLeftOutOnlyWhereTheyAreItsOwn()
    {
        const TestFolder modelFolder;
        writeSmallFolder(modelFolder);
        const ModelFiles model = openModel(modelFolder.path()).value();
        const TensorView* embedding = model.tensors->find("model.embed_tokens.weight");
        AdapterBuilder f;
        f.add("base_model.model.model.embed_tokens.weight", embedding->shape);
        toFloat(*embedding, f.values.back()).value();
        f.config["modules_to_save"] = json::array({"embed_tokens"});
        const AdapterFiles same = f.open().value();
        QCOMPARE(same.savedTensors.size(), std::size_t{1});
        QVERIFY(checkSavedTensors(same, model).has_value());
        f.values.back()[7] += 0.5F;
        const auto other = checkSavedTensors(f.open().value(), model);
        QVERIFY(!other.has_value());
        QCOMPARE(other.error().code, ErrorCode::Unsupported);
        QVERIFY2(other.error().what.find("model.embed_tokens.weight") != std::string::npos, other.error().what.c_str());
        f.names.back() = "base_model.model.score.weight";
        f.config["modules_to_save"] = json::array({"score"});
        QCOMPARE(checkSavedTensors(f.open().value(), model).error().code, ErrorCode::Unsupported);
        f.names.back() = "base_model.model.model.embed_tokens.weight";
        f.config.erase("modules_to_save");
        f.shapes.back()[0] -= 1;
        f.values.back().resize(static_cast<std::size_t>(f.shapes.back()[0] * f.shapes.back()[1]));
        QCOMPARE(checkSavedTensors(f.open().value(), model).error().code, ErrorCode::Mismatch);
    }

    void shardsAreReadByTheirIndex()
    {
        AdapterBuilder f;
        const auto place = f.write();
        std::filesystem::remove(place / "adapter_model.safetensors");
        json index{{"metadata", {{"total_size", 1}}}, {"weight_map", json::object()}};
        for (std::size_t i = 0; i < f.names.size(); ++i) {
            index["weight_map"][f.names[i]] =
                i < 3 ? "adapter_model-00001-of-00002.safetensors" : "adapter_model-00002-of-00002.safetensors";
        }
        writeSafetensors(place / "adapter_model-00001-of-00002.safetensors", f.tensors(0, 3), {}).value();
        writeSafetensors(place / "adapter_model-00002-of-00002.safetensors", f.tensors(3), {}).value();
        QVERIFY2(sentence(openAnyAdapter(place)).contains("index.json"), sentence(openAnyAdapter(place)));
        f.folder.write("adapter/adapter_model.safetensors.index.json", index.dump());
        const auto opened = openAnyAdapter(place);
        QVERIFY2(opened.has_value(), sentence(opened));
        QCOMPARE(modulesOf(*opened), QString("0q 0d 1q 1d"));
        std::filesystem::rename(place / "adapter_model.safetensors.index.json", place / "model.safetensors.index.json");
        QVERIFY2(openAnyAdapter(place).has_value(), sentence(openAnyAdapter(place))); // transformers calls it so
    }

    void theFolderAboveANamedAdapterOpensIt()
    {
        const AdapterBuilder f;
        const auto place = f.write("out/safety");
        QCOMPARE(openAnyAdapter(f.folder.path() / "out").value().folder, place);
        QCOMPARE(openAnyAdapter(place / "adapter_model.safetensors").value().folder, place);
        QCOMPARE(openAnyAdapter(place / "adapter_config.json").value().folder, place);
        f.write("out/maths");
        const auto several = openAnyAdapter(f.folder.path() / "out");
        QVERIFY(!several.has_value());
        QVERIFY2(sentence(several).contains("maths, safety"), sentence(several));
        const TestFolder model;
        writeSmallFolder(model);
        QVERIFY2(sentence(openAnyAdapter(model.path())).contains("a model"), sentence(openAnyAdapter(model.path())));
        QCOMPARE(openAnyAdapter(model.path() / "nothing").error().code, ErrorCode::NotFound);
    }

    void modulesOneByOneAreWrittenAndRead()
    {
        const TestFolder folder;
        SmallAdapter small = smallAdapter();
        small.adapter.modules = {{0, Projection::Q, 2, 5}, {0, Projection::Down, 2, 4}};
        writeAdapter(folder.path() / "adapter", small.adapter).value();
        const AdapterFiles read = openAnyAdapter(folder.path() / "adapter").value();
        QCOMPARE(read.scaling(read.modules[0]), 2.5);
        QCOMPARE(read.scaling(read.modules[1]), 2.0);
        QVERIFY(!read.everyLayer);
    }
};

LORI_TEST(AdapterConfigTest)
#include "adapter_config_test.moc"
