// SPDX-License-Identifier: Apache-2.0
#include "core/merging/weight_search.h"

#include <cmath>
#include <limits>

namespace lori::merging {

namespace {

class Search final {
public:
    Search(const std::vector<formats::AdapterFiles>& adapters, const WeightSearchOptions& options, std::filesystem::path folder,
           const MergeScorer& scorer, const WeightSearchProgress& progress)
        : m_adapters(adapters), m_options(options), m_folder(std::move(folder)), m_scorer(scorer), m_progress(progress)
    {
    }
    [[nodiscard]] WeightSearch run()
    {
        for (const double weight : m_options.equalWeights) {
            attempt(std::vector<double>(m_adapters.size(), weight));
        }
        for (std::size_t i = 0; i < m_adapters.size() && m_adapters.size() > 1; ++i) {
            const std::vector<double> from = m_found.trials[m_found.best].weights;
            for (const double factor : m_options.factors) {
                std::vector<double> weights = from;
                weights[i] *= factor;
                attempt(std::move(weights));
            }
        }
        if (!std::isfinite(m_found.trials[m_found.best].score)) {
            throw Exception(ErrorCode::NonFinite, "no weights gave a finite score", "look for broken rows or adapters", "");
        }
        return std::move(m_found);
    }

private:
    void attempt(std::vector<double> weights)
    {
        MergeOptions merge = m_options.merge;
        merge.weights = weights;
        static_cast<void>(mergeAdapters(m_adapters, merge, m_folder).value());
        WeightTrial trial{std::move(weights), m_scorer(m_folder)};
        std::filesystem::remove_all(m_folder);
        if (!std::isfinite(trial.score)) {
            trial.score = std::numeric_limits<double>::quiet_NaN();
        }
        m_found.trials.push_back(trial);
        const double best = m_found.trials[m_found.best].score;
        if (trial.score < best || (std::isnan(best) && std::isfinite(trial.score))) {
            m_found.best = m_found.trials.size() - 1;
        }
        const std::size_t own = m_adapters.size() > 1 ? m_adapters.size() * m_options.factors.size() : 0;
        if (m_progress && !m_progress(static_cast<std::int64_t>(m_found.trials.size()),
                                      static_cast<std::int64_t>(m_options.equalWeights.size() + own), trial)) {
            throw Exception(ErrorCode::Stopped, "the search was stopped", "", "");
        }
    }

    const std::vector<formats::AdapterFiles>& m_adapters;
    const WeightSearchOptions& m_options;
    std::filesystem::path m_folder;
    const MergeScorer& m_scorer;
    const WeightSearchProgress& m_progress;
    WeightSearch m_found;
};

} // namespace

Result<WeightSearch> searchWeights(const std::vector<formats::AdapterFiles>& adapters, const WeightSearchOptions& options,
                                   const std::filesystem::path& scratch, const MergeScorer& scorer,
                                   const WeightSearchProgress& progress)
{
    return guard([&] {
        if (adapters.empty() || options.equalWeights.empty()) {
            throw Exception(ErrorCode::InvalidArgument, "there is nothing to search", "name adapters and weights to try", "");
        }
        return Search(adapters, options, scratch / "trial", scorer, progress).run();
    });
}

} // namespace lori::merging
