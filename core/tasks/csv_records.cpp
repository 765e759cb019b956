// SPDX-License-Identifier: Apache-2.0
#include "core/support/error.h"
#include "core/tasks/records.h"
#include "core/tasks/shown_text.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

namespace lori::tasks {

namespace {

/// Walks through the text, one record at a time.
class CsvReader final {
public:
    CsvReader(std::string_view text, char separator, const std::string& file) : m_text(text), m_separator(separator), m_file(file)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] const std::string& problem() const { return m_problem; }

    std::vector<std::string> next()
    {
        m_problem.clear();
        std::vector<std::string> fields;
        do {
            fields.push_back(peek() == '"' ? quoted() : plain());
        } while (take(m_separator));
        take('\r');
        take('\n');
        return fields;
    }

private:
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool take(char wanted)
    {
        const bool there = !atEnd() && m_text[m_at] == wanted;
        m_at += there ? 1 : 0;
        return there;
    }
    [[nodiscard]] bool atFieldEnd() const
    {
        return atEnd() || m_text[m_at] == m_separator || m_text[m_at] == '\n' ||
               (m_text[m_at] == '\r' && (m_at + 1 >= m_text.size() || m_text[m_at + 1] == '\n'));
    }
    std::string plain()
    {
        const std::size_t start = m_at;
        while (!atFieldEnd()) {
            ++m_at;
        }
        return std::string(m_text.substr(start, m_at - start));
    }
    std::string quoted()
    {
        const std::size_t start = m_at++;
        std::string field;
        while (true) {
            const std::size_t quote = m_text.find('"', m_at);
            if (quote == std::string_view::npos) {
                const auto line = 1 + std::count(m_text.begin(), m_text.begin() + static_cast<std::ptrdiff_t>(start), '\n');
                throw Exception(ErrorCode::BadFile, "the quote opened in line " + std::to_string(line) + " is never closed",
                                "close it, and write a quote inside a field twice", m_file);
            }
            field.append(m_text.substr(m_at, quote - m_at));
            m_at = quote + 1;
            if (!take('"')) {
                break;
            }
            field += '"';
        }
        if (!atFieldEnd()) {
            m_problem = "has text after a closing quote; write a quote inside a field twice";
            field += plain();
        }
        return field;
    }

    std::string_view m_text;
    char m_separator;
    const std::string& m_file;
    std::size_t m_at = 0;
    std::string m_problem;
};

/// What the header has most of outside quotes; commas before semicolons before tabs before bars.
char separatorOf(std::string_view text)
{
    constexpr std::string_view kSeparators = ",;\t|";
    std::array<std::size_t, kSeparators.size()> counts{};
    bool inQuotes = false;
    for (const char c : text.substr(0, text.find('\n'))) {
        inQuotes = c == '"' ? !inQuotes : inQuotes;
        const std::size_t which = kSeparators.find(c);
        if (!inQuotes && which != std::string_view::npos) {
            ++counts[which];
        }
    }
    return kSeparators[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

/// The header without what is no column of data.
struct Header {
    std::vector<std::string> names;
    std::size_t skipped = 0; ///< index columns at the front
    std::size_t unnamed = 0; ///< columns without a name at the end: spreadsheet programs write them
};

Header readHeader(std::vector<std::string> names, const std::string& file, RecordFile& facts)
{
    Header header;
    const auto isIndex = [](const std::string& name) {
        return name.empty() || name.starts_with("Unnamed: ");
    };
    while (names.size() > 1 && isIndex(names.front())) {
        facts.indexColumns.push_back(names.front());
        names.erase(names.begin());
        ++header.skipped;
    }
    while (names.size() > 1 && names.back().empty()) {
        names.pop_back();
        ++header.unnamed;
    }
    std::set<std::string> seen;
    for (const std::string& name : names) {
        if (name.empty()) {
            throw Exception(ErrorCode::BadFile, "a column of the header has no name", "name every column in the first line",
                            file);
        }
        if (!seen.insert(name).second) {
            throw Exception(ErrorCode::BadFile, "the column \"" + shown(name) + "\" stands twice in the header",
                            "give each column its own name", file);
        }
    }
    header.names = std::move(names);
    return header;
}

Record recordOf(std::int64_t number, std::vector<std::string>&& fields, const Header& header, std::string problem)
{
    Record record{number, nlohmann::json::object(), std::move(problem)};
    const std::size_t full = header.skipped + header.names.size() + header.unnamed;
    // A row may end before the columns without a name, and must leave them empty.
    const bool hasRightLength = fields.size() <= full && fields.size() + header.unnamed >= full;
    if (record.problem.empty() && !hasRightLength) {
        record.problem = "has " + std::to_string(fields.size()) + " fields, the header has " + std::to_string(full);
    }
    for (std::size_t i = header.skipped + header.names.size(); i < std::min(fields.size(), full); ++i) {
        if (record.problem.empty() && !fields[i].empty()) {
            record.problem = "has text in a column that has no name";
        }
    }
    for (std::size_t i = 0; i < header.names.size() && header.skipped + i < fields.size(); ++i) {
        record.fields[header.names[i]] = std::move(fields[header.skipped + i]);
    }
    return record;
}

} // namespace

void readCsv(std::string_view text, const std::string& name, const RecordSink& sink, RecordFile* file)
{
    RecordFile unused;
    char separator = separatorOf(text);
    std::string withLineFeeds; // old Macs and Excel's "CSV (Macintosh)" end lines with a carriage return alone
    if (text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos) {
        withLineFeeds = text;
        std::replace(withLineFeeds.begin(), withLineFeeds.end(), '\r', '\n');
        text = withLineFeeds;
    }
    if (text.starts_with("sep=") && text.size() > 5) { // Excel's own first line
        separator = text[4];
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    }
    CsvReader reader(text, separator, name);
    const Header header = readHeader(reader.next(), name, file == nullptr ? unused : *file);
    const std::size_t width = header.skipped + header.names.size() + header.unnamed;
    for (std::int64_t number = 1; !reader.atEnd(); ++number) {
        std::vector<std::string> fields = reader.next();
        if (fields.size() == 1 && fields[0].empty() && width > 1) {
            continue; // a blank line
        }
        if (!sink(recordOf(number, std::move(fields), header, reader.problem()))) {
            return;
        }
    }
}

} // namespace lori::tasks
