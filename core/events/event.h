// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event_types.h"
#include "core/support/result.h"

#include <string_view>
#include <variant>

namespace lori::events {

using Payload = std::variant<Unknown, Started, Plan, Inputs, DataChanged, StageStarted, Progress, Step, HeldOut, Score,
                             Checkpoint, Mask, MaskMoment, Adapter, Seal, StageFinished, Note, Heartbeat, Paused, Continued,
                             Changed, Artifact, Child, Finished, Stopped, Failed>;

/// One line of events.jsonl: {"version":1,"seq":12,"timeMs":1763733600123,"type":"step", …fields}.
///
/// A job that was killed is resumed with a new `started` event; each attempt has at most one terminal event (finished, stopped,
/// failed), the last attempt exactly one.
struct Event {
    static constexpr int kVersion = 1;
    std::int64_t seq = 0;    ///< from 1, strictly rising over all attempts
    std::int64_t timeMs = 0; ///< Unix time
    Payload payload;

    /// The payload as `T`, null when it is another event.
    template <typename T>
    [[nodiscard]] const T* as() const
    {
        return std::get_if<T>(&payload);
    }
    [[nodiscard]] std::string_view type() const;
};

/// What visitors of payloads are made from: std::visit(Overloaded{[](const Step& s) {…}, [](const auto&) {}}, event.payload).
template <typename... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

[[nodiscard]] std::string_view typeOf(const Payload& payload);
[[nodiscard]] bool isTerminal(const Payload& payload);
/// Stage and step of an event that has them; -1 and 0 of others.
struct Place {
    std::int64_t stage = -1;
    std::int64_t step = 0;
    auto operator<=>(const Place&) const = default;
};
[[nodiscard]] Place placeOf(const Payload& payload);

/// The fields as a JSON object, keys sorted; those of an unknown event as they came.
[[nodiscard]] nlohmann::json fieldsOf(const Payload& payload);

[[nodiscard]] std::string toLine(const Event& event); ///< one JSON line, without the line feed
/// Reads a line. Fields that are missing or of another kind keep their defaults. `fields`, when given, receives the text of the
/// line's own fields as a JSON object with sorted keys, unknown ones too (what the history stores).
/// Errors: BadFile (not JSON, no number, no type), NewerVersion.
[[nodiscard]] Result<Event> eventFromLine(const std::string& line, std::string* fields = nullptr);

/// An event from its type and the text of its fields, as the history keeps them; lenient. Unreadable text gives defaults.
[[nodiscard]] Payload payloadFrom(const std::string& type, const std::string& fields);

/// An error as a `failed` event carries it, and back.
[[nodiscard]] Failed failedOf(const Error& error);
[[nodiscard]] Error errorOf(const Failed& failed);

/// EVENTS.md: every event with its fields, as Markdown.
[[nodiscard]] std::string documentation();

} // namespace lori::events
