// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event_follower.h"
#include "ui/services/background_job.h"

#include <filesystem>
#include <functional>
#include <vector>

namespace lori::ui {

/// Reads what a run's events.jsonl holds already: the first events at once, a long past in portions and in another thread, so
/// that no run is ever held in memory as events. Use from the window's thread; starting again or destruction drops what is under
/// way.
class RunPast final {
public:
    using Take = std::function<void(const std::vector<events::Event>&)>;
    using Done = std::function<void(std::uint64_t position)>;

    /// Gives `take` the events from `fromByte` on, in order and at least up to `untilByte`, then calls `done` with the byte after
    /// the last one. The last portion may hold what was written meanwhile: who follows the file too goes by sequence numbers.
    void read(const std::filesystem::path& file, std::uint64_t fromByte, std::uint64_t untilByte, const Take& take,
              const Done& done);
    void cancel() { m_job.cancel(); }
    [[nodiscard]] bool isReading() const { return m_job.isRunning(); }

private:
    void readOn(const std::filesystem::path& file, std::uint64_t fromByte, std::uint64_t untilByte, const Take& take,
                const Done& done);
    BackgroundJob m_job;
};

} // namespace lori::ui
