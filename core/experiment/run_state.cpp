// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/run_folder.h"

#include <algorithm>

namespace lori::experiment {

namespace {

constexpr std::int64_t kSilenceMs = 30'000;

/// The events of the newest attempt.
std::vector<Event>::const_iterator lastAttempt(const std::vector<Event>& events)
{
    const auto started = std::find_if(events.rbegin(), events.rend(), [](const Event& e) { return e.type == "started"; });
    return started == events.rend() ? events.begin() : std::prev(started.base());
}

bool saysPaused(const Event& event)
{
    const auto state = event.values.find("state");
    return event.type == "paused" || (event.type == "heartbeat" && state != event.values.end() && *state == "paused");
}

} // namespace

std::string_view runStateName(RunState state)
{
    switch (state) {
    case RunState::Waiting:
        return "waiting";
    case RunState::Running:
        return "running";
    case RunState::Paused:
        return "paused";
    case RunState::Finished:
        return "finished";
    case RunState::Stopped:
        return "stopped";
    case RunState::Failed:
        return "failed";
    case RunState::Lost:
        return "lost";
    }
    return "unknown";
}

RunState runState(const RunFolder& folder, const std::vector<Event>& events, std::int64_t nowMs)
{
    if (events.empty()) {
        return RunLock::holder(folder) ? RunState::Running : RunState::Waiting;
    }
    bool paused = false;
    for (auto it = lastAttempt(events); it != events.end(); ++it) {
        if (it->type == "finished") {
            return RunState::Finished;
        }
        if (it->type == "stopped") {
            return RunState::Stopped;
        }
        if (it->type == "failed") {
            return RunState::Failed;
        }
        if (it->type == "paused" || it->type == "continued" || it->type == "heartbeat") {
            paused = saysPaused(*it);
        }
    }
    if (nowMs - events.back().timeMs > kSilenceMs || !RunLock::holder(folder)) {
        return RunState::Lost;
    }
    return paused ? RunState::Paused : RunState::Running;
}

} // namespace lori::experiment
