// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/data_file.h"
#include "core/tasks/records.h"

#include <optional>
#include <string>
#include <vector>

namespace lori::tasks {

/// Completes a mapping from the field names of a file: instruction/input/output/system/history, question/answer, prompt/response,
/// messages. `sample` is the first record that could be read. What a person named is used alone; other columns are not guessed
/// then, except instruction or output when only the other one was named. Throws Exception(InvalidArgument): a mapped column that
/// does not exist; none that can be guessed; a set of another kind (answers to choose between, plain text), named for what it is.
[[nodiscard]] experiment::ColumnMapping completeMapping(const experiment::ColumnMapping& given,
                                                        const std::vector<std::string>& fields, const nlohmann::json& sample,
                                                        const std::string& file);

/// Adds optional columns (input, system, history) that appear only in later records.
void addLateColumns(experiment::ColumnMapping& mapping, const experiment::ColumnMapping& given,
                    const std::vector<std::string>& fields);

/// Fields that no column of the mapping names.
[[nodiscard]] std::vector<std::string> unusedFields(const experiment::ColumnMapping& mapping,
                                                    const std::vector<std::string>& fields);

/// A record as a row, or what is wrong with it.
struct Converted {
    std::optional<Row> row;
    RowProblem problem;
};
[[nodiscard]] Converted convert(const Record& record, const experiment::ColumnMapping& columns, DataNotes& notes);

} // namespace lori::tasks
