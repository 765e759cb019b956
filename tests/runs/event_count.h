// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event_follower.h"
#include "core/jobs/run_folder.h"

#include <string>

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

} // namespace lori::test
