// SPDX-License-Identifier: Apache-2.0
#include "core/formats/hugging_face_tensors.h"

#include "core/formats/checked.h"
#include "core/formats/mapped_tensors.h"
#include "core/formats/messages.h"
#include "core/formats/stored_modules.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace lori::formats {

namespace {

constexpr const char* kHead = "lm_head.weight";
constexpr const char* kEmbedding = "model.embed_tokens.weight";

void removeAll(std::string& name, std::string_view segment)
{
    for (std::size_t at = name.find(segment); at != std::string::npos; at = name.find(segment)) {
        name.erase(at, segment.size());
    }
}

bool replaceStart(std::string& name, std::string_view from, std::string_view to)
{
    if (!name.starts_with(from)) {
        return false;
    }
    name.replace(0, from.size(), to);
    return true;
}

/// Tensors of the part that sees, which text does not need.
bool isOfTheEye(const std::string& name)
{
    constexpr std::array<std::string_view, 3> kParts{"vision_tower.", "multi_modal_projector.", "vision_model."};
    const std::string_view inner = name.starts_with("model.") ? std::string_view(name).substr(6) : std::string_view(name);
    return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) { return inner.starts_with(part); });
}

[[noreturn]] void refuseMissingWeights(const std::filesystem::path& folder)
{
    if (std::filesystem::exists(folder / "pytorch_model.bin") ||
        std::filesystem::exists(folder / "pytorch_model.bin.index.json")) {
        throw Exception(ErrorCode::Unsupported, messages::kPickledWeights, {}, folder.string());
    }
    std::string other;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".safetensors" && (other.empty() || entry.path().filename().string() < other)) {
            other = entry.path().filename().string();
        }
    }
    throw Exception(ErrorCode::NotFound, other.empty() ? messages::kNoWeights : messages::kWeightsInParts, {other},
                    folder.string());
}

std::unique_ptr<TensorFile> openWeights(const std::filesystem::path& folder)
{
    // In this order as in transformers: an index beside a whole file is one that an older save left behind.
    for (const char* name : {"model.safetensors", "model.safetensors.index.json"}) {
        if (std::filesystem::exists(folder / name)) {
            return std::move(openSafetensors(folder / name).value().file);
        }
    }
    refuseMissingWeights(folder);
}

std::int64_t rowsOf(const ModelConfig& config, Projection projection)
{
    return projectionShape(config.shape, projection).out;
}

/// "model.layers.3.self_attn.qkv_proj.weight" → its block's part "model.layers.3." and the rest; both empty for other names.
std::pair<std::string, std::string> cutAtBlock(const std::string& name)
{
    constexpr std::string_view kStart = "model.layers.";
    const std::size_t end = name.starts_with(kStart) ? name.find('.', kStart.size()) : std::string::npos;
    return end == std::string::npos ? std::pair<std::string, std::string>{}
                                    : std::pair{name.substr(0, end + 1), name.substr(end + 1)};
}

class Arranger final {
public:
    Arranger(const ModelConfig& config, const std::string& where) : m_config(config), m_where(where) {}

    void add(TensorView view)
    {
        const auto [block, rest] = cutAtBlock(view.name);
        for (const StoredModule& module : storedModules(m_config.family)) {
            for (const char* kind : {".weight", ".bias"}) {
                if (!block.empty() && rest == module.path + kind) {
                    split(view, module, block, kind);
                    return;
                }
            }
        }
        if (!block.empty()) {
            view.name = block + programName(m_config.family, rest);
        }
        m_tensors->add(std::move(view), m_where);
    }

    std::unique_ptr<MappedTensors> take() { return std::move(m_tensors); }

private:
    void split(const TensorView& whole, const StoredModule& module, const std::string& block, const std::string& kind)
    {
        std::int64_t rows = 0;
        for (const Projection part : module.parts) {
            rows += rowsOf(m_config, part);
        }
        const bool fits =
            !whole.shape.empty() && whole.shape[0] == rows && whole.bytes.size() % static_cast<std::size_t>(rows) == 0;
        if (module.isFused() && !fits) {
            throw Exception(ErrorCode::BadFile,
                            "the tensor '" + whole.name + "' has the shape " + shapeText(whole.shape) +
                                ", but the configuration needs " + std::to_string(rows) + " rows",
                            "use the config.json that belongs to the weights", m_where);
        }
        const std::size_t rowBytes = module.isFused() ? whole.bytes.size() / static_cast<std::size_t>(rows) : 0;
        std::size_t at = 0;
        for (const Projection part : module.parts) {
            TensorView view = whole;
            const bool attention = part <= Projection::O;
            view.name = block + (attention ? "self_attn." : "mlp.") + std::string(projectionName(part)) + kind;
            if (module.isFused()) {
                view.shape[0] = rowsOf(m_config, part);
                const std::size_t bytes = rowBytes * static_cast<std::size_t>(view.shape[0]);
                view.bytes = whole.bytes.subspan(at, bytes);
                at += bytes;
            }
            m_tensors->add(std::move(view), m_where);
        }
    }

    const ModelConfig& m_config;
    std::string m_where;
    std::unique_ptr<MappedTensors> m_tensors = std::make_unique<MappedTensors>();
};

bool sameValues(const TensorView& a, const TensorView& b)
{
    if (a.shape != b.shape) {
        return false;
    }
    if (a.dtype == b.dtype) {
        return std::memcmp(a.bytes.data(), b.bytes.data(), a.bytes.size()) == 0;
    }
    constexpr std::int64_t kPiece = 1 << 20;
    std::vector<float> left;
    std::vector<float> right;
    for (std::int64_t begin = 0; begin < a.count(); begin += kPiece) {
        const std::int64_t count = std::min(kPiece, a.count() - begin);
        const auto read = [&](const TensorView& view, std::vector<float>& values) {
            const std::size_t entry = view.bytes.size() / static_cast<std::size_t>(view.count());
            values.resize(static_cast<std::size_t>(count));
            toFloat({view.name,
                     view.dtype,
                     {count},
                     view.bytes.subspan(static_cast<std::size_t>(begin) * entry, static_cast<std::size_t>(count) * entry)},
                    values)
                .value();
        };
        read(a, left);
        read(b, right);
        if (left != right) {
            return false;
        }
    }
    return true;
}

} // namespace

std::string unwrappedName(std::string name)
{
    for (const char* segment : {"_orig_mod.", "_fsdp_wrapped_module.", "_checkpoint_wrapped_module."}) {
        removeAll(name, segment);
    }
    while (replaceStart(name, "module.", "")) {
    }
    while (replaceStart(name, "model.model.", "model.")) {
    }
    for (const auto& [from, to] : {std::pair{"language_model.lm_head.", "lm_head."}, std::pair{"language_model.model.", "model."},
                                   std::pair{"model.language_model.", "model."}, std::pair{"language_model.", "model."},
                                   std::pair{"model.lm_head.", "lm_head."}}) {
        if (replaceStart(name, from, to)) {
            break;
        }
    }
    for (const char* start : {"layers.", "embed_tokens.", "norm."}) { // saved without the head
        if (name.starts_with(start)) {
            name.insert(0, "model.");
        }
    }
    return name;
}

std::unique_ptr<TensorFile> openHuggingFaceTensors(ModelConfig& config, const std::filesystem::path& folder, InnerModel inner)
{
    std::unique_ptr<TensorFile> file = openWeights(folder);
    const auto has = [&](const char* wanted) {
        return std::any_of(file->tensors().begin(), file->tensors().end(),
                           [&](const TensorView& view) { return unwrappedName(view.name) == wanted; });
    };
    const bool headIsEmbedding = config.shape.tiedEmbeddings && has(kHead) && !has(kEmbedding);
    Arranger arranger(config, folder.string());
    for (const TensorView& stored : file->tensors()) {
        if (inner == InnerModel::Yes && isOfTheEye(stored.name)) {
            continue;
        }
        TensorView view = stored;
        view.name = unwrappedName(view.name);
        if (headIsEmbedding && view.name == kHead) {
            view.name = kEmbedding; // only one of the two was stored
        }
        arranger.add(std::move(view));
    }
    std::unique_ptr<MappedTensors> tensors = arranger.take();
    tensors->keep(std::move(file));
    const TensorView* head = tensors->find(kHead);
    const TensorView* embedding = tensors->find(kEmbedding);
    if (config.shape.tiedEmbeddings && head != nullptr && embedding != nullptr && !sameValues(*head, *embedding)) {
        config.shape.tiedEmbeddings = false;
    }
    return tensors;
}

} // namespace lori::formats
