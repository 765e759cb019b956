// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_names.h"
#include "core/formats/fused_adapter.h"
#include "core/formats/stored_modules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <set>
#include <utility>

namespace lori::formats {

namespace {

constexpr std::array<const char*, 4> kSuffixes{".lora_A.weight", ".lora_B.weight", ".lora_magnitude_vector", ".ia3_l"};

/// What the adapter has of one projection, in the order of kSuffixes.
using Part = std::array<const TensorToWrite*, kSuffixes.size()>;

bool equal(const TensorToWrite& a, const TensorToWrite& b)
{
    return a.shape == b.shape && std::memcmp(a.bytes.data(), b.bytes.data(), a.bytes.size()) == 0;
}

class Composer final {
public:
    explicit Composer(const AdapterToWrite& adapter) : m_adapter(adapter)
    {
        for (const TensorToWrite& tensor : adapter.tensors) {
            for (std::size_t i = 0; i < kSuffixes.size(); ++i) {
                const std::string start = "base_model.model.";
                if (!tensor.name.starts_with(start) || !tensor.name.ends_with(kSuffixes[i])) {
                    continue;
                }
                const std::string middle =
                    tensor.name.substr(start.size(), tensor.name.size() - start.size() - std::strlen(kSuffixes[i]));
                if (const auto module = moduleFromName(middle)) {
                    m_parts[*module][i] = &tensor;
                }
            }
        }
    }

    StoredAdapter compose()
    {
        std::set<std::pair<std::int64_t, std::string>> done;
        for (const auto& [name, part] : m_parts) {
            const StoredModule& module = storedModuleOf(m_adapter.place->family, name.projection);
            if (done.insert({name.layer, module.path}).second) {
                add(name.layer, module);
            }
        }
        return std::move(m_out);
    }

private:
    void add(std::int64_t layer, const StoredModule& module)
    {
        const std::string name = m_adapter.place->modulePrefix + "layers." + std::to_string(layer) + "." + module.path;
        m_out.targets.push_back(name);
        if (!module.isFused()) {
            const Part& part = m_parts.at({layer, module.parts.front()});
            for (std::size_t i = 0; i < kSuffixes.size(); ++i) {
                if (part[i] != nullptr) {
                    put(name, i, part[i]->shape, {part[i]->bytes.begin(), part[i]->bytes.end()});
                }
            }
            setRank(name, layer, module.parts.front(), part[0] != nullptr ? part[0]->shape[0] : 0);
        } else {
            addFused(name, layer, module);
        }
        const auto& fed = m_adapter.feedForward;
        if (std::find(fed.begin(), fed.end(), module.parts.front()) != fed.end()) {
            m_out.feedForward.push_back(name);
        }
    }

    void addFused(const std::string& name, std::int64_t layer, const StoredModule& module)
    {
        std::vector<const Part*> parts;
        for (const Projection projection : module.parts) {
            const auto found = m_parts.find({layer, projection});
            parts.push_back(found == m_parts.end() ? nullptr : &found->second);
        }
        const Part& first = **std::find_if(parts.begin(), parts.end(), [](const Part* part) { return part != nullptr; });
        if (first[3] != nullptr) {
            stackScales(name, module, parts);
            return;
        }
        if (first[2] != nullptr) {
            stackMagnitudes(name, parts);
        }
        bool sharesA = true;
        std::int64_t rank = 0;
        for (const Part* part : parts) {
            sharesA = sharesA && (part == nullptr || equal(*(*part)[0], *first[0]));
            rank += part == nullptr ? 0 : (*part)[0]->shape[0];
        }
        rank = sharesA ? first[0]->shape[0] : rank;
        std::vector<std::byte> a;
        std::vector<std::byte> b;
        std::int64_t rows = 0;
        std::int64_t column = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::int64_t out = m_adapter.place->rowsOf(module.parts[i]);
            rows += out;
            if (parts[i] != nullptr && (!sharesA || a.empty())) {
                a.insert(a.end(), (*parts[i])[0]->bytes.begin(), (*parts[i])[0]->bytes.end());
            }
            appendRows(b, parts[i] == nullptr ? nullptr : (*parts[i])[1], out, column, rank);
            column += sharesA || parts[i] == nullptr ? 0 : (*parts[i])[0]->shape[0];
        }
        put(name, 0, {rank, first[0]->shape[1]}, std::move(a));
        put(name, 1, {rows, rank}, std::move(b));
        const std::size_t firstPart = static_cast<std::size_t>(
            std::find_if(parts.begin(), parts.end(), [](const Part* part) { return part != nullptr; }) - parts.begin());
        setRank(name, layer, module.parts[firstPart], rank);
    }

    /// Rows of B [out, rank]: the part's columns from `column` on, zeros elsewhere.
    static void appendRows(std::vector<std::byte>& to, const TensorToWrite* b, std::int64_t out, std::int64_t column,
                           std::int64_t rank)
    {
        const std::size_t begin = to.size();
        to.resize(begin + static_cast<std::size_t>(out * rank) * sizeof(float), std::byte{0});
        if (b == nullptr) {
            return;
        }
        const std::size_t own = static_cast<std::size_t>(b->shape[1]) * sizeof(float);
        for (std::int64_t row = 0; row < out; ++row) {
            std::memcpy(to.data() + begin + static_cast<std::size_t>(row * rank + column) * sizeof(float),
                        b->bytes.data() + static_cast<std::size_t>(row) * own, own);
        }
    }

    void stackScales(const std::string& name, const StoredModule& module, const std::vector<const Part*>& parts)
    {
        std::vector<std::byte> all;
        std::int64_t rows = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::int64_t out = m_adapter.place->rowsOf(module.parts[i]);
            if (parts[i] != nullptr && (*parts[i])[3]->shape[0] == 1 && out != 1) {
                throw Exception(ErrorCode::Unsupported, "IA3 at the input of '" + name + "' cannot be written for this model",
                                "scale its output", "");
            }
            const std::vector<float> ones(static_cast<std::size_t>(out), 1.0F);
            const auto bytes = parts[i] != nullptr ? (*parts[i])[3]->bytes : std::as_bytes(std::span(ones));
            all.insert(all.end(), bytes.begin(), bytes.end());
            rows += out;
        }
        put(name, 3, {rows, 1}, std::move(all));
    }

    void stackMagnitudes(const std::string& name, const std::vector<const Part*>& parts)
    {
        std::vector<std::byte> all;
        for (const Part* part : parts) {
            if (part == nullptr) {
                throw Exception(ErrorCode::Unsupported, "DoRA on only a part of '" + name + "' cannot be written for PEFT",
                                "adapt all of its parts, or none", "");
            }
            all.insert(all.end(), (*part)[2]->bytes.begin(), (*part)[2]->bytes.end());
        }
        const auto rows = static_cast<std::int64_t>(all.size() / sizeof(float));
        put(name, 2, {rows}, std::move(all));
    }

    void put(const std::string& name, std::size_t suffix, std::vector<std::int64_t> shape, std::vector<std::byte> bytes)
    {
        m_out.made.push_back(std::move(bytes));
        m_out.tensors.push_back(
            {"base_model.model." + name + kSuffixes[suffix], DType::F32, std::move(shape), m_out.made.back()});
    }

    /// The whole layer's alpha gives the part's scaling with the layer's rank.
    void setRank(const std::string& name, std::int64_t layer, Projection projection, std::int64_t rank)
    {
        if (m_adapter.kind == AdapterKind::Ia3) {
            return;
        }
        std::int64_t ownRank = m_adapter.rank;
        double alpha = m_adapter.alpha;
        for (const ModuleToWrite& module : m_adapter.modules) {
            if (module.layer == layer && module.projection == projection) {
                ownRank = module.rank;
                alpha = module.alpha;
            }
        }
        const double share = static_cast<double>(rank) / static_cast<double>(ownRank);
        alpha *= m_adapter.useRslora ? std::sqrt(share) : share;
        if (rank != m_adapter.rank) {
            m_out.ranks[name] = rank;
        }
        if (alpha != m_adapter.alpha) {
            m_out.alphas[name] = alpha;
        }
    }

    const AdapterToWrite& m_adapter;
    std::map<ModuleName, Part> m_parts;
    StoredAdapter m_out;
};

} // namespace

std::optional<StoredAdapter> storedAdapter(const AdapterToWrite& adapter)
{
    if (!adapter.place || adapter.place->isProgramsOwn()) {
        return std::nullopt;
    }
    return Composer(adapter).compose();
}

bool AdapterPlace::isProgramsOwn() const
{
    const auto& modules = storedModules(family);
    const bool isPlain = std::all_of(modules.begin(), modules.end(), [](const StoredModule& module) {
        return !module.isFused() && moduleName({0, module.parts.front()}).ends_with(module.path);
    });
    return isPlain && modulePrefix == "model.";
}

AdapterPlace adapterPlace(std::string family, std::string modulePrefix, const ModelShape& shape)
{
    AdapterPlace place{std::move(family), std::move(modulePrefix), {}};
    for (std::size_t i = 0; i < place.rows.size(); ++i) {
        place.rows[i] = projectionShape(shape, static_cast<Projection>(i)).out;
    }
    return place;
}

} // namespace lori::formats
