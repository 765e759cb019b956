// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_kind.h"
#include "core/support/home.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lori::workers {

/// Names of the kinds that makeKind() knows, in the order people read them.
[[nodiscard]] std::vector<std::string> kindNames();

/// The kind of a job's record, with its options. Errors: Unsupported (a kind of a newer program), InvalidArgument with the path
/// of an option that is not known or of another kind. What a "train" has as its options is a run's configuration, a "sequence"
/// that of a sequence.
[[nodiscard]] Result<std::unique_ptr<jobs::JobKind>> makeKind(const Home& home, const jobs::JobRecord& record);

/// The options in their one form: every field, without what is only for people (a run's name) or says where the result goes.
/// Equal ones are equal work. Errors: those of makeKind() that concern fields.
[[nodiscard]] Result<nlohmann::json> canonicalOptions(const std::string& kind, const nlohmann::json& options);

/// Makes the folder of a job of any kind: home.runs() for trainings and sequences, home.jobs() for the others. The record's name,
/// when there is one, becomes the run's. Errors: those of makeKind(), DiskFull, Io.
[[nodiscard]] Result<jobs::JobFolder> createFolder(const Home& home, const jobs::JobRecord& record);

/// Changes options of a job that no attempt has begun: "adapter.rank", "16" of a training, "density", "0.5" of a merge; values
/// are JSON, or text. The file appears whole or not at all, and only when the kind takes the options and can plan with them.
/// Errors: Busy (somebody works in it), InvalidArgument (begun already, a field that is not known), Unsupported (a sequence),
/// those of plan().
[[nodiscard]] Result<void> editOptions(const Home& home, const jobs::JobFolder& folder,
                                       const std::vector<std::pair<std::string, std::string>>& settings);

} // namespace lori::workers
