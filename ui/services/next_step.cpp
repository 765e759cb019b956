// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/next_step.h"

#include <algorithm>

namespace lori::ui {
namespace {

/// Two trained adapters of one base that learned different things, newest first; empty when there are none.
std::vector<std::filesystem::path> pairToMerge(const std::vector<KnownAdapter>& adapters)
{
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        const KnownAdapter& one = adapters[i];
        const auto fits = [&](const KnownAdapter& other) {
            return !other.merge && !one.baseFingerprint.empty() && other.baseFingerprint == one.baseFingerprint &&
                   other.rank == one.rank && other.method == one.method && !other.tasks.empty() && other.tasks != one.tasks;
        };
        if (one.merge || one.tasks.empty()) {
            continue;
        }
        const auto other = std::find_if(adapters.begin() + static_cast<std::ptrdiff_t>(i) + 1, adapters.end(), fits);
        if (other != adapters.end()) {
            return {one.folder, other->folder};
        }
    }
    return {};
}

} // namespace

NextStep NextSteps::after(const DoneSoFar& progress)
{
    const std::vector<KnownAdapter>& adapters = progress.adapters;
    if (progress.finishedRuns.isEmpty() && adapters.empty()) {
        return {tr("Begin with the small built-in model: five choices are made for you, and you see every stage."),
                tr("See the experiment"), intents::NewExperiment{}};
    }
    const auto isMerge = [](const KnownAdapter& adapter) {
        return adapter.merge.has_value();
    };
    const bool hasMerged = std::any_of(adapters.begin(), adapters.end(), isMerge);
    const auto pair = pairToMerge(adapters);
    if (!hasMerged && !pair.empty()) {
        return {tr("You have adapters for two tasks on the same model: see how they would disturb each other, and merge them."),
                tr("Merge them"), intents::MergeAdapters{pair}};
    }
    if (progress.finishedRuns.size() >= 2) {
        return {tr("Put your last two runs side by side: scores, settings, curves and answers."), tr("Compare them"),
                intents::CompareRuns{progress.finishedRuns.mid(0, 2)}};
    }
    if (!adapters.empty()) {
        return {tr("Ask what you trained: the same question, answered with and without the adapter."), tr("Try it"),
                intents::TryAdapters{{adapters.front().folder}, adapters.front().runId}};
    }
    return {tr("Train a second task: two adapters can be merged into one."), tr("New experiment"), intents::NewExperiment{}};
}

} // namespace lori::ui
