// SPDX-License-Identifier: Apache-2.0
#include "database/life_cycle.h"

#include <algorithm>

namespace lori::database {

void LifeCycle::fold(const events::Event& event)
{
    if (event.as<events::Started>() != nullptr) {
        state = "running";
        finishedMs.reset();
        error.clear();
    } else {
        durationMs += std::max<std::int64_t>(0, event.timeMs - lastEventMs);
    }
    if (!startedMs) {
        startedMs = event.timeMs;
        durationMs = 0;
    }
    lastEventMs = event.timeMs;
    if (event.as<events::Paused>() != nullptr) {
        state = "paused";
    } else if (event.as<events::Continued>() != nullptr) {
        state = "running";
    } else if (const auto* beat = event.as<events::Heartbeat>()) {
        state = beat->state == "paused" ? "paused" : "running";
    } else if (events::isTerminal(event.payload)) {
        state = event.type();
        finishedMs = event.timeMs;
        if (const auto* failed = event.as<events::Failed>()) {
            error = events::errorOf(*failed).sentence();
        }
    }
}

} // namespace lori::database
