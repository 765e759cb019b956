// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace lori::experiment {

/// One line of events.jsonl: {"version":1,"seq":12,"timeMs":1763733600123,"type":"step", …values}.
///
/// type            values
/// started         pid, host, program, device, threads, resumed (bool), machine{cpu,cores,memoryBytes,gpu}
/// plan            stages[{index,name,kind,steps}], baseFingerprint, rows, heldOutRows, truncatedRows, trainable{lora,loriD,loriS}
/// inputs          files[{what,name,path,bytes,sha256}]   files the run reads that are not its own: data, task, evaluation, mask,
///                 adapter; in the first attempt, and again for files that an older version did not record
/// data_changed    files[{what,name,path,bytes,sha256,was}]   on resume, when changed files were accepted; sha256 "" = gone
/// stage_started   stage, name, kind, steps, trainable
/// progress        stage, what ("loading the model", "evaluating safety"), done, total, etaSeconds        (any work over a second)
/// step            stage, step (from 1), loss, tokens, rows, gradNorm, learningRate, tokensPerSecond, etaSeconds (whole run)
/// heldout         stage, step, loss, rows
/// score           stage, step, task, metric, value, low, high, hits, n, higherIsBetter, items (file, "" if none), second (true or none)
/// checkpoint      stage, step, file, bytes
/// mask            stage, file, sparsity, scope, rule, kept, total, threshold
/// adapter         stage, folder, kind, trainable, bytes, sha256 (both of adapter_model.safetensors)
/// seal            stage, aUnchanged, baseUnchanged, outsideMaskZero, aHash, baseHash      (frozen means frozen)
/// stage_finished  stage, seconds
/// note            level ("info","warning","alarm"), code, text, values                     (health notes)
/// heartbeat       state ("running","paused","evaluating"…), stage, step, rssBytes, peakRssBytes, gpuBytes, freeDiskBytes   (each second)
/// paused / continued   stage, step
/// finished        seconds                                                                  terminal
/// stopped         stage, step, kept (bool)                                                 terminal
/// failed          error{code,what,hint,where}                                              terminal
///
/// `stage` is the index in config.stages; -1 is the time before the first (Prepare, base scores).
/// Metrics of score: "refusal_rate" (task safety, harmful side, higher is better), "needless_refusal_rate" (harmless side, lower is
/// better), "accuracy", "pass_rate" (code); second: "…_likelihood" (rate), "…_disagreement". Rates 0–1, Wilson 95 % bounds low/high.
/// A run that was killed is resumed with a new `started` event; each attempt has at most one terminal event, the last attempt
/// exactly one. Steps after the last checkpoint appear again with new seq; the newest line of a (stage, step) counts.
struct Event {
    static constexpr int kVersion = 1;
    std::int64_t seq = 0;    ///< from 1, strictly rising over all attempts
    std::int64_t timeMs = 0; ///< Unix time
    std::string type;
    nlohmann::json values;   ///< an object: everything but version, seq, timeMs and type
};

[[nodiscard]] std::string toLine(const Event& event); ///< one JSON line, without the line feed
/// Errors: BadFile (not JSON, wrong types), NewerVersion.
[[nodiscard]] Result<Event> eventFromLine(const std::string& line);
[[nodiscard]] bool isTerminal(const std::string& type);

/// Appends events to a run's events.jsonl with one write(2) a line; safe to call from several threads.
/// Opening truncates a torn last line (a kill in mid-write) and continues its numbering.
class EventWriter {
public:
    [[nodiscard]] static Result<std::unique_ptr<EventWriter>> open(const std::filesystem::path& file);
    virtual ~EventWriter() = default;
    /// Stamps seq and time, appends, and returns the event. Throws Exception(DiskFull | Io).
    virtual Event append(const std::string& type, nlohmann::json values) = 0;
};

/// Follows an events.jsonl that may not exist yet and may be growing. Never blocks, remembers its byte position.
class EventFollower final {
public:
    explicit EventFollower(std::filesystem::path file, std::uint64_t fromByte = 0);
    /// The complete lines that appeared since the last call, at most `maxEvents`. A torn last line waits for its line feed.
    /// A file that became shorter is read again from the start. Unreadable lines are skipped and counted.
    [[nodiscard]] Result<std::vector<Event>> poll(std::size_t maxEvents = 20000);
    [[nodiscard]] std::uint64_t position() const { return m_position; }
    [[nodiscard]] std::uint64_t skippedLines() const { return m_skippedLines; }

private:
    std::filesystem::path m_file;
    std::uint64_t m_position = 0;
    std::uint64_t m_skippedLines = 0;
};

} // namespace lori::experiment
