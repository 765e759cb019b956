// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/history.h"
#include "database/job_records.h"

#include <optional>
#include <string>
#include <vector>

namespace lori::database {

/// Which jobs; newest first.
struct JobQuery {
    std::string kind{};                    ///< "" for all
    std::optional<jobs::JobState> state{}; ///< as of now
    std::string text{};                    ///< must occur in id or name; "" for all; ASCII letters in any case
    std::int64_t limit = 0;                ///< 0 = all
};

/// Reads the jobs of home/jobs and what jobs and runs made. Holds no rows; `history` must outlive it. Threading: that of its
/// History. Errors of every function: BadFile (damaged database), Busy, Io; others are named.
class JobRepository final {
public:
    explicit JobRepository(const History& history) : m_history(history) {}

    /// Cost: one look at the disk per job.
    [[nodiscard]] Result<std::vector<JobSummary>> list(const JobQuery& query = {}) const;
    /// Errors: NotFound.
    [[nodiscard]] Result<JobDetail> find(const std::string& id) const;
    /// The id a person meant: an id, the unique beginning of one, or a unique name. Errors: NotFound, InvalidArgument (several
    /// fit; names them).
    [[nodiscard]] Result<std::string> resolve(const std::string& text) const;

    /// Everything that jobs and runs made, newest first; `kind` "" for all. Cost: one look at the disk per artifact.
    [[nodiscard]] Result<std::vector<ArtifactRow>> artifacts(const std::string& kind = {}) const;

private:
    const History& m_history;
};

} // namespace lori::database
