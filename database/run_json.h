// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/check.h"
#include "database/run_records.h"

#include <nlohmann/json.hpp>

namespace lori::database {

/// The records as JSON for scripts; field names as in run_records.h, missing values are null.
[[nodiscard]] nlohmann::json toJson(const RunSummary& run);
[[nodiscard]] nlohmann::json toJson(const RunDetail& run);
[[nodiscard]] nlohmann::json toJson(const CheckReport& report);
[[nodiscard]] nlohmann::json toJson(const RebuildReport& report);

} // namespace lori::database
