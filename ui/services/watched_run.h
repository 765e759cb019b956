// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event_follower.h"
#include "core/jobs/job_life.h"
#include "core/jobs/run_folder.h"
#include "ui/services/run_progress.h"

#include <cstdint>
#include <vector>

namespace lori::ui {

/// What RunService remembers about one run folder that it follows.
struct WatchedRun {
    /// An unreadable configuration shows as a run without stages.
    [[nodiscard]] static experiment::RunConfig configOf(const jobs::RunFolder& folder)
    {
        const auto config = folder.config();
        return config ? *config : experiment::RunConfig{};
    }

    explicit WatchedRun(jobs::RunFolder runFolder)
        : folder(std::move(runFolder)), follower(folder.eventsFile()), progress(configOf(folder))
    {
    }

    jobs::RunFolder folder;
    events::EventFollower follower;
    jobs::JobLife life;
    RunProgress progress;
    jobs::JobState state = jobs::JobState::Waiting;
    std::int64_t launchedMs = 0;   ///< when a worker was started from here and has not said `started` yet, else 0
    std::int64_t terminalSeq = 0;  ///< terminal event of the newest attempt, 0 while there is none
    std::int64_t announcedSeq = 0; ///< the terminal event that was told to the pages last
    events::Payload ending;        ///< the terminal event of the newest attempt, with terminalSeq
    std::int64_t stateCheckedMs = 0;
    std::int64_t pid = 0;    ///< of the newest attempt's worker, 0 before it said so
    bool folderGone = false; ///< its configuration was removed while being watched
    bool announces = false;  ///< it was alive while being watched: its end is news
    bool caughtUp = false;   ///< the file was read to its end at least once
};

} // namespace lori::ui
