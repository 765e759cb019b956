// SPDX-License-Identifier: Apache-2.0
// lori bench train: real training steps on real rows, measured against this machine's own GEMM rate.
#include "app/lori/bench_generate.h"
#include "app/lori/model_options.h"
#include "core/adapters/method_choice.h"
#include "core/experiment/config_words.h"
#include "core/jobs/job_log.h"
#include "core/training/trainer.h"

#include <array>
#include <cstdio>

namespace lori::app {

namespace {

struct BenchArguments {
    ModelOptions model;
    std::string data;
    std::string method = "lori-d";
    bool bf16 = false;
    std::int64_t rowsPerStep = 8;
    std::int64_t steps = 4;
    std::int64_t rank = 32;
};

/// LoRI-S is left out: it needs a mask.
std::vector<std::string> benchmarkedMethods()
{
    std::vector<std::string> names;
    for (const experiment::MethodTraits& method : experiment::kMethods) {
        if (method.trains() && !method.isSparse) {
            names.emplace_back(method.name);
        }
    }
    return names;
}

/// FLOP of one training step: forward and input gradient of every linear layer for all tokens, of the head for scored tokens.
double stepFlops(const formats::ModelConfig& config, double tokens, double scoredTokens)
{
    double linear = 0;
    for (const experiment::Projection p : experiment::kAllProjections) {
        const experiment::ProjectionShape shape = experiment::projectionShape(config.shape, p);
        linear += static_cast<double>(shape.in * shape.out * config.shape.layers);
    }
    return 4 * linear * tokens + 4 * static_cast<double>(config.shape.vocabulary * config.shape.hidden) * scoredTokens;
}

Answer train(const Context& context, const BenchArguments& a)
{
    const OpenedModel opened = openModel(context, a.model, a.bf16 ? GemmChoice::Bf16 : GemmChoice::Fastest).value();
    experiment::RunConfig config;
    config.adapter.rank = a.rank;
    config.adapter.alpha = 2.0 * static_cast<double>(a.rank);
    experiment::DataSource source;
    source.file = a.data;
    source.promptTemplate = experiment::PromptTemplate::QuestionReference;
    config.data.sources = {source};
    config.data.heldOutShare = 0;
    experiment::StageConfig stage;
    stage.kind = experiment::fromWord<experiment::StageKind>(a.method).value();
    stage.steps = a.steps;
    stage.batchRows = a.rowsPerStep;
    const auto eos = static_cast<std::int32_t>(opened.base->config().eosIds.front());
    training::TrainingData data = training::loadTrainingData(config.data, *opened.tokenizer, {}, std::nullopt, eos).value();
    training::BatchPlan plan; // rows in the file's order, so that another program can take the same ones
    double scored = 0;
    std::int32_t next = 0;
    for (std::int64_t step = 0; step < a.steps; ++step) {
        auto& batch = plan.emplace_back();
        for (std::int64_t i = 0; i < a.rowsPerStep; ++i) {
            batch.push_back(next++ % static_cast<std::int32_t>(data.train.size()));
            scored += static_cast<double>(data.train[static_cast<std::size_t>(batch.back())].response.size());
        }
    }
    const double gemm = model::measureGemmRate(opened.base->matmul().backend(), 1024);
    const auto method = adapters::createMethod(stage.kind, opened.base, config.adapter).value();
    training::Trainer trainer(*method, config, stage, data.train, training::StagePlan::of(plan));
    std::vector<double> losses;
    double tokens = 0;
    double seconds = 0;
    for (std::int64_t step = 0; step < a.steps; ++step) {
        const training::StepResult result = trainer.step();
        losses.push_back(result.loss);
        tokens += static_cast<double>(result.tokens);
        seconds += result.seconds;
    }
    const double flops = stepFlops(opened.base->config(), tokens, scored);
    Answer answer;
    answer.json = {{"tokens_per_second", tokens / seconds},
                   {"tokens", tokens},
                   {"seconds", seconds},
                   {"padded_tokens", 0},
                   {"peak_memory_bytes", jobs::processMemory().peak},
                   {"losses", losses},
                   {"gemm_backend", model::gemmBackendName(opened.base->matmul().backend())},
                   {"gemm_gflops", gemm / 1e9},
                   {"achieved_gflops", flops / seconds / 1e9},
                   {"fraction_of_limit", flops / seconds / gemm},
                   {"threads", a.model.threads}};
    std::array<char, 256> text{};
    std::snprintf(text.data(), text.size(),
                  "%.0f tokens/s, peak %.2f GB, %.0f of %.0f GFLOP/s (%.0f %% of the GEMM rate)\n", // NOLINT
                  tokens / seconds, static_cast<double>(jobs::processMemory().peak) / 1e9, flops / seconds / 1e9, gemm / 1e9,
                  100 * flops / seconds / gemm);
    answer.text = text.data();
    return answer;
}

} // namespace

void addBenchCommands(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<BenchArguments>();
    CLI::App* bench = app.add_subcommand("bench", "Measure this machine");
    bench->require_subcommand(1);
    CLI::App* command = addCommand(*bench, context, "train", "Training speed and peak memory on real rows",
                                   [a, &context] { return guard([&] { return train(context, *a); }); });
    a->model.addTo(*command, false);
    command->add_option("--data", a->data, "JSONL with question and answer")->required();
    command->add_option("--rows-per-step", a->rowsPerStep, "Rows of one step")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    command->add_option("--steps", a->steps, "Steps")->check(CLI::Range(1, 100000))->capture_default_str();
    command->add_option("--rank", a->rank, "Rank")->check(CLI::Range(1, 1024))->capture_default_str();
    command->add_flag("--bf16", a->bf16, "Multiply in bf16, as a run with products \"bf16\"");
    command->add_option("--method", a->method, "What is trained: its speed depends on what must be kept")
        ->check(CLI::IsMember(benchmarkedMethods()))
        ->capture_default_str();
    addBenchGenerate(*bench, context);
}

} // namespace lori::app
