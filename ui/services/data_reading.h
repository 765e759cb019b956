// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"
#include "core/support/home.h"
#include "core/tasks/data_file.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// What the Data page reads, all of it for another thread.
namespace lori::ui {

/// A record as it stands in the file, before anything is made of it.
struct ShownRecord {
    std::int64_t index = 0;         ///< from 0, broken ones counted
    std::int64_t line = 0;          ///< as in tasks::RowProblem
    std::vector<std::string> cells; ///< one for each of RecordPage::fields; text as it is, anything else as JSON
    std::string problem;            ///< why it cannot be read at all, "" when it can
};

/// Some records of a source, one after another.
struct RecordPage {
    static constexpr std::size_t kRecords = 200;

    std::optional<Error> error; ///< nothing can be read
    std::vector<std::string> fields;
    std::string unit = "row"; ///< what ShownRecord::line counts
    std::vector<ShownRecord> records;
    bool hasMore = false; ///< there are records behind these
    bool found = true;    ///< there is such a line, or such a text
};

/// Where a page begins: at the first record from `line` on that holds `text`, letters in any case; "" = any.
struct RecordWish {
    std::int64_t line = 0;
    std::string text;
};

/// Errors are in the page. `folder`: of the published sets, "" = data/ of the home.
[[nodiscard]] RecordPage readRecords(const experiment::DataSource& source, const std::string& folder, const RecordWish& wish);

/// Everything about a source once its columns are known.
struct DataContent {
    std::optional<Error> error;
    tasks::DataFile facts; ///< without its rows
    std::shared_ptr<const std::vector<tasks::Row>> rows = std::make_shared<const std::vector<tasks::Row>>();
    std::vector<std::string> brokenTexts;                    ///< of facts.problems, in their order
    std::int64_t duplicates = 0;                             ///< rows equal to an earlier one
    std::vector<std::pair<std::string, std::int64_t>> asked; ///< starter tasks, and how many rows hold one of their questions
    std::int64_t bytes = -1;                                 ///< of a file, -1 for anything else
    std::string hash;                                        ///< SHA-256 of a file, hexadecimal; "" for anything else
};
[[nodiscard]] DataContent readContent(const experiment::DataSource& source, const std::string& folder,
                                      const std::atomic_bool& cancelled);

/// Changes with the file; "" for one that is not there.
[[nodiscard]] std::string stampOfFile(const std::string& file);

/// The data files that past runs were set up with, newest run first, each once.
[[nodiscard]] std::vector<std::string> dataFilesOfRuns(const Home& home);

/// The broken rows as CSV: line, field, problem, text.
[[nodiscard]] std::string brokenRowsCsv(const DataContent& content);

/// The configuration that was being set up last, from the home's draft.json; the first preset's when there is none.
[[nodiscard]] experiment::RunConfig draftedConfig(const Home& home);

} // namespace lori::ui
