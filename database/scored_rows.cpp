// SPDX-License-Identifier: Apache-2.0
#include "database/scored_rows.h"

namespace lori::database {

namespace {

void addPools(std::map<ScoreName, ScoredRows>& scores)
{
    std::map<std::string, std::vector<const ScoredRows*>> parts;
    for (const auto& [name, score] : scores) {
        if (name.second.ends_with("_accuracy")) {
            parts[name.first].push_back(&score);
        }
    }
    for (const auto& [task, list] : parts) {
        ScoredRows pool;
        for (const ScoredRows* part : list) {
            pool.items.insert(pool.items.end(), part->items.begin(), part->items.end());
        }
        if (list.size() > 1) {
            scores[{task, "pooled_accuracy"}] = std::move(pool);
        }
    }
}

} // namespace

Result<std::map<ScoreName, ScoredRows>> scoredRows(const RunRepository& repository, const RunDetail& run, ScoredMoment moment,
                                                   const std::string& onlyTask)
{
    return guard([&] {
        std::map<ScoreName, const EvaluationRow*> chosen;
        for (const EvaluationRow& row : run.evaluations) { // oldest first, so the newest stays
            const bool fits = moment == ScoredMoment::Newest || row.score.stage < 0;
            if (row.itemCount > 0 && fits && (onlyTask.empty() || row.task == onlyTask)) {
                chosen[{row.task, row.metric}] = &row;
            }
        }
        std::map<ScoreName, ScoredRows> scores;
        for (const auto& [name, row] : chosen) {
            ScoredRows& score = scores[name];
            score.higherIsBetter = row->higherIsBetter;
            std::vector<ItemRow> items = repository.items(row->id).value();
            for (ItemRow& item : items) {
                score.items.push_back(
                    {std::move(item.id), std::move(item.prompt), std::move(item.expected), std::move(item.answer), item.hit});
            }
        }
        addPools(scores);
        return scores;
    });
}

} // namespace lori::database
