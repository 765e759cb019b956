// SPDX-License-Identifier: Apache-2.0
#include "app/lori/history_compare.h"

#include "core/tasks/comparison.h"
#include "database/scored_rows.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <ostream>

namespace lori::app {

namespace {

using namespace lori::database;
using nlohmann::ordered_json;

ordered_json idsOf(const std::vector<tasks::Flip>& flips)
{
    ordered_json ids = ordered_json::array();
    for (const tasks::Flip& flip : flips) {
        ids.push_back(flip.id);
    }
    return ids;
}

ordered_json rateJson(const tasks::Rate& rate)
{
    return {{"value", rate.value}, {"low", rate.low}, {"high", rate.high}, {"hits", rate.hits}, {"n", rate.n}};
}

const char* verdictWord(tasks::ComparisonVerdict verdict)
{
    switch (verdict) {
    case tasks::ComparisonVerdict::FirstHigher:
        return "first_higher";
    case tasks::ComparisonVerdict::SecondHigher:
        return "second_higher";
    case tasks::ComparisonVerdict::NoClearDifference:
        break;
    }
    return "no_clear_difference";
}

ordered_json comparisonJson(const tasks::ItemComparison& c)
{
    return {{"rows", c.first.n},
            {"first", rateJson(c.first)},
            {"second", rateJson(c.second)},
            {"difference", c.difference},
            {"low", c.low},
            {"high", c.high},
            {"p", c.pValue},
            {"verdict", verdictWord(c.verdict)},
            {"bothRight", c.bothRight},
            {"bothWrong", c.bothWrong},
            {"rightToWrong", idsOf(c.rightToWrong)},
            {"wrongToRight", idsOf(c.wrongToRight)},
            {"onlyInFirst", c.onlyInFirst},
            {"onlyInSecond", c.onlyInSecond}};
}

std::string comparisonText(const tasks::ItemComparison& c)
{
    std::array<char, 240> text{};
    std::snprintf(text.data(), text.size(), // NOLINT: fixed width
                  "  %.1f %% [%.1f–%.1f] → %.1f %% [%.1f–%.1f] on %lld rows; %zu right→wrong, %zu wrong→right\n",
                  100 * c.first.value, 100 * c.first.low, 100 * c.first.high, 100 * c.second.value, 100 * c.second.low,
                  100 * c.second.high, static_cast<long long>(c.first.n), c.rightToWrong.size(), c.wrongToRight.size());
    return text.data() + ("  " + tasks::verdictSentence(c)) + "\n";
}

} // namespace

int compareRuns(const HistoryOptions& options, const History& history, std::ostream& out)
{
    const RunRepository repository(history);
    const std::string first = repository.resolve(options.run).value();
    const std::string second = repository.resolve(options.other).value();
    const auto before = scoredRows(repository, repository.find(first).value(),
                                   first == second ? ScoredMoment::BeforeTraining : ScoredMoment::Newest, options.task)
                            .value();
    const auto after = scoredRows(repository, repository.find(second).value(), ScoredMoment::Newest, options.task).value();
    ordered_json document{{"first", first}, {"second", second}, {"comparisons", ordered_json::array()}};
    std::string text = first + " → " + second + "\n";
    for (const auto& [key, score] : after) {
        const auto it = before.find(key);
        if (it == before.end()) {
            continue;
        }
        ordered_json entry{{"task", key.first}, {"metric", key.second}, {"higherIsBetter", score.higherIsBetter}};
        text += key.first + " " + key.second + (score.higherIsBetter ? "\n" : " (lower is better)\n");
        const auto compared = tasks::compareItems(it->second.items, score.items);
        if (compared) {
            entry.update(comparisonJson(*compared));
            text += comparisonText(*compared);
        } else {
            entry["notCompared"] = compared.error().sentence();
            text += "  not compared: " + compared.error().sentence() + "\n";
        }
        document["comparisons"].push_back(std::move(entry));
    }
    if (document["comparisons"].empty()) {
        throw Exception(ErrorCode::InvalidArgument, "the two runs have no scored rows of a common task",
                        "see `lori history show` for what each has scored");
    }
    out << (options.json ? document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n" : text);
    return 0;
}

} // namespace lori::app
