// SPDX-License-Identifier: Apache-2.0
// config.json of every family: what the decoder will compute, and what is refused by name.
#include "core/formats/model_files.h"
#include "core/formats/stored_modules.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;
using nlohmann::json;

namespace {

Result<ModelConfig> read(const TestFolder& folder, const json& patch)
{
    json config = smallConfig();
    config.erase("rope_theta");
    config.erase("tie_word_embeddings");
    config.erase("hidden_act");
    config["num_hidden_layers"] = 6;
    config.update(patch);
    folder.write("config.json", config.dump());
    return readModelConfig(folder.path());
}

} // namespace

class FamilyConfigTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<TestFolder>();
        writeSmallFolder(*m_folder);
    }

    void gemma2()
    {
        const ModelConfig c = read(*m_folder, {{"model_type", "gemma2"}, {"head_dim", 16}}).value();
        QVERIFY(c.normPlaces == NormPlaces::Around && c.normPlusOne && c.activation == Activation::GeluTanh);
        QVERIFY(c.shape.tiedEmbeddings && c.headNorm == HeadNorm::None && !c.slidingRope);
        QCOMPARE(c.attentionCap, 50.0);
        QCOMPARE(c.logitCap, 30.0);
        QCOMPARE(c.attentionScale, 1.0 / 16);
        QCOMPARE(c.embeddingScale, std::sqrt(32.0));
        QCOMPARE(c.windowOf(0), std::int64_t{4096});
        QCOMPARE(c.windowOf(1), std::int64_t{0});
        const ModelConfig none =
            read(*m_folder, {{"model_type", "gemma2"}, {"attn_logit_softcapping", nullptr}, {"final_logit_softcapping", nullptr}})
                .value();
        QVERIFY(none.attentionCap == 0 && none.logitCap == 0); // null is none, absent the class's own
    }

    void gemma3HasARotaryForEachKindOfLayer()
    {
        const ModelConfig older = read(*m_folder, {{"model_type", "gemma3_text"},
                                                   {"rope_theta", 7e5},
                                                   {"rope_local_base_freq", 2e4},
                                                   {"rope_scaling", {{"rope_type", "linear"}, {"factor", 8.0}}}})
                                      .value();
        const ModelConfig newer =
            read(*m_folder, {{"model_type", "gemma3_text"},
                             {"rope_parameters",
                              {{"full_attention", {{"rope_type", "linear"}, {"factor", 8.0}, {"rope_theta", 7e5}}},
                               {"sliding_attention", {{"rope_type", "default"}, {"rope_theta", 2e4}}}}}})
                .value();
        for (const ModelConfig& c : {older, newer}) {
            QCOMPARE(c.ropeTheta, 7e5);
            QCOMPARE(c.ropeScaling.factor, 8.0);
            QVERIFY(c.slidingRope.has_value());
            QCOMPARE(c.slidingRope->theta, 2e4);
            QVERIFY(c.slidingRope->scaling.kind.empty());
            QVERIFY(c.rotatesLikeSliding(0) && !c.rotatesLikeSliding(5) && c.headNorm == HeadNorm::EachHead);
        }
        const ModelConfig empty =
            read(*m_folder, {{"model_type", "gemma3_text"}, {"rope_parameters", {{"sliding_attention", nullptr}}}}).value();
        QVERIFY(empty.ropeTheta == 1e6 && empty.slidingRope->theta == 1e4);
    }

    void theTextModelInsideAnotherIsRead()
    {
        const json inner{{"hidden_size", 32}, {"num_hidden_layers", 6}, {"intermediate_size", 64}};
        const ModelConfig c =
            read(*m_folder, {{"model_type", "gemma3"}, {"text_config", inner}, {"eos_token_id", {1, 106}}}).value();
        QCOMPARE(c.family, std::string("gemma3_text"));
        QCOMPARE(c.shape.vocabulary, std::int64_t{262208}); // the class's own, which transformers leaves out there
        QCOMPARE(c.shape.heads, std::int64_t{8});
        const ModelConfig mistral =
            read(*m_folder, {{"model_type", "mistral3"},
                             {"text_config",
                              {{"model_type", "ministral3"}, {"hidden_size", 32}, {"num_hidden_layers", 2}, {"vocab_size", 8}}}})
                .value();
        QVERIFY(mistral.family == "ministral3" && mistral.queryGrowth == 0.1 && mistral.queryGrowthStep == 16384);
        QCOMPARE(mistral.ropeScaling.attentionFactor, 1.0); // mscale and mscale_all_dim are equal
    }

    void phi3()
    {
        const json rope{{"type", "su"}, {"short_factor", {1.0, 1.5, 2.0}}, {"long_factor", {1.0, 3.0, 9.0}}};
        const ModelConfig c = read(*m_folder, {{"model_type", "phi3"},
                                               {"head_dim", 8},
                                               {"partial_rotary_factor", 0.75},
                                               {"original_max_position_embeddings", 32},
                                               {"rope_scaling", rope}})
                                  .value();
        QCOMPARE(c.rotated(), std::int64_t{6});
        QCOMPARE(c.ropeScaling.kind, std::string("longrope"));
        QCOMPARE(c.ropeScaling.originalContext, std::int64_t{32});
        QCOMPARE(c.ropeScaling.longDivisors, (std::vector<double>{1, 3, 9}));
        QVERIFY(std::abs(c.ropeScaling.attentionFactor - std::sqrt(1 + std::log(4.0) / std::log(32.0))) < 1e-12);
        QVERIFY(storedModuleOf("phi3", experiment::Projection::V).leaf() == "qkv_proj");
        QVERIFY(storedModuleOf("phi3", experiment::Projection::Up).isFused());
    }

    void granite()
    {
        const json numbers{{"embedding_multiplier", 12.0},
                           {"residual_multiplier", 0.25},
                           {"attention_multiplier", 0.5},
                           {"logits_scaling", 8.0}};
        json patch = numbers;
        patch["model_type"] = "granite";
        const ModelConfig c = read(*m_folder, patch).value();
        QVERIFY(c.embeddingScale == 12 && c.residualScale == 0.25 && c.attentionScale == 0.5 && c.logitScale == 0.125);
        patch.update(
            {{"model_type", "granitemoehybrid"},
             {"num_local_experts", 0},
             {"layer_types", json::array({"attention", "attention", "attention", "attention", "attention", "attention"})},
             {"shared_intermediate_size", 96}});
        QCOMPARE(read(*m_folder, patch).value().shape.feedForward, std::int64_t{96});
        QVERIFY(!read(*m_folder, patch).value().rotates(0)); // position_embedding_type is not "rope"
        patch["position_embedding_type"] = "rope";
        QVERIFY(read(*m_folder, patch).value().rotates(0));
    }

    void olmoExaoneErnieHunyuan()
    {
        const ModelConfig olmo =
            read(*m_folder,
                 {{"model_type", "olmo3"},
                  {"rope_theta", 5e5},
                  {"rope_scaling", {{"rope_type", "yarn"}, {"factor", 8.0}, {"original_max_position_embeddings", 32}}}})
                .value();
        QVERIFY(olmo.normPlaces == NormPlaces::After && olmo.headNorm == HeadNorm::AllHeads);
        QVERIFY(olmo.ropeScaling.kind == "yarn" && olmo.slidingRope->scaling.kind.empty());
        QVERIFY(std::abs(olmo.ropeScaling.attentionFactor - (0.1 * std::log(8.0) + 1)) < 1e-12);
        QVERIFY(olmo.windowOf(2) == 4096 && olmo.windowOf(3) == 0);
        const ModelConfig exaone = read(*m_folder, {{"model_type", "exaone4"}}).value();
        QVERIFY(exaone.rotates(0) && !exaone.rotates(3) && exaone.headNorm == HeadNorm::EachHead);
        QVERIFY(read(*m_folder, {{"model_type", "exaone4"}, {"sliding_window", nullptr}}).value().rotates(3));
        const ModelConfig ernie = read(*m_folder, {{"model_type", "ernie4_5"}, {"use_bias", true}}).value();
        QVERIFY(ernie.rotatesNeighbours && ernie.attentionBias && ernie.outputBias && ernie.feedForwardBias);
        const ModelConfig hunyuan =
            read(*m_folder, {{"model_type", "hunyuan_v1_dense"}, {"rope_scaling", {{"type", "dynamic"}, {"alpha", 1000.0}}}})
                .value();
        QVERIFY(hunyuan.headNorm == HeadNorm::EachHeadRotated && hunyuan.ropeScaling.kind.empty());
        QVERIFY(std::abs(hunyuan.ropeTheta / (1e4 * std::pow(1000.0, 16.0 / 14)) - 1) < 1e-12);
    }

    void ropeScalingWinsOverRopeParameters()
    {
        // transformers takes it whole, with the theta that stands beside, and not that of the other object.
        const ModelConfig c = read(*m_folder, {{"rope_parameters", {{"rope_theta", 5e5}, {"rope_type", "default"}}},
                                               {"rope_scaling", {{"rope_type", "linear"}, {"factor", 4.0}}}})
                                  .value();
        QVERIFY(c.ropeScaling.kind == "linear" && c.ropeTheta == 1e4);
        const ModelConfig empty = read(*m_folder, {{"rope_theta", 7e5},
                                                   {"rope_parameters", {{"rope_theta", 5e5}, {"rope_type", "default"}}},
                                                   {"rope_scaling", nullptr}})
                                      .value();
        QCOMPARE(empty.ropeTheta, 5e5);
    }

    void refusesByName_data()
    {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* patch, const char* says) {
            QTest::newRow(name) << patch << says;
        };
        row("delta-net", R"({"model_type":"qwen3_5_text"})", "'qwen3_5_text' is not supported: it has gated delta-net layers");
        row("delta-net inside", R"({"model_type":"qwen3_5","text_config":{"model_type":"qwen3_5_text"}})", "gated delta-net");
        row("short convolution", R"({"model_type":"lfm2"})", "short convolution");
        row("embeddings in every layer", R"({"model_type":"gemma4","text_config":{"model_type":"gemma4_text"}})", "every layer");
        row("experts", R"({"model_type":"mixtral"})", "a mixture of experts");
        row("experts by the name's end", R"({"model_type":"qwen3_moe"})", "a mixture of experts");
        row("experts of OpenAI", R"({"model_type":"gpt_oss"})", "a mixture of experts");
        row("latent attention", R"({"model_type":"deepseek_v3"})", "latent attention");
        row("Mamba", R"({"model_type":"falcon_h1"})", "Mamba layers");
        row("Granite with experts", R"({"model_type":"granitemoehybrid"})", "without experts");
        row("Granite with Mamba", R"({"model_type":"granitemoehybrid","num_local_experts":0,"layer_types":["mamba"]})",
            "without Mamba");
        row("another model that also sees", R"({"model_type":"llava","text_config":{"model_type":"llama"}})",
            "gemma3 and mistral3 are");
        row("fp8", R"({"quantization_config":{"quant_method":"fp8"}})", "fp8");
        row("fp8 outside", R"({"model_type":"mistral3","text_config":{},"quantization_config":{"quant_method":"fp8"}})", "fp8");
        row("both directions", R"({"model_type":"gemma3_text","use_bidirectional_attention":true})", "both directions");
        row("partial rotation elsewhere", R"({"rope_parameters":{"partial_rotary_factor":0.5}})", "partial_rotary_factor");
        row("proportional", R"({"rope_parameters":{"rope_type":"proportional"}})", "proportional");
        row("factors of another length",
            R"({"model_type":"phi3","rope_scaling":{"type":"longrope","short_factor":[1],"long_factor":[1]}})", "short_factor");
    }
    void refusesByName()
    {
        QFETCH(QString, patch);
        QFETCH(QString, says);
        const auto config = read(*m_folder, json::parse(patch.toStdString()));
        QVERIFY(!config.has_value());
        QVERIFY2(QString::fromStdString(config.error().sentence()).contains(says), config.error().sentence().c_str());
    }

    void fusedMatricesAreReadAsTheirParts()
    {
        auto shapes = smallShapes();
        const std::string layer = "model.layers.0.";
        for (const char* name : {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "mlp.gate_proj", "mlp.up_proj"}) {
            shapes.erase(layer + name + ".weight");
        }
        shapes[layer + "self_attn.qkv_proj.weight"] = {64, 32};
        shapes[layer + "mlp.gate_up_proj.weight"] = {128, 32};
        m_folder->write("model.safetensors", safetensorsBytes(shapes));
        json config = smallConfig();
        config["model_type"] = "phi3";
        m_folder->write("config.json", config.dump());
        const auto model = openModel(m_folder->path());
        QVERIFY2(model.has_value(), model ? "" : model.error().sentence().c_str());
        const TensorView* q = model->tensors->find(layer + "self_attn.q_proj.weight");
        const TensorView* k = model->tensors->find(layer + "self_attn.k_proj.weight");
        const TensorView* up = model->tensors->find(layer + "mlp.up_proj.weight");
        QVERIFY(q != nullptr && k != nullptr && up != nullptr);
        QCOMPARE(q->shape, (std::vector<std::int64_t>{32, 32}));
        QCOMPARE(k->shape, (std::vector<std::int64_t>{16, 32}));
        QCOMPARE(static_cast<const void*>(q->bytes.data() + q->bytes.size()), static_cast<const void*>(k->bytes.data()));
        QCOMPARE(up->shape, (std::vector<std::int64_t>{64, 32}));
        shapes[layer + "self_attn.qkv_proj.weight"] = {63, 32};
        m_folder->write("model.safetensors", safetensorsBytes(shapes));
        QVERIFY(openModel(m_folder->path()).error().sentence().find("64 rows") != std::string::npos);
    }

private:
    std::unique_ptr<TestFolder> m_folder;
};

LORI_TEST(FamilyConfigTest)
#include "family_config_test.moc"
