// SPDX-License-Identifier: Apache-2.0
#include "database/run_repository.h"

#include "database/run_rows.h"
#include "database/sqlite_support.h"

#include <sstream>

namespace lori::database {

namespace {

constexpr const char* kFrom = " FROM runs LEFT JOIN notes ON notes.run_id = runs.id";

/// What the sorted column is in SQL. Only these words ever reach the statement; what a person typed is bound.
const char* sortColumn(SortKey key)
{
    switch (key) {
    case SortKey::Created:
        return "created_ms";
    case SortKey::Finished:
        return "finished_ms";
    case SortKey::Name:
        return "coalesce(given_name, name) COLLATE NOCASE";
    case SortKey::Preset:
        return "nullif(preset, '') COLLATE NOCASE";
    case SortKey::Model:
        return "model COLLATE NOCASE";
    case SortKey::State:
        return "state";
    case SortKey::Duration:
        return "nullif(duration_ms, 0)";
    case SortKey::Sparsity:
        return "sparsity";
    case SortKey::Rank:
        return "rank";
    case SortKey::LastLoss:
        return "last_loss";
    case SortKey::Score:
        return "(SELECT value FROM run_scores WHERE run_id = runs.id AND task = ? AND metric = ? AND kind = 'last')";
    }
    throw Exception(ErrorCode::InvalidArgument, "there is no such order", "", "sort");
}

std::string likePattern(const std::string& word)
{
    std::string pattern = "%";
    for (const char c : word) {
        if (c == '%' || c == '_' || c == '\\') {
            pattern += '\\';
        }
        pattern += c;
    }
    return pattern + '%';
}

/// A statement under construction: text and the values of its parameters, in order.
struct Query {
    std::string sql;
    std::vector<std::string> texts;
};

void addFilter(Query& query, const RunQuery& wanted)
{
    const char* joint = " WHERE ";
    const auto add = [&](const std::string& condition) {
        query.sql += joint + condition;
        joint = " AND ";
    };
    if (wanted.trash == TrashFilter::WithoutTrash) {
        add("trashed_ms IS NULL");
    } else if (wanted.trash == TrashFilter::OnlyTrash) {
        add("trashed_ms IS NOT NULL");
    }
    std::istringstream words(wanted.text);
    for (std::string word; words >> word;) {
        add("(run || char(10) || coalesce(given_name, '') || char(10) || name || char(10) || purpose || char(10) || data || "
            "char(10) || preset || "
            "char(10) "
            "|| model || char(10) || coalesce(notes.text, '') || char(10) || coalesce((SELECT group_concat(tags.name, char(10)) "
            "FROM run_tags JOIN tags ON tags.id = tag_id WHERE run_tags.run_id = runs.id), '')) LIKE ? ESCAPE '\\'");
        query.texts.push_back(likePattern(word));
    }
    for (const std::string& tag : wanted.tags) {
        add("EXISTS (SELECT 1 FROM run_tags JOIN tags ON tags.id = tag_id WHERE run_tags.run_id = runs.id AND tags.name = ?)");
        query.texts.push_back(tag);
    }
}

Query buildQuery(const RunQuery& wanted)
{
    Query query;
    query.sql = std::string("SELECT ") + SummaryReader::columns() + kFrom;
    addFilter(query, wanted);
    query.sql += std::string(" ORDER BY ") + sortColumn(wanted.sort);
    if (wanted.sort == SortKey::Score) {
        query.texts.push_back(wanted.scoreTask);
        query.texts.push_back(wanted.scoreMetric);
    }
    query.sql += wanted.order == SortOrder::Descending ? " DESC" : " ASC";
    query.sql += " NULLS LAST, created_ms DESC, run DESC";
    if (wanted.limit > 0 || wanted.offset > 0) {
        query.sql += " LIMIT " + std::to_string(wanted.limit > 0 ? wanted.limit : -1);
        query.sql += " OFFSET " + std::to_string(wanted.offset);
    }
    return query;
}

std::vector<std::string> oneColumn(SQLite::Statement& rows)
{
    std::vector<std::string> values;
    while (rows.executeStep()) {
        values.push_back(rows.getColumn(0).getString());
    }
    return values;
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

} // namespace

Result<std::vector<RunSummary>> RunRepository::list(const RunQuery& wanted) const
{
    return guardSql(m_history.file(), [&] {
        SQLite::Database& db = m_history.connection();
        SQLite::Transaction snapshot(db); // rows, scores and tags of one moment
        const Query query = buildQuery(wanted);
        SQLite::Statement rows(db, query.sql);
        for (std::size_t i = 0; i < query.texts.size(); ++i) {
            rows.bind(static_cast<int>(i) + 1, query.texts[i]);
        }
        SummaryReader reader(db);
        std::vector<RunSummary> summaries;
        while (rows.executeStep()) {
            summaries.push_back(reader.read(rows));
        }
        return summaries;
    });
}

Result<std::string> RunRepository::resolve(const std::string& text) const
{
    return guardSql(m_history.file(), [&] {
        SQLite::Database& db = m_history.connection();
        if (findRunNumber(db, text)) {
            return text;
        }
        if (text == "last") {
            SQLite::Statement newest(db,
                                     "SELECT run FROM runs WHERE trashed_ms IS NULL ORDER BY created_ms DESC, run DESC LIMIT 1");
            if (newest.executeStep()) {
                return newest.getColumn(0).getString();
            }
            throw Exception(ErrorCode::NotFound, "the history is empty",
                            "start a run, or import one with `lori history import FOLDER`");
        }
        for (const char* sql : {"SELECT run FROM runs WHERE substr(run, 1, length(?1)) = ?1 AND ?1 <> '' ORDER BY run LIMIT 6",
                                "SELECT run FROM runs WHERE coalesce(given_name, name) = ?1 ORDER BY run LIMIT 6"}) {
            SQLite::Statement rows(db, sql);
            rows.bind(1, text);
            const std::vector<std::string> found = oneColumn(rows);
            if (found.size() == 1) {
                return found.front();
            }
            if (found.size() > 1) {
                throw Exception(ErrorCode::InvalidArgument, "several runs fit '" + text + "': " + joined(found),
                                "write one of these ids", "run");
            }
        }
        throw Exception(ErrorCode::NotFound, "the history knows no run '" + text + "'", "see `lori history list`");
    });
}

Result<std::vector<std::string>> RunRepository::tags() const
{
    return guardSql(m_history.file(), [&] {
        SQLite::Statement rows(m_history.connection(), "SELECT name FROM tags ORDER BY name");
        return oneColumn(rows);
    });
}

} // namespace lori::database
