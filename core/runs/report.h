// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/runs/run_context.h"

#include <nlohmann/json.hpp>

#include <string>

namespace lori::runs {

/// result.json:
/// {"run","folder","name","state","seconds","stages":[{"name","kind","scores":{"safety.refusal_rate":{value,low,high,hits,n}},
/// "adapter","mask","seal"}]}; the first stage is "Base" (before training).
[[nodiscard]] nlohmann::json resultOf(const jobs::RunFolder& folder, const experiment::RunConfig& config,
                                      const ResumeState& state, const std::string& runState);
/// report.md: the same for people, a table of scores with intervals, the seal, and where the files are.
[[nodiscard]] std::string reportText(const nlohmann::json& result);

} // namespace lori::runs
