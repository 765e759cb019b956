// SPDX-License-Identifier: Apache-2.0
#include "core/formats/end_tokens.h"
#include "core/formats/json_fields.h"
#include "core/formats/mapped_tensors.h"
#include "core/formats/model_layout.h"
#include "core/support/files.h"

#include <algorithm>
#include <set>

namespace lori::formats {

using nlohmann::json;

namespace {

[[noreturn]] void refuseKind(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::Unsupported, what, "choose another model", where);
}

std::string familyOf(const Fields& fields)
{
    const std::string family = fields.text("model_type");
    static const std::set<std::string> kFamilies{"llama", "mistral", "qwen2", "qwen3", "smollm3"};
    if (!kFamilies.contains(family)) {
        refuseKind("the architecture '" + family + "' is not supported (llama, mistral, qwen2, qwen3 and smollm3 are)",
                   fields.where());
    }
    if (const json* quantization = fields.find("quantization_config")) {
        const bool isNamed = quantization->is_object() && quantization->contains("quant_method");
        refuseKind("the model is quantized" + (isNamed ? " (" + quantization->at("quant_method").dump() + ")" : std::string()),
                   fields.where());
    }
    const std::string activation = fields.textOr("hidden_act", "silu");
    if (activation != "silu" || fields.flagOr("mlp_bias", false) || fields.numberOr("partial_rotary_factor", 0, 1, 1) != 1) {
        refuseKind("the model differs from plain " + family + " (hidden_act '" + activation +
                       "', mlp_bias or partial_rotary_factor)",
                   fields.where());
    }
    return family;
}

void readRope(ModelConfig& config, const Fields& fields)
{
    constexpr double kMaxTheta = 1e15;
    const json* parameters = fields.find("rope_parameters"); // newer files keep base and scaling together
    const json* stretch = parameters != nullptr ? parameters : fields.find("rope_scaling");
    config.ropeTheta = fields.numberOr("rope_theta", 1, kMaxTheta, config.family == "smollm3" ? 2e6 : 10000);
    if (stretch == nullptr) {
        return;
    }
    if (!stretch->is_object()) {
        fields.refuse(parameters != nullptr ? "rope_parameters" : "rope_scaling", "must be an object");
    }
    const Fields scaling(*stretch, fields.where() + ": rope scaling");
    config.ropeTheta = scaling.numberOr("rope_theta", 1, kMaxTheta, config.ropeTheta);
    const std::string kind = scaling.textOr("rope_type", scaling.textOr("type", "default"));
    if (kind == "default") {
        return;
    }
    if (kind != "linear" && kind != "llama3") {
        refuseKind("the rotary scaling '" + kind + "' is not supported (linear and llama3 are)", fields.where());
    }
    config.ropeScaling.kind = kind;
    config.ropeScaling.factor = scaling.number("factor", 1, 1e6);
    if (kind == "llama3") {
        config.ropeScaling.lowFrequencyFactor = scaling.number("low_freq_factor", 1e-3, 1e6);
        config.ropeScaling.highFrequencyFactor = scaling.number("high_freq_factor", 1e-3, 1e6);
        config.ropeScaling.originalContext = scaling.integer("original_max_position_embeddings", 1, kMaxContext);
        if (config.ropeScaling.highFrequencyFactor <= config.ropeScaling.lowFrequencyFactor) {
            scaling.refuse("high_freq_factor", "must be above 'low_freq_factor'");
        }
    }
}

/// A list of one entry a layer; `read` turns an entry into true or false.
template <typename Read>
std::vector<bool> perLayer(const ModelConfig& config, const Fields& fields, const char* name, const Read& read)
{
    const json* list = fields.find(name);
    if (list == nullptr) {
        return {};
    }
    if (!list->is_array() || list->size() != static_cast<std::size_t>(config.shape.layers)) {
        fields.refuse(name, "must be a list with one entry for each of the " + std::to_string(config.shape.layers) + " layers");
    }
    std::vector<bool> result;
    for (const json& entry : *list) {
        result.push_back(read(entry));
    }
    return result;
}

/// SmolLM3: layers that know no positions. The field's 1 means "rotates".
void readUnrotatedLayers(ModelConfig& config, const Fields& fields)
{
    if (config.family != "smollm3") {
        return;
    }
    config.unrotatedLayers = perLayer(config, fields, "no_rope_layers", [&](const json& entry) {
        if (entry != json(0) && entry != json(1)) {
            fields.refuse("no_rope_layers", "holds " + entry.dump() + "; 1 (with positions) and 0 (without) are known");
        }
        return entry == json(0);
    });
    if (config.unrotatedLayers.empty()) {
        const std::int64_t interval = fields.integerOr("no_rope_layer_interval", 1, kMaxLayers, 4);
        for (std::int64_t layer = 0; layer < config.shape.layers; ++layer) {
            config.unrotatedLayers.push_back((layer + 1) % interval == 0);
        }
    }
}

/// Qwen's and SmolLM3's windows may be in some layers only: as 'layer_types' says, or else by each family's rule.
void readSlidingLayers(ModelConfig& config, const Fields& fields)
{
    std::vector<bool> sliding = perLayer(config, fields, "layer_types", [&](const json& entry) {
        if (entry != json("full_attention") && entry != json("sliding_attention")) {
            refuseKind("the layer type " + entry.dump() + " is not supported (full_attention and sliding_attention are)",
                       fields.where());
        }
        return entry == json("sliding_attention");
    });
    if (config.slidingWindow == 0) {
        if (std::find(sliding.begin(), sliding.end(), true) != sliding.end()) {
            fields.refuse("layer_types",
                          "names layers with a sliding window, but 'sliding_window' and 'use_sliding_window' give none");
        }
        return;
    }
    if (sliding.empty()) {
        const std::int64_t first = fields.integerOr("max_window_layers", 0, kMaxContext, 28);
        for (std::int64_t layer = 0; layer < config.shape.layers; ++layer) {
            sliding.push_back(config.family == "smollm3" ? !config.rotates(layer) : layer >= first);
        }
    }
    config.slidingLayers = std::move(sliding);
}

void readVariants(ModelConfig& config, const Fields& fields)
{
    const bool hasBias = fields.flagOr("attention_bias", false);
    config.queryKeyNorm = config.family == "qwen3";
    config.attentionBias = config.family == "qwen2" || hasBias;
    config.outputBias = config.family != "qwen2" && hasBias;
    readUnrotatedLayers(config, fields);
    const bool hasChoice = config.family != "llama" && config.family != "mistral";
    if (config.family == "mistral" || (hasChoice && fields.flagOr("use_sliding_window", false))) {
        config.slidingWindow = fields.integerOr("sliding_window", 1, kMaxContext, 0);
    }
    if (hasChoice) {
        readSlidingLayers(config, fields);
    }
}

/// A number or a list of numbers.
std::vector<std::int64_t> idsOf(const Fields& fields, const char* name)
{
    std::vector<std::int64_t> ids;
    const json* value = fields.find(name);
    if (value != nullptr && value->is_array()) {
        for (const json& entry : *value) {
            const json wrapped = {{name, entry}};
            ids.push_back(Fields(wrapped, fields.where()).integer(name, 0, kMaxVocabulary));
        }
    } else if (value != nullptr) {
        ids.push_back(fields.integer(name, 0, kMaxVocabulary));
    }
    return ids;
}

ModelConfig configOf(const json& object, const std::filesystem::path& file)
{
    const Fields fields(object, file.string());
    ModelConfig config;
    config.family = familyOf(fields);
    const std::filesystem::path folder = std::filesystem::absolute(file).lexically_normal().parent_path();
    config.name = folder.filename().string();
    experiment::ModelShape& s = config.shape;
    s.layers = fields.integer("num_hidden_layers", 1, kMaxLayers);
    s.hidden = fields.integer("hidden_size", 1, kMaxWidth);
    s.heads = fields.integer("num_attention_heads", 1, kMaxHeads);
    s.kvHeads = fields.integerOr("num_key_value_heads", 1, s.heads, s.heads);
    s.headSize = fields.integerOr("head_dim", 1, kMaxWidth, config.family == "qwen3" ? 128 : s.hidden / s.heads);
    s.feedForward = fields.integer("intermediate_size", 1, kMaxWidth);
    s.vocabulary = fields.integer("vocab_size", 1, kMaxVocabulary);
    s.tiedEmbeddings = fields.flagOr("tie_word_embeddings", config.family == "smollm3");
    config.rmsEpsilon = fields.numberOr("rms_norm_eps", 1e-20, 1, 1e-6);
    config.contextLength = fields.integerOr("max_position_embeddings", 1, kMaxContext, 2048);
    readRope(config, fields);
    readVariants(config, fields);
    if (fields.find("bos_token_id") != nullptr) {
        config.bosId = fields.integer("bos_token_id", 0, kMaxVocabulary);
    }
    config.eosIds = idsOf(fields, "eos_token_id");
    return config;
}

/// Text of a token in tokenizer_config.json, which writes it as text or as an object.
std::string tokenText(const json& tokenizerConfig, const char* name)
{
    const auto value = tokenizerConfig.find(name);
    if (value == tokenizerConfig.end()) {
        return {};
    }
    const json& text = value->is_object() && value->contains("content") ? value->at("content") : *value;
    return text.is_string() ? text.get<std::string>() : std::string();
}

std::optional<std::int64_t> idOfToken(const json& tokenizer, const std::string& text)
{
    const auto added = tokenizer.find("added_tokens");
    if (added == tokenizer.end() || !added->is_array() || text.empty()) {
        return std::nullopt;
    }
    for (const json& token : *added) {
        if (token.is_object() && token.value("content", json()) == json(text) && token.value("id", json()).is_number_unsigned()) {
            return token.at("id").get<std::int64_t>();
        }
    }
    return std::nullopt;
}

/// All end tokens: the tokenizer's own first, because it ends a turn (Llama 3's list begins with the one that ends a document);
/// then generation_config.json's, or else config.json's.
void readEndTokens(ModelFiles& model)
{
    const std::filesystem::path generationFile = model.path / "generation_config.json";
    if (std::filesystem::exists(generationFile)) {
        const json generation = readJsonFile(generationFile);
        const std::vector<std::int64_t> ids = idsOf(Fields(generation, generationFile.string()), "eos_token_id");
        model.config.eosIds = ids.empty() ? model.config.eosIds : ids;
    }
    std::vector<std::int64_t>& ids = model.config.eosIds;
    if (const auto turnEnd = idOfToken(model.tokenizerJson, tokenText(model.tokenizerConfig, "eos_token"))) {
        ids.erase(std::remove(ids.begin(), ids.end(), *turnEnd), ids.end());
        ids.insert(ids.begin(), *turnEnd);
    }
    // A base model's folder may carry a chat template whose turns end with a token that no list names.
    model.turnEndId = turnEndOf(model.tokenizerConfig.value("chat_template", json()),
                                [&](const std::string& text) { return idOfToken(model.tokenizerJson, text); });
    if (model.turnEndId && std::find(ids.begin(), ids.end(), *model.turnEndId) == ids.end()) {
        ids.push_back(*model.turnEndId);
    }
}

std::unique_ptr<TensorFile> openTensors(const std::filesystem::path& folder)
{
    for (const char* name : {"model.safetensors.index.json", "model.safetensors"}) {
        if (std::filesystem::exists(folder / name)) {
            return std::move(openSafetensors(folder / name).value().file);
        }
    }
    const bool isPickle = std::filesystem::exists(folder / "pytorch_model.bin");
    throw Exception(isPickle ? ErrorCode::Unsupported : ErrorCode::NotFound,
                    isPickle ? "the weights are a pickle (pytorch_model.bin)" : "the folder has no model.safetensors",
                    isPickle ? "convert them to safetensors" : "choose the model's folder", folder.string());
}

} // namespace

ModelFiles openHuggingFaceModel(const std::filesystem::path& folder, Extent extent)
{
    ModelFiles model;
    model.path = folder;
    model.container = "safetensors";
    const std::filesystem::path configFile = folder / "config.json";
    if (!std::filesystem::exists(configFile)) {
        throw Exception(ErrorCode::NotFound, "the folder has no config.json", "choose the model's folder or a GGUF file",
                        folder.string());
    }
    model.config = configOf(readJsonFile(configFile), configFile);
    readHuggingFaceTokenizer(model);
    readEndTokens(model);
    checkConfig(model.config, configFile.string());
    if (extent == Extent::Everything) {
        model.tensors = openTensors(folder);
        checkTensors(model.config, *model.tensors, folder.string());
    }
    return model;
}

} // namespace lori::formats
