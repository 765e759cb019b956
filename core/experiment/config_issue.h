// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/message.h"

#include <span>
#include <string>
#include <vector>

namespace lori::experiment {

struct RunConfig;

/// One thing wrong with a configuration: a CodedMessage and where it applies.
struct ConfigIssue {
    std::string path;                     ///< JSON path, "stages[0].learningRate"
    std::string problem;                  ///< English: "must be between 1 and 1024, is 0"
    std::string hint;                     ///< English
    std::string code{};                   ///< of the CodedMessage; "" when a person's text could not be read and nobody says why
    std::vector<std::string> arguments{}; ///< of the CodedMessage
    bool operator==(const ConfigIssue&) const = default;
};
[[nodiscard]] ConfigIssue issueOf(std::string path, const CodedMessage& message, std::vector<std::string> arguments = {});

/// Every problem at once, empty when the run may start. Looks only at the configuration itself, never at the disk.
[[nodiscard]] std::vector<ConfigIssue> validate(const RunConfig& config);

/// Every message that validate(), reading a configuration or setting a field can give.
[[nodiscard]] std::span<const CodedMessage> configMessages();

} // namespace lori::experiment
