// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/data_file.h"
#include "core/tasks/records.h"

#include <optional>
#include <string>
#include <vector>

namespace lori::tasks {

/// Completes a mapping from the field names of a file: instruction/input/output, question/answer, prompt/response, messages.
/// Throws Exception(InvalidArgument): a mapped column that does not exist, or none that can be guessed.
[[nodiscard]] experiment::ColumnMapping completeMapping(const experiment::ColumnMapping& given,
                                                        const std::vector<std::string>& fields, const std::string& file);

/// A record as a row, or what is wrong with it.
struct Converted {
    std::optional<Row> row;
    RowProblem problem;
};
[[nodiscard]] Converted convert(const Record& record, const experiment::ColumnMapping& columns);

} // namespace lori::tasks
