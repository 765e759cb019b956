// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/events.h"
#include "core/experiment/run_folder.h"
#include "ui/services/run_progress.h"

#include <cstdint>
#include <vector>

namespace lori::ui {

/// What RunService remembers about one run folder that it follows.
struct WatchedRun {
    /// An unreadable configuration shows as a run without stages.
    [[nodiscard]] static experiment::RunConfig configOf(const experiment::RunFolder& folder)
    {
        const auto config = folder.config();
        return config ? *config : experiment::RunConfig{};
    }

    explicit WatchedRun(experiment::RunFolder runFolder)
        : folder(std::move(runFolder)), follower(folder.eventsFile()), progress(configOf(folder))
    {
    }

    experiment::RunFolder folder;
    experiment::EventFollower follower;
    std::vector<experiment::Event> events;
    RunProgress progress;
    experiment::RunState state = experiment::RunState::Waiting;
    std::int64_t launchedMs = 0;   ///< when a worker was started from here and has not said `started` yet, else 0
    std::int64_t terminalSeq = 0;  ///< terminal event of the newest attempt, 0 while there is none
    std::int64_t announcedSeq = 0; ///< the terminal event that was told to the pages last
    std::int64_t stateCheckedMs = 0;
    std::int64_t pid = 0;    ///< of the newest attempt's worker, 0 before it said so
    bool folderGone = false; ///< its configuration was removed while being watched
    bool announces = false;  ///< it was alive while being watched: its end is news
    bool caughtUp = false;   ///< the file was read to its end at least once
};

} // namespace lori::ui
