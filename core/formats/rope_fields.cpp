// SPDX-License-Identifier: Apache-2.0
// Rotary positions as transformers 5.24 understands them (modeling_rope_utils): its rules decide where files contradict
// themselves.
#include "core/formats/config_fields.h"
#include "core/formats/model_layout.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace lori::formats {

using nlohmann::json;

namespace {

constexpr double kMaxTheta = 1e15;

std::vector<double> divisorsOf(const Fields& scaling, const char* name, std::int64_t count)
{
    const json* list = scaling.find(name);
    if (list == nullptr || !list->is_array() || list->size() != static_cast<std::size_t>(count)) {
        scaling.refuse(name, "must be a list of " + std::to_string(count) + " numbers, one for each frequency");
    }
    std::vector<double> divisors;
    for (const json& entry : *list) {
        const json wrapped = {{name, entry}};
        divisors.push_back(Fields(wrapped, scaling.where()).number(name, 1e-6, 1e9));
    }
    return divisors;
}

/// 0.1·m·ln(scale) + 1, yarn's correction of the sharpness of attention.
double sharpness(double scale, double m)
{
    return scale <= 1 ? 1.0 : 0.1 * m * std::log(scale) + 1.0;
}

void readYarn(RopeScaling& rope, const Fields& scaling, bool isNested)
{
    rope.betaFast = scaling.numberOr("beta_fast", 1e-6, 1e6, 32);
    rope.betaSlow = scaling.numberOr("beta_slow", 1e-6, 1e6, 1);
    rope.roundsRange = isNested || scaling.flagOr("truncate", true); // transformers looks for it outside of nested parameters
    const double m = scaling.numberOr("mscale", 0, 1e6, 0);
    const double all = scaling.numberOr("mscale_all_dim", 0, 1e6, 0);
    const double own = m > 0 && all > 0 ? sharpness(rope.factor, m) / sharpness(rope.factor, all) : sharpness(rope.factor, 1);
    rope.attentionFactor = scaling.numberOr("attention_factor", 0, 1e6, own);
}

void readLongRope(RopeScaling& rope, const Fields& scaling, std::int64_t frequencies)
{
    rope.divisors = divisorsOf(scaling, "short_factor", frequencies);
    rope.longDivisors = divisorsOf(scaling, "long_factor", frequencies);
    const auto context = static_cast<double>(rope.originalContext);
    const double own = rope.factor <= 1 || context <= 1 ? 1.0 : std::sqrt(1 + std::log(rope.factor) / std::log(context));
    rope.attentionFactor = scaling.numberOr("attention_factor", 0, 1e6, own);
}

/// One set of parameters. `outerTheta` is what holds where it names no theta.
Rope ropeOf(const json& object, const ModelConfig& config, const Fields& fields, const FamilySpec& spec, double outerTheta,
            bool isNested)
{
    const Fields scaling(object, fields.where() + ": rope parameters");
    Rope rope;
    rope.theta = scaling.numberOr("rope_theta", 1, kMaxTheta, outerTheta);
    std::string kind = scaling.textOr("rope_type", scaling.textOr("type", "default"));
    if (spec.longRopeOutside && (kind == "su" || kind == "yarn")) {
        kind = "longrope"; // its older names there
    }
    if (kind == "default") {
        return rope;
    }
    static const std::set<std::string> kKinds{"linear", "dynamic", "yarn", "longrope", "llama3"};
    if (!kKinds.contains(kind)) {
        refuseKind("the rotary scaling '" + kind + "' is not supported (linear, dynamic, yarn, longrope and llama3 are)",
                   fields.where());
    }
    if (kind == "dynamic" && spec.stretchesByAlpha && scaling.find("alpha") != nullptr) {
        const auto size = static_cast<double>(config.shape.headSize); // a fixed stretch under the name of the growing one
        rope.theta *= std::pow(scaling.number("alpha", 1e-6, 1e9), size / (size - 2));
        return rope;
    }
    RopeScaling& s = rope.scaling;
    s.kind = kind;
    // Phi's configuration keeps the first context outside; there, and wherever else a file has it outside, that field wins.
    constexpr const char* kFirstContext = "original_max_position_embeddings";
    const bool isOutside = spec.longRopeOutside || (!isNested && kind != "linear" && fields.has(kFirstContext));
    const Fields& place = isOutside ? fields : scaling;
    const bool growsFromContext = kind == "dynamic";
    s.originalContext = growsFromContext
                            ? config.contextLength
                            : place.integerOr(kFirstContext, 1, kMaxContext, isOutside ? 4096 : config.contextLength);
    const bool mayDerive = kind == "yarn" || kind == "longrope";
    s.factor =
        mayDerive
            ? scaling.numberOr("factor", 1, 1e6,
                               std::max(1.0, static_cast<double>(config.contextLength) / static_cast<double>(s.originalContext)))
            : scaling.number("factor", 1, 1e6);
    if (kind == "llama3") {
        s.lowFrequencyFactor = scaling.number("low_freq_factor", 1e-3, 1e6);
        s.highFrequencyFactor = scaling.number("high_freq_factor", 1e-3, 1e6);
        if (s.highFrequencyFactor <= s.lowFrequencyFactor) {
            scaling.refuse("high_freq_factor", "must be above 'low_freq_factor'");
        }
    } else if (kind == "yarn") {
        readYarn(s, scaling, isNested);
    } else if (kind == "longrope") {
        readLongRope(s, scaling, config.rotated() / 2);
    }
    return rope;
}

/// The field as an object; an empty one when it is absent, null or empty.
json objectOf(const Fields& fields, const char* name)
{
    const json* value = fields.find(name);
    if (value != nullptr && !value->is_object()) {
        fields.refuse(name, "must be an object");
    }
    return value == nullptr ? json::object() : *value;
}

/// Layers with the window have parameters of their own: {"full_attention": {…}, "sliding_attention": {…}}.
void readNested(ModelConfig& config, const Fields& fields, const FamilySpec& spec)
{
    const json all = objectOf(fields, "rope_parameters");
    const json older = objectOf(fields, "rope_scaling");
    const auto part = [&](const char* name) {
        const Fields inner(all, fields.where() + ": rope_parameters");
        return objectOf(inner, name);
    };
    json full = part("full_attention");
    full.update(older);
    const double theta = fields.numberOr("rope_theta", 1, kMaxTheta, spec.theta);
    // Gemma 3 has a field for it; OLMo 3's class forgets 'rope_theta' here, and what transformers computes is right.
    const double sliding = *spec.slidingThetaField != '\0'
                               ? fields.numberOr(spec.slidingThetaField, 1, kMaxTheta, spec.slidingTheta)
                               : spec.slidingTheta;
    const Rope rope = ropeOf(full, config, fields, spec, theta, true);
    config.ropeTheta = rope.theta;
    config.ropeScaling = rope.scaling;
    config.slidingRope = ropeOf(part("sliding_attention"), config, fields, spec, sliding, true);
}

void readPartialRotation(ModelConfig& config, const Fields& fields, const FamilySpec& spec, const json& parameters)
{
    const Fields inner(parameters, fields.where() + ": rope parameters");
    const double share = inner.numberOr("partial_rotary_factor", 0, 1, fields.numberOr("partial_rotary_factor", 0, 1, 1));
    if (share == 1) {
        return;
    }
    if (!spec.partlyRotated) {
        refuseKind("a partial_rotary_factor below 1 is not supported in a " + config.family + " model", fields.where());
    }
    config.rotatedSize = static_cast<std::int64_t>(static_cast<double>(config.shape.headSize) * share);
    if (config.rotatedSize < 2 || config.rotatedSize % 2 != 0) {
        fields.refuse("partial_rotary_factor",
                      "leaves " + std::to_string(config.rotatedSize) + " entries of a head to rotate; it must be an even number");
    }
}

} // namespace

void readRope(ModelConfig& config, const Fields& fields, const FamilySpec& spec)
{
    if (spec.slidingTheta > 0) {
        readNested(config, fields, spec);
        return;
    }
    json parameters = objectOf(fields, "rope_scaling"); // wins whole where both are there: transformers takes it instead
    if (parameters.empty()) {
        parameters = objectOf(fields, "rope_parameters");
    }
    if (parameters.contains("full_attention") || parameters.contains("sliding_attention")) {
        refuseKind("rotary parameters for each kind of layer are not known in a " + config.family + " model", fields.where());
    }
    readPartialRotation(config, fields, spec, parameters);
    if (parameters.empty() && spec.classRope != nullptr) {
        parameters = spec.classRope();
    }
    const double theta = fields.numberOr("rope_theta", 1, kMaxTheta, spec.theta);
    const Rope rope = ropeOf(parameters, config, fields, spec, theta, false);
    config.ropeTheta = rope.theta;
    config.ropeScaling = rope.scaling;
    if (spec.growsQueries) {
        const Fields inner(parameters, fields.where() + ": rope parameters");
        config.queryGrowth = inner.numberOr("llama_4_scaling_beta", 0, 1e3, 0);
        config.queryGrowthStep = inner.integerOr("original_max_position_embeddings", 1, kMaxContext, config.contextLength);
    }
}

} // namespace lori::formats
