// SPDX-License-Identifier: Apache-2.0
#include "core/merging/model_export.h"

#include "core/formats/adapter_files.h"
#include "core/formats/model_files.h"
#include "core/formats/stored_modules.h"
#include "core/formats/tensor_stream.h"
#include "core/merging/merged_tensors.h"
#include "core/merging/model_description.h"
#include "core/model/weight_tensors.h"

#include <ATen/Functions.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <span>

namespace lori::merging {

using formats::DType;
using formats::TensorView;

/// A type that merged weights are written in. Outside the unnamed namespace, as TensorMaker is: MergedTensors holds them.
struct StoredType {
    DType dtype;
    at::ScalarType scalar;
    const char* name; ///< as config.json calls it
    WeightType held;
};

namespace {

StoredType storedType(DType dtype)
{
    switch (dtype) {
    case DType::F32:
        return {dtype, at::kFloat, "float32", WeightType::F32};
    case DType::BF16:
        return {dtype, at::kBFloat16, "bfloat16", WeightType::Bf16};
    case DType::F16:
        return {dtype, at::kHalf, "float16", WeightType::F16};
    default:
        throw Exception(ErrorCode::InvalidArgument, std::string("a model is not written as ") + formats::dtypeName(dtype),
                        "choose f32, bf16 or f16", "--dtype");
    }
}

at::Tensor toFloat(const TensorView& view)
{
    at::Tensor tensor = at::empty(view.shape, at::kFloat);
    formats::toFloat(view, {tensor.mutable_data_ptr<float>(), static_cast<std::size_t>(tensor.numel())}).value();
    return tensor;
}

/// Some rows of a matrix as a view of their own.
TensorView rowsOf(const TensorView& view, std::int64_t begin, std::int64_t count)
{
    const std::size_t rowBytes = view.bytes.size() / static_cast<std::size_t>(view.shape[0]);
    TensorView part = view;
    part.shape[0] = count;
    part.bytes = view.bytes.subspan(static_cast<std::size_t>(begin) * rowBytes, static_cast<std::size_t>(count) * rowBytes);
    return part;
}

} // namespace

/// Makes the merged model's tensors one after the other.
class TensorMaker {
public:
    TensorMaker(const formats::ModelFiles& model, const formats::AdapterFiles& adapter, StoredType type)
        : m_model(model), m_adapter(adapter), m_type(type)
    {
        for (const formats::AdapterModule& module : adapter.modules) {
            const std::string prefix = "base_model.model.";
            const std::string key = formats::peftKey(module.layer, module.projection, 'A');
            const std::size_t end = key.rfind(".lora_A");
            const std::string name = key.substr(prefix.size(), end - prefix.size());
            m_adapted[name + ".weight"] = &module;
            if (module.scale != nullptr && module.scale->shape.back() == 1) {
                m_adapted[name + ".bias"] = &module; // scaled at its output, bias and all
            }
        }
    }
    void make(const TensorView& view, const ByteSink& sink) const
    {
        const auto adapted = m_adapted.find(view.name);
        if (adapted != m_adapted.end() || isPermuted(view)) {
            give(merged(view, adapted == m_adapted.end() ? nullptr : adapted->second), view.name, sink);
        } else {
            stream(view, sink);
        }
        formats::releasePages(view);
    }

private:
    [[nodiscard]] bool isPermuted(const TensorView& view) const
    {
        return m_model.permutedQueryKey && (isQuery(view) || view.name.ends_with(".self_attn.k_proj.weight"));
    }
    [[nodiscard]] static bool isQuery(const TensorView& view) { return view.name.ends_with(".self_attn.q_proj.weight"); }

    /// W + s·B·A; for DoRA with rows of length `magnitude`; for IA3 W with rows or columns multiplied (method.md §2.1–2.3).
    [[nodiscard]] at::Tensor merged(const TensorView& view, const formats::AdapterModule* module) const
    {
        at::Tensor w_OI = toFloat(view);
        const ModelShape& shape = m_model.config.shape;
        if (isPermuted(view)) {
            w_OI = model::unpermuted(w_OI, isQuery(view) ? shape.heads : shape.kvHeads, shape.headSize);
        }
        if (module != nullptr && module->scale != nullptr) {
            const at::Tensor l = toFloat(*module->scale); // [out, 1] or [1, in]
            return w_OI.mul_(w_OI.dim() == 1 ? l.view({-1}) : l);
        }
        if (module != nullptr) {
            w_OI.addmm_(toFloat(*module->b), toFloat(*module->a), 1, m_adapter.scaling(*module));
            formats::releasePages(*module->a);
            formats::releasePages(*module->b);
        }
        if (module != nullptr && module->magnitude != nullptr) {
            w_OI.mul_(toFloat(*module->magnitude).view({-1, 1}).div(w_OI.norm(2, 1, /*keepdim=*/true)));
        }
        return w_OI;
    }
    /// A large tensor (an embedding has gigabytes) in pieces of some rows.
    void stream(const TensorView& view, const ByteSink& sink) const
    {
        if (view.dtype == m_type.dtype) {
            if (!model::isFinite(model::weightTensor(view, m_type.held))) {
                throw Exception(ErrorCode::NonFinite, "'" + view.name + "' holds NaN or an infinite number",
                                "the base model is damaged: choose another one", m_model.path.string());
            }
            sink(view.bytes);
            return;
        }
        constexpr std::int64_t kEntries = 8LL << 20;
        const std::int64_t rowEntries = view.count() / std::max<std::int64_t>(1, view.shape.empty() ? 1 : view.shape[0]);
        // Rows that end inside a quantized type's block cannot be cut off.
        if (view.shape.size() < 2 || !formats::byteSize(view.dtype, static_cast<std::uint64_t>(rowEntries))) {
            give(toFloat(view), view.name, sink);
            return;
        }
        const std::int64_t rows = std::max<std::int64_t>(1, kEntries / rowEntries);
        for (std::int64_t begin = 0; begin < view.shape[0]; begin += rows) {
            const TensorView part = rowsOf(view, begin, std::min(rows, view.shape[0] - begin));
            give(toFloat(part), view.name, sink);
            formats::releasePages(part);
        }
    }
    void give(const at::Tensor& values, const std::string& name, const ByteSink& sink) const
    {
        const at::Tensor stored = values.to(m_type.scalar).contiguous();
        if (!at::isfinite(stored.abs().max()).item<bool>()) {
            throw Exception(ErrorCode::NonFinite, "'" + name + "' has a weight that " + m_type.name + " cannot hold",
                            "export as bf16 or f32", m_adapter.folder.string());
        }
        sink({static_cast<const std::byte*>(stored.const_data_ptr()),
              static_cast<std::size_t>(stored.numel()) * stored.element_size()});
    }

    const formats::ModelFiles& m_model;
    const formats::AdapterFiles& m_adapter;
    StoredType m_type;
    std::map<std::string, const formats::AdapterModule*> m_adapted;
};

namespace {

/// One tensor of the written model: a tensor of the base, or the parts that its family keeps in one matrix, top to bottom.
struct Output {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<const TensorView*> parts;
    [[nodiscard]] std::uint64_t bytes(DType dtype) const
    {
        std::int64_t count = 1;
        for (const std::int64_t extent : shape) {
            count *= extent;
        }
        return formats::byteSize(dtype, static_cast<std::uint64_t>(count)).value();
    }
};

/// The tensors under the names that transformers' class of the family has.
std::vector<Output> outputsOf(const formats::ModelFiles& model)
{
    std::vector<Output> outputs;
    for (const TensorView& view : model.tensors->tensors()) {
        const formats::StoredTensor stored = formats::storedTensor(model.config.family, view.name);
        if (stored.part > 0) {
            continue; // written with the first part
        }
        Output output{stored.name, view.shape, {}};
        output.shape.at(0) = 0;
        for (const std::string& name : stored.parts) {
            const TensorView* part = model.tensors->find(name);
            if (part == nullptr) {
                throw Exception(ErrorCode::BadFile, "the tensor '" + name + "' is missing", "download the model again",
                                model.path.string());
            }
            output.parts.push_back(part);
            output.shape[0] += part->shape[0];
        }
        outputs.push_back(std::move(output));
    }
    return outputs;
}

using Shard = std::vector<const Output*>;

std::vector<Shard> shardsOf(const std::vector<Output>& outputs, const ExportOptions& options)
{
    std::vector<Shard> shards(1);
    std::uint64_t bytes = 0;
    for (const Output& output : outputs) {
        const std::uint64_t own = output.bytes(options.dtype);
        if (bytes > 0 && bytes + own > options.shardBytes) {
            shards.emplace_back();
            bytes = 0;
        }
        bytes += own;
        shards.back().push_back(&output);
    }
    return shards;
}

std::string shardName(std::size_t index, std::size_t count)
{
    if (count == 1) {
        return "model.safetensors";
    }
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "model-%05zu-of-%05zu.safetensors", index + 1, count); // NOLINT: fixed width
    return text.data();
}

void writeIndex(const std::filesystem::path& folder, const std::vector<Shard>& shards, std::uint64_t bytes)
{
    nlohmann::json index{{"metadata", {{"total_size", bytes}}}, {"weight_map", nlohmann::json::object()}};
    for (std::size_t i = 0; i < shards.size(); ++i) {
        for (const Output* output : shards[i]) {
            index["weight_map"][output->name] = shardName(i, shards.size());
        }
    }
    writeFileAtomically(folder / "model.safetensors.index.json", index.dump(2) + "\n").value();
}

void checkPlace(const formats::ModelFiles& model, const formats::AdapterFiles& adapter, const std::filesystem::path& folder,
                std::uint64_t bytes)
{
    const std::uint64_t free = freeDiskBytes(folder).value();
    if (bytes > free) {
        throw Exception(ErrorCode::DiskFull,
                        "the model needs " + std::to_string(bytes) + " bytes, but only " + std::to_string(free) + " are free",
                        "free some space, or choose a smaller type", folder.string());
    }
    const auto plain = [](const std::filesystem::path& path) {
        const std::filesystem::path whole = std::filesystem::weakly_canonical(std::filesystem::absolute(path));
        return whole.has_filename() ? whole : whole.parent_path();
    };
    if (plain(folder) == plain(model.path) || plain(folder) == plain(adapter.folder)) {
        throw Exception(ErrorCode::InvalidArgument, "the exported model would replace what it is made of",
                        "choose another folder", folder.string());
    }
}

void checkAdapter(const formats::ModelFiles& model, const formats::AdapterFiles& adapter)
{
    if (adapter.record && !adapter.record->baseFingerprint.empty() &&
        adapter.record->baseFingerprint != formats::modelFingerprint(model)) {
        throw Exception(ErrorCode::Mismatch, "this adapter was trained on another base model (" + adapter.baseModel + ")",
                        "export it with the model it was trained on", adapter.folder.string());
    }
    formats::checkAdapterFits(adapter, model.config.shape).value();
    formats::checkSavedTensors(adapter, model).value();
}

} // namespace

class MergedTensors::Maker final : public TensorMaker {
    using TensorMaker::TensorMaker;
};

MergedTensors::MergedTensors(const formats::ModelFiles& model, const formats::AdapterFiles& adapter)
    : m_maker(std::make_unique<Maker>(model, adapter, storedType(DType::F32)))
{
}

MergedTensors::~MergedTensors() = default;

void MergedTensors::make(const TensorView& view, const ByteSink& sink) const
{
    m_maker->make(view, sink);
}

std::vector<const TensorView*> writtenTensors(const formats::ModelFiles& model)
{
    std::vector<const TensorView*> list;
    for (const TensorView& view : model.tensors->tensors()) {
        const bool isNeedless =
            view.name.ends_with(".rotary_emb.inv_freq") || (model.config.shape.tiedEmbeddings && view.name == "lm_head.weight");
        if (!isNeedless) {
            list.push_back(&view);
        }
    }
    return list;
}

void checkExport(const formats::ModelFiles& model, const formats::AdapterFiles& adapter, const std::filesystem::path& place,
                 std::uint64_t bytes)
{
    checkAdapter(model, adapter);
    checkPlace(model, adapter, place, bytes);
}

Result<ExportReport> exportModel(const std::filesystem::path& modelPath, const std::filesystem::path& adapterFolder,
                                 const std::filesystem::path& folder, const ExportOptions& options,
                                 const ExportProgress& progress)
{
    return guard([&] {
        const StoredType type = storedType(options.dtype);
        const formats::ModelFiles model = formats::openModel(modelPath).value();
        const formats::AdapterFiles adapter = formats::openAnyAdapter(adapterFolder, &model.config.shape).value();
        checkAdapter(model, adapter);
        const std::vector<Output> outputs = outputsOf(model);
        const std::vector<Shard> shards = shardsOf(outputs, options);
        ExportReport report{folder, static_cast<std::int64_t>(shards.size()), static_cast<std::int64_t>(outputs.size()),
                            static_cast<std::int64_t>(adapter.modules.size()), 0};
        for (const Output& output : outputs) {
            report.bytes += output.bytes(options.dtype);
        }
        checkPlace(model, adapter, folder, report.bytes);
        const TensorMaker maker(model, adapter, type);
        std::int64_t done = 0;
        formats::writeFolderWhole(folder, [&](const std::filesystem::path& temporary) {
            writeDescription(model, type.name, temporary);
            for (std::size_t i = 0; i < shards.size(); ++i) {
                std::vector<formats::PlannedTensor> planned;
                for (const Output* output : shards[i]) {
                    planned.push_back({output->name, options.dtype, output->shape});
                }
                formats::streamSafetensors(temporary / shardName(i, shards.size()), planned, {{"format", "pt"}},
                                           [&](const ByteSink& sink) {
                                               for (const Output* output : shards[i]) {
                                                   for (const TensorView* part : output->parts) {
                                                       maker.make(*part, sink);
                                                   }
                                                   if (progress && !progress(++done, report.tensors)) {
                                                       throw Exception(ErrorCode::Stopped, "the export was stopped", "", "");
                                                   }
                                               }
                                           })
                    .value();
            }
            if (shards.size() > 1) {
                writeIndex(temporary, shards, report.bytes);
            }
        }).value();
        return report;
    });
}

} // namespace lori::merging
