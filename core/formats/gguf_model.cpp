// SPDX-License-Identifier: Apache-2.0
#include "core/formats/checked.h"
#include "core/formats/end_tokens.h"
#include "core/formats/gguf_families.h"
#include "core/formats/gguf_file.h"
#include "core/formats/gguf_names.h"
#include "core/formats/gguf_tokenizer.h"
#include "core/formats/model_layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lori::formats {

namespace {

[[noreturn]] void refuseKind(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::Unsupported, what, "open the model as a Hugging Face folder, or choose another one", where);
}

RopeScaling ropeScalingOf(const GgufMetadata& metadata, const std::string& architecture)
{
    RopeScaling scaling;
    const auto older = metadata.number(architecture + ".rope.scale_linear");
    const double factor = metadata.number(architecture + ".rope.scaling.factor").value_or(older.value_or(1));
    // As llama.cpp: a factor without a kind stretches linearly, and 0 means 1.
    const std::string kind = metadata.text(architecture + ".rope.scaling.type").value_or("linear");
    if (kind == "linear") {
        if (!(factor >= 0)) {
            metadata.refuse(architecture + ".rope.scaling.factor", "must be above 0");
        }
        scaling.kind = factor == 0 || factor == 1 ? "" : kind;
        scaling.factor = factor == 0 ? 1 : factor;
    } else if (kind != "none") {
        refuseKind("the rotary scaling '" + kind + "' is not supported", metadata.where());
    }
    return scaling;
}

/// Llama 3.1 and later: the converter has turned the scaling into one divisor for each frequency.
void readFrequencyTable(ModelConfig& config, const GgufFile& file)
{
    const auto table = std::find_if(file.tensors.begin(), file.tensors.end(),
                                    [](const TensorView& tensor) { return tensor.name == "rope_freqs.weight"; });
    if (table == file.tensors.end()) {
        return;
    }
    std::vector<float> divisors(static_cast<std::size_t>(config.shape.headSize / 2));
    if (table->shape != std::vector<std::int64_t>{config.shape.headSize / 2} || !config.ropeScaling.kind.empty()) {
        throw Exception(ErrorCode::BadFile,
                        "the table 'rope_freqs.weight' has the shape " + shapeText(table->shape) + " for heads of " +
                            std::to_string(config.shape.headSize) + " entries, or meets another rotary scaling",
                        "choose another model", file.metadata.where());
    }
    toFloat(*table, divisors).value();
    config.ropeScaling.kind = "table";
    for (const float divisor : divisors) {
        if (!(divisor > 0) || !std::isfinite(divisor)) {
            throw Exception(ErrorCode::BadFile, "the table 'rope_freqs.weight' holds a number that is not above 0",
                            "choose another model", file.metadata.where());
        }
        config.ropeScaling.divisors.push_back(static_cast<double>(divisor));
    }
}

void readShape(ModelConfig& config, const GgufFile& file, const std::string& architecture)
{
    const GgufMetadata& metadata = file.metadata;
    const auto key = [&](const char* name) {
        return architecture + "." + name;
    };
    ModelShape& s = config.shape;
    s.layers = metadata.requireInteger(key("block_count"), 1, kMaxLayers);
    s.hidden = metadata.requireInteger(key("embedding_length"), 1, kMaxWidth);
    s.feedForward = metadata.requireInteger(key("feed_forward_length"), 1, kMaxWidth);
    s.heads = metadata.requireInteger(key("attention.head_count"), 1, kMaxHeads);
    s.kvHeads = metadata.has(key("attention.head_count_kv")) ? metadata.requireInteger(key("attention.head_count_kv"), 1, s.heads)
                                                             : s.heads;
    s.headSize = metadata.integer(key("attention.key_length")).value_or(s.hidden / s.heads);
    const std::int64_t valueSize = metadata.integer(key("attention.value_length")).value_or(s.headSize);
    const std::int64_t rotated = metadata.integer(key("rope.dimension_count")).value_or(s.headSize);
    if (valueSize != s.headSize || rotated != s.headSize) {
        refuseKind("heads of " + std::to_string(s.headSize) + " entries with values of " + std::to_string(valueSize) + " and " +
                       std::to_string(rotated) + " rotated ones are not supported",
                   metadata.where());
    }
    s.tiedEmbeddings = true;
    for (const TensorView& tensor : file.tensors) {
        if (tensor.name == "token_embd.weight") {
            s.vocabulary = tensor.shape[0];
        }
        if (tensor.name == "output.weight") {
            s.tiedEmbeddings = false;
        }
        config.attentionBias = config.attentionBias || tensor.name == "blk.0.attn_q.bias";
        config.outputBias = config.outputBias || tensor.name == "blk.0.attn_output.bias";
        config.feedForwardBias = config.feedForwardBias || tensor.name == "blk.0.ffn_gate.bias";
        if (tensor.name == "blk.0.attn_q_norm.weight") {
            config.headNorm = HeadNorm::EachHead;
        }
    }
    if (s.vocabulary < 1 || s.vocabulary > kMaxVocabulary) {
        throw Exception(ErrorCode::BadFile, "the tensor 'token_embd.weight' is missing or of an impossible size",
                        "choose another model", metadata.where());
    }
}

/// A file may be something else than a model, and says so.
void checkKind(const GgufMetadata& metadata)
{
    const std::string kind = metadata.text("general.type").value_or("model");
    if (kind == "adapter") {
        throw Exception(ErrorCode::Unsupported, "this GGUF file is a LoRA adapter, not a model",
                        "give it as the adapter, and the model that it was made for as the model", metadata.where());
    }
    if (kind != "model") {
        throw Exception(ErrorCode::Unsupported, "this GGUF file is of the kind '" + kind + "', not a model",
                        "choose the model's own file", metadata.where());
    }
}

ModelConfig configOf(const GgufFile& file)
{
    const GgufMetadata& metadata = file.metadata;
    checkKind(metadata);
    ModelConfig config;
    const std::string family = metadata.text("general.architecture").value_or(""); // the prefix of its keys
    config.family = familyOfArchitecture(metadata, family);
    if (metadata.integer(family + ".expert_count").value_or(0) > 0) {
        refuseKind("a mixture of experts is not supported", metadata.where());
    }
    config.name = metadata.text("general.name").value_or(std::filesystem::path(metadata.where()).stem().string());
    readShape(config, file, family);
    config.rmsEpsilon = metadata.number(family + ".attention.layer_norm_rms_epsilon").value_or(1e-5);
    config.ropeTheta = metadata.number(family + ".rope.freq_base").value_or(10000);
    if (!(config.rmsEpsilon > 0 && config.rmsEpsilon < 1) || !(config.ropeTheta > 0)) {
        throw Exception(ErrorCode::BadFile, "the norm's epsilon or the rotary base is out of range", "choose another model",
                        metadata.where());
    }
    // The file keeps 1e-5 as the nearest f32; the model was trained with the decimal number, and f32 rounds both to the same
    // value.
    config.ropeScaling = ropeScalingOf(metadata, family);
    readFrequencyTable(config, file);
    config.contextLength =
        metadata.has(family + ".context_length") ? metadata.requireInteger(family + ".context_length", 1, kMaxContext) : 2048;
    config.slidingWindow = metadata.has(family + ".attention.sliding_window")
                               ? metadata.requireInteger(family + ".attention.sliding_window", 0, kMaxContext)
                               : 0;
    readGgufFamily(config, metadata, family);
    config.bosId = metadata.integer("tokenizer.ggml.bos_token_id");
    config.eosIds = endTokensOf(metadata);
    checkConfig(config, metadata.where());
    return config;
}

} // namespace

ModelFiles openGgufModel(const std::filesystem::path& path, Extent extent)
{
    GgufFile file = openGguf(path);
    ModelFiles model;
    model.path = path;
    model.container = "gguf";
    model.config = configOf(file);
    model.permutedQueryKey = permutesQueryKey(file.metadata.text("general.architecture").value_or(""));
    if (extent == Extent::Headers) {
        return model;
    }
    const GgufTokenizer tokenizer = tokenizerOf(file.metadata, model.config.shape.vocabulary);
    model.tokenizerJson = tokenizer.tokenizer;
    model.tokenizerConfig = tokenizer.config;
    model.turnEndId = turnEndOf(model.tokenizerConfig.value("chat_template", nlohmann::json()),
                                [&](const std::string& text) { return idOfToken(file.metadata, text); });
    auto tensors = std::make_unique<MappedTensors>();
    for (TensorView& tensor : file.tensors) {
        if (tensor.name == "rope_freqs.weight") {
            continue; // part of the configuration
        }
        tensor.name = huggingFaceName(tensor.name, model.config.normPlaces);
        tensors->add(std::move(tensor), path.string());
    }
    for (MappedFile& part : file.files) {
        tensors->keep(std::move(part));
    }
    checkTensors(model.config, *tensors, path.string());
    model.tensors = std::move(tensors);
    return model;
}

} // namespace lori::formats
