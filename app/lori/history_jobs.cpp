// SPDX-License-Identifier: Apache-2.0
#include "app/lori/history_jobs.h"

#include "app/lori/history_text.h"
#include "database/job_json.h"
#include "database/job_repository.h"

#include <ostream>

namespace lori::app {

using namespace lori::database;
using nlohmann::json;

namespace {

void write(const json& document, std::ostream& out)
{
    out << document.dump(2, ' ', false, json::error_handler_t::replace) << "\n";
}

std::string shortOf(const std::string& fingerprint)
{
    return fingerprint.empty() ? "–" : fingerprint.substr(0, 12);
}

std::string fromText(const ArtifactRow& artifact)
{
    std::string text;
    for (const ArtifactParent& parent : artifact.parents) {
        text += (text.empty() ? "" : ", ") +
                (parent.kind.empty() ? shortOf(parent.fingerprint) : parent.kind + " of " + parent.maker);
    }
    return text.empty() ? "–" : text;
}

} // namespace

int listJobs(const HistoryOptions& options, const History& history, std::ostream& out)
{
    const std::vector<JobSummary> jobs = JobRepository(history).list({.kind = options.kind, .text = options.text}).value();
    if (options.json) {
        json document{{"jobs", json::array()}};
        for (const JobSummary& job : jobs) {
            document["jobs"].push_back(toJson(job));
        }
        write(document, out);
        return 0;
    }
    if (jobs.empty()) {
        out << "The history has no such job.\n";
        return 0;
    }
    std::vector<std::vector<std::string>> rows{{"JOB", "KIND", "STATE", "CREATED", "TIME", "NAME"}};
    for (const JobSummary& job : jobs) {
        rows.push_back({job.id, job.kind, std::string(jobs::jobStateName(job.state)), localTime(job.createdMs),
                        duration(job.durationMs), job.name});
    }
    writeTable(rows, out);
    return 0;
}

int showJob(const HistoryOptions& options, const History& history, std::ostream& out)
{
    const JobRepository repository(history);
    const JobDetail detail = repository.find(repository.resolve(options.run).value()).value();
    if (options.json) {
        write(toJson(detail), out);
        return 0;
    }
    const JobSummary& job = detail.summary;
    out << job.id << "  " << job.kind << "  " << job.name << "\n";
    out << "  state    " << jobs::jobStateName(job.state) << (job.error.empty() ? "" : ": " + job.error) << "\n";
    out << "  created  " << localTime(job.createdMs) << ", took " << duration(job.durationMs) << "\n";
    out << "  folder   " << job.folder.string() << (job.folderPresent ? "" : " (gone)") << "\n";
    out << "  options  " << detail.optionsJson << "\n";
    for (const ArtifactRow& artifact : detail.artifacts) {
        out << "  " << artifact.kind << "  " << artifact.path.string() << (artifact.present ? "" : " (gone)") << "  from "
            << fromText(artifact) << "\n";
    }
    if (!detail.resultJson.empty()) {
        out << detail.resultJson << (detail.resultJson.back() == '\n' ? "" : "\n");
    }
    return 0;
}

int listArtifacts(const HistoryOptions& options, const History& history, std::ostream& out)
{
    const std::vector<ArtifactRow> artifacts = JobRepository(history).artifacts(options.kind).value();
    if (options.json) {
        json document{{"artifacts", json::array()}};
        for (const ArtifactRow& artifact : artifacts) {
            document["artifacts"].push_back(toJson(artifact));
        }
        write(document, out);
        return 0;
    }
    if (artifacts.empty()) {
        out << "The history has no such artifact.\n";
        return 0;
    }
    std::vector<std::vector<std::string>> rows{{"KIND", "MADE", "FINGERPRINT", "BY", "FROM", "PATH"}};
    for (const ArtifactRow& artifact : artifacts) {
        rows.push_back({artifact.kind, localTime(artifact.createdMs), shortOf(artifact.fingerprint), artifact.maker,
                        fromText(artifact), artifact.path.string() + (artifact.present ? "" : " (gone)")});
    }
    writeTable(rows, out);
    return 0;
}

} // namespace lori::app
