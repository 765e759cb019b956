// SPDX-License-Identifier: Apache-2.0
#include "core/merging/config_spellings.h"

#include "core/formats/families.h"

namespace lori::merging {

using nlohmann::json;

namespace {

bool isObject(const json& config, const char* name)
{
    const auto place = config.find(name);
    return place != config.end() && place->is_object() && !place->empty();
}

/// The scaling of one set of parameters as 4.x writes it; null for none.
json olderScaling(json parameters)
{
    const std::string kind = parameters.value("rope_type", parameters.value("type", "default"));
    parameters.erase("rope_theta");
    parameters.erase("partial_rotary_factor");
    if (kind == "default") {
        return nullptr;
    }
    parameters["rope_type"] = kind;
    parameters.erase("type");
    return parameters;
}

/// Phi-3 and Phi-4-mini: 4.x wants these three fields and no other, and the original context beside them.
void makeLongRopeReadable(json& config)
{
    json& scaling = config["rope_scaling"];
    if (!scaling.is_object() || !scaling.contains("short_factor")) {
        return;
    }
    if (scaling.contains("original_max_position_embeddings")) {
        config["original_max_position_embeddings"] = scaling.at("original_max_position_embeddings");
    }
    scaling = {{"type", "longrope"},
               {"short_factor", scaling.value("short_factor", json::array())},
               {"long_factor", scaling.value("long_factor", json::array())}};
}

/// One set of parameters from the older fields.
json newerParameters(const json& config, double theta)
{
    json parameters = isObject(config, "rope_scaling") ? config.at("rope_scaling") : json::object();
    parameters["rope_type"] = parameters.value("rope_type", parameters.value("type", "default"));
    parameters.erase("type");
    if (!parameters.contains("rope_theta")) {
        parameters["rope_theta"] = theta;
    }
    if (config.contains("partial_rotary_factor") && !config.at("partial_rotary_factor").is_null()) {
        parameters["partial_rotary_factor"] = config.at("partial_rotary_factor");
    }
    return parameters;
}

/// Gemma 3 and OLMo 3: one set for each kind of layer.
void addNested(json& config, const formats::ModelConfig& model)
{
    json all = isObject(config, "rope_parameters") ? config.at("rope_parameters") : json::object();
    json full = isObject(all, "full_attention") ? all.at("full_attention") : json::object();
    if (isObject(config, "rope_scaling")) {
        full.update(config.at("rope_scaling"));
    }
    full["rope_type"] = full.value("rope_type", full.value("type", "default"));
    full.erase("type");
    full["rope_theta"] = model.ropeTheta;
    json sliding = isObject(all, "sliding_attention") ? all.at("sliding_attention") : json{{"rope_type", "default"}};
    sliding["rope_theta"] = model.slidingRope->theta;
    config["rope_scaling"] = olderScaling(full);
    config["rope_parameters"] = {{"full_attention", full}, {"sliding_attention", sliding}};
    config["rope_theta"] = model.ropeTheta;
    if (const char* field = formats::knownFamily(model.family).slidingThetaField; *field != '\0') {
        config[field] = model.slidingRope->theta;
    }
}

} // namespace

void addBothSpellings(json& config, const formats::ModelConfig& model)
{
    if (formats::knownFamily(model.family)
            .hasOlderLayerKinds) { // 5.x's names of layers are unknown to 4.x, the older ones to none
        for (const char* name : {"layer_types", "layers_block_type"}) {
            if (config.contains(name) && config.at(name).is_array()) {
                config[name] = std::vector<std::string>(config.at(name).size(), "attention");
            }
        }
    }
    if (model.slidingRope) {
        addNested(config, model);
        return;
    }
    const bool isNewer = isObject(config, "rope_parameters") && !isObject(config, "rope_scaling");
    const double theta = config.contains("rope_theta") && config.at("rope_theta").is_number()
                             ? config.at("rope_theta").get<double>()
                             : model.ropeTheta;
    if (isNewer) {
        json& parameters = config["rope_parameters"];
        if (!parameters.contains("rope_theta") || parameters.at("rope_theta").is_null()) {
            parameters["rope_theta"] = theta;
        }
    } else {
        config["rope_parameters"] = newerParameters(config, theta);
    }
    const json& parameters = config.at("rope_parameters");
    config["rope_theta"] = parameters.at("rope_theta");
    config["rope_scaling"] = olderScaling(parameters);
    if (parameters.contains("partial_rotary_factor")) {
        config["partial_rotary_factor"] = parameters.at("partial_rotary_factor");
    }
    if (formats::knownFamily(model.family).longRopeOutside) {
        makeLongRopeReadable(config);
    }
}

void makeReadableByAll(json& tokenizerConfig)
{
    const auto name = tokenizerConfig.find("tokenizer_class");
    if (name == tokenizerConfig.end() || name->is_null() || *name == json("TokenizersBackend")) {
        tokenizerConfig["tokenizer_class"] = "PreTrainedTokenizerFast"; // the newer name is unknown to 4.x, llama.cpp and MLX
    }
    const auto extra = tokenizerConfig.find("extra_special_tokens");
    if (extra != tokenizerConfig.end() && extra->is_array()) { // 4.x wants an object there and fails on 5.x's list
        if (!tokenizerConfig.contains("additional_special_tokens")) {
            tokenizerConfig["additional_special_tokens"] = *extra;
        }
        tokenizerConfig.erase("extra_special_tokens");
    }
    tokenizerConfig.erase("is_local");
}

} // namespace lori::merging
