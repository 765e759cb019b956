// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/history.h"
#include "database/run_records.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lori::database {

enum class SortKey : std::uint8_t {
    Created,
    Finished,
    Name,
    Preset,
    Model,
    State,
    Duration,
    Sparsity,
    Rank,
    LastLoss,
    Score, ///< the last value of RunQuery::scoreTask and scoreMetric
};
enum class SortOrder : std::uint8_t { Ascending, Descending };
enum class TrashFilter : std::uint8_t { WithoutTrash, WithTrash, OnlyTrash };

/// Which runs, in which order. Runs that lack the sorted value come last in both orders; ties: newest first.
struct RunQuery {
    std::string
        text{}; ///< words that must all occur in id, name, purpose, preset, model, note or tags; ASCII letters in any case
    std::vector<std::string> tags{}; ///< the run must carry all of them
    SortKey sort = SortKey::Created;
    SortOrder order = SortOrder::Descending;
    std::string scoreTask{};
    std::string scoreMetric{};
    TrashFilter trash = TrashFilter::WithoutTrash;
    std::int64_t limit = 0; ///< 0 = all
    std::int64_t offset = 0;
};

/// Reads runs out of the history. Holds no rows; `history` must outlive it. Threading: that of its History.
/// Errors of every function: BadFile (damaged database), Busy, Io; others are named.
class RunRepository final {
public:
    explicit RunRepository(const History& history) : m_history(history) {}

    /// Cost: about 10 µs a run; one look at the disk per run for folderPresent.
    [[nodiscard]] Result<std::vector<RunSummary>> list(const RunQuery& query = {}) const;
    /// Errors: NotFound.
    [[nodiscard]] Result<RunDetail> find(const std::string& id) const;
    /// The id a person meant: an id, the unique beginning of one, a unique name, or "last". Errors: NotFound, InvalidArgument
    /// (several fit; names them).
    [[nodiscard]] Result<std::string> resolve(const std::string& text) const;

    /// Curve of one metric of one stage, by step. Keys: "loss", "lossPerToken", "tokens", "rows", "gradNorm", "learningRate",
    /// "tokensPerSecond" (steps), "heldOutLoss", "heldOutLossPerToken", "<task>.<metric>" (scores), "rssBytes", "gpuBytes"
    /// (newest heart-beat of each step). Empty when nothing was measured.
    [[nodiscard]] Result<std::vector<MetricPoint>> series(const std::string& id, std::int64_t stage,
                                                          const std::string& key) const;
    /// The keys that series() has for a stage, sorted.
    [[nodiscard]] Result<std::vector<std::string>> seriesKeys(const std::string& id, std::int64_t stage) const;

    /// Rows of one evaluation in file order.
    [[nodiscard]] Result<std::vector<ItemRow>> items(std::int64_t evaluation) const;
    /// Rows with the same id that were judged differently; in the order of `after`.
    [[nodiscard]] Result<std::vector<ItemFlip>> flips(std::int64_t before, std::int64_t after) const;
    /// Every tag in use, sorted.
    [[nodiscard]] Result<std::vector<std::string>> tags() const;

private:
    const History& m_history;
};

} // namespace lori::database
