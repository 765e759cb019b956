// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_kind.h"
#include "core/support/home.h"

#include <memory>
#include <string>
#include <vector>

namespace lori::workers {

/// Names of the kinds that makeKind() knows, in the order people read them. Trainings are not among them: see core/runs.
[[nodiscard]] std::vector<std::string> kindNames();

/// The kind of a job's record, with its options. Errors: Unsupported (a kind of a newer program), InvalidArgument with the path
/// of an option that is not known or of another kind.
[[nodiscard]] Result<std::unique_ptr<jobs::JobKind>> makeKind(const Home& home, const jobs::JobRecord& record);

} // namespace lori::workers
