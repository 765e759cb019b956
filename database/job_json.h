// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/job_records.h"

#include <nlohmann/json.hpp>

namespace lori::database {

/// The records as JSON for scripts; field names as in job_records.h, missing values are null.
[[nodiscard]] nlohmann::json toJson(const JobSummary& job);
/// {"job":…,"options":…,"result":…,"artifacts":[…]}
[[nodiscard]] nlohmann::json toJson(const JobDetail& job);
[[nodiscard]] nlohmann::json toJson(const ArtifactRow& artifact);

} // namespace lori::database
