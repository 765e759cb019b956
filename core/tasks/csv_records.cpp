// SPDX-License-Identifier: Apache-2.0
#include "core/support/error.h"
#include "core/tasks/records.h"

#include <algorithm>
#include <set>
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

char separatorOf(std::string_view text)
{
    const std::string_view header = text.substr(0, std::min(text.find('\n'), text.size()));
    if (header.find(',') != std::string_view::npos) {
        return ',';
    }
    return header.find(';') != std::string_view::npos ? ';' : header.find('\t') != std::string_view::npos ? '\t' : ',';
}

void checkHeader(const std::vector<std::string>& header, const std::string& file)
{
    std::set<std::string> seen;
    for (const std::string& name : header) {
        if (name.empty()) {
            throw Exception(ErrorCode::BadFile, "a column of the header has no name", "name every column in the first line",
                            file);
        }
        if (!seen.insert(name).second) {
            throw Exception(ErrorCode::BadFile, "the column \"" + name + "\" stands twice in the header",
                            "give each column its own name", file);
        }
    }
}

} // namespace

void readCsv(std::string_view text, const std::string& file, const RecordSink& sink)
{
    CsvReader reader(text, separatorOf(text), file);
    const std::vector<std::string> header = reader.next();
    checkHeader(header, file);
    for (std::int64_t number = 1; !reader.atEnd(); ++number) {
        std::vector<std::string> fields = reader.next();
        if (fields.size() == 1 && fields[0].empty() && header.size() > 1) {
            continue; // a blank line
        }
        Record record{number, nlohmann::json::object(), reader.problem()};
        if (fields.size() != header.size() && record.problem.empty()) {
            record.problem = "has " + std::to_string(fields.size()) + " fields, the header has " + std::to_string(header.size());
        }
        for (std::size_t i = 0; i < std::min(fields.size(), header.size()); ++i) {
            record.fields[header[i]] = std::move(fields[i]);
        }
        if (!sink(std::move(record))) {
            return;
        }
    }
}

} // namespace lori::tasks
