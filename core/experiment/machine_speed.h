// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/model_shape.h"
#include "core/experiment/run_folder.h"

#include <cstdint>
#include <string>

namespace lori::experiment {

/// What this machine achieves, for estimates: measured by its own runs, or assumed before the first one.
struct MachineSpeed {
    /// Floating-point operations a second of training, counted as trainingFlops().
    double trainFlopsPerSecond = 1.2e11;
    /// Of batched generation, counted as generationFlops() for every token an answer may have: answers that end early make it
    /// look faster, and so do the answers to come.
    double generateFlopsPerSecond = 5e10;
    std::string device;          ///< "cpu", "cuda:0"
    std::int64_t measuredMs = 0; ///< Unix time of the run; 0 = assumed
    [[nodiscard]] bool isMeasured() const { return measuredMs > 0; }
    bool operator==(const MachineSpeed&) const = default;
};

/// Forward and the gradient towards the input, 2 operations a weight and token each; frozen weights need no gradient of their
/// own. The head runs over response tokens alone.
[[nodiscard]] double trainingFlops(const ModelShape& shape, double tokens, double responseTokens);
/// One forward pass a token, head included.
[[nodiscard]] double generationFlops(const ModelShape& shape, double newTokens);
/// Weights of the seven projections of all layers.
[[nodiscard]] std::int64_t linearParameters(const ModelShape& shape);

/// Collects a run's work and time.
class SpeedMeter final {
public:
    explicit SpeedMeter(const ModelShape& shape) : m_shape(shape) {}
    void addStep(std::int64_t tokens, std::int64_t responseTokens, double seconds);
    void addEvaluation(std::int64_t answers, std::int64_t maxNewTokens, double seconds);
    /// `before` with what was measured here in its place; unchanged when there were fewer than ten steps.
    [[nodiscard]] MachineSpeed speed(MachineSpeed before, const std::string& device, std::int64_t nowMs) const;

private:
    ModelShape m_shape;
    std::int64_t m_steps = 0;
    double m_trainFlops = 0;
    double m_trainSeconds = 0;
    double m_generateFlops = 0;
    double m_generateSeconds = 0;
};

/// <home>/speed.json as the last run left it; the assumed speeds when it is missing or unreadable (a lost speed costs nothing).
[[nodiscard]] MachineSpeed loadMachineSpeed(const Home& home);
/// Replaces the file whole or not at all. Errors: DiskFull, Io.
[[nodiscard]] Result<void> saveMachineSpeed(const Home& home, const MachineSpeed& speed);

} // namespace lori::experiment
