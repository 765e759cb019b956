// SPDX-License-Identifier: Apache-2.0
#include "database/annotation_backup.h"

#include "core/support/files.h"
#include "database/json_fields.h"
#include "database/sqlite_support.h"

namespace lori::database {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::int64_t kVersion = 1;

std::vector<std::string> readTags(SQLite::Database& db, std::int64_t number)
{
    SQLite::Statement rows(db, "SELECT name FROM run_tags JOIN tags ON tags.id = tag_id WHERE run_id = ? ORDER BY name");
    rows.bind(1, number);
    std::vector<std::string> tags;
    while (rows.executeStep()) {
        tags.push_back(rows.getColumn(0).getString());
    }
    return tags;
}

bool isOwnFolder(const fs::path& folder, const fs::path& ownFolder)
{
    return folder.parent_path() == ownFolder / "runs" || folder.parent_path() == ownFolder / "trash";
}

json toJson(const RunAnnotations& annotations)
{
    json entry{
        {"name", annotations.name}, {"note", annotations.note}, {"tags", annotations.tags}, {"changedMs", annotations.changedMs}};
    if (annotations.trashedMs) {
        entry["trashedMs"] = *annotations.trashedMs;
        entry["trashedFrom"] = annotations.trashedFrom;
    }
    if (!annotations.folder.empty()) {
        entry["folder"] = annotations.folder;
    }
    return entry;
}

RunAnnotations fromJson(const json& entry)
{
    RunAnnotations annotations;
    annotations.name = textField(entry, "name");
    annotations.note = textField(entry, "note");
    const auto tags = entry.find("tags");
    if (tags != entry.end() && tags->is_array()) {
        for (const json& tag : *tags) {
            if (tag.is_string()) {
                annotations.tags.push_back(tag.get<std::string>());
            }
        }
    }
    annotations.trashedMs = integerField(entry, "trashedMs");
    annotations.trashedFrom = textField(entry, "trashedFrom");
    annotations.folder = textField(entry, "folder");
    annotations.changedMs = integerField(entry, "changedMs").value_or(0);
    return annotations;
}

void writeAnnotations(const fs::path& file, const AnnotationSet& set)
{
    json runs = json::object();
    for (const auto& [run, annotations] : set) {
        runs[run] = toJson(annotations);
    }
    const json document{{"version", kVersion}, {"runs", std::move(runs)}};
    writeFileAtomically(file, document.dump(1, ' ', false, json::error_handler_t::replace) + "\n").value();
}

/// What the file holds; a damaged one is kept under another name, because it may be all that is left of somebody's notes.
AnnotationSet readOrMoveAside(const fs::path& file)
{
    try {
        return readAnnotations(file);
    } catch (const Exception& exception) {
        if (exception.error().code != ErrorCode::BadFile) {
            throw;
        }
        fs::rename(file, file.string() + ".damaged-" + std::to_string(nowMs()));
        return {};
    }
}

/// Known runs from the database, the others from the file.
AnnotationSet merged(const History& history)
{
    AnnotationSet set = collectAnnotations(history.connection(), fs::weakly_canonical(history.file().parent_path()));
    for (auto& [run, annotations] : readOrMoveAside(history.annotationsFile())) {
        if (!findRunNumber(history.connection(), run)) {
            set.emplace(run, std::move(annotations));
        }
    }
    return set;
}

} // namespace

AnnotationSet collectAnnotations(SQLite::Database& db, const fs::path& ownFolder)
{
    AnnotationSet set;
    SQLite::Statement rows(
        db, "SELECT runs.id, run, coalesce(given_name, ''), coalesce(text, ''), trashed_ms, coalesce(trashed_from, ''), "
            "folder, annotated_ms FROM runs LEFT JOIN notes ON run_id = runs.id");
    while (rows.executeStep()) {
        RunAnnotations annotations;
        annotations.name = rows.getColumn(2).getString();
        annotations.note = rows.getColumn(3).getString();
        annotations.tags = readTags(db, rows.getColumn(0).getInt64());
        annotations.trashedMs = optionalInteger(rows.getColumn(4));
        annotations.trashedFrom = rows.getColumn(5).getString();
        const std::string folder = rows.getColumn(6).getString();
        annotations.folder = isOwnFolder(folder, ownFolder) ? std::string() : folder;
        annotations.changedMs = rows.getColumn(7).getInt64();
        if (!annotations.empty()) {
            set.emplace(rows.getColumn(1).getString(), std::move(annotations));
        }
    }
    return set;
}

AnnotationSet readAnnotations(const fs::path& file)
{
    AnnotationSet set;
    if (!fs::exists(file)) {
        return set;
    }
    const json document = json::parse(readTextFile(file).value(), nullptr, false);
    if (!document.is_object() || !integerField(document, "version")) {
        throw Exception(ErrorCode::BadFile, "the backup of notes and tags is damaged", "it is moved aside with the next edit",
                        file.string());
    }
    if (*integerField(document, "version") > kVersion) {
        throw Exception(ErrorCode::NewerVersion, "the backup of notes and tags was written by a newer program",
                        "use the newer program", file.string());
    }
    for (const auto& [run, entry] : objectField(document, "runs").items()) {
        if (entry.is_object()) {
            set.emplace(run, fromJson(entry));
        }
    }
    return set;
}

void applyAnnotations(SQLite::Database& db, std::int64_t number, const RunAnnotations& annotations)
{
    SQLite::Statement update(db, "UPDATE runs SET given_name = nullif(?, ''), trashed_ms = ?, trashed_from = nullif(?, ''), "
                                 "annotated_ms = ? WHERE id = ?");
    update.bind(1, annotations.name);
    bindOptional(update, 2, annotations.trashedMs);
    update.bind(3, annotations.trashedFrom);
    update.bind(4, annotations.changedMs);
    update.bind(5, number);
    update.exec();
    SQLite::Statement clear(db, "DELETE FROM notes WHERE run_id = ?");
    clear.bind(1, number);
    clear.exec();
    if (!annotations.note.empty()) {
        SQLite::Statement insert(db, "INSERT INTO notes (run_id, text) VALUES (?, ?)");
        insert.bind(1, number);
        insert.bind(2, annotations.note);
        insert.exec();
    }
    writeTags(db, number, annotations.tags);
}

void restoreAnnotations(SQLite::Database& db, std::int64_t number, const std::string& run, const fs::path& file)
{
    const auto set = guard([&] { return readAnnotations(file); });
    if (!set) {
        return;
    }
    const auto entry = set->find(run);
    if (entry != set->end()) {
        applyAnnotations(db, number, entry->second);
    }
}

void backUpAnnotations(const History& history)
{
    writeAnnotations(history.annotationsFile(), merged(history));
}

void forgetAnnotations(const History& history, const std::string& run)
{
    AnnotationSet set = merged(history);
    set.erase(run);
    writeAnnotations(history.annotationsFile(), set);
}

void writeTags(SQLite::Database& db, std::int64_t number, const std::vector<std::string>& tags)
{
    SQLite::Statement clear(db, "DELETE FROM run_tags WHERE run_id = ?");
    clear.bind(1, number);
    clear.exec();
    SQLite::Statement name(db, "INSERT INTO tags (name) VALUES (?) ON CONFLICT DO NOTHING");
    SQLite::Statement link(db,
                           "INSERT INTO run_tags (run_id, tag_id) SELECT ?, id FROM tags WHERE name = ? ON CONFLICT DO NOTHING");
    for (const std::string& tag : tags) {
        name.bind(1, tag);
        run(name);
        link.bind(1, number);
        link.bind(2, tag);
        run(link);
    }
    db.exec("DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM run_tags)");
}

bool isNotedAsTrash(SQLite::Database& db, const std::string& run)
{
    SQLite::Statement row(db, "SELECT trashed_ms IS NOT NULL FROM runs WHERE run = ?");
    row.bind(1, run);
    return row.executeStep() && row.getColumn(0).getInt() != 0;
}

void noteTrash(SQLite::Database& db, const std::string& run, bool inTrash)
{
    if (isNotedAsTrash(db, run) == inTrash) {
        return;
    }
    SQLite::Statement update(db, inTrash ? "UPDATE runs SET trashed_ms = ?1 WHERE run = ?2"
                                         : "UPDATE runs SET trashed_ms = NULL, trashed_from = NULL WHERE run = ?2");
    if (inTrash) {
        update.bind(1, nowMs());
    }
    update.bind(2, run);
    update.exec();
}

} // namespace lori::database
