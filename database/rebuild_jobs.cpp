// SPDX-License-Identifier: Apache-2.0
#include "database/rebuild_jobs.h"

#include "database/event_lines.h"
#include "database/ingest_events.h"
#include "database/job_row.h"
#include "database/queue_content.h"
#include "database/sqlite_support.h"

#include <limits>

namespace lori::database {

namespace fs = std::filesystem;

namespace {

/// Whether a fresh ingest of home.jobs() gives the job again.
bool folderSuffices(const Home& home, const std::string& job, std::int64_t oldBytes)
{
    const fs::path folder = home.jobs() / job;
    if (oldBytes > 0 && sizeOf(folder / "events.jsonl") == 0) {
        return false;
    }
    return guard([&] { return jobs::JobFolder::open({}, folder.string()).value().record().value(); }).has_value();
}

} // namespace

void keepOldJobs(Connection& db, const Home& home, RebuildReport& report)
{
    std::vector<std::string> kept;
    SQLite::Statement rows(db, "SELECT id, bytes FROM old.jobs ORDER BY id");
    while (rows.executeStep()) {
        const std::string job = rows.getColumn(0).getString();
        if (!folderSuffices(home, job, rows.getColumn(1).getInt64())) {
            kept.push_back(job);
        }
    }
    for (const std::string& job : kept) {
        for (const char* sql : {"INSERT INTO jobs SELECT * FROM old.jobs WHERE id = ?",
                                "INSERT INTO job_artifacts SELECT * FROM old.job_artifacts WHERE job_id = ?"}) {
            SQLite::Statement copy(db, sql);
            copy.bind(1, job);
            copy.exec();
        }
        report.keptRows.push_back(job);
    }
}

void fillJobs(Connection& db, const Home& home, RebuildReport& report)
{
    const std::vector<fs::path> folders = jobFoldersIn(home.jobs());
    for (const fs::path& folder : folders) {
        const std::string job = folder.filename().string();
        if (readJobRow(db, job)) {
            continue; // kept from the old database
        }
        const auto ingested =
            guardSql(folder, [&] { return ingestJobEvents(db, folder, std::numeric_limits<std::uint64_t>::max()); });
        if (!ingested) {
            report.problems.push_back({Finding::Kind::BadFolder, job, ingested.error().sentence()});
        }
    }
}

void keepQueue(Connection& db, Connection& old)
{
    if (const auto content = readQueue(old)) {
        WriteTransaction transaction(db);
        writeQueue(db, *content);
        transaction.commit();
    }
}

} // namespace lori::database
