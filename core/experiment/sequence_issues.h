// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/config_issue.h"
#include "core/experiment/sequence.h"

#include <vector>

namespace lori::experiment {

/// The stages of the run that a sequence becomes, in order, as expandSequence() gives them but unchecked.
[[nodiscard]] std::vector<StageConfig> stagesOf(const SequenceConfig& config);

/// Every problem at once, empty when the sequence may start; paths as in its JSON: "stages[1].steps", "run.model". Looks only at
/// the configuration, never at the disk.
[[nodiscard]] std::vector<ConfigIssue> validate(const SequenceConfig& config);

} // namespace lori::experiment
