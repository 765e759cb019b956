// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/serving/session.h"
#include "core/wire/messages.h"

namespace lori::benchmarks {

/// What a client of `lori serve` waits for, in seconds from the sending of a line to the arrival of another one.
struct WireFigures {
    wire::Done done;          ///< of the text
    double firstToken = 0;    ///< to its first piece
    double all = 0;           ///< to its end
    double switchMix = 0;     ///< to another mix
    double cancelReading = 0; ///< while the prompt is read
    double cancelWriting = 0; ///< while tokens are written
};
/// Serves the session over pipes: a text, another mix and back, two texts that are cancelled. The session's mix stays.
[[nodiscard]] WireFigures measureWire(serving::Session& session, const wire::Generate& text, const serving::Mix& otherMix);

} // namespace lori::benchmarks
