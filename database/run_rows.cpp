// SPDX-License-Identifier: Apache-2.0
#include "database/run_rows.h"

#include "database/sqlite_support.h"
#include "database/state_now.h"

#include <algorithm>
#include <sstream>

namespace lori::database {

namespace {

Score readScore(const SQLite::Statement& row)
{
    return {row.getColumn(3).getDouble(), row.getColumn(4).getDouble(), row.getColumn(5).getDouble(), row.getColumn(6).getInt64(),
            row.getColumn(7).getInt64(),  row.getColumn(8).getInt64(),  row.getColumn(9).getInt64()};
}

} // namespace

const ScoreSummary* RunSummary::score(const std::string& task, const std::string& metric) const
{
    const auto found = std::find_if(scores.begin(), scores.end(), [&](const ScoreSummary& summary) {
        return summary.task == task && summary.metric == metric;
    });
    return found == scores.end() ? nullptr : &*found;
}

SummaryReader::SummaryReader(SQLite::Database& db)
    : m_scores(db, "SELECT task, metric, kind, value, low, high, hits, row_count, stage, step, higher_is_better FROM run_scores "
                   "WHERE run_id = ? ORDER BY task, metric"),
      m_tags(db, "SELECT name FROM run_tags JOIN tags ON tags.id = tag_id WHERE run_id = ? ORDER BY name"),
      m_nowMs(nowMs())
{
}

namespace {

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
    }
    return lines;
}

} // namespace

const char* SummaryReader::columns()
{
    return "runs.id, run, coalesce(given_name, name), purpose, preset, model, parent_run, state, created_ms, started_ms, "
           "finished_ms, "
           "last_event_ms, duration_ms, stage_summary, rank, sparsity, last_loss, last_stage, last_step, coalesce(notes.text, "
           "''), "
           "folder, trashed_ms, error, data";
}

RunSummary SummaryReader::read(SQLite::Statement& row)
{
    RunSummary summary;
    summary.id = row.getColumn(1).getString();
    summary.name = row.getColumn(2).getString();
    summary.purpose = row.getColumn(3).getString();
    summary.preset = row.getColumn(4).getString();
    summary.model = row.getColumn(5).getString();
    summary.parentRun = row.getColumn(6).getString();
    summary.createdMs = row.getColumn(8).getInt64();
    summary.startedMs = optionalInteger(row.getColumn(9));
    summary.finishedMs = optionalInteger(row.getColumn(10));
    summary.lastEventMs = row.getColumn(11).getInt64();
    summary.durationMs = row.getColumn(12).getInt64();
    summary.stages = row.getColumn(13).getString();
    summary.rank = optionalInteger(row.getColumn(14));
    summary.sparsityRatio = optionalReal(row.getColumn(15));
    summary.lastLoss = optionalReal(row.getColumn(16));
    summary.lastStage = row.getColumn(17).getInt64();
    summary.lastStep = row.getColumn(18).getInt64();
    summary.note = row.getColumn(19).getString();
    summary.folder = row.getColumn(20).getString();
    summary.trashedMs = optionalInteger(row.getColumn(21));
    summary.error = row.getColumn(22).getString();
    summary.data = linesOf(row.getColumn(23).getString());
    std::error_code ignored;
    summary.folderPresent = std::filesystem::is_directory(summary.folder, ignored);
    summary.state = stateNow({summary.folder, row.getColumn(7).getString(), summary.startedMs, summary.lastEventMs}, m_nowMs);
    const std::int64_t number = row.getColumn(0).getInt64();
    readScores(number, summary);
    readTags(number, summary);
    return summary;
}

void SummaryReader::readScores(std::int64_t number, RunSummary& summary)
{
    m_scores.bind(1, number);
    while (m_scores.executeStep()) {
        const std::string task = m_scores.getColumn(0).getString();
        const std::string metric = m_scores.getColumn(1).getString();
        if (summary.scores.empty() || summary.scores.back().task != task || summary.scores.back().metric != metric) {
            summary.scores.push_back({task, metric, m_scores.getColumn(10).getInt() != 0, {}, {}, {}});
        }
        ScoreSummary& scores = summary.scores.back();
        const std::string kind = m_scores.getColumn(2).getString();
        (kind == "before" ? scores.before : kind == "last" ? scores.last : scores.best) = readScore(m_scores);
    }
    m_scores.reset();
}

void SummaryReader::readTags(std::int64_t number, RunSummary& summary)
{
    m_tags.bind(1, number);
    while (m_tags.executeStep()) {
        summary.tags.push_back(m_tags.getColumn(0).getString());
    }
    m_tags.reset();
}

} // namespace lori::database
