// SPDX-License-Identifier: Apache-2.0
// config.json of a Hugging Face folder.
#include "core/formats/config_fields.h"
#include "core/formats/family_readers.h"
#include "core/formats/messages.h"
#include "core/formats/model_layout.h"
#include "core/formats/stored_modules.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace lori::formats {

using nlohmann::json;

namespace {

void refuseQuantized(const Fields& fields)
{
    if (const json* quantization = fields.find("quantization_config")) {
        if (quantization->is_object() && quantization->contains("quant_method")) {
            throw Exception(ErrorCode::Unsupported, messages::kQuantized, {quantization->at("quant_method").dump()},
                            fields.where());
        }
        throw Exception(ErrorCode::Unsupported, "the model is quantized", std::string(messages::kQuantized.hint), fields.where());
    }
}

const FamilySpec& specOf(const Fields& fields)
{
    const std::string family = fields.text("model_type");
    const FamilySpec* spec = familySpec(family);
    if (spec == nullptr) {
        const std::string feature = foreignFeature(family);
        throw Exception(ErrorCode::Unsupported, feature.empty() ? messages::kUnknownFamily : messages::kForeignFamily,
                        {family, feature.empty() ? familyNames() : feature}, fields.where());
    }
    return *spec;
}

/// The family of the text model that a configuration of this model_type holds; null for an unknown one.
const FamilySpec* familyInside(const std::string& outer)
{
    const auto all = families();
    const auto found = std::find_if(all.begin(), all.end(), [&](const FamilySpec& spec) { return outer == spec.outer; });
    return outer.empty() || found == all.end() ? nullptr : &*found;
}

/// "gemma3 and mistral3"
std::string outerNames()
{
    std::vector<std::string> names;
    for (const FamilySpec& spec : families()) {
        if (*spec.outer != '\0') {
            names.emplace_back(spec.outer);
        }
    }
    std::sort(names.begin(), names.end());
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    }
    return text;
}

void readActivation(ModelConfig& config, const Fields& fields, const FamilySpec& spec)
{
    static const std::map<std::string, Activation> kKnown{
        {"silu", Activation::Silu}, {"swish", Activation::Silu}, {"gelu_pytorch_tanh", Activation::GeluTanh}};
    const std::string name =
        fields.textOr(spec.activationField, spec.activation == Activation::GeluTanh ? "gelu_pytorch_tanh" : "silu");
    const auto known = kKnown.find(name);
    if (known == kKnown.end()) {
        refuseKind("the activation '" + name + "' is not supported (silu and gelu_pytorch_tanh are)", fields.where());
    }
    config.activation = known->second;
}

void readBiases(ModelConfig& config, const Fields& fields, const FamilySpec& spec)
{
    const bool all = spec.attentionBias == AttentionBias::UseBias && fields.flagOr("use_bias", false);
    const bool always = spec.attentionBias == AttentionBias::QueryKeyValue;
    const bool attention = all || (spec.attentionBias == AttentionBias::Field && fields.flagOr("attention_bias", false));
    const bool mlp = fields.flagOr("mlp_bias", false);
    if (mlp && !spec.readsMlpBias) {
        refuseKind("'mlp_bias' is not known in a " + config.family + " model", fields.where());
    }
    config.attentionBias = always || attention;
    config.outputBias = attention;
    config.feedForwardBias = all || mlp;
}

/// A number whose absence means the class's default and whose null means none.
double numberOrNone(const Fields& fields, const char* name, double fallback)
{
    return fields.has(name) ? fields.numberOr(name, 1e-6, 1e9, 0) : fallback;
}

void readScales(ModelConfig& config, const Fields& fields, const FamilySpec& spec)
{
    constexpr double kLow = 1e-9;
    constexpr double kHigh = 1e9;
    if (spec.scalesEmbedding) {
        config.embeddingScale = std::sqrt(static_cast<double>(config.shape.hidden));
    }
    if (spec.queryScalar > 0) {
        config.attentionScale = 1 / std::sqrt(fields.numberOr("query_pre_attn_scalar", kLow, kHigh, spec.queryScalar));
        config.logitCap = numberOrNone(fields, "final_logit_softcapping", spec.logitCap);
        // Gemma 3's class has the field and does not use it.
        config.attentionCap = spec.attentionCap > 0 ? numberOrNone(fields, "attn_logit_softcapping", spec.attentionCap) : 0;
        if (fields.flagOr("use_bidirectional_attention", false)) {
            refuseKind("attention in both directions is not supported", fields.where());
        }
    }
    if (spec.multiplies) {
        config.embeddingScale = fields.numberOr("embedding_multiplier", kLow, kHigh, 1);
        config.residualScale = fields.numberOr("residual_multiplier", kLow, kHigh, 1);
        config.attentionScale = fields.numberOr("attention_multiplier", kLow, kHigh, 1);
        config.logitScale = 1 / fields.numberOr("logits_scaling", kLow, kHigh, 1);
    }
}

void readShape(ModelConfig& config, const Fields& fields, const FamilySpec& spec)
{
    ModelShape& s = config.shape;
    s.layers = fields.integer("num_hidden_layers", 1, kMaxLayers);
    s.hidden = fields.integer("hidden_size", 1, kMaxWidth);
    s.heads = fields.integer("num_attention_heads", 1, kMaxHeads);
    s.kvHeads = fields.integerOr("num_key_value_heads", 1, s.heads, s.heads);
    s.headSize = fields.integerOr("head_dim", 1, kMaxWidth, spec.headSize > 0 ? spec.headSize : s.hidden / s.heads);
    s.feedForward = fields.integer(spec.feedForwardField, 1, kMaxWidth);
    s.vocabulary = fields.integer("vocab_size", 1, kMaxVocabulary);
    s.tiedEmbeddings = fields.flagOr("tie_word_embeddings", spec.tied);
}

} // namespace

/// Granite 4's class holds dense models, experts and Mamba; only the first is a decoder like ours.
void checkGraniteHybrid(const Fields& fields)
{
    if (fields.integerOr("num_local_experts", 0, kMaxHeads, 8) > 0) {
        refuseKind("the architecture 'granitemoehybrid' is supported without experts only (num_local_experts 0)", fields.where());
    }
    const json* kinds = fields.find("layer_types");
    kinds = kinds == nullptr ? fields.find("layers_block_type") : kinds;
    const auto isAttention = [](const json& kind) {
        return kind == json("attention") || kind == json("full_attention");
    };
    if (kinds == nullptr || !kinds->is_array() || !std::all_of(kinds->begin(), kinds->end(), isAttention)) {
        refuseKind("the architecture 'granitemoehybrid' is supported without Mamba layers only (every layer type 'attention')",
                   fields.where());
    }
}

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

json textConfigOf(const json& object, const std::string& where)
{
    const Fields outer(object, where);
    const json* inner = outer.find("text_config");
    if (inner == nullptr) {
        return object;
    }
    const std::string kind = outer.textOr("model_type", "");
    if (!inner->is_object()) {
        outer.refuse("text_config", "must be an object");
    }
    refuseQuantized(outer);
    const FamilySpec* usual = familyInside(kind);
    if (usual == nullptr) {
        const std::string text = Fields(*inner, where + ": text_config").textOr("model_type", kind);
        const std::string feature = foreignFeature(kind).empty() ? foreignFeature(text) : foreignFeature(kind);
        refuseKind("the architecture '" + kind + "' is not supported" +
                       (feature.empty() ? " (of models with a text_config, " + outerNames() + " are)" : ": it has " + feature),
                   where);
    }
    json whole{{"model_type", usual->family}};
    whole.update(*inner);
    const FamilySpec* spec = whole.at("model_type").is_string() ? familySpec(whole.at("model_type").get<std::string>()) : nullptr;
    json text = spec != nullptr && spec->innerDefaults != nullptr ? spec->innerDefaults() : json::object();
    text.update(whole);
    text["tie_word_embeddings"] = outer.flagOr("tie_word_embeddings", true); // of the outer class, which holds the head
    for (const char* name : {"eos_token_id", "bos_token_id"}) {
        if (outer.find(name) != nullptr && Fields(text, where).find(name) == nullptr) {
            text[name] = *outer.find(name);
        }
    }
    return text;
}

json textModelConfig(const json& config, const std::string& where)
{
    return textConfigOf(config, where);
}

std::string architectureOf(const std::string& family)
{
    return knownFamily(family).architecture;
}

ModelConfig configOf(const json& object, const std::filesystem::path& file)
{
    const json text = textConfigOf(object, file.string());
    const bool isInner = object.find("text_config") != object.end() && !object.at("text_config").is_null();
    const Fields fields(text, file.string() + (isInner ? ": text_config" : ""));
    const FamilySpec& spec = specOf(fields);
    refuseQuantized(fields);
    ModelConfig config;
    config.family = spec.family;
    if (spec.check != nullptr) {
        spec.check(fields);
    }
    const std::filesystem::path folder = std::filesystem::absolute(file).lexically_normal().parent_path();
    config.name = folder.filename().string();
    config.normPlaces = spec.norms;
    config.normPlusOne = spec.normPlusOne;
    config.headNorm = spec.headNorm;
    config.rotatesNeighbours = spec.rotatesNeighbours;
    readShape(config, fields, spec);
    config.rmsEpsilon = fields.numberOr("rms_norm_eps", 1e-20, 1, spec.epsilon);
    config.contextLength = fields.integerOr("max_position_embeddings", 1, kMaxContext, 2048);
    readActivation(config, fields, spec);
    readBiases(config, fields, spec);
    readScales(config, fields, spec);
    readLayerKinds(config, fields, spec);
    readRope(config, fields, spec);
    if (fields.find("bos_token_id") != nullptr) {
        config.bosId = fields.integer("bos_token_id", 0, kMaxVocabulary);
    }
    config.eosIds = idsOf(fields, "eos_token_id");
    return config;
}

} // namespace lori::formats
