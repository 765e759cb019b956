// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/data_note.h"

#include <algorithm>
#include <utility>

namespace lori::tasks {

namespace {

constexpr std::size_t kMost = 50; ///< notes; names in a file can make any number of them

} // namespace

DataNotes::Entry* DataNotes::find(std::string_view code)
{
    const auto it = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return entry.note.code == code; });
    return it == m_entries.end() ? nullptr : &*it;
}

void DataNotes::addRow(std::string_view code, std::int64_t line, std::string_view text)
{
    if (Entry* entry = find(code)) {
        ++entry->note.rows;
        return;
    }
    if (m_entries.size() < kMost) {
        m_entries.push_back({{std::string(code), 1, std::string(text)}, line});
    }
}

void DataNotes::addFile(std::string_view code, std::string text)
{
    if (find(code) == nullptr && m_entries.size() < kMost) {
        m_entries.push_back({{std::string(code), 0, std::move(text)}, 0});
    }
}

std::vector<DataNote> DataNotes::list(const std::string& unit) const
{
    std::vector<DataNote> notes;
    for (const Entry& entry : m_entries) {
        notes.push_back(entry.note);
        if (entry.note.rows > 0) {
            notes.back().text = std::to_string(entry.note.rows) + (entry.note.rows == 1 ? " row: " : " rows: ") +
                                entry.note.text + " (first in " + unit + " " + std::to_string(entry.first) + ")";
        }
    }
    return notes;
}

} // namespace lori::tasks
