// SPDX-License-Identifier: Apache-2.0
#include "core/workers/weight_search_job.h"
#include "core/support/home.h"
#include "core/support/passing_folder.h"

#include "core/adapters/method_choice.h"
#include "core/merging/weight_search.h"
#include "core/training/row_loss.h"
#include "core/workers/opened_model.h"

#include <cstdio>
#include <unistd.h>

namespace lori::workers {

namespace {

using HeldOut = std::vector<std::vector<training::TokenizedRow>>;

/// The rows of each source on their own, so that a long file does not outweigh a short one.
HeldOut heldOutRows(const OpenedModel& opened, const SearchOptions& search)
{
    HeldOut sources;
    const formats::ModelConfig& config = opened.base->config();
    if (config.eosIds.empty()) {
        throw Exception(ErrorCode::Unsupported, "the model names no end token", "choose another model", "model");
    }
    const auto load = [&](const experiment::DataSource& source, double heldOutShare) {
        experiment::DataConfig data;
        data.sources = {source};
        data.heldOutShare = heldOutShare;
        data.heldOutMaxRows = search.rows;
        auto rows =
            training::loadTrainingData(data, *opened.tokenizer, chat::ChatForm::fromConfig(opened.base->files().tokenizerConfig),
                                       config.bosId, static_cast<std::int32_t>(config.eosIds.front()))
                .value();
        sources.push_back(heldOutShare > 0 ? std::move(rows.heldOut) : std::move(rows.train));
        if (sources.back().empty()) {
            throw Exception(ErrorCode::InvalidArgument, "no held-out row was found", "name more rows", source.task + source.file);
        }
    };
    for (const std::string& task : search.tasks) {
        experiment::DataSource source;
        source.task = task;
        load(source, experiment::DataConfig{}.heldOutShare); // the share that runs set aside: no run has trained on these
    }
    for (const std::string& file : search.files) {
        experiment::DataSource source;
        source.file = file;
        source.maxRows = search.rows;
        load(source, 0);
    }
    return sources;
}

std::string textOf(const merging::WeightTrial& trial)
{
    std::string text;
    for (const double weight : trial.weights) {
        text += std::to_string(weight).substr(0, 5) + " ";
    }
    return text + " loss " + std::to_string(trial.score).substr(0, 7);
}

} // namespace

std::vector<double> searchWeights(const Home& home, const MergeJobOptions& options, const SearchOptions& search,
                                  const std::vector<formats::AdapterFiles>& adapters, const merging::MergeOptions& merge,
                                  jobs::JobContext& context, jobs::JobResult& result)
{
    if (search.tasks.empty() && search.files.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "the search has no rows to score with", "add --task or --data",
                        "--search-weights");
    }
    ModelChoice choice{.device = options.device, .threads = options.threads};
    choice.model = options.model.empty() ? choice.model : options.model;
    const OpenedModel opened = openModel(home, choice).value();
    const HeldOut sources = heldOutRows(opened, search);
    const PassingFolder scratch(std::filesystem::temp_directory_path() / ("lori-merge-" + std::to_string(::getpid())));
    std::filesystem::create_directories(scratch.path());
    merging::WeightSearchOptions wanted;
    wanted.merge = merge;
    const merging::MergeScorer scorer = [&](const std::filesystem::path& folder) {
        const auto adapter = adapters::openTrained(opened.base, folder).value();
        adapter->prepareInference();
        const model::Decoder decoder(opened.base, adapter.get());
        double total = 0;
        for (const auto& rows : sources) {
            total += training::lossOfRows(decoder, rows).perToken();
        }
        return total / static_cast<double>(sources.size());
    };
    const auto searched =
        merging::searchWeights(adapters, wanted, scratch.path(), scorer,
                               [&](std::int64_t done, std::int64_t total, const merging::WeightTrial& /*trial*/) {
                                   return context.goOn("searching weights", done, total);
                               });
    context.rethrow();
    const merging::WeightSearch& found = searched.value();
    result.json["search"] = nlohmann::ordered_json::array();
    for (const merging::WeightTrial& trial : found.trials) {
        result.json["search"].push_back({{"weights", trial.weights}, {"loss", trial.score}});
        result.text += textOf(trial) + "\n";
    }
    result.text += "best: " + textOf(found.trials[found.best]) + "\n";
    return found.trials[found.best].weights;
}

} // namespace lori::workers
