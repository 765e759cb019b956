// SPDX-License-Identifier: Apache-2.0
#include "database/queue_content.h"

#include "core/support/files.h"
#include "database/json_fields.h"
#include "database/sqlite_support.h"

namespace lori::database {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::int64_t kVersion = 1;

QueueState stateFrom(const std::string& name)
{
    const std::optional<QueueState> state = queueStateFromName(name);
    if (!state) {
        throw Exception(ErrorCode::BadFile, "the queue holds an entry of the unknown state '" + name + "'",
                        "run `lori history rebuild`");
    }
    return *state;
}

QueueEntry entryFrom(const json& object)
{
    QueueEntry entry;
    entry.job = textField(object, "job");
    entry.folder = textField(object, "folder");
    entry.state = stateFrom(textField(object, "state"));
    entry.continueOnError = boolField(object, "continueOnError", false);
    entry.startAtMs = integerField(object, "startAtMs").value_or(0);
    entry.addedMs = integerField(object, "addedMs").value_or(0);
    entry.attempts = integerField(object, "attempts").value_or(0);
    entry.beganBytes = static_cast<std::uint64_t>(std::max<std::int64_t>(0, integerField(object, "beganBytes").value_or(0)));
    entry.error = textField(object, "error");
    return entry;
}

} // namespace

std::string_view queueStateName(QueueState state)
{
    switch (state) {
    case QueueState::Waiting:
        return "waiting";
    case QueueState::Working:
        return "working";
    case QueueState::Done:
        return "done";
    case QueueState::Failed:
        return "failed";
    }
    return "unknown";
}

std::optional<QueueState> queueStateFromName(std::string_view name)
{
    for (const QueueState state : {QueueState::Waiting, QueueState::Working, QueueState::Done, QueueState::Failed}) {
        if (name == queueStateName(state)) {
            return state;
        }
    }
    return std::nullopt;
}

json toJson(const QueueEntry& entry)
{
    return {{"job", entry.job},
            {"folder", entry.folder.string()},
            {"state", queueStateName(entry.state)},
            {"continueOnError", entry.continueOnError},
            {"startAtMs", entry.startAtMs},
            {"addedMs", entry.addedMs},
            {"attempts", entry.attempts},
            {"beganBytes", entry.beganBytes},
            {"error", entry.error}};
}

std::optional<QueueContent> readQueue(SQLite::Database& db)
{
    QueueContent content;
    SQLite::Statement whole(db, "SELECT paused, revision FROM queue_state");
    if (!whole.executeStep()) {
        return std::nullopt;
    }
    content.paused = whole.getColumn(0).getInt() != 0;
    content.revision = whole.getColumn(1).getInt64();
    SQLite::Statement rows(db,
                           "SELECT job, folder, state, continue_on_error, start_at_ms, added_ms, attempts, began_bytes, error "
                           "FROM queue ORDER BY position, added_ms, folder");
    while (rows.executeStep()) {
        QueueEntry entry;
        entry.job = rows.getColumn(0).getString();
        entry.folder = rows.getColumn(1).getString();
        entry.state = stateFrom(rows.getColumn(2).getString());
        entry.continueOnError = rows.getColumn(3).getInt() != 0;
        entry.startAtMs = rows.getColumn(4).getInt64();
        entry.addedMs = rows.getColumn(5).getInt64();
        entry.attempts = rows.getColumn(6).getInt64();
        entry.beganBytes = static_cast<std::uint64_t>(rows.getColumn(7).getInt64());
        entry.error = rows.getColumn(8).getString();
        content.entries.push_back(std::move(entry));
    }
    return content;
}

void writeQueue(SQLite::Database& db, const QueueContent& content)
{
    db.exec("DELETE FROM queue; DELETE FROM queue_state");
    SQLite::Statement whole(db, "INSERT INTO queue_state (id, paused, revision) VALUES (1, ?, ?)");
    whole.bind(1, content.paused ? 1 : 0);
    whole.bind(2, content.revision);
    whole.exec();
    SQLite::Statement insert(
        db, "INSERT INTO queue (position, job, folder, state, continue_on_error, start_at_ms, added_ms, attempts, "
            "began_bytes, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    std::int64_t position = 0;
    for (const QueueEntry& entry : content.entries) {
        insert.bind(1, ++position);
        insert.bind(2, entry.job);
        insert.bind(3, entry.folder.string());
        insert.bind(4, std::string(queueStateName(entry.state)));
        insert.bind(5, entry.continueOnError ? 1 : 0);
        insert.bind(6, entry.startAtMs);
        insert.bind(7, entry.addedMs);
        insert.bind(8, entry.attempts);
        insert.bind(9, static_cast<std::int64_t>(entry.beganBytes));
        insert.bind(10, entry.error);
        run(insert);
    }
}

fs::path queueFile(const History& history)
{
    return history.file().parent_path() / "queue.json";
}

std::optional<QueueContent> readQueueFile(const fs::path& file)
{
    if (!fs::exists(file)) {
        return std::nullopt;
    }
    const json document = json::parse(readTextFile(file).value(), nullptr, false);
    if (!document.is_object() || !integerField(document, "version")) {
        throw Exception(ErrorCode::BadFile, "the copy of the queue is damaged", "it is moved aside with the next change",
                        file.string());
    }
    if (*integerField(document, "version") > kVersion) {
        throw Exception(ErrorCode::NewerVersion, "the copy of the queue was written by a newer program", "use the newer program",
                        file.string());
    }
    QueueContent content;
    content.paused = boolField(document, "paused", false);
    content.revision = integerField(document, "revision").value_or(0);
    const auto entries = document.find("entries");
    if (entries != document.end() && entries->is_array()) {
        for (const json& entry : *entries) {
            if (entry.is_object() && !textField(entry, "folder").empty()) {
                content.entries.push_back(entryFrom(entry));
            }
        }
    }
    return content;
}

void writeQueueFile(const fs::path& file, const QueueContent& content)
{
    json entries = json::array();
    for (const QueueEntry& entry : content.entries) {
        entries.push_back(toJson(entry));
    }
    const json document{
        {"version", kVersion}, {"revision", content.revision}, {"paused", content.paused}, {"entries", std::move(entries)}};
    writeFileAtomically(file, document.dump(1, ' ', false, json::error_handler_t::replace) + "\n").value();
}

} // namespace lori::database
