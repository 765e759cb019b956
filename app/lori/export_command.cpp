// SPDX-License-Identifier: Apache-2.0
// lori export: a base model with an adapter in its weights, as a Hugging Face folder or a GGUF file; or the adapter alone, as a
// GGUF file.
#include "app/lori/command.h"
#include "app/lori/progress_line.h"
#include "core/formats/gguf_adapter.h"
#include "core/formats/model_files.h"
#include "core/merging/gguf_export.h"

#include <atomic>
#include <csignal>

namespace lori::app {

namespace {

struct ExportArguments {
    std::string model = "smollm2-135m-instruct";
    std::string adapter;
    std::string out;
    std::string format = "folder";
    std::string dtype = "bf16";
    double shardGigabytes = 5;
};

std::atomic<bool> stopAsked = false;

void onSignal(int)
{
    stopAsked = true;
}

formats::DType dtypeOf(const std::string& name)
{
    return name == "f32"    ? formats::DType::F32
           : name == "f16"  ? formats::DType::F16
           : name == "q8_0" ? formats::DType::Q8_0
                            : formats::DType::BF16;
}

Answer adapterAnswer(const Context& context, const ExportArguments& a)
{
    const formats::ModelConfig base = formats::readModelConfig(formats::resolveModel(context.home.root, a.model).value()).value();
    const formats::AdapterFiles adapter = formats::openAnyAdapter(a.adapter, &base.shape).value();
    const formats::GgufAdapterReport done = formats::writeGgufAdapter(a.out, adapter, base).value();
    return {{{"file", done.file.string()}, {"tensors", done.tensors}, {"bytes", done.bytes}},
            done.file.string() + "\n" + std::to_string(done.tensors) + " tensors, " + std::to_string(done.bytes / 1000000) +
                " MB as f32\n",
            0};
}

Answer exportAnswer(const Context& context, const ExportArguments& a)
{
    if (a.format == "gguf-lora") {
        return adapterAnswer(context, a);
    }
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    ProgressLine progress;
    const auto begin = std::chrono::steady_clock::now();
    const merging::ExportProgress follow = [&](std::int64_t done, std::int64_t total) {
        const std::chrono::duration<double> past = std::chrono::steady_clock::now() - begin;
        progress.show("exporting", done, total, past.count() / static_cast<double>(done) * static_cast<double>(total - done));
        return !stopAsked;
    };
    const std::filesystem::path model = formats::resolveModel(context.home.root, a.model).value();
    const auto shardBytes = static_cast<std::uint64_t>(a.shardGigabytes * 1e9);
    const auto report = a.format == "gguf"
                            ? merging::exportGguf(model, a.adapter, a.out, dtypeOf(a.dtype), follow)
                            : merging::exportModel(model, a.adapter, a.out, {dtypeOf(a.dtype), shardBytes}, follow);
    progress.clear();
    if (!report && report.error().code == ErrorCode::Stopped) {
        throw Exception(ErrorCode::Interrupted, "the export was interrupted and nothing was written", "", "");
    }
    const merging::ExportReport& done = report.value();
    return {{{"folder", done.folder.string()},
             {"files", done.files},
             {"tensors", done.tensors},
             {"adaptedModules", done.adaptedModules},
             {"bytes", done.bytes},
             {"dtype", a.dtype}},
            done.folder.string() + "\n" + std::to_string(done.tensors) + " tensors, " + std::to_string(done.adaptedModules) +
                " of them with the adapter, " + std::to_string(done.bytes / 1000000) + " MB as " + a.dtype + "\n",
            0};
}

} // namespace

void addExportCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<ExportArguments>();
    CLI::App* command =
        addCommand(app, context, "export", "Write a model with an adapter in its weights, or the adapter for llama.cpp",
                   [a, &context] { return guard([&] { return exportAnswer(context, *a); }); });
    command->add_option("--model", a->model, "Registered name, GGUF file or Hugging Face folder")->capture_default_str();
    command->add_option("--adapter", a->adapter, "Adapter folder, or an adapter's GGUF file")->required();
    command->add_option("--out", a->out, "Folder of the model, or the GGUF file")->required();
    command
        ->add_option(
            "--format", a->format,
            "folder: the model as a Hugging Face folder; gguf: the model as a GGUF file; gguf-lora: the adapter alone, as a "
            "GGUF file for llama.cpp")
        ->check(CLI::IsMember({"folder", "gguf", "gguf-lora"}))
        ->capture_default_str();
    command->add_option("--dtype", a->dtype, "Type of the weights; q8_0 only in a GGUF file")
        ->check(CLI::IsMember({"f32", "bf16", "f16", "q8_0"}))
        ->capture_default_str();
    command->add_option("--shard-gb", a->shardGigabytes, "Largest file in gigabytes")
        ->check(CLI::Range(0.001, 1000.0))
        ->capture_default_str();
}

} // namespace lori::app
