// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/merging/merge.h"

#include <nlohmann/json.hpp>

#include <string>

namespace lori::workers {

/// Plans and reports of merges as JSON for scripts and as text for people.
[[nodiscard]] nlohmann::ordered_json jsonOf(const merging::MergePlan& plan);
[[nodiscard]] nlohmann::ordered_json jsonOf(const merging::MergeReport& report);
[[nodiscard]] std::string textOf(const merging::MergePlan& plan);
[[nodiscard]] std::string textOf(const merging::MergeReport& report);

} // namespace lori::workers
