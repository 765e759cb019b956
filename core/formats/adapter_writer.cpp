// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_files.h"
#include "core/formats/adapter_names.h"
#include "core/formats/adapter_record.h"
#include "core/formats/fused_adapter.h"
#include "core/formats/json_fields.h"
#include "core/support/files.h"

#include <algorithm>

namespace lori::formats {

using nlohmann::json;

namespace {

json namesOf(const std::vector<Projection>& projections)
{
    json names = json::array();
    for (const Projection projection : projections) {
        names.push_back(projectionName(projection));
    }
    return names;
}

/// Names of projections, or of every module where not all layers have all of them: PEFT takes both since 0.2.
json targetsOf(const AdapterToWrite& adapter, const std::vector<Projection>& projections)
{
    if (adapter.modules.empty()) {
        return namesOf(projections);
    }
    json names = json::array();
    for (const ModuleToWrite& module : adapter.modules) {
        if (std::find(projections.begin(), projections.end(), module.projection) != projections.end()) {
            names.push_back(moduleName({module.layer, module.projection}));
        }
    }
    return names;
}

/// A whole number where it is one: PEFT's lora_alpha is whole.
json numberOf(double value)
{
    const auto whole = static_cast<std::int64_t>(value);
    return static_cast<double>(whole) == value ? json(whole) : json(value);
}

/// rank_pattern or alpha_pattern: the modules that differ, by their whole names, which every PEFT finds.
template <typename Value>
json patternOf(const AdapterToWrite& adapter, Value value)
{
    json pattern = json::object();
    for (const ModuleToWrite& module : adapter.modules) {
        if (const json own = value(module); !own.is_null()) {
            pattern[moduleName({module.layer, module.projection})] = own;
        }
    }
    return pattern;
}

json ia3Config(const AdapterToWrite& adapter)
{
    return {{"peft_type", "IA3"},
            {"task_type", "CAUSAL_LM"},
            {"base_model_name_or_path", adapter.baseModel},
            {"inference_mode", true},
            {"target_modules", targetsOf(adapter, adapter.targets)},
            {"feedforward_modules", targetsOf(adapter, adapter.feedForward)},
            {"fan_in_fan_out", false},
            {"init_ia3_weights", true},
            {"modules_to_save", nullptr},
            {"revision", nullptr},
            {"auto_mapping", nullptr}};
}

/// Every field whose default in PEFT would not be ours (r, lora_alpha, target_modules) and those that say what this is not.
json peftConfig(const AdapterToWrite& adapter)
{
    if (adapter.kind == AdapterKind::Ia3) {
        return ia3Config(adapter);
    }
    return {{"peft_type", "LORA"},
            {"task_type", "CAUSAL_LM"},
            {"base_model_name_or_path", adapter.baseModel},
            {"inference_mode", true},
            {"r", adapter.rank},
            {"lora_alpha", numberOf(adapter.alpha)},
            {"lora_dropout", 0.0},
            {"target_modules", targetsOf(adapter, adapter.targets)},
            {"bias", "none"},
            {"fan_in_fan_out", false},
            {"init_lora_weights", true},
            {"use_rslora", adapter.useRslora},
            {"use_dora", adapter.kind == AdapterKind::Dora},
            {"modules_to_save", nullptr},
            {"rank_pattern",
             patternOf(adapter, [&](const ModuleToWrite& m) { return m.rank == adapter.rank ? json() : json(m.rank); })},
            {"alpha_pattern",
             patternOf(adapter, [&](const ModuleToWrite& m) { return m.alpha == adapter.alpha ? json() : numberOf(m.alpha); })},
            {"layers_to_transform", nullptr},
            {"layers_pattern", nullptr},
            {"revision", nullptr},
            {"auto_mapping", nullptr}};
}

void writeSmallFiles(const std::filesystem::path& folder, const AdapterToWrite& adapter,
                     const std::optional<StoredAdapter>& stored = std::nullopt)
{
    json config = peftConfig(adapter);
    if (stored) {
        config["target_modules"] = stored->targets;
        if (adapter.kind == AdapterKind::Ia3) {
            config["feedforward_modules"] = stored->feedForward;
        } else {
            config["rank_pattern"] = stored->ranks;
            config["alpha_pattern"] = json::object();
            for (const auto& [name, alpha] : stored->alphas) {
                config["alpha_pattern"][name] = numberOf(alpha);
            }
        }
    }
    writeFileAtomically(folder / "adapter_config.json", config.dump(2) + "\n").value();
    AdapterRecord record = adapter.record;
    record.place = stored ? adapter.place : std::nullopt;
    writeFileAtomically(folder / "lori.json", recordToJson(record).dump(2) + "\n").value();
}

} // namespace

Result<void> writeAdapter(const std::filesystem::path& folder, const AdapterToWrite& adapter)
{
    return writeFolderWhole(folder, [&](const std::filesystem::path& temporary) {
        const std::optional<StoredAdapter> stored = storedAdapter(adapter);
        writeSmallFiles(temporary, adapter, stored);
        writeSafetensors(temporary / "adapter_model.safetensors", stored ? stored->tensors : adapter.tensors, {{"format", "pt"}})
            .value();
    });
}

Result<void> streamAdapter(const std::filesystem::path& folder, const AdapterToWrite& adapter,
                           const std::vector<PlannedTensor>& tensors, const TensorProducer& produce)
{
    return writeFolderWhole(folder, [&](const std::filesystem::path& temporary) {
        writeSmallFiles(temporary, adapter);
        streamSafetensors(temporary / "adapter_model.safetensors", tensors, {{"format", "pt"}}, produce).value();
    });
}

Result<void> useNamesOfClass(const std::filesystem::path& folder, const AdapterToWrite& adapter)
{
    return guard([&] {
        if (!adapter.place || adapter.place->isProgramsOwn()) {
            return;
        }
        const AdapterFiles streamed = openAnyAdapter(folder).value(); // stays mapped while its folder is replaced
        AdapterToWrite whole = adapter;
        for (const TensorView& view : streamed.tensors->tensors()) {
            whole.tensors.push_back({view.name, view.dtype, view.shape, view.bytes});
        }
        writeAdapter(folder, whole).value();
    });
}

Result<void> writeTrainedModel(const std::filesystem::path& folder, const std::vector<TensorToWrite>& tensors,
                               const AdapterRecord& record)
{
    return writeFolderWhole(folder, [&](const std::filesystem::path& temporary) {
        writeSafetensors(temporary / "model.safetensors", tensors, {{"format", "pt"}}).value();
        writeFileAtomically(temporary / "lori.json", recordToJson(record).dump(2) + "\n").value();
    });
}

Result<AdapterRecord> readAdapterRecord(const std::filesystem::path& folder)
{
    return guard([&] {
        const std::filesystem::path file = folder / "lori.json";
        if (!std::filesystem::exists(file)) {
            throw Exception(ErrorCode::NotFound, "there is no lori.json here", "choose a folder this program wrote",
                            folder.string());
        }
        return recordFromJson(readJsonFile(file), file.string());
    });
}

} // namespace lori::formats
