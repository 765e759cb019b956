// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_config.h"

#include "core/formats/json_fields.h"

namespace lori::formats {

using nlohmann::json;

namespace {

constexpr std::int64_t kMaxRank = 65536;

[[noreturn]] void refuseKind(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::Unsupported, what, "choose a plain LoRA or LoRI adapter", where);
}

/// Refuses a pattern that gives some module another value than all others have; PEFT also writes patterns that say the same
/// again.
void checkPattern(const Fields& fields, const char* name, double common)
{
    const json* pattern = fields.find(name);
    if (pattern == nullptr) {
        return;
    }
    if (!pattern->is_structured()) {
        fields.refuse(name, "is not an object");
    }
    for (const auto& [key, value] : pattern->items()) {
        if (!value.is_number() || value.get<double>() != common) {
            refuseKind(std::string("an adapter with different ranks or scalings per module ('") + name + "' for '" + key +
                           "') is not supported",
                       fields.where());
        }
    }
}

/// Refuses every kind of adapter whose arithmetic this program does not know.
AdapterKind kindOf(const Fields& fields)
{
    const std::string kind = fields.text("peft_type");
    if (kind != "LORA" && kind != "IA3") {
        refuseKind("an adapter of the kind " + kind + " is not supported", fields.where());
    }
    for (const char* name : {"lora_bias", "fan_in_fan_out", "use_qalora"}) {
        if (fields.flagOr(name, false)) {
            refuseKind(std::string("an adapter with '") + name + "' is not supported", fields.where());
        }
    }
    const json* whole = fields.find("modules_to_save");
    if (whole != nullptr && !(whole->is_structured() && whole->empty())) {
        refuseKind("an adapter that also trains whole modules ('modules_to_save') is not supported", fields.where());
    }
    if (fields.textOr("bias", "none") != "none") {
        refuseKind("an adapter that trains biases is not supported", fields.where());
    }
    if (kind == "IA3") {
        return AdapterKind::Ia3;
    }
    return fields.flagOr("use_dora", false) ? AdapterKind::Dora : AdapterKind::LowRank;
}

/// IA3's list of modules that are scaled at their input; the tensors' shapes are checked against it.
std::vector<experiment::Projection> feedForwardOf(const Fields& fields)
{
    std::vector<experiment::Projection> projections;
    const json* names = fields.find("feedforward_modules");
    if (names == nullptr) {
        return projections;
    }
    if (!names->is_array()) {
        refuseKind("'feedforward_modules' is not a list of names", fields.where());
    }
    for (const json& name : *names) {
        const auto projection = experiment::projectionFromName(name.is_string() ? name.get<std::string>() : std::string());
        if (!projection) {
            refuseKind("'feedforward_modules' names a module this program does not know: " + name.dump(), fields.where());
        }
        projections.push_back(*projection);
    }
    return projections;
}

} // namespace

void readAdapterConfig(AdapterFiles& adapter)
{
    const std::filesystem::path file = adapter.folder / "adapter_config.json";
    if (!std::filesystem::exists(file)) {
        throw Exception(ErrorCode::NotFound, "there is no adapter here (adapter_config.json is missing)",
                        "choose an adapter's folder", adapter.folder.string());
    }
    const json object = readJsonFile(file);
    const Fields fields(object, file.string());
    adapter.kind = kindOf(fields);
    adapter.baseModel = fields.textOr("base_model_name_or_path", "");
    if (adapter.kind == AdapterKind::Ia3) {
        adapter.feedForward = feedForwardOf(fields);
        return;
    }
    adapter.rank = fields.integerOr("r", 1, kMaxRank, 8); // PEFT's defaults
    adapter.alpha = fields.numberOr("lora_alpha", 1e-9, 1e9, 8);
    checkPattern(fields, "rank_pattern", static_cast<double>(adapter.rank));
    checkPattern(fields, "alpha_pattern", adapter.alpha);
    adapter.useRslora = fields.flagOr("use_rslora", false);
}

} // namespace lori::formats
