// SPDX-License-Identifier: Apache-2.0
#include "core/merging/model_description.h"

#include "core/formats/families.h"
#include "core/merging/config_spellings.h"
#include "core/model/rotary.h"
#include "core/support/files.h"

#include <algorithm>
#include <cmath>

namespace lori::merging {

using nlohmann::json;

namespace {

json idsOf(const formats::ModelConfig& config)
{
    if (config.eosIds.size() == 1) {
        return config.eosIds.front();
    }
    return config.eosIds.empty() ? json() : json(config.eosIds);
}

/// GGUF turns Llama 3's scaling into a table of divisors; this is the scaling that gives them again.
formats::Rope withoutTable(const formats::Rope& rope, std::int64_t rotated)
{
    formats::Rope known{rope.theta, {}};
    known.scaling.kind = "llama3";
    known.scaling.factor = std::round(*std::max_element(rope.scaling.divisors.begin(), rope.scaling.divisors.end()));
    const std::vector<double> plain = model::inverseFrequencies({rope.theta, {}}, rotated, 0);
    const std::vector<double> stretched = model::inverseFrequencies(known, rotated, 0);
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (!(std::abs(plain[i] / stretched[i] / rope.scaling.divisors[i] - 1) < 1e-4)) {
            throw Exception(ErrorCode::Unsupported,
                            "the rotary scaling of this GGUF file is a table that config.json has no name for",
                            "start from the model's Hugging Face folder", "");
        }
    }
    return known;
}

json ropeOf(const formats::Rope& stored, std::int64_t rotated)
{
    const formats::Rope rope = stored.scaling.kind == "table" ? withoutTable(stored, rotated) : stored;
    const formats::RopeScaling& s = rope.scaling;
    json object{{"rope_theta", rope.theta}, {"rope_type", s.kind.empty() ? "default" : s.kind}};
    if (!s.kind.empty()) {
        object["factor"] = s.factor;
    }
    if (s.kind == "llama3") {
        object["low_freq_factor"] = s.lowFrequencyFactor;
        object["high_freq_factor"] = s.highFrequencyFactor;
    }
    if (s.kind == "llama3" || s.kind == "yarn" || s.kind == "longrope") {
        object["original_max_position_embeddings"] = s.originalContext;
    }
    if (s.kind == "yarn" || s.kind == "longrope") {
        object["attention_factor"] = s.attentionFactor;
    }
    if (s.kind == "yarn") {
        object["beta_fast"] = s.betaFast;
        object["beta_slow"] = s.betaSlow;
        object["truncate"] = s.roundsRange;
    }
    if (s.kind == "longrope") {
        object["short_factor"] = s.divisors;
        object["long_factor"] = s.longDivisors;
    }
    return object;
}

json ropeParametersOf(const formats::ModelConfig& config)
{
    json full = ropeOf({config.ropeTheta, config.ropeScaling}, config.rotated());
    if (config.slidingRope) {
        return {{"full_attention", full}, {"sliding_attention", ropeOf(*config.slidingRope, config.rotated())}};
    }
    if (config.rotatedSize > 0) {
        full["partial_rotary_factor"] = static_cast<double>(config.rotatedSize) / static_cast<double>(config.shape.headSize);
    }
    if (config.queryGrowth > 0) {
        full["llama_4_scaling_beta"] = config.queryGrowth;
        full["original_max_position_embeddings"] = config.queryGrowthStep;
    }
    return full;
}

void addLayerKinds(json& object, const formats::ModelConfig& config)
{
    if (config.slidingWindow > 0) {
        object["sliding_window"] = config.slidingWindow;
    }
    if (config.slidingWindow == 0 || config.slidingLayers.empty()) {
        return;
    }
    json kinds = json::array();
    for (const bool slides : config.slidingLayers) {
        kinds.push_back(slides ? "sliding_attention" : "full_attention");
    }
    object["layer_types"] = kinds;
    object["use_sliding_window"] = true; // Qwen's and SmolLM3's; others have no such field
}

json madeConfig(const formats::ModelConfig& config)
{
    const formats::FamilySpec& family = formats::knownFamily(config.family);
    if (!family.gguf.isWritten) { // its files keep other numbers there
        throw Exception(ErrorCode::Unsupported,
                        "a " + config.family + " model that comes from a GGUF file is not written as a Hugging Face folder",
                        "start from the model's own Hugging Face folder", "");
    }
    const ModelShape& s = config.shape;
    json object{{"model_type", config.family},
                {"vocab_size", s.vocabulary},
                {"hidden_size", s.hidden},
                {"num_hidden_layers", s.layers},
                {"num_attention_heads", s.heads},
                {"num_key_value_heads", s.kvHeads},
                {"head_dim", s.headSize},
                {"intermediate_size", s.feedForward},
                {"max_position_embeddings", config.contextLength},
                {"rms_norm_eps", config.rmsEpsilon},
                {"rope_parameters", ropeParametersOf(config)},
                {"hidden_act", config.activation == formats::Activation::Silu ? "silu" : "gelu_pytorch_tanh"},
                {"tie_word_embeddings", s.tiedEmbeddings},
                {"eos_token_id", idsOf(config)}};
    addLayerKinds(object, config);
    if (family.attentionBias == formats::AttentionBias::Field) {
        object["attention_bias"] = config.attentionBias;
    }
    if (config.feedForwardBias) {
        object["mlp_bias"] = true;
    }
    if (!config.unrotatedLayers.empty()) {
        json rotates = json::array();
        for (const bool isWithout : config.unrotatedLayers) {
            rotates.push_back(isWithout ? 0 : 1);
        }
        object["no_rope_layers"] = rotates;
    }
    if (config.bosId) {
        object["bos_token_id"] = *config.bosId;
    }
    return object;
}

void writeJson(const std::filesystem::path& file, const json& value)
{
    writeFileAtomically(file, value.dump(2, ' ', false, json::error_handler_t::replace) + "\n").value();
}

void copyFile(const std::filesystem::path& from, const std::filesystem::path& to)
{
    const std::string text = readTextFile(from).value();
    writeFileAtomically(to, text).value();
}

} // namespace

json modelConfigJson(const formats::ModelFiles& model, const std::string& dtype)
{
    json config =
        model.container == "gguf"
            ? madeConfig(model.config)
            : formats::textModelConfig(json::parse(readTextFile(model.path / "config.json").value()), model.path.string());
    config["architectures"] = json::array({formats::architectureOf(model.config.family)});
    config["tie_word_embeddings"] = model.config.shape.tiedEmbeddings; // a head of its own unties, whatever the flag says
    config["dtype"] = dtype;
    config["torch_dtype"] = dtype;
    addBothSpellings(config, model.config);
    return config;
}

void writeDescription(const formats::ModelFiles& model, const std::string& dtype, const std::filesystem::path& folder)
{
    writeJson(folder / "config.json", modelConfigJson(model, dtype));
    if (model.container != "gguf") {
        for (const char* name : {"tokenizer.json", "tokenizer.model", "special_tokens_map.json", "added_tokens.json",
                                 "vocab.json", "merges.txt", "chat_template.jinja", "generation_config.json"}) {
            if (std::filesystem::exists(model.path / name)) {
                copyFile(model.path / name, folder / name);
            }
        }
        for (const char* name : {"chat_templates", "additional_chat_templates"}) {
            if (std::filesystem::is_directory(model.path / name)) {
                std::filesystem::copy(model.path / name, folder / name, std::filesystem::copy_options::recursive);
            }
        }
    }
    if (!std::filesystem::exists(folder / "tokenizer.json")) {
        writeJson(folder / "tokenizer.json", model.tokenizerJson);
    }
    const std::filesystem::path stored = model.path / "tokenizer_config.json";
    const bool isStored = model.container != "gguf" && std::filesystem::exists(stored);
    json tokenizer = isStored ? json::parse(readTextFile(stored).value()) : model.tokenizerConfig;
    if (!tokenizer.is_object()) {
        tokenizer = json::object();
    }
    makeReadableByAll(tokenizer);
    writeJson(folder / "tokenizer_config.json", tokenizer);
    if (!std::filesystem::exists(folder / "generation_config.json")) {
        json generation{{"eos_token_id", idsOf(model.config)}};
        if (model.config.bosId) {
            generation["bos_token_id"] = *model.config.bosId;
        }
        writeJson(folder / "generation_config.json", generation);
    }
}

} // namespace lori::merging
