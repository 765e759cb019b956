// SPDX-License-Identifier: Apache-2.0
#include "core/formats/torch_mask.h"

#include "core/formats/adapter_names.h"
#include "core/formats/checked.h"
#include "core/formats/mask_pools.h"
#include "core/formats/torch_file.h"
#include "core/vocabulary/words.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

namespace lori::formats {

namespace {

/// "….lora_B.weight" and "….lora_B.NAME.weight" → the module; PEFT puts the adapter's name there.
std::optional<ModuleName> moduleOfKey(const std::string& key)
{
    const std::string prefix = "base_model.model.";
    const std::string matrix = ".lora_B.";
    const std::string end = "weight";
    const std::size_t at = key.rfind(matrix);
    if (!key.starts_with(prefix) || at == std::string::npos || !key.ends_with("." + end)) {
        return std::nullopt;
    }
    const std::string tail = key.substr(at + matrix.size()); // "weight" or "NAME.weight"
    if (tail != end && std::count(tail.begin(), tail.end(), '.') != 1) {
        return std::nullopt;
    }
    return moduleFromName(key.substr(prefix.size(), at - prefix.size()));
}

ModuleMask maskOf(const TensorView& tensor, const std::string& where)
{
    const auto name = moduleOfKey(tensor.name);
    if (!name) {
        throw Exception(ErrorCode::BadFile, "the entry '" + tensor.name + "' is no mask of a module's B",
                        "choose a mask file of LoRI", where);
    }
    if (tensor.dtype != DType::Bool || tensor.shape.size() != 2 || tensor.count() == 0) {
        throw Exception(ErrorCode::BadFile,
                        "the mask of '" + moduleName(*name) + "' is " + dtypeName(tensor.dtype) + " " + shapeText(tensor.shape) +
                            " instead of BOOL [out, rank]",
                        "choose a mask file of LoRI", where);
    }
    ModuleMask mask;
    mask.layer = name->layer;
    mask.projection = name->projection;
    mask.out = tensor.shape[0];
    mask.rank = tensor.shape[1];
    mask.bits.assign((tensor.bytes.size() + 7) / 8, 0);
    for (std::size_t i = 0; i < tensor.bytes.size(); ++i) {
        const bool isKept = tensor.bytes[i] != std::byte{0};
        mask.bits[i >> 3U] |= static_cast<std::uint8_t>(static_cast<unsigned>(isKept) << (i & 7U));
    }
    return mask;
}

struct Count {
    std::int64_t entries = 0;
    std::int64_t kept = 0;
};

std::vector<Count> countsOf(const Mask& mask, MaskScope scope)
{
    std::map<std::int64_t, Count> byKey;
    for (const ModuleMask& module : mask.modules) {
        Count& count = byKey[poolKey(module.layer, module.projection, scope)];
        count.entries += module.out * module.rank;
        count.kept += module.kept();
    }
    std::vector<Count> counts;
    for (const auto& [key, count] : byKey) {
        counts.push_back(count);
    }
    return counts;
}

/// Sparsities that a person may have chosen, nearest first: that of the file's name, then those of two decimals around the count.
std::vector<double> candidates(double counted, const std::filesystem::path& hint)
{
    std::vector<double> found;
    const std::string name = hint.filename().string();
    double named = 0;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), named);
    if (problem == std::errc() && std::string_view(end) == "_mask.pt" && named >= 0 && named < 1) {
        found.push_back(named);
    }
    for (const double step : {0.0, -1.0, 1.0}) {
        const double rounded = (std::round(counted * 100) + step) / 100;
        if (rounded >= 0 && rounded < 1) {
            found.push_back(rounded);
        }
    }
    return found;
}

bool keepsExactly(const std::vector<Count>& pools, double sparsity)
{
    return std::all_of(pools.begin(), pools.end(), [&](const Count& p) { return p.kept == keptOf(sparsity, p.entries); });
}

/// Ties only add, and of trained weights only few.
bool keepsAboutSoMany(const std::vector<Count>& pools, double sparsity)
{
    return std::all_of(pools.begin(), pools.end(), [&](const Count& p) {
        const std::int64_t more = p.kept - keptOf(sparsity, p.entries);
        return more >= 0 && more <= std::max<std::int64_t>(8, p.entries / 1000);
    });
}

/// The reference's folder for each scope: "masks", "layerwise_masks" …
MaskScope scopeOfFolder(const std::filesystem::path& hint)
{
    const std::string folder = hint.parent_path().filename().string();
    for (const auto& entry : words<MaskScope>()) {
        if (folder == std::string(entry.word) + "wise_masks") {
            return entry.value;
        }
    }
    return MaskScope::Model;
}

} // namespace

void setMaskSettings(Mask& mask, const std::filesystem::path& hint)
{
    const auto total = static_cast<double>(std::max<std::int64_t>(1, mask.total()));
    const double counted = 1 - static_cast<double>(mask.kept()) / total;
    mask.rule = wordOf(MaskRule::Reference);
    mask.threshold = std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> sparsities = candidates(counted, hint);
    const MaskScope hinted = scopeOfFolder(hint);
    const std::vector<Count> hintedPools = countsOf(mask, hinted);
    std::size_t narrowest = 0; // pools of the scope found so far
    for (const double sparsity : sparsities) {
        for (const MaskScope scope :
             {MaskScope::Model, MaskScope::Module, MaskScope::Projection, MaskScope::Layer, MaskScope::Matrix}) {
            const std::vector<Count> pools = countsOf(mask, scope);
            if (pools.size() > narrowest && keepsExactly(pools, sparsity)) {
                narrowest = pools.size();
                mask.scope = wordOf(scope);
                mask.sparsity = sparsity;
            }
        }
        if (narrowest > 0) {
            return;
        }
    }
    for (const double sparsity : sparsities) {
        if (keepsAboutSoMany(hintedPools, sparsity)) {
            mask.scope = wordOf(hinted);
            mask.sparsity = sparsity;
            return;
        }
    }
    mask.scope = "unknown";
    mask.sparsity = counted;
}

Mask readTorchMask(const std::filesystem::path& file)
{
    const std::unique_ptr<TensorFile> tensors = openTorchFile(file).value();
    Mask mask;
    for (const TensorView& tensor : tensors->tensors()) {
        mask.modules.push_back(maskOf(tensor, file.string()));
    }
    if (mask.modules.empty()) {
        throw Exception(ErrorCode::BadFile, "the file holds no mask", "choose a mask file of LoRI", file.string());
    }
    std::sort(mask.modules.begin(), mask.modules.end(), [](const ModuleMask& a, const ModuleMask& b) {
        return ModuleName{a.layer, a.projection} < ModuleName{b.layer, b.projection};
    });
    const auto twice = std::adjacent_find(mask.modules.begin(), mask.modules.end(), [](const ModuleMask& a, const ModuleMask& b) {
        return a.layer == b.layer && a.projection == b.projection;
    });
    if (twice != mask.modules.end()) {
        throw Exception(ErrorCode::BadFile, "the file has two masks of '" + moduleName({twice->layer, twice->projection}) + "'",
                        "choose a mask file of LoRI", file.string());
    }
    setMaskSettings(mask, file);
    return mask;
}

} // namespace lori::formats
