// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/model_facts.h"

#include "core/formats/model_files.h"
#include "core/tasks/benchmarks.h"

#include <algorithm>
#include <cmath>

namespace lori::ui {

namespace {

constexpr double kBytesPerToken = 4.3;   // English text; the exact number would need the tokenizer
constexpr double kTemplateTokens = 30.0; // what a chat template adds to a prompt

experiment::DataLengths lengthsOf(const Result<std::vector<tasks::Row>>& rows)
{
    return rows ? judgedLengths(*rows) : experiment::DataLengths();
}

} // namespace

experiment::DataLengths judgedLengths(const std::vector<tasks::Row>& rows)
{
    if (rows.empty()) {
        return {};
    }
    double prompt = 0;
    double response = 0;
    for (const tasks::Row& row : rows) {
        prompt += static_cast<double>(row.instruction.size() + row.input.size());
        for (const chat::Message& turn : row.context) {
            prompt += static_cast<double>(turn.content.size());
        }
        response += static_cast<double>(row.output.size());
    }
    const auto count = static_cast<double>(rows.size());
    experiment::DataLengths lengths;
    lengths.rows = static_cast<std::int64_t>(rows.size());
    lengths.meanResponseTokens = response / count / kBytesPerToken + 1; // and the end-of-turn token
    lengths.meanTokens = prompt / count / kBytesPerToken + kTemplateTokens + lengths.meanResponseTokens;
    return lengths;
}

Result<experiment::ModelShape> ModelFacts::shape(const std::string& model)
{
    const auto path = formats::resolveModel(m_home.root, model); // first: a model can go while its shape is known
    if (!path) {
        return path.error();
    }
    if (const auto known = m_shapes.find(path->string()); known != m_shapes.end()) {
        return known->second;
    }
    const auto config = formats::readModelConfig(*path);
    if (!config) {
        return config.error();
    }
    m_shapes[path->string()] = config->shape;
    return config->shape;
}

experiment::DataLengths ModelFacts::taskLengths(const std::string& task, const std::filesystem::path& folder)
{
    const bool isPublished = !tasks::benchmarksOf(task).empty();
    const std::string key = isPublished ? task + '\n' + folder.string() : task;
    if (const auto known = m_tasks.find(key); known != m_tasks.end()) {
        return known->second;
    }
    if (!isPublished) {
        const experiment::DataLengths lengths = lengthsOf(tasks::loadTrainingRows(task));
        if (lengths.rows > 0) {
            m_tasks[key] = lengths;
        }
        return lengths;
    }
    if (BackgroundJob& job = m_counting[key]; !job.isRunning()) { // up to 170,000 rows: not on the window's thread
        const std::filesystem::path place = folder.empty() ? m_home.root / "data" : folder;
        job.start([task, place](const BackgroundJob::Cancelled&) { return lengthsOf(tasks::loadTrainingRows(task, {place})); },
                  [this, key](const experiment::DataLengths& lengths) {
                      if (lengths.rows > 0) { // else it is missing or broken: others say so, and it is looked at again
                          m_tasks[key] = lengths;
                          if (m_changed) {
                              m_changed();
                          }
                      }
                  });
    }
    return {};
}

experiment::DataLengths ModelFacts::lengths(const experiment::RunConfig& config,
                                            const std::vector<experiment::DataLengths>& files)
{
    experiment::DataLengths all;
    auto file = files.begin();
    for (const experiment::DataSource& source : config.data.sources) {
        experiment::DataLengths one;
        if (source.file.empty()) {
            one = source.task.empty() ? experiment::DataLengths{} : taskLengths(source.task, config.data.folder);
        } else if (file != files.end()) {
            one = *file++;
        }
        if (one.rows <= 0) {
            return {};
        }
        const auto before = static_cast<double>(all.rows);
        const auto taken = source.maxRows > 0 ? std::min(source.maxRows, one.rows) : one.rows;
        const auto rows = std::max<std::int64_t>(1, std::llround(source.weight * static_cast<double>(taken)));
        const auto share = static_cast<double>(rows) / (before + static_cast<double>(rows));
        all.meanTokens += share * (one.meanTokens - all.meanTokens);
        all.meanResponseTokens += share * (one.meanResponseTokens - all.meanResponseTokens);
        all.rows += rows;
    }
    return all;
}

} // namespace lori::ui
