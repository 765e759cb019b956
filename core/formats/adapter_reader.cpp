// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_config.h"
#include "core/formats/adapter_files.h"
#include "core/formats/adapter_names.h"
#include "core/formats/adapter_record.h"
#include "core/formats/checked.h"
#include "core/formats/gguf_adapter.h"
#include "core/formats/json_fields.h"
#include "core/formats/torch_file.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace lori::formats {

namespace {

[[noreturn]] void refuseKind(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::Unsupported, what, "choose a plain LoRA or LoRI adapter", where);
}

std::unique_ptr<TensorFile> openTensors(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "adapter_model.safetensors";
    const std::filesystem::path older = folder / "adapter_model.bin";
    if (!std::filesystem::exists(file)) {
        if (std::filesystem::exists(older)) {
            return std::move(openTorchFile(older)).value();
        }
        throw Exception(ErrorCode::NotFound, "adapter_model.safetensors is missing", "choose a complete adapter",
                        folder.string());
    }
    return std::move(openSafetensors(file).value().file);
}

[[noreturn]] void mismatch(const std::string& what, const AdapterFiles& adapter)
{
    throw Exception(ErrorCode::Mismatch, what, "choose another adapter", adapter.folder.string());
}

/// What a tensor is to its module.
enum class Part : std::uint8_t { A, B, Magnitude, Scale };

/// The name without an adapter's name: PEFT drops ".default" of ".lora_A.default.weight" when it saves, torch.save of a state
/// keeps it.
std::string plainName(const std::string& name)
{
    const std::size_t at = name.rfind(".lora_");
    const std::size_t first = at == std::string::npos ? at : name.find('.', at + 1);
    const std::size_t last = name.rfind('.');
    const bool hasOnePartBetween = first != std::string::npos && last > first && name.find('.', first + 1) == last;
    return hasOnePartBetween ? name.substr(0, first) + name.substr(last) : name;
}

/// Saved along, but no part of the adapter: embeddings and head, because the vocabulary was resized or on wish, and the mask that
/// the reference keeps as a parameter beside B (method.md §2.4).
bool isIgnored(const std::string& name)
{
    static const std::set<std::string> kWhole{"base_model.model.model.embed_tokens.weight",
                                              "base_model.model.model.embed_tokens.base_layer.weight",
                                              "base_model.model.lm_head.weight", "base_model.model.lm_head.base_layer.weight"};
    return kWhole.contains(name) || name.ends_with(".lora_B.mask");
}

/// The part and the rest of the name, when the name ends as one of this kind of adapter does.
std::optional<std::pair<Part, std::string>> partOf(const std::string& name, AdapterKind kind)
{
    const auto cut = [&](const char* suffix, Part part) -> std::optional<std::pair<Part, std::string>> {
        const std::string_view end(suffix);
        return name.ends_with(end) ? std::optional(std::pair(part, name.substr(0, name.size() - end.size()))) : std::nullopt;
    };
    if (kind == AdapterKind::Ia3) {
        return cut(".ia3_l", Part::Scale);
    }
    for (const auto& [suffix, part] : {std::pair(".lora_A.weight", Part::A), std::pair(".lora_B.weight", Part::B)}) {
        if (auto found = cut(suffix, part)) {
            return found;
        }
    }
    if (kind == AdapterKind::Dora) {
        auto found = cut(".lora_magnitude_vector", Part::Magnitude);
        return found ? found : cut(".lora_magnitude_vector.weight", Part::Magnitude); // older files
    }
    return std::nullopt;
}

bool hasShapeOf(Part part, const TensorView& tensor, const ModuleName& module, const AdapterFiles& adapter)
{
    const auto& shape = tensor.shape;
    const bool isInput =
        std::find(adapter.feedForward.begin(), adapter.feedForward.end(), module.projection) != adapter.feedForward.end();
    switch (part) {
    case Part::A:
        return shape.size() == 2 && shape[0] == adapter.rank;
    case Part::B:
        return shape.size() == 2 && shape[1] == adapter.rank;
    case Part::Magnitude:
        return shape.size() == 1;
    case Part::Scale:
        return shape.size() == 2 && shape[isInput ? 0 : 1] == 1;
    }
    return false;
}

const TensorView*& slotOf(AdapterModule& module, Part part)
{
    switch (part) {
    case Part::A:
        return module.a;
    case Part::B:
        return module.b;
    case Part::Magnitude:
        return module.magnitude;
    case Part::Scale:
        break;
    }
    return module.scale;
}

/// Puts one tensor where it belongs: a part of a module, or among the ignored ones.
void place(const TensorView& tensor, std::map<ModuleName, AdapterModule>& modules, AdapterFiles& adapter)
{
    const std::string prefix = "base_model.model.";
    const std::string name = plainName(tensor.name);
    if (isIgnored(name)) {
        adapter.ignoredTensors.push_back(tensor.name);
        return;
    }
    const auto part = partOf(name, adapter.kind);
    const auto module =
        part && part->second.starts_with(prefix) ? moduleFromName(part->second.substr(prefix.size())) : std::nullopt;
    if (!module) {
        refuseKind("the tensor '" + tensor.name + "' belongs to no projection this program adapts", adapter.folder.string());
    }
    if (!hasShapeOf(part->first, tensor, *module, adapter) || tensor.count() == 0) {
        mismatch("the tensor '" + tensor.name + "' has the shape " + shapeText(tensor.shape) +
                     ", which does not fit the adapter" +
                     (adapter.kind == AdapterKind::Ia3 ? "'s feed-forward modules" : "'s rank " + std::to_string(adapter.rank)),
                 adapter);
    }
    if (tensor.dtype != DType::F64 && tensor.dtype != DType::F32 && tensor.dtype != DType::F16 && tensor.dtype != DType::BF16) {
        refuseKind("the tensor '" + tensor.name + "' has the type " + dtypeName(tensor.dtype), adapter.folder.string());
    }
    AdapterModule& entry = modules[*module];
    entry.layer = module->layer;
    entry.projection = module->projection;
    const TensorView*& slot = slotOf(entry, part->first);
    if (slot != nullptr) {
        throw Exception(ErrorCode::BadFile, "'" + name + "' occurs for two adapters", "save the adapter you want alone in a file",
                        adapter.folder.string());
    }
    slot = &tensor;
}

/// Throws BadFile for a module without one of the tensors its kind needs, Mismatch when they contradict each other.
void checkComplete(const ModuleName& name, const AdapterModule& module, const AdapterFiles& adapter)
{
    const bool isLowRank = adapter.kind != AdapterKind::Ia3; // an IA3 module exists because its one tensor does
    const char* missing = isLowRank && module.a == nullptr                                   ? "A"
                          : isLowRank && module.b == nullptr                                 ? "B"
                          : adapter.kind == AdapterKind::Dora && module.magnitude == nullptr ? "the magnitude"
                                                                                             : nullptr;
    if (missing != nullptr) {
        throw Exception(ErrorCode::BadFile, std::string(missing) + " of '" + moduleName(name) + "' is missing",
                        "choose a complete adapter", adapter.folder.string());
    }
    if (module.magnitude != nullptr && module.magnitude->shape[0] != module.b->shape[0]) {
        mismatch("the magnitude of '" + moduleName(name) + "' has " + std::to_string(module.magnitude->shape[0]) +
                     " entries, but B has " + std::to_string(module.b->shape[0]) + " rows",
                 adapter);
    }
}

void readModules(AdapterFiles& adapter)
{
    std::map<ModuleName, AdapterModule> modules;
    for (const TensorView& tensor : adapter.tensors->tensors()) {
        place(tensor, modules, adapter);
    }
    std::set<experiment::Projection> targets;
    for (const auto& [name, module] : modules) {
        checkComplete(name, module, adapter);
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

namespace {

AdapterFiles open(const std::filesystem::path& folder, const experiment::ModelShape* base, bool onlyLowRank)
{
    if (isGgufFile(folder)) {
        return openGgufAdapter(folder, base);
    }
    AdapterFiles adapter;
    adapter.folder = folder;
    readAdapterConfig(adapter);
    if (onlyLowRank && adapter.kind != AdapterKind::LowRank) {
        refuseKind(adapter.kind == AdapterKind::Dora ? "a DoRA adapter is more than B · A, so this cannot be done with it"
                                                     : "an IA3 adapter has no B · A, so this cannot be done with it",
                   folder.string());
    }
    adapter.tensors = openTensors(folder);
    readModules(adapter);
    const std::filesystem::path recordFile = folder / "lori.json";
    if (std::filesystem::exists(recordFile)) {
        adapter.record = recordFromJson(readJsonFile(recordFile), recordFile.string());
    }
    return adapter;
}

} // namespace

Result<AdapterFiles> openAnyAdapter(const std::filesystem::path& folder, const experiment::ModelShape* base)
{
    return guard([&] { return open(folder, base, false); });
}

Result<AdapterFiles> openAdapter(const std::filesystem::path& folder, const experiment::ModelShape* base)
{
    return guard([&] { return open(folder, base, true); });
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
            const bool isInput =
                module.scale != nullptr && module.scale->shape[0] == 1 &&
                std::find(adapter.feedForward.begin(), adapter.feedForward.end(), module.projection) != adapter.feedForward.end();
            // An IA3 module says only one of its two sizes; the other is taken as right.
            const std::int64_t in = module.a != nullptr ? module.a->shape[1] : isInput ? module.scale->shape[1] : shape.in;
            const std::int64_t out = module.b != nullptr ? module.b->shape[0] : isInput ? shape.out : module.scale->shape[0];
            if (in != shape.in || out != shape.out) {
                mismatch("'" + name + "' of the adapter is [" + std::to_string(out) + ", " + std::to_string(in) +
                             "], but the base model's is [" + std::to_string(shape.out) + ", " + std::to_string(shape.in) + "]",
                         adapter);
            }
        }
    });
}

} // namespace lori::formats
