// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_kind.h"
#include "core/support/home.h"
#include "core/workers/data_options.h"

namespace lori::workers {

/// Writes the usable rows of a file, or of a starter task, as instruction/input/output JSON lines, whole or not at all.
/// result.json: rows, problems, notes, file.
class ImportJob final : public jobs::JobKind {
public:
    /// Throws Exception(InvalidArgument) unless exactly one of file and task, and a place to write to, are named.
    ImportJob(const Home& home, ImportOptions options);
    [[nodiscard]] jobs::JobPlan plan() override;
    [[nodiscard]] jobs::JobResult work(jobs::JobContext& context) override;

private:
    ImportOptions m_options;
};

} // namespace lori::workers
