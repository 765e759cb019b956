// SPDX-License-Identifier: Apache-2.0
#include "core/recipes/measure_step.h"

#include "core/adapters/method_choice.h"
#include "core/cuda/device.h"
#include "core/evaluation/task_options.h"
#include "core/experiment/config_words.h"
#include "core/formats/model_files.h"
#include "core/model/gemm_choice.h"
#include "core/support/files.h"
#include "core/training/row_loss.h"

#include <chrono>

namespace lori::recipes {

using experiment::RecipeMeasure;
using nlohmann::json;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::vector<training::TokenizedRow> heldOutRows(const RecipeMeasure& measure, const experiment::LossSet& set,
                                                const model::BaseModel& base, const tokenizer::Tokenizer& tokenizer)
{
    experiment::DataConfig data;
    data.sources = set.sources;
    data.folder = measure.folder;
    data.heldOutShare = measure.heldOutShare;
    data.heldOutMaxRows = set.rows;
    data.maxTokens = measure.maxTokens;
    data.maxPromptTokens = std::max<std::int64_t>(1, measure.maxTokens / 2);
    if (base.config().eosIds.empty()) {
        throw Exception(ErrorCode::Unsupported, "the model names no end token", "choose another model", measure.model);
    }
    auto rows = training::loadTrainingData(data, tokenizer, chat::ChatForm::fromConfig(base.files().tokenizerConfig),
                                           base.config().bosId, static_cast<std::int32_t>(base.config().eosIds.front()))
                    .value()
                    .heldOut;
    if (rows.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "no row was set aside to measure a loss on", "raise heldOutShare or add rows",
                        set.name);
    }
    return rows;
}

json scoreJson(const evaluation::SideScore& side, const std::string& items)
{
    return {{"value", side.rate.value},
            {"low", side.rate.low},
            {"high", side.rate.high},
            {"hits", side.rate.hits},
            {"n", side.rate.n},
            {"higherIsBetter", side.higherIsBetter},
            {"items", items}};
}

std::string writeItems(const evaluation::SideScore& side, const std::string& task, const std::filesystem::path& folder)
{
    if (side.items.empty()) {
        return {};
    }
    std::filesystem::create_directories(folder / "items");
    std::string name = "items/" + task + "-" + side.metric + ".jsonl";
    writeFileAtomically(folder / name, evaluation::itemLines(side.items)).value();
    return name;
}

json taskScores(const RecipeMeasure& measure, const experiment::EvaluationTask& task, const model::Decoder& decoder,
                const model::Decoder& base, const tokenizer::Tokenizer& tokenizer, const std::filesystem::path& folder,
                const WorkProgress& progress)
{
    evaluation::EvaluateOptions options = evaluation::optionsFor(task);
    options.secondScorer = task.secondScorer ? &base : nullptr;
    options.promptTemplate = measure.promptTemplate;
    options.maxNewTokens = measure.maxNewTokens;
    options.batchRows = measure.batchRows;
    options.data = {measure.folder};
    options.sampleSeed = measure.seed;
    const auto sides =
        evaluation::evaluateTask(decoder, tokenizer, task.task, options, [&](std::int64_t done, std::int64_t total) {
            return progress("evaluating " + task.task, done, total);
        }).value();
    json scores = json::object();
    for (const evaluation::SideScore& side : sides) {
        scores[task.task + "." + side.metric] = scoreJson(side, writeItems(side, task.task, folder));
    }
    return scores;
}

} // namespace

void Measurer::open(const RecipeMeasure& measure)
{
    const std::filesystem::path path = formats::resolveModel(m_home.root, measure.model).value();
    const std::string wanted = path.string() + "|" + std::string(experiment::wordOf(measure.device)) + "|" +
                               std::string(experiment::wordOf(measure.weights));
    if (m_opened == wanted) {
        return;
    }
    release();
    m_base = model::BaseModel::load(path, cuda::chooseDevice(measure.device).value(), model::chosenGemm(m_home.root), {},
                                    measure.weights)
                 .value();
    m_tokenizer = tokenizer::Tokenizer::fromJson(m_base->files().tokenizerJson, m_base->files().tokenizerConfig).value();
    m_opened = wanted;
}

void Measurer::release()
{
    m_opened.clear();
    m_tokenizer.reset();
    m_base.reset();
}

json Measurer::measure(const RecipeMeasure& measure, const std::filesystem::path& folder, const WorkProgress& progress)
{
    const auto begin = Clock::now();
    open(measure);
    std::unique_ptr<adapters::Method> adapter;
    if (!measure.adapter.empty()) {
        adapter = adapters::openTrained(m_base, measure.adapter).value();
        if (m_base->weightType() == WeightType::F32) { // folding would undo what 16-bit weights save
            adapter->prepareInference();
        }
    }
    const model::Decoder decoder(adapter ? adapter->model() : m_base, adapter.get());
    const model::Decoder base(m_base, nullptr);
    json result{{"scores", json::object()}, {"losses", json::object()}};
    for (const experiment::LossSet& set : measure.losses) {
        if (!progress("loss of " + set.name, 0, 1)) {
            throw Exception(ErrorCode::Stopped, "stopped", "", "");
        }
        const auto rows = heldOutRows(measure, set, *m_base, *m_tokenizer);
        const training::RowsLoss loss = training::lossOfRows(decoder, rows);
        result["losses"][set.name] = {{"value", loss.perToken()}, {"tokens", loss.scored}, {"rows", rows.size()}};
    }
    for (const experiment::EvaluationTask& task : measure.tasks) {
        result["scores"].update(taskScores(measure, task, decoder, base, *m_tokenizer, folder, progress));
    }
    result["seconds"] = secondsSince(begin);
    return result;
}

} // namespace lori::recipes
