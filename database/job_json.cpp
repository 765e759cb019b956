// SPDX-License-Identifier: Apache-2.0
#include "database/job_json.h"

namespace lori::database {

using nlohmann::json;

namespace {

template <typename T>
json orNull(const std::optional<T>& value)
{
    return value ? json(*value) : json();
}

json textOrNull(const std::string& text)
{
    return text.empty() ? json() : json(text);
}

/// Text that is JSON already, as JSON.
json parsed(const std::string& text)
{
    json value = json::parse(text, nullptr, false);
    return value.is_discarded() ? json() : value;
}

} // namespace

json toJson(const JobSummary& job)
{
    return {{"id", job.id},
            {"kind", job.kind},
            {"name", job.name},
            {"state", jobs::jobStateName(job.state)},
            {"folder", job.folder.string()},
            {"folderPresent", job.folderPresent},
            {"key", job.key},
            {"createdMs", job.createdMs},
            {"startedMs", orNull(job.startedMs)},
            {"finishedMs", orNull(job.finishedMs)},
            {"lastEventMs", job.lastEventMs},
            {"durationMs", job.durationMs},
            {"error", job.error}};
}

json toJson(const ArtifactRow& artifact)
{
    json parents = json::array();
    for (const ArtifactParent& parent : artifact.parents) {
        parents.push_back({{"fingerprint", parent.fingerprint},
                           {"kind", textOrNull(parent.kind)},
                           {"path", textOrNull(parent.path.string())},
                           {"maker", textOrNull(parent.maker)}});
    }
    return {{"kind", artifact.kind},
            {"path", artifact.path.string()},
            {"fingerprint", textOrNull(artifact.fingerprint)},
            {"bytes", artifact.bytes < 0 ? json() : json(artifact.bytes)},
            {"maker", artifact.maker},
            {"madeByRun", artifact.madeByRun},
            {"createdMs", artifact.createdMs},
            {"present", artifact.present},
            {"parents", std::move(parents)}};
}

json toJson(const JobDetail& job)
{
    json artifacts = json::array();
    for (const ArtifactRow& artifact : job.artifacts) {
        artifacts.push_back(toJson(artifact));
    }
    return {{"job", toJson(job.summary)},
            {"options", parsed(job.optionsJson)},
            {"result", parsed(job.resultJson)},
            {"artifacts", std::move(artifacts)}};
}

} // namespace lori::database
