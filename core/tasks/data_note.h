// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

/// Something a person should know about a data file that is no reason to refuse it: what was left out, what became a turn.
struct DataNote {
    std::string code;      ///< stable, for programs: "unused_columns", "system_turns", "trailing_question" …
    std::int64_t rows = 0; ///< how many rows it concerns, 0 when it is about the file
    std::string text;      ///< one sentence without its full stop
    bool operator==(const DataNote&) const = default;
};

/// Gathers notes; each thing is said once, with the number of rows it concerns and the first of them.
class DataNotes final {
public:
    /// About one row. `text` is what follows "3 rows: ".
    void addRow(std::string_view code, std::int64_t line, std::string_view text);
    /// About the file; said once for a code.
    void addFile(std::string_view code, std::string text);
    /// The notes in the order in which they came up. `unit` names what is counted: "line", "record", "row".
    [[nodiscard]] std::vector<DataNote> list(const std::string& unit) const;

private:
    struct Entry {
        DataNote note;
        std::int64_t first = 0;
    };
    Entry* find(std::string_view code);
    std::vector<Entry> m_entries;
};

} // namespace lori::tasks
