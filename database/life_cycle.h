// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event.h"

#include <cstdint>
#include <optional>
#include <string>

namespace lori::database {

/// What the events of a run or a job say about it as a whole: the columns of the same names. Times are Unix milliseconds.
struct LifeCycle {
    std::string state = "waiting"; ///< a jobs::jobStateName(), as the events said last
    std::optional<std::int64_t> startedMs;
    std::optional<std::int64_t> finishedMs;
    std::int64_t lastEventMs = 0;
    std::int64_t durationMs = 0; ///< of all attempts; the time between a kill and its resume does not count
    std::string error;           ///< the sentence of the newest failure, "" otherwise

    /// Takes in one event; in the order of their numbers.
    void fold(const events::Event& event);
};

} // namespace lori::database
