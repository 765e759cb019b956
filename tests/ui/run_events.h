// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event_follower.h"
#include "ui/services/run_service.h"

#include <algorithm>
#include <vector>

namespace lori::ui::test {

/// What the service has read of a watched run so far, from the run's file.
inline std::vector<events::Event> eventsOf(const RunService& runs, const QString& id)
{
    std::vector<events::Event> all;
    const auto folder = runs.folder(id);
    if (!folder || runs.position(id) == 0) {
        return all;
    }
    events::EventFollower follower(folder->eventsFile());
    while (follower.position() < runs.position(id)) {
        const auto some = follower.poll(1); // one by one: no further than the service is
        if (!some || some->empty()) {
            break;
        }
        all.insert(all.end(), some->begin(), some->end());
    }
    return all;
}

/// Steps among them.
inline std::int64_t stepsSeen(const RunService& runs, const QString& id)
{
    const auto all = eventsOf(runs, id);
    return std::count_if(all.begin(), all.end(), [](const events::Event& e) { return e.as<events::Step>() != nullptr; });
}

} // namespace lori::ui::test
