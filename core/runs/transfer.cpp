// SPDX-License-Identifier: Apache-2.0
#include "core/runs/transfer.h"

#include "core/runs/stored_items.h"
#include "core/tasks/comparison.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace lori::runs {

namespace {

/// Which task of the sequence trains on the rows of an evaluation task.
std::int64_t learnedAt(const experiment::SequenceConfig& config, const std::string& task)
{
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        const auto& sources = config.stages[i].sources;
        if (std::any_of(sources.begin(), sources.end(), [&](const experiment::DataSource& s) { return s.task == task; })) {
            return static_cast<std::int64_t>(i);
        }
    }
    return -1;
}

/// One score's values over the sequence, with where their items lie.
struct Series {
    std::vector<double> rates;
    std::vector<std::string> items;
};

Series seriesOf(const experiment::SequenceConfig& config, const nlohmann::json& stages, const std::string& key)
{
    Series series;
    const auto add = [&](std::size_t index) {
        const nlohmann::json& scores = stages.at(index).at("scores");
        if (scores.contains(key)) {
            series.rates.push_back(scores.at(key).at("value"));
            series.items.push_back(scores.at(key).value("items", ""));
        }
    };
    add(0); // the base model
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        add(static_cast<std::size_t>(experiment::lastStageOfTask(config, i)) + 1);
    }
    return series;
}

std::optional<Change> changeBetween(const jobs::RunFolder& folder, const std::string& before, const std::string& after)
{
    if (before.empty() || after.empty()) {
        return std::nullopt; // a score without items of its own, such as a mean
    }
    const auto compared =
        tasks::compareItems(readItems(folder.path() / before).value(), readItems(folder.path() / after).value()).value();
    return Change{compared.difference, compared.low, compared.high, compared.pValue};
}

std::string pointsText(const std::optional<Change>& change)
{
    if (!change) {
        return "–";
    }
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%+.1f [%+.1f, %+.1f]", 100 * change->value, 100 * change->low, // NOLINT: fixed width
                  100 * change->high);
    return text.data();
}

nlohmann::json changeJson(const std::optional<Change>& change)
{
    return change ? nlohmann::json{{"value", change->value}, {"low", change->low}, {"high", change->high}, {"p", change->pValue}}
                  : nlohmann::json();
}

} // namespace

Result<std::vector<TransferRow>> transferOf(const jobs::RunFolder& folder, const experiment::SequenceConfig& config,
                                            const nlohmann::json& result)
{
    return guard([&] {
        const nlohmann::json& stages = result.at("stages");
        const nlohmann::json& last = stages.back().at("scores");
        if (last.empty()) {
            throw Exception(ErrorCode::InvalidArgument, "the sequence scored nothing at its end",
                            "name tasks in run.evaluation.tasks", folder.path().string());
        }
        std::vector<TransferRow> rows;
        for (const auto& [key, score] : last.items()) {
            const std::size_t dot = key.find('.');
            if (dot == std::string::npos || score.value("second", false)) { // the first scorer is what is compared
                continue;
            }
            const Series series = seriesOf(config, stages, key);
            TransferRow row;
            row.task.assign(key, 0, dot);
            row.metric.assign(key, dot + 1);
            row.higherIsBetter = score.value("higherIsBetter", true);
            row.rates = series.rates;
            row.learnedAt = learnedAt(config, row.task);
            if (series.rates.size() == config.stages.size() + 1 && series.rates.size() > 2) {
                const auto better = [&](double a, double b) {
                    return row.higherIsBetter ? a < b : a > b;
                };
                const auto best = std::max_element(series.rates.begin() + 1, series.rates.end() - 1, better);
                row.bestAt = best - series.rates.begin();
                row.forgetting = changeBetween(folder, series.items[static_cast<std::size_t>(row.bestAt)], series.items.back());
                if (row.learnedAt >= 0 && row.learnedAt + 1 < static_cast<std::int64_t>(config.stages.size())) {
                    row.backward =
                        changeBetween(folder, series.items[static_cast<std::size_t>(row.learnedAt) + 1], series.items.back());
                }
            }
            rows.push_back(std::move(row));
        }
        return rows;
    });
}

nlohmann::json toJson(const std::vector<TransferRow>& rows)
{
    nlohmann::json list = nlohmann::json::array();
    for (const TransferRow& row : rows) {
        list.push_back({{"task", row.task},
                        {"metric", row.metric},
                        {"higher_is_better", row.higherIsBetter},
                        {"rates", row.rates},
                        {"learned_at", row.learnedAt},
                        {"forgetting", changeJson(row.forgetting)},
                        {"backward_transfer", changeJson(row.backward)}});
    }
    return list;
}

std::string transferText(const std::vector<TransferRow>& rows, const experiment::SequenceConfig& config)
{
    std::string text = "| score | base |";
    std::string line = "|---|---|";
    for (const experiment::SequenceStage& stage : config.stages) {
        text += " after " + stage.name + " |";
        line += "---|";
    }
    text += " best before → end, points | learned → end, points |\n" + line + "---|---|\n";
    for (const TransferRow& row : rows) {
        text += "| " + row.task + " " + row.metric + (row.higherIsBetter ? "" : " (lower is better)") + " |";
        for (const double rate : row.rates) {
            std::array<char, 16> value{};
            std::snprintf(value.data(), value.size(), " %.1f %% |", 100 * rate); // NOLINT: fixed width
            text += value.data();
        }
        text.append(" ").append(pointsText(row.forgetting)).append(" | ").append(pointsText(row.backward)).append(" |\n");
    }
    return text;
}

} // namespace lori::runs
