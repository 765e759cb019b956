// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_names.h"
#include "core/formats/gguf_adapter.h"
#include "core/formats/gguf_names.h"
#include "core/formats/gguf_rows.h"
#include "core/formats/gguf_writer.h"

#include <algorithm>
#include <cmath>

namespace lori::formats {

namespace {

std::string matrixName(const AdapterModule& module, const std::string& where)
{
    const std::string name = moduleName({module.layer, module.projection}) + ".weight";
    const auto found = ggufName(name);
    if (!found) {
        throw Exception(ErrorCode::Unsupported, "'" + name + "' has no name in GGUF files",
                        "export the merged model as a Hugging Face folder instead", where);
    }
    return *found;
}

void checkKind(const AdapterFiles& adapter)
{
    if (adapter.kind == AdapterKind::LowRank && adapter.savedTensors.empty()) {
        return;
    }
    const std::string what = adapter.kind == AdapterKind::Dora ? "a DoRA adapter is more than B · A"
                             : adapter.kind == AdapterKind::Ia3
                                 ? "an IA3 adapter has no B · A"
                                 : "the adapter holds more than A and B ('" + adapter.savedTensors.front().name + "')";
    throw Exception(ErrorCode::Unsupported, what + ", and a GGUF adapter holds nothing else",
                    "export the model with the adapter in its weights instead", adapter.folder.string());
}

std::vector<float> floatsOf(const TensorView& view)
{
    std::vector<float> values(static_cast<std::size_t>(view.count()));
    toFloat(view, values).value();
    for (const float value : values) {
        if (!std::isfinite(value)) {
            throw Exception(ErrorCode::NonFinite, "'" + view.name + "' holds a value that is no finite number",
                            "train the adapter again with a smaller learning rate", "");
        }
    }
    return values;
}

GgufEntries entriesOf(const AdapterFiles& adapter, const ModelConfig& base, const GgufArchitecture& architecture, double alpha)
{
    GgufEntries entries;
    entries.addText("general.architecture", architecture.name);
    entries.addText("general.type", "adapter");
    entries.addText("general.name", adapter.folder.filename().string());
    entries.addCount("general.base_model.count", 1);
    entries.addText("general.base_model.0.name", base.name);
    entries.addCount("general.file_type", 0); // all F32
    entries.addText("adapter.type", "lora");
    entries.addNumber("adapter.lora.alpha", alpha);
    // Not needed by llama.cpp; with them the order of rows in q and k can be undone without the base model.
    entries.addCount(architecture.name + ".attention.head_count", base.shape.heads);
    entries.addCount(architecture.name + ".attention.head_count_kv", base.shape.kvHeads);
    return entries;
}

} // namespace

Result<GgufAdapterReport> writeGgufAdapter(const std::filesystem::path& file, const AdapterFiles& adapter,
                                           const ModelConfig& base)
{
    return guard([&] {
        checkKind(adapter);
        checkAdapterFits(adapter, base.shape).value();
        const GgufArchitecture architecture = ggufArchitectureOf(base.family);
        const double alpha = adapter.scaling() * static_cast<double>(adapter.rank); // llama.cpp divides by the rank of each B
        std::vector<PlannedTensor> tensors;
        GgufAdapterReport report{file, 0, 0};
        for (const AdapterModule& module : adapter.modules) {
            const std::string name = matrixName(module, adapter.folder.string());
            tensors.push_back({name + ".lora_a", DType::F32, module.a->shape});
            tensors.push_back({name + ".lora_b", DType::F32, module.b->shape});
            report.tensors += 2;
            report.bytes += 4 * static_cast<std::uint64_t>(module.a->count() + module.b->count());
        }
        streamGguf(file, entriesOf(adapter, base, architecture, alpha), tensors, [&](const ByteSink& sink) {
            for (const AdapterModule& module : adapter.modules) {
                const std::vector<float> a = floatsOf(*module.a);
                sink(std::as_bytes(std::span(a)));
                std::vector<float> b = floatsOf(*module.b);
                const double theirs = alpha / static_cast<double>(module.a->shape[0]);
                if (const auto left = static_cast<float>(adapter.scaling(module) / theirs); left != 1) {
                    std::transform(b.begin(), b.end(), b.begin(), [left](float value) { return value * left; });
                }
                const bool isQuery = module.projection == Projection::Q;
                if (architecture.permutesQueryKey && (isQuery || module.projection == Projection::K)) {
                    sink(reordered(std::as_bytes(std::span(b)), isQuery ? base.shape.heads : base.shape.kvHeads,
                                   base.shape.headSize, RowOrder::Neighbours));
                } else {
                    sink(std::as_bytes(std::span(b)));
                }
                releasePages(*module.a);
                releasePages(*module.b);
            }
        }).value();
        return report;
    });
}

} // namespace lori::formats
