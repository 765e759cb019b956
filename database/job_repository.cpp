// SPDX-License-Identifier: Apache-2.0
#include "database/job_repository.h"

#include "database/sqlite_support.h"
#include "database/state_now.h"

#include <algorithm>
#include <map>

namespace lori::database {

namespace fs = std::filesystem;

namespace {

constexpr const char* kColumns = "SELECT id, kind, name, state, folder, key, created_ms, started_ms, finished_ms, last_event_ms, "
                                 "duration_ms, error FROM jobs ";

JobSummary readSummary(SQLite::Statement& row, std::int64_t now)
{
    JobSummary job;
    job.id = row.getColumn(0).getString();
    job.kind = row.getColumn(1).getString();
    job.name = row.getColumn(2).getString();
    job.folder = row.getColumn(4).getString();
    job.key = row.getColumn(5).getString();
    job.createdMs = row.getColumn(6).getInt64();
    job.startedMs = optionalInteger(row.getColumn(7));
    job.finishedMs = optionalInteger(row.getColumn(8));
    job.lastEventMs = row.getColumn(9).getInt64();
    job.durationMs = row.getColumn(10).getInt64();
    job.error = row.getColumn(11).getString();
    std::error_code ignored;
    job.folderPresent = fs::is_directory(job.folder, ignored);
    job.state = stateNow({job.folder, row.getColumn(3).getString(), job.startedMs, job.lastEventMs}, now);
    return job;
}

std::vector<ArtifactParent> parentsFrom(const std::string& text)
{
    std::vector<ArtifactParent> parents;
    const nlohmann::json list = nlohmann::json::parse(text, nullptr, false);
    if (!list.is_array()) {
        return parents;
    }
    for (const nlohmann::json& parent : list) {
        if (parent.is_string()) {
            parents.push_back({parent.get<std::string>(), {}, {}, {}});
        }
    }
    return parents;
}

ArtifactRow readArtifact(SQLite::Statement& row)
{
    ArtifactRow artifact;
    artifact.kind = row.getColumn(0).getString();
    artifact.path = (fs::path(row.getColumn(2).getString()) / row.getColumn(1).getString()).lexically_normal();
    artifact.fingerprint = row.getColumn(3).getString();
    artifact.bytes = row.getColumn(4).isNull() ? -1 : row.getColumn(4).getInt64();
    artifact.madeByRun = row.getColumn(5).isNull();
    artifact.maker = row.getColumn(artifact.madeByRun ? 6 : 5).getString();
    artifact.createdMs = row.getColumn(7).getInt64();
    artifact.parents = parentsFrom(row.getColumn(8).getString());
    std::error_code ignored;
    artifact.present = fs::exists(artifact.path, ignored);
    return artifact;
}

/// All of them, newest first. `artifact.path / absolute` is the absolute path, so both kinds of path are joined alike.
std::vector<ArtifactRow> readArtifacts(SQLite::Database& db)
{
    SQLite::Statement rows(db, "SELECT kind, path, folder, fingerprint, bytes, job, run, created_ms, parents FROM artifacts "
                               "ORDER BY created_ms DESC, coalesce(job, run), path");
    std::vector<ArtifactRow> artifacts;
    while (rows.executeStep()) {
        artifacts.push_back(readArtifact(rows));
    }
    return artifacts;
}

/// Names the parents that are artifacts themselves; of several with one content the newest that is still there.
void nameParents(std::vector<ArtifactRow>& artifacts)
{
    std::map<std::string, std::size_t> byFingerprint;
    for (std::size_t index = 0; index < artifacts.size(); ++index) {
        const ArtifactRow& artifact = artifacts[index];
        const auto [known, isNew] = byFingerprint.emplace(artifact.fingerprint, index);
        if (!isNew && !artifacts[known->second].present && artifact.present) {
            known->second = index;
        }
    }
    byFingerprint.erase("");
    for (ArtifactRow& artifact : artifacts) {
        for (ArtifactParent& parent : artifact.parents) {
            const auto known = byFingerprint.find(parent.fingerprint);
            if (known != byFingerprint.end()) {
                const ArtifactRow& from = artifacts[known->second];
                parent = {parent.fingerprint, from.kind, from.path, from.maker};
            }
        }
    }
}

} // namespace

Result<std::vector<JobSummary>> JobRepository::list(const JobQuery& query) const
{
    return guardSql(m_history.file(), [&] {
        SQLite::Statement rows(m_history.connection(),
                               std::string(kColumns) +
                                   "WHERE (?1 = '' OR kind = ?1) AND (?2 = '' OR instr(lower(id || char(10) || name), "
                                   "lower(?2)) > 0) ORDER BY created_ms DESC, id DESC");
        rows.bind(1, query.kind);
        rows.bind(2, query.text);
        const std::int64_t now = nowMs();
        std::vector<JobSummary> jobs;
        while (rows.executeStep() && (query.limit <= 0 || static_cast<std::int64_t>(jobs.size()) < query.limit)) {
            JobSummary job = readSummary(rows, now);
            if (!query.state || job.state == *query.state) {
                jobs.push_back(std::move(job));
            }
        }
        return jobs;
    });
}

Result<JobDetail> JobRepository::find(const std::string& id) const
{
    return guardSql(m_history.file(), [&] {
        SQLite::Database& db = m_history.connection();
        const SQLite::Transaction snapshot(db);
        SQLite::Statement row(db, std::string(kColumns) + "WHERE id = ?");
        row.bind(1, id);
        if (!row.executeStep()) {
            throw Exception(ErrorCode::NotFound, "the history knows no job '" + id + "'", "see `lori history list --jobs`");
        }
        JobDetail detail;
        detail.summary = readSummary(row, nowMs());
        SQLite::Statement texts(db, "SELECT options, result FROM jobs WHERE id = ?");
        texts.bind(1, id);
        texts.executeStep();
        detail.optionsJson = texts.getColumn(0).getString();
        detail.resultJson = texts.getColumn(1).getString();
        detail.artifacts = readArtifacts(db);
        nameParents(detail.artifacts);
        std::erase_if(detail.artifacts, [&](const ArtifactRow& artifact) { return artifact.madeByRun || artifact.maker != id; });
        return detail;
    });
}

Result<std::string> JobRepository::resolve(const std::string& text) const
{
    return guardSql(m_history.file(), [&] {
        for (const char* sql : {"SELECT id FROM jobs WHERE id = ?1",
                                "SELECT id FROM jobs WHERE substr(id, 1, length(?1)) = ?1 AND ?1 <> '' ORDER BY id LIMIT 6",
                                "SELECT id FROM jobs WHERE name = ?1 ORDER BY id LIMIT 6"}) {
            SQLite::Statement rows(m_history.connection(), sql);
            rows.bind(1, text);
            std::vector<std::string> found;
            std::string all;
            while (rows.executeStep()) {
                found.push_back(rows.getColumn(0).getString());
                all += (all.empty() ? "" : ", ") + found.back();
            }
            if (found.size() == 1) {
                return found.front();
            }
            if (found.size() > 1) {
                throw Exception(ErrorCode::InvalidArgument, "several jobs fit '" + text + "': " + all, "write one of these ids",
                                "job");
            }
        }
        throw Exception(ErrorCode::NotFound, "the history knows no job '" + text + "'", "see `lori history list --jobs`");
    });
}

Result<std::vector<ArtifactRow>> JobRepository::artifacts(const std::string& kind) const
{
    return guardSql(m_history.file(), [&] {
        std::vector<ArtifactRow> artifacts = readArtifacts(m_history.connection());
        nameParents(artifacts);
        std::erase_if(artifacts, [&](const ArtifactRow& artifact) { return !kind.empty() && artifact.kind != kind; });
        return artifacts;
    });
}

} // namespace lori::database
