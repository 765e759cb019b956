// SPDX-License-Identifier: Apache-2.0
#include "database/state_now.h"

namespace lori::database {

using jobs::JobState;

JobState stateFromName(const std::string& name)
{
    for (const JobState state : {JobState::Waiting, JobState::Running, JobState::Paused, JobState::Finished, JobState::Stopped,
                                 JobState::Failed, JobState::Lost}) {
        if (name == jobs::jobStateName(state)) {
            return state;
        }
    }
    throw Exception(ErrorCode::BadFile, "the history holds a run of the unknown state '" + name + "'",
                    "run `lori history rebuild`");
}

JobState stateNow(const StoredState& stored, std::int64_t nowMs)
{
    const JobState state = stateFromName(stored.state);
    if (state != JobState::Running && state != JobState::Paused && state != JobState::Waiting) {
        return state;
    }
    const auto folder = jobs::JobFolder::open({}, stored.folder.string());
    if (!folder) {
        return JobState::Lost;
    }
    jobs::JobLife life;
    if (stored.startedMs) {
        life.fold({1, *stored.startedMs, events::Started{}});
        life.fold({2, stored.lastEventMs, events::Heartbeat{.state = stored.state}});
    }
    return life.state(*folder, nowMs);
}

} // namespace lori::database
