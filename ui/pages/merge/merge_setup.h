// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_folder.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lori::ui {

/// A merge as a person has set it up.
struct MergeSetup {
    std::vector<std::filesystem::path> adapters;
    std::vector<double> weights; ///< one for each adapter
    std::string method = "concat";
    double density = 0.7;     ///< 0–1, used by methods that prune
    std::int64_t svdRank = 0; ///< 0: the largest of the adapters
    std::uint64_t seed = 0;   ///< of random masks
    std::string signs = "total";

    bool operator==(const MergeSetup&) const = default;
};

/// The job that carries it out (core/workers/job_options.h, MergeJobOptions); the merged adapter lies in the job's own folder.
[[nodiscard]] jobs::JobRecord jobOf(const MergeSetup& setup, const QString& name);
/// The setup of a merge that was made. Errors: BadFile (its options are none of a merge with weights).
[[nodiscard]] Result<MergeSetup> setupOf(const jobs::JobRecord& record);
/// What `lori` is asked for, so that it says what the merge would give without making it.
[[nodiscard]] QStringList planArguments(const MergeSetup& setup);

} // namespace lori::ui
