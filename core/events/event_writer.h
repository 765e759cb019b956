// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event.h"

#include <filesystem>
#include <memory>

namespace lori::events {

/// Appends events to a job's events.jsonl with one write(2) a line; safe to call from several threads.
/// Opening truncates a torn last line (a kill in mid-write) and continues its numbering.
class EventWriter {
public:
    [[nodiscard]] static Result<std::unique_ptr<EventWriter>> open(const std::filesystem::path& file);
    virtual ~EventWriter() = default;
    /// Stamps seq and time, appends, and returns the event. Throws Exception(DiskFull | Io).
    virtual Event append(Payload payload) = 0;
};

} // namespace lori::events
