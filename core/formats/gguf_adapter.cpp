// SPDX-License-Identifier: Apache-2.0
#include "core/formats/gguf_adapter.h"

#include "core/formats/adapter_names.h"
#include "core/formats/checked.h"
#include "core/formats/gguf_file.h"
#include "core/formats/gguf_names.h"
#include "core/formats/gguf_rows.h"
#include "core/formats/mapped_tensors.h"
#include "core/formats/model_layout.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>

namespace lori::formats {

namespace {

constexpr double kMaxAlpha = 1e9;

[[noreturn]] void refuseGgufAdapter(const std::string& what, const std::string& where, const std::string& hint = {})
{
    throw Exception(ErrorCode::Unsupported, what, hint.empty() ? "choose a plain LoRA adapter" : hint, where);
}

/// Refuses what is no LoRA adapter, or more than one.
void checkKind(const GgufMetadata& metadata)
{
    const std::string kind = metadata.text("general.type").value_or("model");
    if (kind != "adapter") {
        refuseGgufAdapter("this GGUF file is of the kind '" + kind + "', not a LoRA adapter", metadata.where(),
                          "choose an adapter's folder or its GGUF file");
    }
    const std::string adapter = metadata.text("adapter.type").value_or("");
    if (adapter != "lora") {
        refuseGgufAdapter("an adapter of the type '" + adapter + "' ('adapter.type') is not supported", metadata.where());
    }
    for (const auto& [key, value] : metadata.values()) {
        if (key.starts_with("adapter.alora")) {
            refuseGgufAdapter("this is an activated LoRA ('" + key + "'), which works only behind certain words",
                              metadata.where());
        }
        static const std::set<std::string> kHarmless{"adapter.type", "adapter.lora.alpha", "adapter.lora.task_name",
                                                     "adapter.lora.prompt_prefix"};
        if (key.starts_with("adapter.") && !kHarmless.contains(key)) {
            refuseGgufAdapter("the field '" + key + "' is not known, so the adapter may mean something else", metadata.where());
        }
    }
}

/// What a tensor is: A or B of a module.
struct Part {
    ModuleName module;
    bool isB = false;
};
Part partOf(const TensorView& tensor, const std::string& where)
{
    const bool isA = tensor.name.ends_with(".lora_a");
    const bool isB = tensor.name.ends_with(".lora_b");
    const std::string matrix = tensor.name.substr(0, tensor.name.size() - (isA || isB ? 7 : 0));
    const std::string name = huggingFaceName(matrix);
    if (!isA && !isB) {
        refuseGgufAdapter("the tensor '" + tensor.name + "' is trained along, and is no A or B of a LoRA", where);
    }
    if (name == "model.embed_tokens.weight" || name == "lm_head.weight") {
        refuseGgufAdapter("the adapter changes " + std::string(name == "lm_head.weight" ? "the head" : "the embeddings") + " ('" +
                              tensor.name + "'), which this program does not adapt",
                          where);
    }
    constexpr std::string_view kWeight = ".weight";
    const auto module = name.ends_with(kWeight) ? moduleFromName(name.substr(0, name.size() - kWeight.size())) : std::nullopt;
    if (!module) {
        refuseGgufAdapter("the tensor '" + tensor.name + "' belongs to no projection this program adapts", where);
    }
    return {*module, isB};
}

[[noreturn]] void mismatch(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::Mismatch, what, "choose another adapter", where);
}

/// Pairs A and B, and finds the rank.
void readModules(AdapterFiles& adapter, const std::string& where)
{
    std::map<ModuleName, AdapterModule> modules;
    for (const TensorView& tensor : adapter.tensors->tensors()) {
        const Part part = partOf(tensor, where);
        AdapterModule& module = modules[part.module];
        module.layer = part.module.layer;
        module.projection = part.module.projection;
        if (tensor.shape.size() != 2 || !holdsRealNumbers(tensor.dtype)) {
            mismatch("the tensor '" + tensor.name + "' is no matrix of numbers: " + dtypeName(tensor.dtype) + " " +
                         shapeText(tensor.shape),
                     where);
        }
        (part.isB ? module.b : module.a) = &tensor;
    }
    std::set<Projection> targets;
    for (const auto& [name, module] : modules) {
        if (module.a == nullptr || module.b == nullptr) {
            throw Exception(ErrorCode::BadFile,
                            std::string(module.a == nullptr ? "A" : "B") + " of '" + moduleName(name) + "' is missing",
                            "choose a complete adapter", where);
        }
        if (module.a->shape[0] != module.b->shape[1]) {
            mismatch("A of '" + moduleName(name) + "' has rank " + std::to_string(module.a->shape[0]) + ", but B has " +
                         std::to_string(module.b->shape[1]),
                     where);
        }
        adapter.modules.push_back(module);
        targets.insert(name.projection);
    }
    if (adapter.modules.empty()) {
        throw Exception(ErrorCode::BadFile, "the adapter holds no adapted module", "choose another adapter", where);
    }
    adapter.targets.assign(targets.begin(), targets.end());
}

/// Heads of queries and of keys.
struct Heads {
    std::int64_t queries = 0;
    std::int64_t keys = 0;
};
Heads headsOf(const GgufMetadata& metadata, const std::string& architecture, const ModelShape* base)
{
    if (base != nullptr) {
        return {base->heads, base->kvHeads};
    }
    const std::string key = architecture + ".attention.head_count";
    if (!metadata.has(key)) {
        throw Exception(ErrorCode::InvalidArgument,
                        "the file keeps q and k in llama.cpp's order of rows and does not say how many heads there are",
                        "name the base model with --model", metadata.where());
    }
    const std::int64_t queries = metadata.requireInteger(key, 1, kMaxHeads);
    return {queries, metadata.has(key + "_kv") ? metadata.requireInteger(key + "_kv", 1, queries) : queries};
}

/// The tensors of the file with B of q and k in Hugging Face's order of rows.
std::unique_ptr<TensorFile> straightened(GgufFile file, const std::string& architecture, const ModelShape* base)
{
    const std::string where = file.metadata.where();
    auto tensors = std::make_unique<MappedTensors>();
    for (TensorView& tensor : file.tensors) {
        const bool isQuery = tensor.name.ends_with(".attn_q.weight.lora_b");
        if (permutesQueryKey(architecture) && (isQuery || tensor.name.ends_with(".attn_k.weight.lora_b"))) {
            const Heads heads = headsOf(file.metadata, architecture, base);
            const std::int64_t count = isQuery ? heads.queries : heads.keys;
            const std::int64_t rows = tensor.shape[0];
            if (tensor.shape.size() != 2 || rows % (2 * count) != 0) {
                mismatch("the tensor '" + tensor.name + "' has " + std::to_string(rows) + " rows, which " +
                             std::to_string(count) + " heads cannot share",
                         where);
            }
            std::vector<std::byte> copy = reordered(tensor.bytes, count, rows / count, RowOrder::Halves);
            tensor.bytes = copy;
            tensors->keep(std::move(copy)); // moving keeps the bytes where they are
        }
        if (isQuantized(tensor.dtype)) { // others expect numbers whose bytes they can look at
            std::vector<std::byte> copy(static_cast<std::size_t>(tensor.count()) * sizeof(float));
            toFloat(tensor, {reinterpret_cast<float*>(copy.data()), static_cast<std::size_t>(tensor.count())}).value();
            tensor.dtype = DType::F32;
            tensor.bytes = copy;
            tensors->keep(std::move(copy));
        }
        tensors->add(std::move(tensor), where);
    }
    for (MappedFile& part : file.files) {
        tensors->keep(std::move(part));
    }
    return tensors;
}

} // namespace

bool isGgufFile(const std::filesystem::path& path)
{
    std::error_code ignored; // what cannot be seen is none
    if (!std::filesystem::is_regular_file(path, ignored)) {
        return false;
    }
    std::array<char, 4> magic{};
    std::ifstream file(path, std::ios::binary);
    return file.read(magic.data(), magic.size()) && std::string_view(magic.data(), magic.size()) == "GGUF";
}

bool isGgufAdapter(const std::filesystem::path& path)
{
    if (!isGgufFile(path)) {
        return false;
    }
    std::string head(std::size_t{64} << 10U, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
    // a key, the number of a text's kind, its length in eight bytes, the text
    using namespace std::string_view_literals;
    return head.find("general.type\x08\0\0\0\x07\0\0\0\0\0\0\0adapter"sv) != std::string::npos;
}

Result<GgufAdapterFacts> describeGgufAdapter(const std::filesystem::path& path)
{
    return guard([&] {
        const GgufFile file = openGguf(path);
        checkKind(file.metadata);
        GgufAdapterFacts facts;
        facts.baseModel = file.metadata.text("general.base_model.0.name").value_or("");
        for (const TensorView& tensor : file.tensors) {
            const bool isA = !partOf(tensor, path.string()).isB;
            if (isA && facts.pairs == 0) {
                facts.rank = tensor.shape.empty() ? 0 : tensor.shape.front();
            }
            facts.pairs += isA ? 1 : 0;
        }
        if (facts.pairs == 0) {
            refuseGgufAdapter("the file holds no A and B of a LoRA", path.string());
        }
        return facts;
    });
}

AdapterFiles openGgufAdapter(const std::filesystem::path& path, const ModelShape* base)
{
    GgufFile file = openGguf(path);
    checkKind(file.metadata);
    AdapterFiles adapter;
    adapter.folder = path;
    adapter.baseModel = file.metadata.text("general.base_model.0.name").value_or("");
    const double alpha = file.metadata.number("adapter.lora.alpha").value_or(0);
    if (!(alpha >= 0 && alpha <= kMaxAlpha)) {
        file.metadata.refuse("adapter.lora.alpha", "is " + std::to_string(alpha) + ", but must be a number from 0");
    }
    const std::string architecture = file.metadata.text("general.architecture").value_or("");
    adapter.tensors = straightened(std::move(file), architecture, base);
    readModules(adapter, path.string());
    adapter.rank = adapter.modules.front().a->shape[0];
    adapter.alpha = alpha == 0 ? static_cast<double>(adapter.rank) : alpha; // 0 means: B·A as it is
    for (AdapterModule& module : adapter.modules) {                         // llama.cpp takes each module's own rank
        const std::int64_t rank = module.a->shape[0];
        module.alpha = alpha == 0 && rank != adapter.rank ? std::optional(static_cast<double>(rank)) : std::nullopt;
    }
    return adapter;
}

} // namespace lori::formats
