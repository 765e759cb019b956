// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/home.h"
#include "ui/services/adapter_catalog.h"

#include <QCoreApplication>
#include <QString>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lori::ui {

/// One thing that an adapter came from, or the adapter itself.
struct LineageNode {
    enum class Kind : std::uint8_t { Model, Data, Adapter, Mask, Merge };
    Kind kind = Kind::Adapter;
    QString title;                ///< "LoRI-D", "Capitals"
    QString detail;               ///< "8 steps", "90 % zero"; may be empty
    std::filesystem::path folder; ///< of an adapter that is there; else empty
    QString model;                ///< Kind::Model: name or path
    int level = 0;                ///< 0 for what came from nothing; one more than the highest of its parents
    std::vector<std::size_t> parents;
};

class AdapterLineage final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::AdapterLineage)

public:
    std::vector<LineageNode> nodes; ///< parents before children; the adapter is the last
    QString recipe;                 ///< "Built-in model + Capitals → LoRI-D 8 steps → 90 % → LoRI-S 8 steps"
    /// Every box with what it came from, as a sentence each: what the picture says, for those who cannot see it.
    [[nodiscard]] QString asText() const;
    [[nodiscard]] int levels() const;
};

/// Folders of the adapters that each merge was made from, by the merge's folder.
using MergeParents = std::map<std::filesystem::path, std::vector<std::filesystem::path>>;
/// As the history's artifacts and the jobs' folders tell.
[[nodiscard]] MergeParents findMergeParents(const Home& home, const HistoryService& history,
                                            const std::vector<KnownAdapter>& known);

/// Where an adapter comes from: the configurations of its runs and the parents of its merges, as far back as they are there.
/// Reads a configuration for each run that is met.
[[nodiscard]] AdapterLineage lineageOf(const KnownAdapter& adapter, const std::vector<KnownAdapter>& known,
                                       const MergeParents& merges);

/// How many adapters of other runs have the same frozen A: the same seed, rank and base model.
[[nodiscard]] int othersWithSameA(const KnownAdapter& adapter, const std::vector<KnownAdapter>& known);

} // namespace lori::ui
