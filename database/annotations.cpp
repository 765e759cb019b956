// SPDX-License-Identifier: Apache-2.0
#include "database/annotations.h"

#include "database/annotation_backup.h"
#include "database/sqlite_support.h"

#include <algorithm>
#include <functional>

namespace lori::database {

namespace {

constexpr std::size_t kMaxNameBytes = 200;
constexpr std::size_t kMaxTagBytes = 100;
constexpr std::size_t kMaxNoteBytes = std::size_t{1} << 20U;

std::string trimmed(const std::string& text)
{
    constexpr const char* kBlank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlank);
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

void requireOneLine(const std::string& text, std::size_t maxBytes, const char* where)
{
    const bool hasControl = std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    if (hasControl) {
        throw Exception(ErrorCode::InvalidArgument, "must be one line without control characters", "", where);
    }
    if (text.size() > maxBytes) {
        throw Exception(ErrorCode::InvalidArgument,
                        "must be at most " + std::to_string(maxBytes) + " bytes, is " + std::to_string(text.size()), "shorten it",
                        where);
    }
}

/// An edit and its backup in one transaction: both or neither.
Result<void> edit(const History& history, const std::string& run,
                  const std::function<void(SQLite::Database& db, std::int64_t number)>& change)
{
    return guardSql(history.file(), [&] {
        if (history.isReadOnly()) {
            throw Exception(ErrorCode::Unsupported, "the history was opened for reading only", "", history.file().string());
        }
        Connection& db = history.connection();
        WriteTransaction transaction(db);
        const std::int64_t number = requireRunNumber(db, run);
        change(db, number);
        SQLite::Statement mark(db, "UPDATE runs SET annotated_ms = ? WHERE id = ?");
        mark.bind(1, nowMs());
        mark.bind(2, number);
        mark.exec();
        backUpAnnotations(history);
        transaction.commit();
    });
}

} // namespace

Result<void> Annotations::rename(const std::string& run, const std::string& name) const
{
    return edit(m_history, run, [&](SQLite::Database& db, std::int64_t number) {
        const std::string given = trimmed(name);
        requireOneLine(given, kMaxNameBytes, "name");
        SQLite::Statement update(db, "UPDATE runs SET given_name = nullif(?, '') WHERE id = ?");
        update.bind(1, given);
        update.bind(2, number);
        update.exec();
    });
}

Result<void> Annotations::setNote(const std::string& run, const std::string& text) const
{
    return edit(m_history, run, [&](SQLite::Database& db, std::int64_t number) {
        if (text.size() > kMaxNoteBytes) {
            throw Exception(ErrorCode::InvalidArgument, "must be at most 1 MiB, is " + std::to_string(text.size()) + " bytes",
                            "shorten it", "note");
        }
        SQLite::Statement write(db, text.empty() ? "DELETE FROM notes WHERE run_id = ?1"
                                                 : "INSERT INTO notes (run_id, text) VALUES (?1, ?2) "
                                                   "ON CONFLICT DO UPDATE SET text = excluded.text");
        write.bind(1, number);
        if (!text.empty()) {
            write.bind(2, text);
        }
        write.exec();
    });
}

Result<void> Annotations::setTags(const std::string& run, const std::vector<std::string>& tags) const
{
    return edit(m_history, run, [&](SQLite::Database& db, std::int64_t number) {
        std::vector<std::string> clean;
        for (const std::string& tag : tags) {
            clean.push_back(trimmed(tag));
            requireOneLine(clean.back(), kMaxTagBytes, "tag");
            if (clean.back().empty()) {
                throw Exception(ErrorCode::InvalidArgument, "is empty", "give it a word", "tag");
            }
        }
        writeTags(db, number, clean);
    });
}

} // namespace lori::database
