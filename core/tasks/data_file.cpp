// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/data_file.h"

#include "core/tasks/columns.h"
#include "core/tasks/messages.h"
#include "core/tasks/records.h"
#include "core/tasks/shown_text.h"

#include <algorithm>
#include <set>
#include <utility>

namespace lori::tasks {

namespace {

using experiment::ColumnMapping;

constexpr std::size_t kRowsLookedAt = 100;
constexpr std::size_t kMostFields = 2000; ///< a file with a new name in every row is no table

/// Takes the records of a file one by one. The first ones wait until enough were seen to know the columns.
class Reader final {
public:
    Reader(std::string name, const ColumnMapping& columns, BadRows badRows, RecordFile& file)
        : m_name(std::move(name)), m_given(columns), m_badRows(badRows), m_file(file)
    {
    }

    bool take(Record&& record)
    {
        if (!record.problem.empty() && m_badRows == BadRows::Refuse) {
            settle(); // rows before it come first
            refuse({record.line, {}, record.problem});
        }
        const bool isNew = rememberFields(record);
        if (m_isMapped) {
            if (isNew) {
                addLateColumns(m_data.columns, m_given, m_data.fields);
            }
            convertOne(record);
            return true;
        }
        m_waiting.push_back(std::move(record));
        if (m_waiting.size() >= kRowsLookedAt) {
            settle();
        }
        return true;
    }

    DataFile finish()
    {
        settle();
        if (m_data.rows.empty()) {
            const bool isEmpty = m_data.problems.empty();
            throw isEmpty ? Exception(ErrorCode::BadFile, messages::kNoRows, {}, m_name)
                          : Exception(ErrorCode::BadFile, messages::kNoUsableRow,
                                      {std::to_string(m_data.problems.size()), sentence(m_data.problems[0])}, m_name);
        }
        m_data.unused = unusedFields(m_data.columns, m_data.fields);
        noteColumns();
        m_data.form = m_file.form;
        m_data.unit = m_file.unit;
        m_data.notes = m_file.notes.list(m_file.unit);
        return std::move(m_data);
    }

private:
    [[nodiscard]] std::string sentence(const RowProblem& problem) const
    {
        return (problem.field.empty() ? "the " + m_file.unit + " " : "field \"" + shown(problem.field) + "\" ") + problem.problem;
    }
    [[noreturn]] void refuse(const RowProblem& problem) const
    {
        throw Exception(ErrorCode::BadFile, sentence(problem),
                        "correct this row, or leave broken rows out (lori data import --skip-bad writes the others)",
                        m_name + ":" + std::to_string(problem.line));
    }
    bool rememberFields(const Record& record)
    {
        bool isNew = false;
        for (const auto& [name, value] : record.fields.items()) {
            if (m_known.size() < kMostFields && m_known.insert(name).second) {
                m_data.fields.push_back(name);
                isNew = true;
            }
        }
        return isNew;
    }
    /// Decides the columns and converts what waited.
    void settle()
    {
        if (m_isMapped || m_waiting.empty()) {
            return;
        }
        const auto good = std::find_if(m_waiting.begin(), m_waiting.end(), [](const Record& r) { return r.problem.empty(); });
        m_data.columns =
            completeMapping(m_given, m_data.fields, (good == m_waiting.end() ? m_waiting.front() : *good).fields, m_name);
        m_isMapped = true;
        for (const Record& record : std::exchange(m_waiting, {})) {
            convertOne(record);
        }
    }
    void convertOne(const Record& record)
    {
        Converted converted = convert(record, m_data.columns, m_file.notes);
        if (!converted.row) {
            if (m_badRows == BadRows::Refuse) {
                refuse(converted.problem);
            }
            m_data.problems.push_back(std::move(converted.problem));
            return;
        }
        if (record.hadNaN) {
            m_file.notes.addRow("nan", record.line, "NaN or an infinity was read as an empty value");
        }
        const auto& context = converted.row->context;
        const bool hasSystem = !context.empty() && context.front().role == "system";
        m_data.systemTurns += hasSystem ? 1 : 0;
        m_data.severalTurns += context.size() > (hasSystem ? 1U : 0U) ? 1 : 0;
        m_data.rows.push_back(std::move(*converted.row));
    }
    void noteColumns()
    {
        const auto count = [](std::int64_t rows) {
            return std::to_string(rows) + (rows == 1 ? " row " : " rows ");
        };
        if (m_data.systemTurns > 0) {
            m_file.notes.addFile("system_turns", count(m_data.systemTurns) + "with a system turn");
        }
        if (m_data.severalTurns > 0) {
            m_file.notes.addFile("several_turns", count(m_data.severalTurns) + "with several turns");
        }
        if (!m_data.unused.empty()) {
            m_file.notes.addFile("unused_columns",
                                 (m_data.unused.size() == 1 ? "this column is not used: " : "these columns are not used: ") +
                                     listed(m_data.unused));
        }
        for (const std::string& column : m_file.indexColumns) {
            m_file.notes.addFile("index_column", column.empty()
                                                     ? "the first column has no name; it is an index and not used"
                                                     : "the column \"" + shown(column) + "\" is an index and not used");
        }
    }

    std::string m_name;
    const ColumnMapping& m_given;
    BadRows m_badRows;
    RecordFile& m_file;
    DataFile m_data;
    std::vector<Record> m_waiting;
    std::set<std::string> m_known;
    bool m_isMapped = false;
};

} // namespace

Result<DataFile> readDataFile(const std::filesystem::path& file, const ColumnMapping& columns, BadRows badRows)
{
    return guard([&] {
        RecordFile facts;
        Reader reader(file.string(), columns, badRows, facts);
        readRecordFile(
            file, [&](Record&& record) { return reader.take(std::move(record)); }, &facts);
        return reader.finish();
    });
}

} // namespace lori::tasks
