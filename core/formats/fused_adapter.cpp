// SPDX-License-Identifier: Apache-2.0
#include "core/formats/fused_adapter.h"

#include "core/formats/adapter_names.h"
#include "core/formats/mapped_tensors.h"
#include "core/formats/stored_modules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <set>

namespace lori::formats {

namespace {

constexpr std::array<const char*, 2> kFusing{"phi3", "granitemoehybrid"};

/// The family that has a module of this name.
std::string familyWith(const std::string& path)
{
    return *std::find_if(kFusing.begin(), kFusing.end(), [&](const char* family) {
        const auto& modules = storedModules(family);
        return std::any_of(modules.begin(), modules.end(), [&](const StoredModule& module) { return module.path == path; });
    });
}

const StoredModule* fusedModule(const std::string& path)
{
    for (const char* family : kFusing) {
        for (const StoredModule& module : storedModules(family)) {
            const bool isOurs = module.path == moduleName({0, module.parts.front()}).substr(std::strlen("model.layers.0."));
            if (module.path == path && !isOurs) {
                return &module;
            }
        }
    }
    return nullptr;
}

/// Some rows of a matrix.
TensorView rowsOf(const TensorView& whole, std::string name, std::int64_t begin, std::int64_t count)
{
    const std::size_t rowBytes = whole.bytes.size() / static_cast<std::size_t>(whole.shape[0]);
    TensorView view = whole;
    view.name = std::move(name);
    view.shape[0] = count;
    view.bytes = whole.bytes.subspan(static_cast<std::size_t>(begin) * rowBytes, static_cast<std::size_t>(count) * rowBytes);
    return view;
}

/// Columns [begin, begin + count) of a matrix, copied.
std::vector<std::byte> columnsOf(const TensorView& view, std::int64_t begin, std::int64_t count)
{
    const std::size_t entry = view.bytes.size() / static_cast<std::size_t>(view.count());
    const std::size_t row = entry * static_cast<std::size_t>(view.shape[1]);
    std::vector<std::byte> bytes;
    for (std::int64_t i = 0; i < view.shape[0]; ++i) {
        const auto part = view.bytes.subspan(static_cast<std::size_t>(i) * row + static_cast<std::size_t>(begin) * entry,
                                             static_cast<std::size_t>(count) * entry);
        bytes.insert(bytes.end(), part.begin(), part.end());
    }
    return bytes;
}

bool isZero(const std::vector<std::byte>& bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

/// Cuts one fused layer into its parts.
class Splitter final {
public:
    Splitter(AdapterFiles& adapter, const AdapterPlace& place, MappedTensors& tensors)
        : m_adapter(adapter), m_place(place), m_tensors(tensors)
    {
    }

    void split(const FusedModule& fused)
    {
        const StoredModule& module = *fusedModule(fused.path);
        std::int64_t rows = 0;
        for (const Projection part : module.parts) {
            rows += m_place.rowsOf(part);
        }
        const TensorView* rowed = fused.own.b != nullptr ? fused.own.b : fused.own.scale;
        const bool scalesInput = fused.own.scale != nullptr && fused.own.scale->shape[0] == 1;
        if (rowed == nullptr || (!scalesInput && rowed->shape[0] != rows)) {
            throw Exception(ErrorCode::Mismatch,
                            "the layer '" + fused.path + "' of the adapter has " +
                                std::to_string(rowed == nullptr ? 0 : rowed->shape[0]) + " rows, but the base model has " +
                                std::to_string(rows),
                            "open it with the model it was trained on", m_adapter.folder.string());
        }
        const auto count = static_cast<std::int64_t>(module.parts.size());
        const bool isCut = fused.own.b != nullptr && isBlockDiagonal(*fused.own.b, module, count);
        std::int64_t at = 0;
        for (std::int64_t i = 0; i < count; ++i) {
            const Projection projection = module.parts[static_cast<std::size_t>(i)];
            const std::int64_t out = m_place.rowsOf(projection);
            addPart(fused, projection, at, out, isCut ? i : -1, count);
            at += out;
        }
    }

private:
    /// Whether the rows of each part use only columns of their own.
    [[nodiscard]] bool isBlockDiagonal(const TensorView& b, const StoredModule& module, std::int64_t count) const
    {
        const std::int64_t rank = b.shape[1];
        if (count < 2 || rank % count != 0) {
            return false;
        }
        const std::int64_t own = rank / count;
        std::int64_t at = 0;
        for (std::int64_t i = 0; i < count; ++i) {
            const std::int64_t out = m_place.rowsOf(module.parts[static_cast<std::size_t>(i)]);
            const TensorView rows = rowsOf(b, b.name, at, out);
            if (!isZero(columnsOf(rows, 0, i * own)) || !isZero(columnsOf(rows, (i + 1) * own, rank - (i + 1) * own))) {
                return false;
            }
            at += out;
        }
        return true;
    }

    void addPart(const FusedModule& fused, Projection projection, std::int64_t begin, std::int64_t out, std::int64_t block,
                 std::int64_t blocks)
    {
        const auto key = [&](char matrix) {
            return peftKey(fused.layer, projection, matrix);
        };
        if (fused.own.b != nullptr && block >= 0) {
            const std::int64_t own = fused.own.b->shape[1] / blocks;
            m_tensors.add(rowsOf(*fused.own.a, key('A'), block * own, own), m_adapter.folder.string());
            const TensorView rows = rowsOf(*fused.own.b, key('B'), begin, out);
            std::vector<std::byte> bytes = columnsOf(rows, block * own, own);
            TensorView b = rows;
            b.shape[1] = own;
            b.bytes = bytes;
            m_tensors.keep(std::move(bytes));
            m_tensors.add(std::move(b), m_adapter.folder.string());
        } else if (fused.own.b != nullptr) {
            m_tensors.add(rowsOf(*fused.own.a, key('A'), 0, fused.own.a->shape[0]), m_adapter.folder.string());
            m_tensors.add(rowsOf(*fused.own.b, key('B'), begin, out), m_adapter.folder.string());
        }
        if (fused.own.magnitude != nullptr) {
            m_tensors.add(rowsOf(*fused.own.magnitude, peftMagnitudeKey(fused.layer, projection), begin, out),
                          m_adapter.folder.string());
        }
        if (fused.own.scale != nullptr) {
            const bool scalesInput = fused.own.scale->shape[0] == 1;
            m_tensors.add(
                rowsOf(*fused.own.scale, peftIa3Key(fused.layer, projection), scalesInput ? 0 : begin, scalesInput ? 1 : out),
                m_adapter.folder.string());
        }
    }

    AdapterFiles& m_adapter;
    const AdapterPlace& m_place;
    MappedTensors& m_tensors;
};

} // namespace

std::optional<FusedModule> fusedModuleFromName(const std::string& module)
{
    constexpr std::string_view kStart = "model.layers.";
    const std::size_t end = module.starts_with(kStart) ? module.find('.', kStart.size()) : std::string::npos;
    if (end == std::string::npos) {
        return std::nullopt;
    }
    const auto layer = moduleFromName(module.substr(0, end + 1) + "self_attn.q_proj"); // reads the number
    const std::string path = module.substr(end + 1);
    if (!layer || fusedModule(path) == nullptr) {
        return std::nullopt;
    }
    return FusedModule{layer->layer, path, {}};
}

void settleFused(AdapterFiles& adapter, const std::vector<FusedModule>& fused, const ModelShape* base)
{
    const std::string family = familyWith(fused.front().path);
    if (base != nullptr) {
        adapter.place = adapterPlace(family, "model.", *base);
    } else if (!adapter.place || adapter.place->family != family) {
        throw Exception(ErrorCode::Unsupported,
                        "the adapter sits on a layer that its model fuses ('" + fused.front().path +
                            "'): without the model its parts cannot be told",
                        "name its base model with --model", adapter.folder.string());
    }
    auto tensors = std::make_unique<MappedTensors>();
    Splitter splitter(adapter, *adapter.place, *tensors);
    std::set<const TensorView*> taken;
    for (const FusedModule& module : fused) {
        splitter.split(module);
        taken.insert({module.own.a, module.own.b, module.own.magnitude, module.own.scale});
    }
    for (const TensorView& view : adapter.tensors->tensors()) {
        if (!taken.contains(&view)) {
            tensors->add(view, adapter.folder.string());
        }
    }
    std::set<Projection> targets(adapter.targets.begin(), adapter.targets.end());
    std::set<Projection> feedForward(adapter.feedForward.begin(), adapter.feedForward.end());
    for (const FusedModule& module : fused) {
        const std::vector<Projection>& parts = fusedModule(module.path)->parts;
        for (const Projection projection : parts) {
            AdapterModule part;
            part.layer = module.layer;
            part.projection = projection;
            part.a = tensors->find(peftKey(module.layer, projection, 'A'));
            part.b = tensors->find(peftKey(module.layer, projection, 'B'));
            part.magnitude = tensors->find(peftMagnitudeKey(module.layer, projection));
            part.scale = tensors->find(peftIa3Key(module.layer, projection));
            if (part.a != nullptr) { // the scaling stays what it was, whatever the rank became
                const double alpha = module.own.alpha.value_or(adapter.alpha);
                const double share = static_cast<double>(part.a->shape[0]) / static_cast<double>(module.own.a->shape[0]);
                const double own = alpha * (adapter.useRslora ? std::sqrt(share) : share);
                part.alpha = std::abs(own - adapter.alpha) < 1e-9 * std::abs(adapter.alpha) ? std::nullopt : std::optional(own);
            }
            targets.insert(projection);
            if (part.scale != nullptr && part.scale->shape[0] == 1) {
                feedForward.insert(projection);
            }
            adapter.modules.push_back(part);
        }
    }
    tensors->keep(std::move(adapter.tensors));
    adapter.tensors = std::move(tensors);
    std::sort(adapter.modules.begin(), adapter.modules.end(), [](const AdapterModule& a, const AdapterModule& b) {
        return std::pair(a.layer, a.projection) < std::pair(b.layer, b.projection);
    });
    adapter.targets.assign(targets.begin(), targets.end());
    adapter.feedForward.assign(feedForward.begin(), feedForward.end());
    const std::int64_t layers = adapter.modules.back().layer + 1;
    adapter.everyLayer = adapter.everyLayer && static_cast<std::int64_t>(adapter.modules.size()) ==
                                                   layers * static_cast<std::int64_t>(adapter.targets.size());
}

} // namespace lori::formats
