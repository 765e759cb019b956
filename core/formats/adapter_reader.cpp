// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_files.h"
#include "core/formats/adapter_names.h"
#include "core/formats/adapter_record.h"
#include "core/formats/checked.h"
#include "core/formats/json_fields.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace lori::formats {

using nlohmann::json;

namespace {

constexpr std::int64_t kMaxRank = 65536;

[[noreturn]] void refuseKind(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::Unsupported, what, "choose a plain LoRA or LoRI adapter", where);
}

bool isEmptyList(const json* value)
{
    return value == nullptr || (value->is_structured() && value->empty());
}

/// Refuses every kind of adapter whose arithmetic is not W + scaling · B · A.
void checkKind(const Fields& fields)
{
    const std::string kind = fields.text("peft_type");
    if (kind != "LORA") {
        refuseKind("an adapter of the kind " + kind + " is not supported", fields.where());
    }
    if (fields.flagOr("use_dora", false)) {
        refuseKind("a DoRA adapter is not supported", fields.where());
    }
    for (const char* name : {"lora_bias", "fan_in_fan_out", "use_qalora"}) {
        if (fields.flagOr(name, false)) {
            refuseKind(std::string("an adapter with '") + name + "' is not supported", fields.where());
        }
    }
    for (const char* name : {"rank_pattern", "alpha_pattern"}) {
        if (!isEmptyList(fields.find(name))) {
            refuseKind(std::string("an adapter with different ranks or scalings per module ('") + name + "') is not supported",
                       fields.where());
        }
    }
    if (fields.textOr("bias", "none") != "none") {
        refuseKind("an adapter that trains biases is not supported", fields.where());
    }
}

void readConfig(AdapterFiles& adapter)
{
    const std::filesystem::path file = adapter.folder / "adapter_config.json";
    if (!std::filesystem::exists(file)) {
        throw Exception(ErrorCode::NotFound, "there is no adapter here (adapter_config.json is missing)",
                        "choose an adapter's folder", adapter.folder.string());
    }
    const json object = readJsonFile(file);
    const Fields fields(object, file.string());
    checkKind(fields);
    adapter.rank = fields.integerOr("r", 1, kMaxRank, 8); // PEFT's defaults
    adapter.alpha = fields.numberOr("lora_alpha", 1e-9, 1e9, 8);
    adapter.useRslora = fields.flagOr("use_rslora", false);
    adapter.baseModel = fields.textOr("base_model_name_or_path", "");
}

std::unique_ptr<TensorFile> openTensors(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "adapter_model.safetensors";
    if (!std::filesystem::exists(file)) {
        const bool isPickle = std::filesystem::exists(folder / "adapter_model.bin");
        throw Exception(isPickle ? ErrorCode::Unsupported : ErrorCode::NotFound,
                        isPickle ? "the adapter's weights are a pickle (adapter_model.bin)"
                                 : "adapter_model.safetensors is missing",
                        isPickle ? "convert them to safetensors" : "choose a complete adapter", folder.string());
    }
    return std::move(openSafetensors(file).value().file);
}

[[noreturn]] void mismatch(const std::string& what, const AdapterFiles& adapter)
{
    throw Exception(ErrorCode::Mismatch, what, "choose another adapter", adapter.folder.string());
}

/// Puts one tensor where it belongs: A or B of a module, or among the ignored ones.
void place(const TensorView& tensor, std::map<ModuleName, AdapterModule>& modules, AdapterFiles& adapter)
{
    const std::string prefix = "base_model.model.";
    const std::size_t suffixAt = tensor.name.rfind(".lora_");
    const std::string suffix = suffixAt == std::string::npos ? "" : tensor.name.substr(suffixAt);
    const bool isA = suffix == ".lora_A.weight";
    if (tensor.name.find("lora_") == std::string::npos && tensor.name.ends_with(".weight")) {
        adapter.ignoredTensors.push_back(tensor.name); // saved along because the vocabulary was resized, or on wish
        return;
    }
    const auto module = (isA || suffix == ".lora_B.weight") && tensor.name.starts_with(prefix)
                            ? moduleFromName(tensor.name.substr(prefix.size(), suffixAt - prefix.size()))
                            : std::nullopt;
    if (!module) {
        refuseKind("the tensor '" + tensor.name + "' belongs to no projection this program adapts", adapter.folder.string());
    }
    if (tensor.shape.size() != 2 || tensor.shape[isA ? 0 : 1] != adapter.rank || tensor.count() == 0) {
        mismatch("the tensor '" + tensor.name + "' has the shape " + shapeText(tensor.shape) +
                     ", which does not fit the adapter's rank " + std::to_string(adapter.rank),
                 adapter);
    }
    if (tensor.dtype != DType::F64 && tensor.dtype != DType::F32 && tensor.dtype != DType::F16 && tensor.dtype != DType::BF16) {
        refuseKind("the tensor '" + tensor.name + "' has the type " + dtypeName(tensor.dtype), adapter.folder.string());
    }
    AdapterModule& entry = modules[*module];
    entry.layer = module->layer;
    entry.projection = module->projection;
    (isA ? entry.a : entry.b) = &tensor;
}

void readModules(AdapterFiles& adapter)
{
    std::map<ModuleName, AdapterModule> modules;
    for (const TensorView& tensor : adapter.tensors->tensors()) {
        place(tensor, modules, adapter);
    }
    std::set<experiment::Projection> targets;
    for (const auto& [name, module] : modules) {
        if (module.a == nullptr || module.b == nullptr) {
            throw Exception(ErrorCode::BadFile,
                            std::string(module.a == nullptr ? "A" : "B") + " of '" + moduleName(name) + "' is missing",
                            "choose a complete adapter", adapter.folder.string());
        }
        adapter.modules.push_back(module);
        targets.insert(name.projection);
    }
    if (adapter.modules.empty()) {
        throw Exception(ErrorCode::BadFile, "the adapter holds no adapted module", "choose another adapter",
                        adapter.folder.string());
    }
    adapter.targets.assign(targets.begin(), targets.end());
}

} // namespace

double AdapterFiles::scaling() const
{
    const auto r = static_cast<double>(rank);
    return alpha / (useRslora ? std::sqrt(r) : r);
}

Result<AdapterFiles> openAdapter(const std::filesystem::path& folder)
{
    return guard([&] {
        AdapterFiles adapter;
        adapter.folder = folder;
        readConfig(adapter);
        adapter.tensors = openTensors(folder);
        readModules(adapter);
        const std::filesystem::path recordFile = folder / "lori.json";
        if (std::filesystem::exists(recordFile)) {
            adapter.record = recordFromJson(readJsonFile(recordFile), recordFile.string());
        }
        return adapter;
    });
}

Result<void> checkAdapterFits(const AdapterFiles& adapter, const experiment::ModelShape& base)
{
    return guard([&] {
        for (const AdapterModule& module : adapter.modules) {
            const std::string name = moduleName({module.layer, module.projection});
            if (module.layer >= base.layers) {
                mismatch("the adapter has a module '" + name + "', but the base model has " + std::to_string(base.layers) +
                             " layers",
                         adapter);
            }
            const experiment::ProjectionShape shape = experiment::projectionShape(base, module.projection);
            const std::int64_t in = module.a->shape[1];
            const std::int64_t out = module.b->shape[0];
            if (in != shape.in || out != shape.out) {
                mismatch("'" + name + "' of the adapter is [" + std::to_string(out) + ", " + std::to_string(in) +
                             "], but the base model's is [" + std::to_string(shape.out) + ", " + std::to_string(shape.in) + "]",
                         adapter);
            }
        }
    });
}

} // namespace lori::formats
