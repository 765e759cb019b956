// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/stored_answers.h"

#include "database/item_file.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace lori::ui {

bool AnsweredScores::append(const std::vector<events::Event>& events)
{
    bool isNew = false;
    const auto place = [](const AnsweredScore& one) {
        return std::tie(one.stage, one.step);
    };
    for (const events::Event& event : events) {
        const auto* told = event.as<events::Score>();
        if (told == nullptr || told->items.empty()) {
            continue;
        }
        const AnsweredScore score{told->task,  told->metric, told->higherIsBetter, told->final,
                                  told->stage, told->step,   told->items};
        const auto same = std::find_if(m_scores.begin(), m_scores.end(), [&](const AnsweredScore& one) {
            return one.task == score.task && one.metric == score.metric && place(one) == place(score);
        });
        if (same != m_scores.end()) {
            *same = score;
        } else {
            m_scores.insert(std::upper_bound(m_scores.begin(), m_scores.end(), score,
                                             [&](const auto& a, const auto& b) { return place(a) < place(b); }),
                            score);
        }
        isNew = true;
    }
    return isNew;
}

std::vector<AnsweredScore> AnsweredScores::of(const std::string& task, const std::string& metric) const
{
    std::vector<AnsweredScore> found;
    std::copy_if(m_scores.begin(), m_scores.end(), std::back_inserter(found),
                 [&](const AnsweredScore& one) { return one.task == task && one.metric == metric; });
    return found;
}

std::vector<std::pair<std::string, std::string>> AnsweredScores::names() const
{
    std::vector<std::pair<std::string, std::string>> found;
    for (const AnsweredScore& one : m_scores) {
        const std::pair name(one.task, one.metric);
        if (std::find(found.begin(), found.end(), name) == found.end()) {
            found.push_back(name);
        }
    }
    return found;
}

Result<std::vector<tasks::ScoredItem>> readAnswers(const std::filesystem::path& runFolder, const AnsweredScore& score)
{
    return guard([&] {
        const auto file = database::pathInFolder(runFolder, score.items);
        const auto rows = file ? database::readItems(*file) : std::nullopt;
        if (!rows) {
            throw Exception(ErrorCode::NotFound, "the answers of this score are gone", "choose another one",
                            (runFolder / score.items).string());
        }
        std::vector<tasks::ScoredItem> items;
        items.reserve(rows->size());
        for (const database::ItemRow& row : *rows) {
            items.push_back({row.id, row.prompt, row.expected, row.answer, row.hit});
        }
        return items;
    });
}

std::vector<Sample> readSamples(const std::filesystem::path& runFolder, const std::vector<AnsweredScore>& scores,
                                std::size_t most, const std::shared_ptr<const std::atomic_bool>& cancelled)
{
    std::vector<Sample> samples;
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < scores.size() && !*cancelled; ++i) {
        const auto items = readAnswers(runFolder, scores[i]);
        if (!items) {
            continue;
        }
        for (const tasks::ScoredItem& item : *items) {
            const auto [found, isNew] = places.emplace(item.id, samples.size());
            if (isNew) {
                if (samples.size() >= most * 64) { // checks answer the first rows: what comes far behind them few scores have
                    places.erase(found);
                    continue;
                }
                samples.push_back({item.id, item.prompt, item.expected, std::vector<Sample::Answer>(scores.size())});
            }
            samples[found->second].answers[i] = {item.answer, item.hit == scores[i].higherIsBetter, true};
        }
    }
    const auto often = [](const Sample& sample) {
        return std::count_if(sample.answers.begin(), sample.answers.end(), [](const auto& answer) { return answer.there; });
    };
    std::stable_sort(samples.begin(), samples.end(), [&](const Sample& a, const Sample& b) { return often(a) > often(b); });
    samples.resize(std::min(samples.size(), most));
    return samples;
}

Result<Flips> readFlips(const std::filesystem::path& runFolder, const AnsweredScore& before, const AnsweredScore& after)
{
    return guard([&] {
        auto compared =
            tasks::compareItems(readAnswers(runFolder, before).value(), readAnswers(runFolder, after).value()).value();
        Flips flips;
        flips.common = compared.first.n;
        flips.becameWrong = std::move(after.higherIsBetter ? compared.rightToWrong : compared.wrongToRight);
        flips.becameRight = std::move(after.higherIsBetter ? compared.wrongToRight : compared.rightToWrong);
        return flips;
    });
}

} // namespace lori::ui
