// SPDX-License-Identifier: Apache-2.0
// lori export: a base model with an adapter in its weights, as a Hugging Face folder or a GGUF file; or the adapter alone, as a
// GGUF file.
#include "app/lori/job_session.h"
#include "app/lori/queueing.h"
#include "core/workers/job_options.h"

namespace lori::app {

namespace {

Result<Answer> exportAnswer(const Context& context, workers::ExportOptions options)
{
    options.model = absolutePath(options.model);
    options.adapter = absolutePath(options.adapter);
    options.out = std::filesystem::absolute(options.out).lexically_normal().string();
    return workAsJob(context, "export", std::filesystem::path(options.out).filename().string(), events::fieldsOf(options));
}

} // namespace

void addExportCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<workers::ExportOptions>();
    CLI::App* command =
        addCommand(app, context, "export", "Write a model with an adapter in its weights, or the adapter for llama.cpp",
                   [a, &context] { return exportAnswer(context, *a); });
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
    addQueueOptions(*command, context);
}

} // namespace lori::app
