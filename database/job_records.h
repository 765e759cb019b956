// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_life.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lori::database {

/// One job of home/jobs as a list shows it. Times are Unix milliseconds.
struct JobSummary {
    std::string id; ///< the folder's name
    std::string kind;
    std::string name;
    jobs::JobState state = jobs::JobState::Waiting; ///< as of now: Lost is decided when listing
    std::filesystem::path folder;
    bool folderPresent = false; ///< looked up when listing
    std::string key;            ///< equal for equal work, "" when it was not asked for
    std::int64_t createdMs = 0;
    std::optional<std::int64_t> startedMs;  ///< first event
    std::optional<std::int64_t> finishedMs; ///< terminal event
    std::int64_t lastEventMs = 0;           ///< 0 when there is none
    std::int64_t durationMs = 0;            ///< of all attempts
    std::string error;                      ///< sentence of the failed event, "" otherwise
};

/// What an artifact was made from: its fingerprint, and the artifact itself where the history knows one of that fingerprint.
struct ArtifactParent {
    std::string fingerprint;
    std::string kind;           ///< "" when unknown: a base model, a data file, something made elsewhere
    std::filesystem::path path; ///< absolute
    std::string maker;          ///< id of the job or run
};

/// Something that other jobs may use: "adapter", "mask", "merge", "model" …
struct ArtifactRow {
    std::string kind;
    std::filesystem::path path; ///< absolute
    std::string fingerprint;    ///< SHA-256 as its maker said it; "" when it said none
    std::int64_t bytes = -1;    ///< -1 when its maker did not say
    std::string maker;          ///< id of the job or run
    bool madeByRun = false;
    std::int64_t createdMs = 0;
    bool present = false;                ///< still there, looked up when listing
    std::vector<ArtifactParent> parents; ///< those its maker named
};

/// Everything about one job.
struct JobDetail {
    JobSummary summary;
    std::string optionsJson;
    std::string resultJson; ///< "" until it finished
    std::vector<ArtifactRow> artifacts;
};

} // namespace lori::database
