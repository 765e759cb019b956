// SPDX-License-Identifier: Apache-2.0
#include "core/workers/export_job.h"
#include "core/support/home.h"

#include "core/formats/gguf_adapter.h"
#include "core/formats/model_files.h"
#include "core/merging/gguf_export.h"
#include "core/support/sha256.h"

#include <map>

namespace lori::workers {

namespace {

const std::map<std::string, formats::DType>& types()
{
    static const std::map<std::string, formats::DType> known{{"f32", formats::DType::F32},
                                                             {"bf16", formats::DType::BF16},
                                                             {"f16", formats::DType::F16},
                                                             {"q8_0", formats::DType::Q8_0}};
    return known;
}

} // namespace

ExportJob::ExportJob(Home home, ExportOptions options) : m_home(std::move(home)), m_options(std::move(options))
{
    if (m_options.format != "folder" && m_options.format != "gguf" && m_options.format != "gguf-lora") {
        throw Exception(ErrorCode::InvalidArgument, "'" + m_options.format + "' is not known", "folder, gguf or gguf-lora",
                        "format");
    }
    if (!types().contains(m_options.dtype)) {
        throw Exception(ErrorCode::InvalidArgument, "'" + m_options.dtype + "' is not known", "f32, bf16, f16 or q8_0", "dtype");
    }
    if (m_options.out.empty() || m_options.adapter.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "an export needs an adapter and a place to write to", "name both",
                        m_options.out.empty() ? "out" : "adapter");
    }
}

jobs::JobPlan ExportJob::plan()
{
    const formats::ModelConfig base =
        formats::readModelConfig(formats::resolveModel(m_home.root, m_options.model).value()).value();
    static_cast<void>(formats::openAnyAdapter(m_options.adapter, &base.shape).value());
    return {.what = m_options.format == "gguf-lora" ? "writes the adapter as a GGUF file"
                                                    : "writes " + m_options.model + " with the adapter in its weights",
            .writes = {m_options.out},
            .notes = {}};
}

jobs::JobResult ExportJob::adapterAlone(jobs::JobContext& context) const
{
    const formats::ModelConfig base =
        formats::readModelConfig(formats::resolveModel(m_home.root, m_options.model).value()).value();
    const formats::AdapterFiles adapter = formats::openAnyAdapter(m_options.adapter, &base.shape).value();
    const formats::GgufAdapterReport done = formats::writeGgufAdapter(m_options.out, adapter, base).value();
    context.madeArtifact("adapter", done.file, sha256OfFile(done.file).value(), static_cast<std::int64_t>(done.bytes), {});
    jobs::JobResult result;
    result.json = {{"file", done.file.string()}, {"tensors", done.tensors}, {"bytes", done.bytes}};
    result.text = done.file.string() + "\n" + std::to_string(done.tensors) + " tensors, " + std::to_string(done.bytes / 1000000) +
                  " MB as f32\n";
    return result;
}

jobs::JobResult ExportJob::work(jobs::JobContext& context)
{
    if (m_options.format == "gguf-lora") {
        return adapterAlone(context);
    }
    const merging::ExportProgress follow = [&](std::int64_t done, std::int64_t total) {
        return context.goOn("exporting", done, total);
    };
    const std::filesystem::path model = formats::resolveModel(m_home.root, m_options.model).value();
    const formats::DType type = types().at(m_options.dtype);
    const auto shardBytes = static_cast<std::uint64_t>(m_options.shardGigabytes * 1e9);
    const auto report = m_options.format == "gguf"
                            ? merging::exportGguf(model, m_options.adapter, m_options.out, type, follow)
                            : merging::exportModel(model, m_options.adapter, m_options.out, {type, shardBytes}, follow);
    context.rethrow();
    const merging::ExportReport& done = report.value();
    context.madeArtifact("model", done.folder, "", static_cast<std::int64_t>(done.bytes), {});
    jobs::JobResult result;
    result.json = {{"folder", done.folder.string()},        {"files", done.files}, {"tensors", done.tensors},
                   {"adaptedModules", done.adaptedModules}, {"bytes", done.bytes}, {"dtype", m_options.dtype}};
    result.text = done.folder.string() + "\n" + std::to_string(done.tensors) + " tensors, " +
                  std::to_string(done.adaptedModules) + " of them with the adapter, " + std::to_string(done.bytes / 1000000) +
                  " MB as " + m_options.dtype + "\n";
    return result;
}

} // namespace lori::workers
