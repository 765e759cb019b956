// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_folder.h"
#include "core/support/home.h"
#include "core/support/result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <filesystem>
#include <vector>

namespace lori::ui {

/// A merge that was made, as its job's folder tells it.
struct MergeResult {
    QString jobId;
    QString name;
    std::string method;
    std::vector<std::filesystem::path> adapters;
    std::vector<double> weights;
    std::filesystem::path folder; ///< of the merged adapter
    std::int64_t rank = 0;
    double fileBytes = 0;
    double loss = 0;      ///< |ΔW − Σ wᵢΔWᵢ| ÷ |Σ wᵢΔWᵢ| over the whole model
    double worstLoss = 0; ///< of the worst module
    double selfCheck = 0; ///< the same machinery on the first adapter alone
    double seconds = 0;
    std::int64_t createdMs = 0;
    [[nodiscard]] QString weightsText() const; ///< "0.4 / 0.25 / 0.4", in the window's language
};

/// Errors: NotFound (not finished), BadFile (job.json or result.json is none of a merge).
[[nodiscard]] Result<MergeResult> readMerge(const jobs::JobFolder& folder);
/// The merges of a home. What cannot be read is left out.
struct FoundMerges {
    std::vector<MergeResult> done; ///< whose adapter is still there, newest first
    QString live;                  ///< id of the newest that a worker is at work on, "" for none
};
[[nodiscard]] FoundMerges findMerges(const Home& home);

} // namespace lori::ui
