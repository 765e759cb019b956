// SPDX-License-Identifier: Apache-2.0
// lori bench generate: exactly so many greedy tokens for each prompt, whatever they are, so that programs can be compared.
#include "app/lori/bench_generate.h"

#include "app/lori/model_options.h"
#include "app/lori/string_list.h"
#include "core/generation/generator.h"
#include "core/jobs/job_log.h"

#include <ATen/Functions.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace lori::app {

namespace {

struct Arguments {
    ModelOptions model;
    std::string promptFile;
    std::int64_t batch = 1;
    std::int64_t newTokens = 64;
};

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

struct Timed {
    double promptSeconds = 0; ///< reading prompts, up to the first token's scores
    double newSeconds = 0;    ///< every token after a prompt's first
    std::int64_t promptTokens = 0;
    std::int64_t newTokens = 0; ///< of newSeconds
    std::vector<std::vector<std::int64_t>> ids;
};

/// Appends the likeliest token of each row.
at::Tensor take(const at::Tensor& logits_BV, std::vector<std::vector<std::int64_t>>& ids, std::size_t first)
{
    at::Tensor next_B = logits_BV.argmax(1);
    const at::Tensor host = next_B.to(at::kCPU);
    for (std::int64_t b = 0; b < host.size(0); ++b) {
        ids[first + static_cast<std::size_t>(b)].push_back(host.const_data_ptr<std::int64_t>()[b]);
    }
    return next_B;
}

Timed measure(const OpenedModel& opened, const std::vector<std::vector<std::int32_t>>& prompts, std::int64_t batch,
              std::int64_t newTokens)
{
    Timed timed;
    timed.ids.resize(prompts.size());
    for (std::size_t begin = 0; begin < prompts.size(); begin += static_cast<std::size_t>(batch)) {
        const std::size_t end = std::min(prompts.size(), begin + static_cast<std::size_t>(batch));
        const std::vector<std::vector<std::int32_t>> rows(prompts.begin() + static_cast<std::ptrdiff_t>(begin),
                                                          prompts.begin() + static_cast<std::ptrdiff_t>(end));
        std::size_t longest = 0;
        for (const auto& row : rows) {
            longest = std::max(longest, row.size());
            timed.promptTokens += static_cast<std::int64_t>(row.size());
        }
        model::KeyValueCache cache;
        const auto start = Clock::now();
        at::Tensor x_BD = opened.decoder->prefill(model::packRows(rows, opened.base->device()),
                                                  static_cast<std::int64_t>(longest) + newTokens, cache);
        at::Tensor next_B = take(opened.decoder->logits(x_BD), timed.ids, begin);
        timed.promptSeconds += secondsSince(start);
        const auto written = Clock::now();
        for (std::int64_t step = 1; step < newTokens; ++step) {
            x_BD = opened.decoder->step(next_B, cache);
            next_B = take(opened.decoder->logits(x_BD), timed.ids, begin);
        }
        timed.newSeconds += secondsSince(written);
        timed.newTokens += static_cast<std::int64_t>(rows.size()) * (newTokens - 1);
    }
    return timed;
}

Answer generateAnswer(const Context& context, const Arguments& a)
{
    const c10::InferenceMode inference;
    const OpenedModel opened = openModel(context, a.model).value();
    opened.prepareAnswers();
    std::vector<std::vector<std::int32_t>> prompts;
    for (const std::string& prompt : readStrings(a.promptFile)) {
        prompts.push_back(opened.tokenizer->encode(prompt));
    }
    generation::requireRoom(*opened.decoder, prompts, a.newTokens);
    const Timed timed = measure(opened, prompts, a.batch, a.newTokens);
    const double perSecond = static_cast<double>(timed.newTokens) / std::max(timed.newSeconds, 1e-9);
    const double promptPerSecond = static_cast<double>(timed.promptTokens) / std::max(timed.promptSeconds, 1e-9);
    const auto peak = jobs::processMemory().peak;
    Answer answer;
    answer.json = {{"tokens_per_second", perSecond},
                   {"prompt_tokens_per_second", promptPerSecond},
                   {"seconds", timed.newSeconds + timed.promptSeconds},
                   {"new_tokens", timed.newTokens},
                   {"prompt_tokens", timed.promptTokens},
                   {"peak_memory_bytes", peak},
                   {"weights", weightTypeName(opened.base->weightType())},
                   {"ids", timed.ids}};
    std::array<char, 160> text{};
    std::snprintf(text.data(), text.size(), "%.1f new tokens/s, prompts read at %.0f tokens/s, peak %.2f GB\n", // NOLINT
                  perSecond, promptPerSecond, static_cast<double>(peak) / 1e9);
    answer.text = text.data();
    return answer;
}

} // namespace

void addBenchGenerate(CLI::App& bench, Context& context)
{
    const auto a = std::make_shared<Arguments>();
    CLI::App* command = addCommand(bench, context, "generate", "Speed and peak memory of greedy generation",
                                   [a, &context] { return guard([&] { return generateAnswer(context, *a); }); });
    a->model.addTo(*command, true);
    command->add_option("--prompts", a->promptFile, "JSON list of prompts, used as they are")->required();
    command->add_option("--batch", a->batch, "Prompts at a time")->check(CLI::Range(1, 4096))->capture_default_str();
    command->add_option("--new", a->newTokens, "New tokens of each prompt; end tokens do not stop it")
        ->check(CLI::Range(2, 1 << 20))
        ->capture_default_str();
}

} // namespace lori::app
