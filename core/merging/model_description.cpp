// SPDX-License-Identifier: Apache-2.0
#include "core/merging/model_description.h"

#include "core/support/files.h"

#include <array>

namespace lori::merging {

using nlohmann::json;

namespace {

std::string architectureOf(const std::string& family)
{
    constexpr std::array<std::pair<const char*, const char*>, 4> kNames{{{"llama", "LlamaForCausalLM"},
                                                                         {"mistral", "MistralForCausalLM"},
                                                                         {"qwen2", "Qwen2ForCausalLM"},
                                                                         {"qwen3", "Qwen3ForCausalLM"}}};
    for (const auto& [name, architecture] : kNames) {
        if (family == name) {
            return architecture;
        }
    }
    throw Exception(ErrorCode::Unsupported, "a model of the family " + family + " cannot be written as a folder",
                    "start from the model's Hugging Face folder", "");
}

json idsOf(const formats::ModelConfig& config)
{
    if (config.eosIds.size() == 1) {
        return config.eosIds.front();
    }
    return config.eosIds.empty() ? json() : json(config.eosIds);
}

json ropeScalingOf(const formats::RopeScaling& scaling)
{
    if (scaling.kind.empty()) {
        return nullptr;
    }
    json object{{"rope_type", scaling.kind}, {"factor", scaling.factor}};
    if (scaling.kind == "llama3") {
        object["low_freq_factor"] = scaling.lowFrequencyFactor;
        object["high_freq_factor"] = scaling.highFrequencyFactor;
        object["original_max_position_embeddings"] = scaling.originalContext;
    }
    return object;
}

json madeConfig(const formats::ModelConfig& config)
{
    const experiment::ModelShape& s = config.shape;
    json object{{"architectures", {architectureOf(config.family)}},
                {"model_type", config.family},
                {"vocab_size", s.vocabulary},
                {"hidden_size", s.hidden},
                {"num_hidden_layers", s.layers},
                {"num_attention_heads", s.heads},
                {"num_key_value_heads", s.kvHeads},
                {"head_dim", s.headSize},
                {"intermediate_size", s.feedForward},
                {"max_position_embeddings", config.contextLength},
                {"rms_norm_eps", config.rmsEpsilon},
                {"rope_theta", config.ropeTheta},
                {"rope_scaling", ropeScalingOf(config.ropeScaling)},
                {"hidden_act", "silu"},
                {"tie_word_embeddings", s.tiedEmbeddings},
                {"eos_token_id", idsOf(config)}};
    if (config.family == "llama" || config.family == "qwen3") {
        object["attention_bias"] = config.attentionBias;
    }
    if (config.slidingWindow > 0) {
        object["sliding_window"] = config.slidingWindow;
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
        model.container == "gguf" ? madeConfig(model.config) : json::parse(readTextFile(model.path / "config.json").value());
    config.erase("dtype"); // newer transformers write this name, all read the older one
    config["torch_dtype"] = dtype;
    return config;
}

void writeDescription(const formats::ModelFiles& model, const std::string& dtype, const std::filesystem::path& folder)
{
    writeJson(folder / "config.json", modelConfigJson(model, dtype));
    if (model.container != "gguf") {
        for (const char* name :
             {"tokenizer.json", "tokenizer_config.json", "tokenizer.model", "special_tokens_map.json", "added_tokens.json",
              "vocab.json", "merges.txt", "chat_template.jinja", "generation_config.json"}) {
            if (std::filesystem::exists(model.path / name)) {
                copyFile(model.path / name, folder / name);
            }
        }
    }
    if (!std::filesystem::exists(folder / "tokenizer.json")) {
        writeJson(folder / "tokenizer.json", model.tokenizerJson);
    }
    if (!std::filesystem::exists(folder / "tokenizer_config.json")) {
        json config = model.tokenizerConfig.is_object() ? model.tokenizerConfig : json::object();
        if (!config.contains("tokenizer_class")) {
            config["tokenizer_class"] = "PreTrainedTokenizerFast";
        }
        writeJson(folder / "tokenizer_config.json", config);
    }
    if (!std::filesystem::exists(folder / "generation_config.json")) {
        json generation{{"eos_token_id", idsOf(model.config)}};
        if (model.config.bosId) {
            generation["bos_token_id"] = *model.config.bosId;
        }
        writeJson(folder / "generation_config.json", generation);
    }
}

} // namespace lori::merging
