// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/decoder.h"
#include "core/runs/run_context.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace lori::runs {

enum class ScoreKind : std::uint8_t {
    Full,  ///< config.evaluation's own limits: before training and at a stage's end; items are kept
    Check, ///< everyLimit rows a side, during training
};

/// Prompts one scoring of the configured tasks takes; for the time left. Throws Exception when a task
/// cannot be loaded or not be scored as configured.
[[nodiscard]] std::int64_t promptCount(const experiment::RunConfig& run, ScoreKind kind);

/// Scores the configured tasks on the decoder and records `score` events with items. `step` counts the stage's steps so far.
/// A pause holds between two tokens of the answers, after `beforePause` (which may write a checkpoint).
/// Throws jobs::StopRequest when the run is asked to end, Exception on failure and InvalidArgument for a floor whose metric no
/// score has.
void scoreAndRecord(RunContext& run, const model::Decoder& decoder, std::int64_t stage, std::int64_t step, ScoreKind kind,
                    const std::function<void()>& beforePause = {});

} // namespace lori::runs
