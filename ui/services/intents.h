// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"

#include <QMetaType>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace lori::ui {

/// What one part of the window asks of a page: values only, and the page's id in kPage (page_table.h), so that nobody who asks
/// needs to know the page's class, or whether it was made yet.
namespace intents {

/// Shows this run and lets its buttons act on it.
struct OpenRun {
    static constexpr auto kPage = "runs";
    QString runId;
};
/// Shows the experiment that is being set up, as it stands.
struct NewExperiment {
    static constexpr auto kPage = "experiment";
};
/// Sets up the preset "quick-look", with the focus on Start: what it will do and cost is seen before it begins.
struct QuickLook {
    static constexpr auto kPage = "experiment";
};
/// "Duplicate as new": the form takes this configuration over, and marks every later change of it.
struct EditRecipe {
    static constexpr auto kPage = "experiment";
    experiment::RunConfig config;
};
/// Another mask for what was looked at: a copy of the run whose LoRI-D is taken as it is; a copy as it is when no adapter is
/// named; without a run, or when its chain does not fit, sparsity and scope go into the form as it stands.
struct UseSparsity {
    static constexpr auto kPage = "experiment";
    double sparsity = 0; ///< 0–0.999
    experiment::MaskScope scope = experiment::MaskScope::Model;
    std::string runId;             ///< "" for an adapter or mask that belongs to no run
    std::filesystem::path adapter; ///< the LoRI-D folder
};
/// Opens the recipe of the experiment that is being set up.
struct ShowRecipe {
    static constexpr auto kPage = "experiment";
};
/// Shows the first mask or adapter of this run.
struct ShowMasks {
    static constexpr auto kPage = "masks";
    QString runId;
};
/// Shows all past runs, with this one selected; "" leaves the selection as it is.
struct ShowHistory {
    static constexpr auto kPage = "history";
    QString runId;
};

/// Puts these adapters side by side with their base, ready for a question.
struct TryAdapters {
    static constexpr auto kPage = "try";
    std::vector<std::filesystem::path> adapters; ///< or folders of runs: their newest checkpoints; empty: the base alone
    QString runId;                               ///< whose held-out rows are offered as questions; "" for none
};
/// Chooses these adapters for a merge.
struct MergeAdapters {
    static constexpr auto kPage = "merge";
    std::vector<std::filesystem::path> adapters; ///< empty: what was chosen stays
};
/// Compares these runs; one alone is compared with itself before training.
struct CompareRuns {
    static constexpr auto kPage = "compare";
    QStringList runIds;
    std::string task{}; ///< with `metric`: the answers behind this score are shown; "" the scores
    std::string metric{};
};
/// Opens a data file, or shows what is there.
struct OpenData {
    static constexpr auto kPage = "data";
    QString path; ///< "" for none in particular
};
/// Selects this adapter among all that are known.
struct ShowAdapter {
    static constexpr auto kPage = "models";
    std::filesystem::path adapter; ///< empty: the list as it is
};
/// Sets up a sequence of trainings, beginning with this adapter when one is named.
struct PlanSequence {
    static constexpr auto kPage = "sequence";
    std::filesystem::path adapter;
};
/// Shows the queue.
struct ShowQueue {
    static constexpr auto kPage = "home";
};
/// Trains on this data in the experiment that is being set up.
struct UseData {
    static constexpr auto kPage = "experiment";
    experiment::DataConfig data; ///< its order, length and other choices that the data page does not know stay as they are
    bool besides = false;        ///< besides the rows that it learns already; else instead of them
};
/// Cuts rows at this many tokens in the experiment that is being set up.
struct UseLength {
    static constexpr auto kPage = "experiment";
    std::int64_t tokens = 0;
};
/// Trains this model in the experiment that is being set up.
struct UseModel {
    static constexpr auto kPage = "experiment";
    QString model; ///< registered name or path
};

} // namespace intents

using Intent =
    std::variant<intents::OpenRun, intents::NewExperiment, intents::QuickLook, intents::EditRecipe, intents::UseSparsity,
                 intents::ShowRecipe, intents::ShowMasks, intents::ShowHistory, intents::TryAdapters, intents::MergeAdapters,
                 intents::CompareRuns, intents::OpenData, intents::ShowAdapter, intents::PlanSequence, intents::ShowQueue,
                 intents::UseData, intents::UseLength, intents::UseModel>;

/// The id of the page that serves an intent.
[[nodiscard]] inline QString pageOf(const Intent& intent)
{
    return std::visit([](const auto& asked) { return QString::fromLatin1(asked.kPage); }, intent);
}

} // namespace lori::ui
