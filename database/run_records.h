// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_life.h"
#include "core/jobs/run_folder.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lori::database {

/// One measured rate with its Wilson 95 % bounds.
struct Score {
    double value = 0; ///< 0–1
    double low = 0;
    double high = 0;
    std::int64_t hits = 0;
    std::int64_t rows = 0;
    std::int64_t stage = -1; ///< index in config.stages, -1 before the first
    std::int64_t step = 0;
};

/// What a run did to one metric of one task.
struct ScoreSummary {
    std::string task;   ///< "safety", "maths" …
    std::string metric; ///< "refusal_rate", "needless_refusal_rate", "accuracy", "pass_rate"
    bool higherIsBetter = true;
    std::optional<Score> before; ///< measured before training (stage -1)
    std::optional<Score> last;   ///< the newest one after training began
    std::optional<Score> best;   ///< the best one after training began, by higherIsBetter
};

/// One row of the history table.
struct RunSummary {
    std::string id;   ///< the run folder's name
    std::string name; ///< a person's name for it, else config.name
    std::string purpose;
    std::string preset;
    std::string model;
    std::string parentRun;
    std::vector<std::string> data;                  ///< what it learns: names of tasks, paths of files, each once
    jobs::JobState state = jobs::JobState::Waiting; ///< as of now: Lost is decided when listing
    std::int64_t createdMs = 0;                     ///< Unix time
    std::optional<std::int64_t> startedMs;          ///< first event
    std::optional<std::int64_t> finishedMs;         ///< terminal event
    std::int64_t lastEventMs = 0;                   ///< 0 when there is none
    std::int64_t durationMs = 0;                    ///< first to last event
    std::string stages;                             ///< "lori-d → mask → lori-s"
    std::optional<std::int64_t> rank;
    std::optional<double> sparsityRatio; ///< of the last mask stage, 0–0.999; none when there is no mask
    std::optional<double> lastLoss;      ///< training loss of the newest step: per token, or as an older program counted it
    std::int64_t lastStage = -1;
    std::int64_t lastStep = 0;
    std::vector<ScoreSummary> scores; ///< by task, then metric
    std::string note;                 ///< a person's note, Markdown
    std::vector<std::string> tags;    ///< sorted
    std::filesystem::path folder;
    bool folderPresent = false;            ///< looked up when listing
    std::optional<std::int64_t> trashedMs; ///< set while in the trash
    std::string error;                     ///< sentence of the failed event, "" otherwise
    /// The summary of task and metric, nullptr when it was never measured.
    [[nodiscard]] const ScoreSummary* score(const std::string& task, const std::string& metric) const;
};

/// "Frozen means frozen": what the seal event of a stage said.
struct SealRow {
    bool aUnchanged = false;
    bool baseUnchanged = false;
    bool outsideMaskZero = false;
    std::string aHash;
    std::string baseHash;
};

struct StageRow {
    std::int64_t stage = 0;
    std::string name;
    std::string kind; ///< "lori-d", "mask", "lori-s"
    std::int64_t steps = 0;
    std::int64_t trainable = 0;
    std::optional<std::int64_t> startedMs;
    std::optional<double> seconds; ///< set when the stage finished
    std::optional<SealRow> seal;
};

struct AdapterRow {
    std::int64_t stage = 0;
    std::string folder; ///< as the event says, relative to the run folder
    std::string kind;
    std::int64_t trainable = 0;
    std::int64_t bytes = 0;
    std::string sha256;
};

struct MaskRow {
    std::int64_t stage = 0;
    std::string file; ///< as the event says, relative to the run folder
    double sparsity = 0;
    std::string scope;
    std::string rule;
    std::int64_t kept = 0;
    std::int64_t total = 0;
    std::optional<double> threshold;
};

struct EvaluationRow {
    std::int64_t id = 0; ///< for RunRepository::items and flips; valid in this database until it is rebuilt
    std::string task;
    std::string metric;
    bool higherIsBetter = true;
    Score score;
    std::int64_t timeMs = 0;
    std::string itemsFile;      ///< relative to the run folder, "" if none
    std::int64_t itemCount = 0; ///< rows in the history
};

struct MachineFacts {
    std::string host;
    std::string cpu;
    std::int64_t cores = 0;
    std::int64_t memoryBytes = 0;
    std::string gpu;
    std::string device; ///< what this run used: "cpu", "cuda"
    std::int64_t threads = 0;
    std::string program; ///< name and version of the worker
};

/// A plain-language remark the worker made about the run.
struct HealthNote {
    std::int64_t timeMs = 0;
    std::string level; ///< "info", "warning", "alarm"
    std::string code;
    std::string text;
    std::string valuesJson;
};

/// Everything about one run but its curves and evaluated rows.
struct RunDetail {
    RunSummary summary;
    std::string configJson;
    std::string planJson; ///< values of the newest plan event, "" before it
    std::vector<StageRow> stages;
    std::vector<AdapterRow> adapters;
    std::vector<MaskRow> masks;
    std::vector<EvaluationRow> evaluations; ///< oldest first
    std::optional<MachineFacts> machine;
    std::vector<HealthNote> healthNotes; ///< oldest first
    std::int64_t events = 0;
};

struct MetricPoint {
    std::int64_t step = 0;
    double value = 0; ///< NaN when the worker measured no finite number
    std::int64_t timeMs = 0;
};

/// One evaluated row.
struct ItemRow {
    std::string id;
    std::string prompt;
    std::string expected;
    std::string answer;
    std::string extracted;
    bool hit = false;
};

/// A row that two evaluations judge differently.
struct ItemFlip {
    std::string id;
    std::string prompt;
    std::string expected;
    std::string answerBefore;
    std::string answerAfter;
    bool hitBefore = false;
    bool hitAfter = false;
};

} // namespace lori::database
