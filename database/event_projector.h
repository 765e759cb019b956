// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/event_lines.h"
#include "database/life_cycle.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace lori::database {

/// Writes events into the tables of one run, inside a transaction of its caller; finish() then writes what the events say about
/// the run as a whole. Make a new one for each transaction: it remembers row numbers that a rollback would take away.
class EventProjector final {
public:
    EventProjector(SQLite::Database& db, std::int64_t runNumber, std::filesystem::path runFolder);

    /// False when the history has this sequence number already: nothing was done.
    bool apply(const EventLine& line);
    void finish();
    [[nodiscard]] std::int64_t missingItemFiles() const { return m_missingItemFiles; }

private:
    /// The columns of `runs` that events change.
    struct Progress {
        LifeCycle life;
        std::int64_t lastStage = -1;
        std::int64_t lastStep = 0;
        std::optional<double> lastLoss;
    };

    void readProgress();
    void write(const events::Started& e);
    void write(const events::Step& e);
    void write(const events::HeldOut& e);
    void write(const events::Heartbeat& e);
    void write(const events::StageStarted& e);
    void write(const events::StageFinished& e);
    void write(const events::Seal& e);
    void write(const events::Score& e);
    void write(const events::Adapter& e);
    void write(const events::Mask& e);
    template <typename Other>
    void write(const Other& /*kept among the events alone*/)
    {
    }
    void writeItems(std::int64_t evaluation, const std::string& named);
    void writeMetric(events::Place place, const std::string& key, std::optional<double> value);
    std::int64_t keyNumber(const std::string& key);
    SQLite::Statement& statement(const char* sql);

    SQLite::Database& m_db;
    std::int64_t m_run;
    std::int64_t m_seq = 0; ///< of the event being written, and its time
    std::int64_t m_timeMs = 0;
    std::filesystem::path m_folder;
    Progress m_progress;
    bool m_scored = false;
    std::int64_t m_missingItemFiles = 0;
    std::map<std::string, std::int64_t> m_keys;
    std::map<const char*, std::unique_ptr<SQLite::Statement>> m_statements; ///< by the address of the SQL literal
};

} // namespace lori::database
