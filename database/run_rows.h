// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/run_records.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace lori::database {

/// Reads RunSummary rows; one statement for all runs of a list. Throws.
class SummaryReader final {
public:
    explicit SummaryReader(SQLite::Database& db);

    /// Columns a query must select, in this order, from `runs LEFT JOIN notes ON notes.run_id = runs.id`.
    static const char* columns();
    /// One row, with its scores and tags. State and folderPresent are those of this moment.
    [[nodiscard]] RunSummary read(SQLite::Statement& row);

private:
    void readScores(std::int64_t number, RunSummary& summary);
    void readTags(std::int64_t number, RunSummary& summary);

    SQLite::Statement m_scores;
    SQLite::Statement m_tags;
    std::int64_t m_nowMs = 0;
};

} // namespace lori::database
