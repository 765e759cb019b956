// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/run_folder.h"
#include "database/history.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lori::test {

inline constexpr const char* kRun = "20261121-141530-quick-look-kfqz";
inline constexpr const char* kJob = "20261121-141600-merged-abcd";

/// A home in a temporary folder, and run folders in it as a worker would leave them.
class HomeFixture {
public:
    HomeFixture() : m_home{std::filesystem::weakly_canonical(m_folder.path().toStdString()) / "home"} {}
    [[nodiscard]] const Home& home() const { return m_home; }
    [[nodiscard]] database::History openHistory() const { return database::History::open(m_home.historyFile()).value(); }
    /// runs/<id> with a config.json; the three usual stages, sparsity 0.9, rank 8.
    std::filesystem::path makeRun(const std::string& id, const std::string& name = "A run") const;
    /// jobs/<id> with a job.json.
    std::filesystem::path makeJob(const std::string& id, const std::string& kind, const std::string& name = "A job") const;

private:
    QTemporaryDir m_folder;
    Home m_home;
};

/// Appends events to a run's events.jsonl, with times of its own: one second apart.
class EventLog {
public:
    explicit EventLog(const std::filesystem::path& folder, std::int64_t fromMs = 1'763'733'600'000)
        : m_file(folder / "events.jsonl"), m_timeMs(fromMs)
    {
    }
    void add(const std::string& type, nlohmann::json values);
    void raw(const std::string& text) const;
    void step(int stage, int step, double loss);
    void score(int stage, int step, const std::string& metric, double value, bool higherIsBetter, const std::string& items);
    [[nodiscard]] std::int64_t seq() const { return m_seq; }
    void setSeq(std::int64_t seq) { m_seq = seq; }

private:
    std::filesystem::path m_file;
    std::int64_t m_seq = 0;
    std::int64_t m_timeMs;
};

/// A whole finished run: scores before and after with items, ten steps, an adapter, a mask, a seal, a health note.
void writeFinishedRun(const std::filesystem::path& folder);

/// A whole finished job that made one artifact of fingerprint `made` from `parents`; its result is {"sha256":made}.
void writeFinishedJob(const std::filesystem::path& folder, const std::string& made, const std::vector<std::string>& parents);

/// Runs `sql` in a write transaction of its own.
void changeHistory(const database::History& history, const std::string& sql);

/// Writes a small text file with its folders.
void writeText(const std::filesystem::path& file, const std::string& text);

} // namespace lori::test
