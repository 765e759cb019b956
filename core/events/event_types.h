// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

// The events of a job: what its worker writes into events.jsonl. What each field means stands in event_fields.h, which writes,
// reads and documents them (EVENTS.md). `stage` is the index in config.stages; -1 is the time before the first (Prepare).
namespace lori::events {

// NOLINTBEGIN(readability-redundant-member-init): GCC warns of a designated initializer that leaves out a member without one.

/// What a machine is made of.
struct Machine {
    std::string cpu{};
    std::int64_t cores = 0;
    std::int64_t memoryBytes = 0;
    std::string gpu{};
    bool operator==(const Machine&) const = default;
};

/// Begins every attempt at a job.
struct Started {
    static constexpr const char* kType = "started";
    std::int64_t pid = 0;
    std::string host{};
    std::string program{};
    std::string device{};
    std::int64_t threads = 0;
    std::string gemm{};
    bool resumed = false;
    Machine machine{};
    bool operator==(const Started&) const = default;
};

struct PlannedStage {
    std::int64_t index = 0;
    std::string name{};
    std::string kind{};
    std::int64_t steps = 0;
    bool operator==(const PlannedStage&) const = default;
};

struct Plan {
    static constexpr const char* kType = "plan";
    std::vector<PlannedStage> stages{};
    std::string baseFingerprint{};
    std::int64_t rows = 0;
    std::int64_t heldOutRows = 0;
    std::int64_t truncatedRows = 0;
    std::int64_t cutPrompts = 0;
    std::int64_t cutAnswers = 0;
    std::map<std::string, std::int64_t> trainable{};
    bool operator==(const Plan&) const = default;
};

struct InputFile {
    std::string what{};
    std::string name{};
    std::string path{};
    std::int64_t bytes = 0;
    std::string sha256{};
    std::optional<std::string> was{};
    bool operator==(const InputFile&) const = default;
};

/// Files the job reads that are not its own; in the first attempt, and again for files that an older version did not record.
struct Inputs {
    static constexpr const char* kType = "inputs";
    std::vector<InputFile> files{};
    bool operator==(const Inputs&) const = default;
};

/// On resume, when changed files were accepted.
struct DataChanged {
    static constexpr const char* kType = "data_changed";
    std::vector<InputFile> files{};
    bool operator==(const DataChanged&) const = default;
};

struct StageStarted {
    static constexpr const char* kType = "stage_started";
    std::int64_t stage = -1;
    std::string name{};
    std::string kind{};
    std::int64_t steps = 0;
    std::int64_t stepsDone = 0;
    std::int64_t trainable = 0;
    bool operator==(const StageStarted&) const = default;
};

/// Any work over a second that is no training step.
struct Progress {
    static constexpr const char* kType = "progress";
    std::int64_t stage = -1;
    std::string what{};
    std::int64_t done = 0;
    std::int64_t total = 0;
    double etaSeconds = -1;
    bool operator==(const Progress&) const = default;
};

/// One optimizer step. After a kill, steps since the last checkpoint come again with new sequence numbers: the newest counts.
struct Step {
    static constexpr const char* kType = "step";
    std::int64_t stage = -1;
    std::int64_t step = 0;
    std::optional<double> loss{};
    std::int64_t tokens = 0;
    std::int64_t rows = 0;
    std::optional<double> gradNorm{};
    double learningRate = 0;
    double tokensPerSecond = 0;
    double etaSeconds = -1;
    std::optional<double> lossPerToken{};
    bool operator==(const Step&) const = default;
};

struct HeldOut {
    static constexpr const char* kType = "heldout";
    std::int64_t stage = -1;
    std::int64_t step = 0;
    std::optional<double> loss{};
    std::int64_t rows = -1;
    std::optional<double> lossPerToken{};
    bool operator==(const HeldOut&) const = default;
};

struct ScoreHead {
    std::int64_t hits = 0;
    std::int64_t n = 0;
    bool operator==(const ScoreHead&) const = default;
};

struct Score {
    static constexpr const char* kType = "score";
    std::int64_t stage = -1;
    std::int64_t step = 0;
    std::string task{};
    std::string metric{};
    std::optional<double> value{};
    std::optional<double> low{};
    std::optional<double> high{};
    std::int64_t hits = 0;
    std::int64_t n = 0;
    bool higherIsBetter = true;
    bool final = true;
    std::optional<ScoreHead> head{};
    std::string items{};
    std::optional<bool> second{};
    bool operator==(const Score&) const = default;
};

struct Checkpoint {
    static constexpr const char* kType = "checkpoint";
    std::int64_t stage = -1;
    std::int64_t step = 0;
    std::string file{};
    std::int64_t bytes = 0;
    bool operator==(const Checkpoint&) const = default;
};

struct Mask {
    static constexpr const char* kType = "mask";
    std::int64_t stage = -1;
    std::string file{};
    double sparsity = 0;
    std::string scope{};
    std::string rule{};
    std::int64_t kept = 0;
    std::int64_t total = 0;
    std::optional<double> threshold{};
    std::optional<std::int64_t> avoided{};
    bool operator==(const Mask&) const = default;
};

/// What calibration would have kept at a step of LoRI-D.
struct MaskMoment {
    static constexpr const char* kType = "mask_moment";
    std::int64_t stage = -1;
    std::int64_t step = 0;
    std::int64_t maskStage = -1;
    std::string file;
    std::int64_t kept = 0;
    std::int64_t total = 0;
    bool operator==(const MaskMoment&) const = default;
};

struct Adapter {
    static constexpr const char* kType = "adapter";
    std::int64_t stage = -1;
    std::string folder{};
    std::string kind{};
    std::int64_t trainable = 0;
    std::int64_t step = 0;
    std::int64_t bytes = 0;
    std::string sha256{};
    bool operator==(const Adapter&) const = default;
};

/// Frozen means frozen.
struct Seal {
    static constexpr const char* kType = "seal";
    std::int64_t stage = -1;
    bool aUnchanged = false;
    bool baseUnchanged = false;
    bool outsideMaskZero = false;
    std::string aHash{};
    std::string baseHash{};
    [[nodiscard]] bool holds() const { return aUnchanged && baseUnchanged && outsideMaskZero; }
    bool operator==(const Seal&) const = default;
};

struct StageFinished {
    static constexpr const char* kType = "stage_finished";
    std::int64_t stage = -1;
    std::optional<double> seconds{};
    bool operator==(const StageFinished&) const = default;
};

/// A health note: something a person should know. `code` names it for translation; `values` are the arguments of its sentence.
struct Note {
    static constexpr const char* kType = "note";
    std::string level{};
    std::string code{};
    std::int64_t stage = -1;
    std::string text{};
    nlohmann::json values = nlohmann::json::object();
    /// A number among the values.
    [[nodiscard]] std::optional<double> number(const char* name) const;
    bool operator==(const Note&) const = default;
};

/// Each second, from a thread of its own: the job lives.
struct Heartbeat {
    static constexpr const char* kType = "heartbeat";
    std::string state{};
    std::int64_t stage = -1;
    std::int64_t step = 0;
    std::optional<std::int64_t> rssBytes{};
    std::optional<std::int64_t> peakRssBytes{};
    std::optional<std::int64_t> gpuBytes{};
    std::optional<std::int64_t> freeDiskBytes{};
    bool operator==(const Heartbeat&) const = default;
};

struct Paused {
    static constexpr const char* kType = "paused";
    std::int64_t stage = -1;
    std::int64_t step = 0;
    bool operator==(const Paused&) const = default;
};

struct Continued {
    static constexpr const char* kType = "continued";
    std::int64_t stage = -1;
    std::int64_t step = 0;
    bool operator==(const Continued&) const = default;
};

/// Somebody changed a setting of a stage at work. What a run did is its configuration and these.
struct Changed {
    static constexpr const char* kType = "changed";
    std::int64_t stage = -1;
    std::int64_t step = 0;
    std::string what{};
    double value = 0;
    bool operator==(const Changed&) const = default;
};

/// Something the job made that other jobs may use; adapters and masks of a training have events of their own.
struct Artifact {
    static constexpr const char* kType = "artifact";
    std::string kind{};
    std::string path{};
    std::string fingerprint{};
    std::int64_t bytes = 0;
    std::vector<std::string> parents{};
    bool operator==(const Artifact&) const = default;
};

/// What became of a job that this one is made of (a step of a recipe, a point of a sweep).
struct Child {
    static constexpr const char* kType = "child";
    std::string node{};
    std::string kind{};
    std::string state{};
    std::string folder{};
    std::int64_t place = 0;
    std::int64_t count = 0;
    double etaSeconds = -1;
    std::string error{};
    bool operator==(const Child&) const = default;
};

struct Finished {
    static constexpr const char* kType = "finished";
    double seconds = 0;
    bool operator==(const Finished&) const = default;
};

struct Stopped {
    static constexpr const char* kType = "stopped";
    std::int64_t stage = -1;
    std::int64_t step = 0;
    bool kept = true;
    bool operator==(const Stopped&) const = default;
};

struct FailedError {
    std::string code{};
    std::string what{};
    std::string hint{};
    std::string where{};
    bool operator==(const FailedError&) const = default;
};

struct Failed {
    static constexpr const char* kType = "failed";
    FailedError error{};
    bool operator==(const Failed&) const = default;
};

/// An event of a newer program: kept as it is.
struct Unknown {
    std::string type{};
    nlohmann::json values = nlohmann::json::object();
    bool operator==(const Unknown&) const = default;
};

// NOLINTEND(readability-redundant-member-init)

} // namespace lori::events
