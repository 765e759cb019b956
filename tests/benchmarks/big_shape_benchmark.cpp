// SPDX-License-Identifier: Apache-2.0
// A model of two layers with the true widths of an 8B or 7B one: `big_shape_benchmark llama3|mistral [ROWS] [STORED]` writes it
// with random weights (bf16, or STORED = f16 | f32) into a temporary folder, opens it in a process of its own, takes one LoRI-D
// step of rank 32 on ROWS rows of 150 tokens (4), and prints one JSON document: measured peak memory against the estimate's. Exit
// code 1 when they are more than 10 % apart or the step's loss is no number.
#include "core/adapters/method_choice.h"
#include "core/experiment/estimate.h"
#include "core/jobs/job_log.h"
#include "core/support/files.h"
#include "core/training/trainer.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <nlohmann/json.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <map>

using namespace lori;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kRowTokens = 150;
constexpr std::int64_t kResponseTokens = 80;
const std::map<std::string, std::int64_t> kVocabularies{{"llama3", 128256}, {"mistral", 32000}};

nlohmann::json configOf(const std::string& kind)
{
    const bool isLlama = kind == "llama3";
    return {{"model_type", isLlama ? "llama" : "mistral"},
            {"hidden_size", 4096},
            {"intermediate_size", 14336},
            {"num_hidden_layers", 2},
            {"num_attention_heads", 32},
            {"num_key_value_heads", 8},
            {"vocab_size", kVocabularies.at(kind)},
            {"max_position_embeddings", isLlama ? 8192 : 32768},
            {"rms_norm_eps", 1e-5},
            {"rope_theta", isLlama ? 500000.0 : 10000.0},
            {"sliding_window", 4096},
            {"tie_word_embeddings", false},
            {"bos_token_id", 0},
            {"eos_token_id", 1}};
}

/// The tokenizer is not used: rows are drawn as ids.
nlohmann::json smallestTokenizer()
{
    return {{"pre_tokenizer", {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", true}}},
            {"model", {{"type", "BPE"}, {"vocab", {{"a", 0}, {"b", 1}}}, {"merges", nlohmann::json::array()}}}};
}

void writeModel(const fs::path& folder, const std::string& kind, const std::string& stored)
{
    const std::map<std::string, std::pair<at::ScalarType, formats::DType>> types{{"bf16", {at::kBFloat16, formats::DType::BF16}},
                                                                                 {"f16", {at::kHalf, formats::DType::F16}},
                                                                                 {"f32", {at::kFloat, formats::DType::F32}}};
    const auto [scalar, dtype] = types.at(stored);
    const std::int64_t vocabulary = kVocabularies.at(kind);
    // One buffer of random numbers serves every matrix: their values do not matter here, their number does.
    const at::Tensor random =
        at::empty({vocabulary * 4096}, at::kFloat).normal_(0, 0.02, at::detail::createCPUGenerator(1)).to(scalar);
    const at::Tensor ones = at::ones({4096}, scalar);
    std::vector<formats::TensorToWrite> tensors;
    const auto add = [&](const std::string& name, std::vector<std::int64_t> shape) {
        const at::Tensor& from = shape.size() == 1 ? ones : random;
        const std::int64_t count = shape.size() == 1 ? shape[0] : shape[0] * shape[1];
        tensors.push_back({name,
                           dtype,
                           std::move(shape),
                           {static_cast<const std::byte*>(from.const_data_ptr()),
                            static_cast<std::size_t>(count) * static_cast<std::size_t>(from.element_size())}});
    };
    add("model.embed_tokens.weight", {vocabulary, 4096});
    add("lm_head.weight", {vocabulary, 4096});
    add("model.norm.weight", {4096});
    for (const std::string layer : {"model.layers.0.", "model.layers.1."}) {
        add(layer + "input_layernorm.weight", {4096});
        add(layer + "post_attention_layernorm.weight", {4096});
        for (const auto& [name, out] : {std::pair{"q", 4096}, {"k", 1024}, {"v", 1024}, {"o", 4096}}) {
            add(layer + "self_attn." + name + "_proj.weight", {out, 4096});
        }
        add(layer + "mlp.gate_proj.weight", {14336, 4096});
        add(layer + "mlp.up_proj.weight", {14336, 4096});
        add(layer + "mlp.down_proj.weight", {4096, 14336});
    }
    formats::writeSafetensors(folder / "model.safetensors", tensors, {}).value();
    writeFileAtomically(folder / "config.json", configOf(kind).dump()).value();
    writeFileAtomically(folder / "tokenizer.json", smallestTokenizer().dump()).value();
}

experiment::RunConfig runConfig(std::int64_t rows)
{
    experiment::RunConfig config;
    config.adapter.rank = 32;
    config.adapter.alpha = 64;
    config.data.heldOutShare = 0;
    experiment::StageConfig stage;
    stage.kind = experiment::StageKind::LoriD;
    stage.steps = 1;
    stage.batchRows = rows;
    config.stages = {stage};
    config.evaluation.tasks.clear();
    config.evaluation.beforeTraining = false;
    config.evaluation.afterEachStage = false;
    return config;
}

std::vector<training::TokenizedRow> randomRows(std::int64_t count, std::int64_t vocabulary)
{
    at::Generator generator = at::detail::createCPUGenerator(2);
    const at::Tensor ids = at::empty({count, kRowTokens}, at::kInt).random_(0, vocabulary, generator);
    const std::int32_t* data = ids.const_data_ptr<std::int32_t>();
    std::vector<training::TokenizedRow> rows(static_cast<std::size_t>(count));
    for (training::TokenizedRow& row : rows) {
        row.prompt.assign(data, data + kRowTokens - kResponseTokens);
        row.response.assign(data + kRowTokens - kResponseTokens, data + kRowTokens);
        data += kRowTokens;
    }
    return rows;
}

/// In a process of its own: one step, and what it needed.
nlohmann::json measure(const fs::path& folder, std::int64_t rowCount)
{
    const auto begin = std::chrono::steady_clock::now();
    const auto seconds = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    const auto base = model::BaseModel::load(folder, at::kCPU, model::measureFasterGemm()).value();
    const double opened = seconds();
    const std::int64_t afterOpening = jobs::processMemory().peak;
    const experiment::RunConfig config = runConfig(rowCount);
    const std::vector<training::TokenizedRow> rows = randomRows(rowCount, base->config().shape.vocabulary);
    const auto method = adapters::createMethod(experiment::StageKind::LoriD, base, config.adapter).value();
    training::BatchPlan plan(1);
    for (std::int32_t row = 0; row < static_cast<std::int32_t>(rowCount); ++row) {
        plan[0].push_back(row);
    }
    training::Trainer trainer(*method, config, config.stages.front(), rows, training::StagePlan::of(plan));
    const training::StepResult step = trainer.step();
    const experiment::DataLengths lengths{rowCount, static_cast<double>(kRowTokens), static_cast<double>(kResponseTokens)};
    const experiment::Figure estimate = experiment::estimate(config, base->config().shape, lengths, {}).memoryBytes;
    const auto peak = static_cast<double>(jobs::processMemory().peak);
    return {{"loss", step.loss},
            {"tokens", step.tokens},
            {"seconds_to_open", opened},
            {"seconds_of_step", step.seconds},
            {"peak_after_opening", afterOpening},
            {"peak", peak},
            {"estimate", estimate.value},
            {"estimate_over_peak", estimate.value / peak},
            {"formula", estimate.formula}};
}

} // namespace

int main(int argc, char** argv)
{
    try {
        const std::string kind = argc > 1 ? argv[1] : "mistral";
        const std::int64_t rows = argc > 2 ? std::atoll(argv[2]) : 4;
        if (kind == "measure") {
            const nlohmann::json result = measure(argv[3], rows);
            std::cout << result.dump(2) << std::endl;
            const double ratio = result.at("estimate_over_peak");
            return std::isfinite(result.at("loss").get<double>()) && ratio > 0.9 && ratio < 1.1 ? 0 : 1;
        }
        if (!kVocabularies.contains(kind) || rows < 1) {
            std::cerr << "usage: big_shape_benchmark llama3|mistral [ROWS] [bf16|f16|f32]\n";
            return 2;
        }
        const fs::path folder = fs::temp_directory_path() / ("lori-big-shape-" + std::to_string(::getpid()));
        fs::create_directories(folder);
        writeModel(folder, kind, argc > 3 ? argv[3] : "bf16");
        const std::string rowText = std::to_string(rows);
        const pid_t child = ::fork();
        if (child == 0) {
            ::execl("/proc/self/exe", argv[0], "measure", rowText.c_str(), folder.c_str(), nullptr);
            ::_exit(127);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        fs::remove_all(folder);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << '\n';
        return 1;
    }
}
