// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/fields.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// The options of every kind of job: what job.json holds. A field that is left out has the value here.
namespace lori::workers {

// NOLINTBEGIN(readability-redundant-member-init): GCC warns of a designated initializer that leaves out a member without one.

/// A base model, with an adapter or without.
struct ModelChoice {
    std::string model = "smollm2-135m-instruct";
    std::string adapter{};
    std::string device = "auto";
    std::string weights = "auto";
    std::int64_t threads = 0;
};

template <typename Visitor, typename T>
requires std::is_same_v<std::remove_const_t<T>, ModelChoice>
void visitFields(Visitor& visit, T& o)
{
    visit("model", o.model, "registered name, GGUF file or Hugging Face folder");
    visit("adapter", o.adapter, "adapter folder or GGUF file; empty for none");
    visit("device", o.device, "auto, cpu or cuda");
    visit("weights", o.weights, "how matrices are held: auto, f32, bf16 or f16");
    visit("threads", o.threads, "CPU threads; 0 for all");
}

struct EvaluateOptions {
    ModelChoice model{};
    std::string task{};
    std::string data{};
    std::string how = "generate";
    std::string mode = "strict";
    std::string phrases{};
    std::string promptTemplate = "chat";
    bool addBos = false;
    bool dropLastBatch = false;
    bool phrasesAlone = false;
    std::int64_t samples = 1;
    std::int64_t seed = 0;
    std::int64_t limit = 0;
    std::int64_t maxNewTokens = 96;
    std::int64_t batchRows = 32;
};

template <typename Visitor, typename T>
requires std::is_same_v<std::remove_const_t<T>, EvaluateOptions>
void visitFields(Visitor& visit, T& o)
{
    visit("model", o.model, "what is scored");
    visit("task", o.task, "starter task or published set");
    visit("data", o.data, "folder of the published sets");
    visit("how", o.how, "choice tasks: generate or loglikelihood");
    visit("mode", o.mode, "strict or reference");
    visit("phrases", o.phrases, "reference and safety: JSON list of its refusal phrases");
    visit("promptTemplate", o.promptTemplate, "prompt of strict mode");
    visit("addBos", o.addBos, "begin prompts with the start token");
    visit("dropLastBatch", o.dropLastBatch, "reference: drop the last batch of 64 unless it is full");
    visit("phrasesAlone", o.phrasesAlone, "safety: leave out the second scorer");
    visit("samples", o.samples, "answers a row; more than one are drawn");
    visit("seed", o.seed, "of drawn answers");
    visit("limit", o.limit, "first rows of each side; 0 for all");
    visit("maxNewTokens", o.maxNewTokens, "new tokens at most");
    visit("batchRows", o.batchRows, "prompts at a time");
}

struct WeightedAdapter {
    std::string folder{};
    std::optional<double> weight{};
};

template <typename Visitor, typename T>
requires std::is_same_v<std::remove_const_t<T>, WeightedAdapter>
void visitFields(Visitor& visit, T& o)
{
    visit("folder", o.folder, "adapter folder or GGUF file");
    visit("weight", o.weight, "factor of its change; none for those of a preset");
}

/// How a weight search scores: the loss of held-out rows with the base model.
struct SearchOptions {
    std::vector<std::string> tasks{};
    std::vector<std::string> files{};
    std::int64_t rows = 32;
};

template <typename Visitor, typename T>
requires std::is_same_v<std::remove_const_t<T>, SearchOptions>
void visitFields(Visitor& visit, T& o)
{
    visit("tasks", o.tasks, "starter tasks whose held-out rows count");
    visit("files", o.files, "files whose rows count");
    visit("rows", o.rows, "rows of each source");
}

struct MergeJobOptions {
    std::vector<WeightedAdapter> adapters{};
    std::string method = "concat";
    std::string mode = "exact";
    std::string signs = "total";
    std::string preset{};
    double density = 0.7;
    std::int64_t svdRank = 0;
    std::int64_t seed = 0;
    std::string masks{};
    std::string out{};
    std::string model{};
    std::string device = "auto";
    std::int64_t threads = 0;
    std::optional<SearchOptions> search{};
};

template <typename Visitor, typename T>
requires std::is_same_v<std::remove_const_t<T>, MergeJobOptions>
void visitFields(Visitor& visit, T& o)
{
    visit("adapters", o.adapters, "what is merged, in order");
    visit("method", o.method, "concat, linear, svd, magnitude, ties, dare_linear, dare_ties, or a *_svd form");
    visit("mode", o.mode, "exact or peft");
    visit("signs", o.signs, "how TIES elects signs: total or frequency");
    visit("preset", o.preset, "weights: equal, lori-d, lori-s; empty for those of the adapters");
    visit("density", o.density, "share of the entries that pruning keeps");
    visit("svdRank", o.svdRank, "rank after a decomposition; 0 for the largest of the adapters");
    visit("seed", o.seed, "of the random masks");
    visit("masks", o.masks, "safetensors file of the random masks instead");
    visit("out", o.out, "folder of the merged adapter; empty for the job's own");
    visit("model", o.model, "base model: to prove the logits, and for adapters that cannot be read without");
    visit("device", o.device, "auto, cpu or cuda");
    visit("threads", o.threads, "CPU threads; 0 for all");
    visit("search", o.search, "try some weights and take those with the lowest loss");
}

struct InterferenceOptions {
    std::vector<std::string> adapters{};
    std::string model{};
};

template <typename Visitor, typename T>
requires std::is_same_v<std::remove_const_t<T>, InterferenceOptions>
void visitFields(Visitor& visit, T& o)
{
    visit("adapters", o.adapters, "two or more adapter folders or GGUF files");
    visit("model", o.model, "base model, for adapters that cannot be read without");
}

struct CompareMasksOptions {
    std::vector<std::string> masks{};
};

template <typename Visitor, typename T>
requires std::is_same_v<std::remove_const_t<T>, CompareMasksOptions>
void visitFields(Visitor& visit, T& o)
{
    visit("masks", o.masks, "two or more: mask.safetensors, *_mask.pt or adapter folders");
}

struct ExportOptions {
    std::string model = "smollm2-135m-instruct";
    std::string adapter{};
    std::string out{};
    std::string format = "folder";
    std::string dtype = "bf16";
    double shardGigabytes = 5;
};

template <typename Visitor, typename T>
requires std::is_same_v<std::remove_const_t<T>, ExportOptions>
void visitFields(Visitor& visit, T& o)
{
    visit("model", o.model, "registered name, GGUF file or Hugging Face folder");
    visit("adapter", o.adapter, "adapter folder or GGUF file");
    visit("out", o.out, "folder of the model, or the GGUF file");
    visit("format", o.format, "folder, gguf or gguf-lora");
    visit("dtype", o.dtype, "f32, bf16, f16 or q8_0");
    visit("shardGigabytes", o.shardGigabytes, "largest file, in gigabytes");
}

// NOLINTEND(readability-redundant-member-init)

} // namespace lori::workers
