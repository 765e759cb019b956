// SPDX-License-Identifier: Apache-2.0
#include "core/formats/model_layout.h"

#include "core/formats/checked.h"

#include <set>
#include <utility>

namespace lori::formats {

namespace {

/// The four attention matrices and their optional additions.
void addAttention(std::vector<ExpectedTensor>& list, const ModelConfig& config, const std::string& layer)
{
    const experiment::ModelShape& s = config.shape;
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
    if (config.queryKeyNorm) {
        list.push_back({attention + "q_norm.weight", {s.headSize}});
        list.push_back({attention + "k_norm.weight", {s.headSize}});
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

std::vector<ExpectedTensor> expectedTensors(const ModelConfig& config)
{
    const experiment::ModelShape& s = config.shape;
    std::vector<ExpectedTensor> list{{"model.embed_tokens.weight", {s.vocabulary, s.hidden}}, {"model.norm.weight", {s.hidden}}};
    if (!s.tiedEmbeddings) {
        list.push_back({"lm_head.weight", {s.vocabulary, s.hidden}});
    }
    for (std::int64_t i = 0; i < s.layers; ++i) {
        const std::string layer = "model.layers." + std::to_string(i) + ".";
        list.push_back({layer + "input_layernorm.weight", {s.hidden}});
        list.push_back({layer + "post_attention_layernorm.weight", {s.hidden}});
        addAttention(list, config, layer);
        list.push_back({layer + "mlp.gate_proj.weight", {s.feedForward, s.hidden}});
        list.push_back({layer + "mlp.up_proj.weight", {s.feedForward, s.hidden}});
        list.push_back({layer + "mlp.down_proj.weight", {s.hidden, s.feedForward}});
    }
    return list;
}

void checkConfig(const ModelConfig& config, const std::string& where)
{
    const experiment::ModelShape& s = config.shape;
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

void checkTensors(const ModelConfig& config, const TensorFile& tensors, const std::string& where)
{
    std::set<std::string> known;
    for (const ExpectedTensor& expected : expectedTensors(config)) {
        const TensorView* tensor = tensors.find(expected.name);
        require(tensor != nullptr, "the tensor '" + expected.name + "' is missing", where);
        require(tensor->shape == expected.shape,
                "the tensor '" + expected.name + "' has the shape " + shapeText(tensor->shape) +
                    ", but the configuration needs " + shapeText(expected.shape),
                where);
        if (!holdsRealNumbers(tensor->dtype)) {
            throw Exception(ErrorCode::Unsupported,
                            "the tensor '" + expected.name + "' has the type " + dtypeName(tensor->dtype) +
                                ", which is no weight",
                            "choose a model in F32, F16 or BF16", where);
        }
        known.insert(expected.name);
    }
    for (const TensorView& tensor : tensors.tensors()) {
        if (!known.contains(tensor.name) && !isSuperfluous(tensor.name, config)) {
            throw Exception(ErrorCode::Unsupported,
                            "the tensor '" + tensor.name + "' does not belong to a " + config.family +
                                " model as this program knows it",
                            "choose another model", where);
        }
    }
}

} // namespace lori::formats
