// SPDX-License-Identifier: Apache-2.0
// lori export: a base model with an adapter in its weights, as a Hugging Face folder.
#include "app/lori/command.h"
#include "app/lori/progress_line.h"
#include "core/formats/model_files.h"
#include "core/merging/model_export.h"

#include <atomic>
#include <csignal>

namespace lori::app {

namespace {

struct ExportArguments {
    std::string model = "smollm2-135m-instruct";
    std::string adapter;
    std::string out;
    std::string dtype = "bf16";
    double shardGigabytes = 5;
};

std::atomic<bool> stopAsked = false;

void onSignal(int)
{
    stopAsked = true;
}

Answer exportAnswer(const Context& context, const ExportArguments& a)
{
    merging::ExportOptions options;
    options.dtype = a.dtype == "f32" ? formats::DType::F32 : a.dtype == "f16" ? formats::DType::F16 : formats::DType::BF16;
    options.shardBytes = static_cast<std::uint64_t>(a.shardGigabytes * 1e9);
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    ProgressLine progress;
    const auto begin = std::chrono::steady_clock::now();
    const auto report = merging::exportModel(
        formats::resolveModel(context.home.root, a.model).value(), a.adapter, a.out, options,
        [&](std::int64_t done, std::int64_t total) {
            const std::chrono::duration<double> past = std::chrono::steady_clock::now() - begin;
            progress.show("exporting", done, total, past.count() / static_cast<double>(done) * static_cast<double>(total - done));
            return !stopAsked;
        });
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
        addCommand(app, context, "export", "Write a model with an adapter in its weights, as a Hugging Face folder",
                   [a, &context] { return guard([&] { return exportAnswer(context, *a); }); });
    command->add_option("--model", a->model, "Registered name, GGUF file or Hugging Face folder")->capture_default_str();
    command->add_option("--adapter", a->adapter, "PEFT adapter folder")->required();
    command->add_option("--out", a->out, "Folder of the model")->required();
    command->add_option("--dtype", a->dtype, "Type of the weights")
        ->check(CLI::IsMember({"f32", "bf16", "f16"}))
        ->capture_default_str();
    command->add_option("--shard-gb", a->shardGigabytes, "Largest file in gigabytes")
        ->check(CLI::Range(0.001, 1000.0))
        ->capture_default_str();
}

} // namespace lori::app
