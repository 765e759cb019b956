// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event_follower.h"
#include "core/jobs/run_folder.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace lori::test {

/// How many events of a type a run has written.
inline int countEvents(const jobs::RunFolder& folder, const std::string& type)
{
    int n = 0;
    events::EventFollower follower(folder.eventsFile());
    for (const events::Event& event : follower.poll().value()) {
        n += event.type() == type ? 1 : 0;
    }
    return n;
}

/// Newest loss of each (stage, step).
using Losses = std::map<std::pair<std::int64_t, std::int64_t>, double>;
inline Losses lossesOf(const jobs::RunFolder& folder)
{
    Losses losses;
    events::EventFollower follower(folder.eventsFile());
    for (const events::Event& event : follower.poll().value()) {
        if (const auto* step = event.as<events::Step>()) {
            losses[{step->stage, step->step}] = step->loss.value();
        }
    }
    return losses;
}

} // namespace lori::test
