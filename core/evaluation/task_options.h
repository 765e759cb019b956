// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/evaluation/evaluator.h"

namespace lori::evaluation {

/// What a configured task says of how it is scored: limit, way of answering, judge, samples, and the sandbox for programs; the
/// rest keeps its defaults. Throws Exception(Unsupported) when it runs programs and no sandbox can be had.
[[nodiscard]] EvaluateOptions optionsFor(const experiment::EvaluationTask& task);

} // namespace lori::evaluation
