// SPDX-License-Identifier: Apache-2.0
#include "core/merging/gguf_export.h"

#include "core/formats/adapter_files.h"
#include "core/formats/gguf_model_writer.h"
#include "core/formats/gguf_rows.h"
#include "core/merging/merged_tensors.h"
#include "core/model/base_model.h"
#include "core/model/rotary.h"

#include <algorithm>
#include <cstring>

namespace lori::merging {

using formats::DType;
using formats::TensorView;

namespace {

constexpr const char* kDivisorsName = "rope_freqs.weight";

/// What each rotary frequency is divided by, when the model's scaling is one that GGUF files keep as a table; else nothing.
std::vector<float> divisorsOf(const formats::ModelConfig& config)
{
    const std::string& kind = config.ropeScaling.kind;
    std::vector<float> divisors;
    if (kind != "llama3" && kind != "table") {
        return divisors;
    }
    const std::vector<double> stretched = model::inverseFrequencies({config.ropeTheta, config.ropeScaling}, config.rotated(), 0);
    const std::vector<double> unstretched = model::inverseFrequencies({config.ropeTheta, {}}, config.rotated(), 0);
    for (std::size_t i = 0; i < stretched.size(); ++i) {
        divisors.push_back(static_cast<float>(unstretched[i] / stretched[i]));
    }
    return divisors;
}

/// Takes a tensor's f32 values in pieces of any size and hands them on in the file's type, a few rows at a time.
class Converter final {
public:
    Converter(const TensorView& view, DType type, std::int64_t headsToReorder, const ByteSink& sink)
        : m_name(view.name),
          m_type(type),
          m_rows(view.shape.front()),
          m_heads(headsToReorder),
          m_rowValues(static_cast<std::size_t>(view.shape.size() > 1 ? view.shape.back() : view.count())),
          m_sink(sink)
    {
    }
    void take(std::span<const std::byte> bytes)
    {
        constexpr std::size_t kPiece = std::size_t{1} << 24;
        while (!bytes.empty()) {
            const auto piece = bytes.first(std::min(kPiece, bytes.size()));
            bytes = bytes.subspan(piece.size());
            const std::size_t had = m_values.size();
            m_values.resize(had + piece.size() / sizeof(float));
            std::memcpy(m_values.data() + had, piece.data(), piece.size());
            if (m_heads == 0) {
                give(m_values.size() / m_rowValues * m_rowValues);
            }
        }
    }
    void finish()
    {
        if (m_heads > 0) {
            const auto rows =
                formats::reordered(std::as_bytes(std::span(m_values)), m_heads, m_rows / m_heads, formats::RowOrder::Neighbours);
            std::memcpy(m_values.data(), rows.data(), rows.size());
        }
        give(m_values.size());
    }

private:
    void give(std::size_t count)
    {
        m_sink(formats::converted(std::span(m_values).first(count), m_type, m_name));
        m_values.erase(m_values.begin(), m_values.begin() + static_cast<std::ptrdiff_t>(count));
    }

    std::string m_name;
    DType m_type;
    std::int64_t m_rows;
    std::int64_t m_heads;
    std::size_t m_rowValues; ///< conversion in blocks needs whole rows
    const ByteSink& m_sink;
    std::vector<float> m_values;
};

struct Plan {
    std::vector<formats::PlannedTensor> tensors;
    std::uint64_t bytes = 0;
    void add(std::string name, DType type, std::vector<std::int64_t> shape, std::int64_t count)
    {
        bytes += formats::byteSize(type, static_cast<std::uint64_t>(count)).value();
        tensors.push_back({std::move(name), type, std::move(shape)});
    }
};

Plan planOf(const formats::ModelFiles& model, const formats::GgufStorage& storage, const std::vector<float>& divisors)
{
    Plan plan;
    if (!divisors.empty()) {
        const auto count = static_cast<std::int64_t>(divisors.size());
        plan.add(kDivisorsName, DType::F32, {count}, count);
    }
    for (const TensorView* view : writtenTensors(model)) {
        plan.add(formats::ggufTensorName(view->name, model.path.string()), storage.typeOf(view->shape), view->shape,
                 view->count());
    }
    return plan;
}

} // namespace

Result<ExportReport> exportGguf(const std::filesystem::path& modelPath, const std::filesystem::path& adapterFolder,
                                const std::filesystem::path& file, DType matrices, const ExportProgress& progress)
{
    return guard([&] {
        const formats::ModelFiles model = formats::openModel(modelPath).value();
        const formats::AdapterFiles adapter = formats::openAnyAdapter(adapterFolder, &model.config.shape).value();
        const formats::GgufStorage storage{matrices};
        const std::vector<float> divisors = divisorsOf(model.config);
        const formats::GgufEntries entries = formats::ggufModelEntries(model, storage, !divisors.empty());
        const Plan plan = planOf(model, storage, divisors);
        checkExport(model, adapter, file, plan.bytes);
        ExportReport report{file, 1, static_cast<std::int64_t>(plan.tensors.size()),
                            static_cast<std::int64_t>(adapter.modules.size()), plan.bytes};
        const MergedTensors merged(model, adapter);
        std::int64_t done = 0;
        formats::streamGguf(file, entries, plan.tensors, [&](const ByteSink& sink) {
            sink(std::as_bytes(std::span(divisors)));
            for (const TensorView* view : writtenTensors(model)) {
                Converter converter(*view, storage.typeOf(view->shape), formats::headsToReorder(view->name, model.config), sink);
                merged.make(*view, [&](std::span<const std::byte> bytes) { converter.take(bytes); });
                converter.finish();
                if (progress && !progress(++done, report.tensors)) {
                    throw Exception(ErrorCode::Stopped, "the export was stopped", "", "");
                }
            }
        }).value();
        return report;
    });
}

} // namespace lori::merging
