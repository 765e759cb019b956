// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_checks.h"
#include "core/formats/adapter_config.h"
#include "core/formats/adapter_files.h"
#include "core/formats/adapter_names.h"
#include "core/formats/adapter_place.h"
#include "core/formats/adapter_record.h"
#include "core/formats/checked.h"
#include "core/formats/fused_adapter.h"
#include "core/formats/gguf_adapter.h"
#include "core/formats/json_fields.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace lori::formats {

namespace {

/// What a tensor is to its module.
enum class Part : std::uint8_t { A, B, Magnitude, Scale };

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

/// "model.embed_tokens.weight" of "model.embed_tokens.base_layer.weight" and the like; nothing for tensors of an adapter.
std::optional<std::string> savedName(std::string name)
{
    for (const char* between : {".base_layer", ".modules_to_save", ".original_module"}) {
        const std::size_t at = name.rfind(between);
        if (at != std::string::npos) {
            name.erase(at, std::string_view(between).size());
        }
    }
    const bool isWhole = name.ends_with(".weight") || name.ends_with(".bias");
    const bool isPart = name.find("lora_") != std::string::npos || name.find("ia3_") != std::string::npos ||
                        name.find("token_adapter") != std::string::npos;
    return isWhole && !isPart ? std::optional(name) : std::nullopt;
}

/// Reads the tensors of one adapter into its modules.
class Reader final {
public:
    Reader(AdapterFiles& adapter, const AdapterConfigFile& config) : m_adapter(adapter), m_config(config) {}

    void read()
    {
        for (const TensorView& tensor : m_adapter.tensors->tensors()) {
            place(tensor);
        }
        refuseUnsaidTargets();
        checkWholeModules();
        std::set<Projection> targets;
        std::set<Projection> feedForward;
        for (auto& [name, module] : m_modules) {
            checkComplete(name, module);
            m_adapter.modules.push_back(module);
            targets.insert(name.projection);
            if (module.scale != nullptr && isFeedForward(name)) {
                feedForward.insert(name.projection);
            }
        }
        if (m_adapter.modules.empty() && m_fused.empty()) {
            bad(m_adapter.ignoredTensors.empty() ? "the adapter holds no adapted module"
                                                 : "adapter_config.json names none of the modules that the adapter holds ('" +
                                                       m_adapter.ignoredTensors.front() + "' …), so it would change nothing",
                "choose another adapter, or correct 'target_modules'");
        }
        m_adapter.targets.assign(targets.begin(), targets.end());
        m_adapter.feedForward.assign(feedForward.begin(), feedForward.end());
        checkOneSide();
        m_adapter.everyLayer = m_config.targets.isPlain() && (m_adapter.modules.empty() || isGrid());
    }

    /// Layers that the model fuses, still whole.
    [[nodiscard]] std::vector<FusedModule> fused() const
    {
        std::vector<FusedModule> list;
        for (const auto& [name, module] : m_fused) {
            const bool isLowRank = m_adapter.kind != AdapterKind::Ia3;
            if (isLowRank && (module.own.a == nullptr || module.own.b == nullptr)) {
                bad("A or B of '" + name + "' is missing", "choose a complete adapter");
            }
            list.push_back(module);
        }
        return list;
    }

private:
    [[noreturn]] void bad(const std::string& what, const std::string& remedy) const
    {
        throw Exception(ErrorCode::BadFile, what, remedy, m_adapter.folder.string());
    }
    [[noreturn]] void refuse(const std::string& what, const std::string& remedy) const
    {
        throw Exception(ErrorCode::Unsupported, what, remedy, m_adapter.folder.string());
    }
    [[noreturn]] void mismatch(const std::string& what) const
    {
        throw Exception(ErrorCode::Mismatch, what, "choose another adapter", m_adapter.folder.string());
    }

    /// A module by the name PEFT would see in the model it was saved from, and by ours.
    struct Names {
        std::string full;
        std::string standard;
    };
    [[nodiscard]] bool isTarget(const Names& module) const
    {
        return m_config.targets.contains(module.full) || m_config.targets.contains(module.standard);
    }
    [[nodiscard]] std::int64_t rankOf(const Names& module) const
    {
        const auto own = m_config.targets.rankOf(module.full);
        return own ? *own : m_config.targets.rankOf(module.standard).value_or(m_adapter.rank);
    }
    [[nodiscard]] std::optional<double> alphaOf(const Names& module) const
    {
        const auto own = m_config.targets.alphaOf(module.full);
        return own ? own : m_config.targets.alphaOf(module.standard);
    }

    void place(const TensorView& tensor)
    {
        const AdapterTensorName name = adapterTensorName(tensor.name);
        if (name.standard.ends_with(".lora_B.mask")) { // which LoRI's authors keep as a parameter beside B (method.md §2.4)
            m_adapter.ignoredTensors.push_back(tensor.name);
            return;
        }
        const auto part = partOf(name.standard, m_adapter.kind);
        if (!part) {
            const auto saved = savedName(name.standard);
            if (!saved) {
                refuse("the tensor '" + tensor.name + "' is none that this program knows of such an adapter",
                       "choose a plain LoRA or LoRI adapter of the model's linear layers");
            }
            m_adapter.savedTensors.push_back({*saved, &tensor});
            return;
        }
        const std::size_t behind = name.standard.size() - part->second.size(); // of ".lora_A.weight" and the like
        const Names names{name.full.substr(0, name.full.size() - behind), part->second};
        if (!isTarget(names)) {
            m_adapter.ignoredTensors.push_back(tensor.name);
            return;
        }
        const auto module = moduleFromName(part->second);
        if (const auto fused = module ? std::nullopt : fusedModuleFromName(part->second)) {
            checkTensor(tensor, part->first, names);
            FusedModule& entry = m_fused.try_emplace(part->second, *fused).first->second;
            entry.own.alpha = m_adapter.kind == AdapterKind::Ia3 ? std::nullopt : alphaOf(names);
            slotOf(entry.own, part->first) = &tensor;
            return;
        }
        if (!module) {
            refuse("the tensor '" + tensor.name + "' belongs to no projection this program adapts",
                   "choose an adapter of the linear layers of attention and feed-forward");
        }
        checkTensor(tensor, part->first, names);
        AdapterModule& entry = m_modules[*module];
        entry.layer = module->layer;
        entry.projection = module->projection;
        entry.alpha = m_adapter.kind == AdapterKind::Ia3 ? std::nullopt : alphaOf(names);
        const TensorView*& slot = slotOf(entry, part->first);
        if (slot != nullptr) {
            bad("'" + part->second + "' occurs for two adapters ('" + slot->name + "' and '" + tensor.name + "')",
                "save the adapter you want alone in a file");
        }
        slot = &tensor;
    }

    static const TensorView*& slotOf(AdapterModule& module, Part part)
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

    /// As IA3's configuration says; where it says nothing, as the tensor's shape does.
    [[nodiscard]] bool isFeedForward(const ModuleName& module) const
    {
        if (m_config.feedForward.isSaid()) {
            return endsWithOne(m_config.feedForward, moduleName(module));
        }
        const auto found = m_modules.find(module);
        return found != m_modules.end() && found->second.scale->shape[0] == 1 && found->second.scale->shape[1] != 1;
    }

    void checkTensor(const TensorView& tensor, Part part, const Names& module) const
    {
        const auto& shape = tensor.shape;
        if ((part == Part::A || part == Part::B) && (shape.size() < 2 || tensor.count() == 0)) {
            bad("the tensor '" + tensor.name + "' has the shape " + shapeText(shape) +
                    ": DeepSpeed ZeRO-3 and FSDP leave such pieces behind when an adapter is saved before its shards are "
                    "gathered",
                "save the adapter again inside GatheredParameters or summon_full_params");
        }
        const std::int64_t rank = rankOf(module);
        const bool fits = part == Part::A       ? shape.size() == 2 && shape[0] == rank
                          : part == Part::B     ? shape.size() == 2 && shape[1] == rank
                          : part == Part::Scale ? hasShapeOfScale(shape, module.standard)
                                                : shape.size() == 1;
        if (!fits || tensor.count() == 0) {
            mismatch("the tensor '" + tensor.name + "' has the shape " + shapeText(shape) + ", which does not fit the adapter" +
                     (m_adapter.kind == AdapterKind::Ia3 ? "'s feed-forward modules" : "'s rank " + std::to_string(rank)));
        }
        if (tensor.dtype != DType::F64 && tensor.dtype != DType::F32 && tensor.dtype != DType::F16 &&
            tensor.dtype != DType::BF16) {
            refuse("the tensor '" + tensor.name + "' has the type " + dtypeName(tensor.dtype),
                   "save the adapter as F32, BF16 or F16");
        }
        if (!allFinite(tensor)) {
            bad("the adapter's tensor '" + tensor.name + "' holds a NaN or infinity: its training went astray",
                "train it again with a smaller learning rate, or choose an earlier checkpoint");
        }
    }
    [[nodiscard]] bool hasShapeOfScale(const std::vector<std::int64_t>& shape, const std::string& module) const
    {
        if (shape.size() != 2) {
            return false;
        }
        return m_config.feedForward.isSaid() ? shape[endsWithOne(m_config.feedForward, module) ? 0 : 1] == 1
                                             : shape[0] == 1 || shape[1] == 1;
    }

    /// Throws BadFile for a module without one of the tensors its kind needs, Mismatch when they contradict each other.
    void checkComplete(const ModuleName& name, const AdapterModule& module) const
    {
        const bool isLowRank = m_adapter.kind != AdapterKind::Ia3; // an IA3 module exists because its one tensor does
        const char* missing = isLowRank && module.a == nullptr                                     ? "A"
                              : isLowRank && module.b == nullptr                                   ? "B"
                              : m_adapter.kind == AdapterKind::Dora && module.magnitude == nullptr ? "the magnitude"
                                                                                                   : nullptr;
        if (missing != nullptr) {
            bad(std::string(missing) + " of '" + moduleName(name) + "' is missing", "choose a complete adapter");
        }
        if (module.magnitude != nullptr && module.magnitude->shape[0] != module.b->shape[0]) {
            mismatch("the magnitude of '" + moduleName(name) + "' has " + std::to_string(module.magnitude->shape[0]) +
                     " entries, but B has " + std::to_string(module.b->shape[0]) + " rows");
        }
    }

    /// Without target_modules PEFT takes what it thinks usual for the kind of model, whatever the file holds.
    void refuseUnsaidTargets() const
    {
        if (m_config.targets.saysTargets()) {
            return;
        }
        const bool isIa3 = m_adapter.kind == AdapterKind::Ia3;
        for (const auto& [name, module] : m_modules) {
            const bool isUsual = name.projection == Projection::V || name.projection == (isIa3 ? Projection::K : Projection::Q) ||
                                 (isIa3 && name.projection == Projection::Down);
            if (!isUsual) {
                refuse("'target_modules' is not said: PEFT would take its own choice of modules and leave '" + moduleName(name) +
                           "' out",
                       "write the names of the modules into adapter_config.json");
            }
        }
    }

    /// modules_to_save promises tensors that PEFT does not open the adapter without.
    void checkWholeModules() const
    {
        for (const std::string& whole : m_config.targets.wholeModules()) {
            const auto isOf = [&](const SavedTensor& saved) {
                const std::string module = saved.name.substr(0, saved.name.rfind('.'));
                return module == whole || module.ends_with("." + whole) ||
                       ("." + module + ".").find("." + whole + ".") != std::string::npos;
            };
            if (std::none_of(m_adapter.savedTensors.begin(), m_adapter.savedTensors.end(), isOf)) {
                bad("'modules_to_save' names '" + whole + "', but the file holds no weight of it",
                    "save the adapter again, or take that name out of adapter_config.json");
            }
        }
    }

    /// One projection is scaled at one side in all layers.
    void checkOneSide() const
    {
        for (const auto& [name, module] : m_modules) {
            const bool listed = std::find(m_adapter.feedForward.begin(), m_adapter.feedForward.end(), name.projection) !=
                                m_adapter.feedForward.end();
            if (module.scale != nullptr && listed != isFeedForward(name)) {
                refuse("'" + moduleName(name) + "' is scaled at another side than in other layers", "choose another IA3 adapter");
            }
        }
    }

    /// Every projection is there in every layer up to the last.
    [[nodiscard]] bool isGrid() const
    {
        const std::int64_t layers = m_adapter.modules.back().layer + 1;
        return static_cast<std::int64_t>(m_adapter.modules.size()) ==
               layers * static_cast<std::int64_t>(m_adapter.targets.size());
    }

    AdapterFiles& m_adapter;
    const AdapterConfigFile& m_config;
    std::map<ModuleName, AdapterModule> m_modules;
    std::map<std::string, FusedModule> m_fused;
};

double scalingOf(double alpha, std::int64_t rank, bool useRslora)
{
    const auto r = static_cast<double>(rank);
    return alpha / (useRslora ? std::sqrt(r) : r);
}

AdapterFiles open(const std::filesystem::path& path, const ModelShape* base, bool onlyLowRank)
{
    if (isGgufFile(path)) {
        return openGgufAdapter(path, base);
    }
    AdapterFiles adapter;
    adapter.folder = adapterFolderAt(path);
    const AdapterConfigFile config = readAdapterConfig(adapter);
    if (onlyLowRank && adapter.kind != AdapterKind::LowRank) {
        throw Exception(ErrorCode::Unsupported,
                        adapter.kind == AdapterKind::Dora ? "a DoRA adapter is more than B · A, so this cannot be done with it"
                                                          : "an IA3 adapter has no B · A, so this cannot be done with it",
                        "choose a plain LoRA or LoRI adapter", adapter.folder.string());
    }
    adapter.tensors = openAdapterTensors(adapter.folder);
    const std::filesystem::path recordFile = adapter.folder / "lori.json";
    if (std::filesystem::exists(recordFile)) {
        adapter.record = recordFromJson(readJsonFile(recordFile), recordFile.string());
        adapter.place = adapter.record->place;
    }
    Reader reader(adapter, config);
    reader.read();
    if (const std::vector<FusedModule> fused = reader.fused(); !fused.empty()) {
        settleFused(adapter, fused, base);
    }
    return adapter;
}

} // namespace

double AdapterFiles::scaling() const
{
    return scalingOf(alpha, rank, useRslora);
}

double AdapterFiles::scaling(const AdapterModule& module) const
{
    return scalingOf(module.alpha.value_or(alpha), module.a != nullptr ? module.a->shape[0] : rank, useRslora);
}

bool AdapterFiles::hasOwnRanks() const
{
    return kind != AdapterKind::Ia3 && std::any_of(modules.begin(), modules.end(), [&](const AdapterModule& module) {
               return module.a->shape[0] != rank || module.alpha.value_or(alpha) != alpha;
           });
}

std::vector<std::string> AdapterFiles::tensorsBeside() const
{
    std::vector<std::string> names = ignoredTensors;
    for (const SavedTensor& saved : savedTensors) {
        names.push_back(saved.view->name);
    }
    return names;
}

Result<AdapterFiles> openAnyAdapter(const std::filesystem::path& folder, const ModelShape* base)
{
    return guard([&] { return open(folder, base, false); });
}

Result<AdapterFiles> openAdapter(const std::filesystem::path& folder, const ModelShape* base)
{
    return guard([&] { return open(folder, base, true); });
}

} // namespace lori::formats
