// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_keys.h"

#include <algorithm>
#include <array>
#include <string_view>

// A field is either understood (read elsewhere), or a remark that changes no arithmetic, or it must be unset: null, false or
// empty. Whatever a newer PEFT adds falls under the last rule, so that it is refused by name instead of being left out.

namespace lori::formats {

using nlohmann::json;

namespace {

constexpr const char* kToPlain = "train a plain LoRA, or merge this one into its model with PEFT and open that model";

[[noreturn]] void refuseKeys(const std::string& what, const std::string& remedy, const std::string& where)
{
    throw Exception(ErrorCode::Unsupported, what, remedy, where);
}

bool isUnset(const json& value)
{
    return value.is_null() || value == false || (value.is_string() && value.get_ref<const std::string&>().empty()) ||
           (value.is_structured() && value.empty());
}

/// Nothing set at all: PEFT reads an empty object as a configuration of defaults.
bool isAbsent(const json& value)
{
    return value.is_null() || value == false;
}

/// Read by readAdapterConfig and AdapterTargets, for both kinds of adapter.
constexpr std::array<std::string_view, 16> kUnderstood{"peft_type",
                                                       "base_model_name_or_path",
                                                       "r",
                                                       "lora_alpha",
                                                       "use_rslora",
                                                       "use_dora",
                                                       "target_modules",
                                                       "exclude_modules",
                                                       "rank_pattern",
                                                       "alpha_pattern",
                                                       "layers_pattern",
                                                       "layers_to_transform",
                                                       "modules_to_save",
                                                       "feedforward_modules",
                                                       "task_type",
                                                       "init_lora_weights"};

/// Remarks, settings of training only, and settings of something that a field of its own turns on. PEFT sets fan_in_fan_out back
/// to false on every linear layer.
constexpr std::array<std::string_view, 16> kHarmless{
    "auto_mapping",   "revision",          "peft_version",     "inference_mode",     "runtime_config", "lora_dropout",
    "megatron_core",  "qalora_group_size", "loftq_config",     "eva_config",         "corda_config",   "lora_ga_config",
    "fan_in_fan_out", "merge_weights",     "init_ia3_weights", "ensure_weight_tying"};

struct Feature {
    const char* key;
    const char* what;
    const char* remedy;
    bool (*isOff)(const json&);
};
constexpr std::array<Feature, 15> kFeatures{{
    {"alora_invocation_tokens", "this is an activated LoRA, which acts only behind its invocation tokens",
     "run it with PEFT, or train a plain LoRA", isUnset},
    {"arrow_config", "this adapter routes between several others (Arrow)", "open one of the others by itself", isAbsent},
    {"use_bdlora", "this is a block-diagonal LoRA (BD-LoRA)", kToPlain, isAbsent},
    {"kasa_config", "this is a KaSA adapter, which also changes the base model's weights", kToPlain, isAbsent},
    {"velora_config", "this is a VeLoRA adapter", kToPlain, isAbsent},
    {"monteclora_config", "this is a MonteCLoRA adapter, which draws its weights at random", kToPlain, isAbsent},
    {"lora_bias", "this adapter has a bias beside B", kToPlain, isUnset},
    {"use_qalora", "this is a QA-LoRA adapter, which averages its inputs in groups", kToPlain, isUnset},
    {"target_parameters", "this adapter sits on single parameters, as those of a mixture of experts", kToPlain, isUnset},
    {"layer_replication", "this adapter belongs to a model with repeated layers",
     "merge it into its model with PEFT and open that model", isUnset},
    {"trainable_token_indices", "this adapter also trains rows of the embedding",
     "merge it into its model with PEFT (merge_and_unload) and open that model", isUnset},
    {"megatron_config", "this adapter belongs to a Megatron model", "convert it to PEFT's own form", isUnset},
    {"enable_lora", "this adapter sits on parts of a fused layer", "train it again with a newer PEFT", isUnset},
    {"modules_to_tie", "this adapter ties layers that it adapts", kToPlain, isUnset},
    {"target_modules_to_tie", "this adapter ties layers that it adapts", kToPlain, isUnset},
}};

constexpr const char* kBackToLora =
    "save it again with PEFT's save_pretrained(…, path_initial_model_for_weight_conversion=…), which makes a plain LoRA of it";

struct Start {
    std::string_view name;
    const char* what;
    const char* remedy;
};
/// Ways to begin that leave the base model changed; the adapter alone then says the wrong thing.
constexpr std::array<Start, 6> kStarts{{
    {"pissa", "PiSSA", kBackToLora},
    {"olora", "OLoRA", kBackToLora},
    {"corda", "CorDA", kBackToLora},
    {"lora_ga", "LoRA-GA", kBackToLora},
    {"loftq", "LoftQ", "merge it into its quantized model with PEFT and open that model"},
    {"mica", "MiCA", "merge it into its model with PEFT and open that model"},
}};

void checkStart(const Fields& fields)
{
    const json* value = fields.find("init_lora_weights");
    if (value == nullptr || value->is_boolean()) {
        return;
    }
    const std::string name = fields.text("init_lora_weights");
    if (name == "gaussian" || name == "orthogonal" || name == "eva") { // only A and B begin differently
        return;
    }
    if (name.starts_with("pissa_niter_")) {
        refuseKeys("this is a PiSSA adapter ('init_lora_weights' is '" + name +
                       "'): it belongs to a base model that was changed at random before training, which nobody can repeat",
                   "merge it into the model it was trained with and open that model", fields.where());
    }
    for (const Start& start : kStarts) {
        if (name == start.name) {
            refuseKeys("this is an adapter made with " + std::string(start.what) + " ('init_lora_weights' is '" + name +
                           "'): it belongs to a changed base model, not to the plain one",
                       start.remedy, fields.where());
        }
    }
    refuseKeys("'init_lora_weights' is '" + name + "', which this program does not know", kToPlain, fields.where());
}

void checkBias(const Fields& fields)
{
    // "all" and "lora_only" train the base's own biases, which the file then holds beside A and B: those tensors are judged, so
    // that an adapter of a model without biases is the plain one it is.
    const std::string bias = fields.textOr("bias", "none");
    if (bias != "none" && bias != "all" && bias != "lora_only") {
        refuseKeys("'bias' is '" + bias + "', which this program does not know",
                   "train with bias = none, or merge it into its model with PEFT and open that model", fields.where());
    }
}

void checkTask(const Fields& fields)
{
    const std::string task = fields.textOr("task_type", "CAUSAL_LM");
    if (task != "CAUSAL_LM" && task != "FEATURE_EXTRACTION" && !task.empty()) {
        refuseKeys("this adapter is for another task ('task_type' is '" + task + "'), not for continuing text",
                   "choose an adapter whose task is CAUSAL_LM", fields.where());
    }
}

template <typename List>
bool hasKey(const List& list, std::string_view key)
{
    return std::find(list.begin(), list.end(), key) != list.end();
}

void checkKey(const std::string& key, const json& value, const Fields& fields)
{
    if (hasKey(kUnderstood, key) || hasKey(kHarmless, key) || key == "bias") {
        return;
    }
    const auto* feature =
        std::find_if(kFeatures.begin(), kFeatures.end(), [&](const Feature& known) { return key == known.key; });
    if (feature == kFeatures.end() ? isUnset(value) : feature->isOff(value)) {
        return;
    }
    if (feature != kFeatures.end()) {
        refuseKeys(std::string(feature->what) + " ('" + key + "' is set), and this program cannot compute that", feature->remedy,
                   fields.where());
    }
    refuseKeys("the field '" + key + "' is set, and this program does not know what it does",
               "update this program, or save the adapter as a plain LoRA without that field", fields.where());
}

} // namespace

AdapterKind checkedKind(const Fields& fields)
{
    const std::string kind = fields.text("peft_type");
    if (kind == "IA3") {
        return AdapterKind::Ia3;
    }
    if (kind != "LORA") {
        refuseKeys("an adapter of the kind " + kind + " is not supported",
                   "make a plain LoRA of it with save_as_lora of PEFT 0.19 or newer, or merge it into its model and open that",
                   fields.where());
    }
    return fields.flagOr("use_dora", false) ? AdapterKind::Dora : AdapterKind::LowRank;
}

void checkKeys(const json& config, const Fields& fields)
{
    for (const auto& [key, value] : config.items()) {
        checkKey(key, value, fields);
    }
    checkStart(fields);
    checkBias(fields);
    checkTask(fields);
}

} // namespace lori::formats
