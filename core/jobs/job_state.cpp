// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_state.h"

#include "core/events/event_follower.h"

namespace lori::jobs {

Result<StateOfJob> stateSince(const JobFolder& folder, std::uint64_t fromByte, std::int64_t nowMs)
{
    return guard([&] {
        StateOfJob result;
        JobLife life;
        events::EventFollower follower(folder.eventsFile(), fromByte);
        for (auto some = follower.poll().value(); !some.empty(); some = follower.poll().value()) {
            for (const events::Event& event : some) {
                life.fold(event);
                if (event.as<events::Started>() != nullptr) {
                    result.error.clear();
                    result.discarded = false;
                } else if (const auto* failed = event.as<events::Failed>()) {
                    result.error = events::errorOf(*failed).sentence();
                } else if (const auto* stopped = event.as<events::Stopped>()) {
                    result.discarded = !stopped->kept;
                }
            }
        }
        result.state = life.state(folder, nowMs);
        return result;
    });
}

} // namespace lori::jobs
