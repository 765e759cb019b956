// SPDX-License-Identifier: Apache-2.0
#include "core/formats/model_layout.h"

#include "core/formats/messages.h"

#include "core/formats/checked.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace lori::formats {

namespace {

/// The four attention matrices and their optional additions.
void addAttention(std::vector<ExpectedTensor>& list, const ModelConfig& config, const std::string& layer)
{
    const ModelShape& s = config.shape;
    const std::int64_t queries = s.heads * s.headSize;
    const std::int64_t keys = s.kvHeads * s.headSize;
    const std::string attention = layer + "self_attn.";
    for (const auto& [name, out] : {std::pair{"q_proj", queries}, std::pair{"k_proj", keys}, std::pair{"v_proj", keys}}) {
        list.push_back({attention + name + ".weight", {out, s.hidden}});
        if (config.attentionBias) {
            list.push_back({attention + name + ".bias", {out}});
        }
    }
    list.push_back({attention + "o_proj.weight", {s.hidden, queries}});
    if (config.outputBias) {
        list.push_back({attention + "o_proj.bias", {s.hidden}});
    }
    if (config.headNorm != HeadNorm::None) {
        const bool all = config.headNorm == HeadNorm::AllHeads;
        list.push_back({attention + "q_norm.weight", {all ? queries : s.headSize}});
        list.push_back({attention + "k_norm.weight", {all ? keys : s.headSize}});
    }
}

void addFeedForward(std::vector<ExpectedTensor>& list, const ModelConfig& config, const std::string& layer)
{
    const ModelShape& s = config.shape;
    for (const auto& [name, out, in] :
         {std::tuple{"gate_proj", s.feedForward, s.hidden}, std::tuple{"up_proj", s.feedForward, s.hidden},
          std::tuple{"down_proj", s.hidden, s.feedForward}}) {
        list.push_back({layer + "mlp." + name + ".weight", {out, in}});
        if (config.feedForwardBias) {
            list.push_back({layer + "mlp." + name + ".bias", {out}});
        }
    }
}

/// Tensors that hold nothing the configuration does not say already, or that a tied head makes superfluous.
bool isSuperfluous(const std::string& name, const ModelConfig& config)
{
    return name.ends_with(".rotary_emb.inv_freq") || (config.shape.tiedEmbeddings && name == "lm_head.weight");
}

void require(bool isTrue, const std::string& what, const std::string& where)
{
    if (!isTrue) {
        throw Exception(ErrorCode::BadFile, what, "choose another model", where);
    }
}

} // namespace

NormNames normNames(NormPlaces places)
{
    switch (places) {
    case NormPlaces::Before:
        return {"input_layernorm", "", "post_attention_layernorm", ""};
    case NormPlaces::Around:
        return {"input_layernorm", "post_attention_layernorm", "pre_feedforward_layernorm", "post_feedforward_layernorm"};
    case NormPlaces::After:
        return {"", "post_attention_layernorm", "", "post_feedforward_layernorm"};
    }
    return {};
}

std::vector<ExpectedTensor> expectedTensors(const ModelConfig& config)
{
    const ModelShape& s = config.shape;
    std::vector<ExpectedTensor> list{{"model.embed_tokens.weight", {s.vocabulary, s.hidden}}, {"model.norm.weight", {s.hidden}}};
    if (!s.tiedEmbeddings) {
        list.push_back({"lm_head.weight", {s.vocabulary, s.hidden}});
    }
    for (std::int64_t i = 0; i < s.layers; ++i) {
        const std::string layer = "model.layers." + std::to_string(i) + ".";
        const NormNames norms = normNames(config.normPlaces);
        for (const std::string name : {norms.attentionIn, norms.attentionOut, norms.feedForwardIn, norms.feedForwardOut}) {
            if (!name.empty()) {
                list.push_back({layer + name + ".weight", {s.hidden}});
            }
        }
        addAttention(list, config, layer);
        addFeedForward(list, config, layer);
    }
    return list;
}

void checkConfig(const ModelConfig& config, const std::string& where)
{
    const ModelShape& s = config.shape;
    require(s.heads % s.kvHeads == 0,
            std::to_string(s.heads) + " attention heads cannot share " + std::to_string(s.kvHeads) + " key and value heads",
            where);
    require(s.headSize >= 2 && s.headSize % 2 == 0 && s.headSize <= kMaxWidth,
            "a head of " + std::to_string(s.headSize) + " entries cannot be rotated: it must be an even number", where);
    require(!config.eosIds.empty(), "the model names no token that ends a text", where);
    for (const std::int64_t id : config.eosIds) {
        require(id >= 0 && id < s.vocabulary,
                "the end token " + std::to_string(id) + " is outside the vocabulary of " + std::to_string(s.vocabulary), where);
    }
    require(!config.bosId || (*config.bosId >= 0 && *config.bosId < s.vocabulary), "the start token is outside the vocabulary",
            where);
}

namespace {

/// The layer a name speaks of; −1 for other names.
std::int64_t layerOf(const std::string& name)
{
    constexpr std::string_view kStart = "model.layers.";
    std::int64_t layer = -1;
    if (name.starts_with(kStart)) {
        std::from_chars(name.data() + kStart.size(), name.data() + name.size(), layer);
    }
    return layer;
}

/// What is wrong with a tensor the architecture does not have, and what helps.
[[noreturn]] void refuseTensor(const ModelConfig& config, const TensorFile& tensors, const std::string& name,
                               const std::string& where)
{
    std::int64_t layers = 0;
    for (const TensorView& tensor : tensors.tensors()) {
        layers = std::max(layers, layerOf(tensor.name) + 1);
    }
    if (layers > config.shape.layers) {
        throw Exception(ErrorCode::BadFile,
                        "the file has " + std::to_string(layers) + " layers ('" + name + "'), but the configuration says " +
                            std::to_string(config.shape.layers),
                        "use the config.json that belongs to the weights", where);
    }
    const bool isPeft = name.starts_with("base_model.") || name.find(".lora_") != std::string::npos;
    throw Exception(ErrorCode::Unsupported,
                    "the tensor '" + name + "' does not belong to a " + config.family + " model as this program knows it",
                    isPeft ? "it is of an adapter saved together with its base: merge the adapter first, or open it as one"
                           : "choose another model",
                    where);
}

void checkShape(const ExpectedTensor& expected, const TensorView& tensor, const std::string& where)
{
    if (tensor.shape == expected.shape) {
        return;
    }
    const bool isVocabulary =
        expected.name == "model.embed_tokens.weight" && tensor.shape.size() == 2 && tensor.shape[1] == expected.shape[1];
    throw Exception(ErrorCode::BadFile,
                    "the tensor '" + expected.name + "' has the shape " + shapeText(tensor.shape) +
                        ", but the configuration needs " + shapeText(expected.shape),
                    isVocabulary
                        ? "set 'vocab_size' in config.json to the " + std::to_string(tensor.shape[0]) + " rows of the file"
                        : "use the config.json that belongs to the weights",
                    where);
}

} // namespace

void checkTensors(const ModelConfig& config, const TensorFile& tensors, const std::string& where)
{
    std::set<std::string> known;
    const std::vector<ExpectedTensor> list = expectedTensors(config);
    for (const ExpectedTensor& expected : list) {
        known.insert(expected.name);
    }
    const TensorView* foreign = nullptr;
    for (const TensorView& tensor : tensors.tensors()) {
        if (foreign == nullptr && !known.contains(tensor.name) && !isSuperfluous(tensor.name, config)) {
            foreign = &tensor;
        }
    }
    for (const ExpectedTensor& expected : list) {
        const TensorView* tensor = tensors.find(expected.name);
        if (tensor == nullptr && foreign != nullptr && expected.name != "lm_head.weight") {
            refuseTensor(config, tensors, foreign->name, where); // says more: another architecture, or another's names
        }
        if (tensor == nullptr) {
            const bool isHead = expected.name == "lm_head.weight";
            throw Exception(ErrorCode::BadFile, isHead ? messages::kHeadMissing : messages::kTensorMissing, {expected.name},
                            where);
        }
        checkShape(expected, *tensor, where);
        if (!holdsRealNumbers(tensor->dtype)) {
            throw Exception(ErrorCode::Unsupported,
                            "the tensor '" + expected.name + "' has the type " + dtypeName(tensor->dtype) +
                                ", which is no weight",
                            "choose a model in F32, F16 or BF16", where);
        }
    }
    if (foreign != nullptr) {
        refuseTensor(config, tensors, foreign->name, where);
    }
}

} // namespace lori::formats
