// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/home.h"
#include "core/vocabulary/model_shape.h"
#include "core/vocabulary/products.h"
#include "core/vocabulary/weight_type.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace lori::experiment {

struct RunConfig;

/// What this machine achieves at a run's own kind of work, for its estimate: measured by runs like it, or assumed.
struct MachineSpeed {
    /// Floating-point operations a second of training, counted as trainingFlops().
    double trainFlopsPerSecond = 1.2e11;
    /// Of batched generation, counted as generationFlops() for every token an answer may have: answers that end early make it
    /// look faster, and so do the answers to come.
    double generateFlopsPerSecond = 5e10;
    /// Of comparing the options of choice rows, counted as choiceFlops().
    double choiceFlopsPerSecond = 1e11;
    std::string device;          ///< "cpu", "cuda:0": where the training speed was measured
    std::int64_t measuredMs = 0; ///< Unix time of the newest run that the training speed is from; 0 = assumed
    double measuredSeconds = 0;  ///< training that it is founded on
    [[nodiscard]] bool isMeasured() const { return measuredMs > 0; }
    bool operator==(const MachineSpeed&) const = default;
};

/// Forward and the gradient towards the input, 2 operations a weight and token each; frozen weights need no gradient of their
/// own. The head runs over response tokens alone.
[[nodiscard]] double trainingFlops(const ModelShape& shape, double tokens, double responseTokens);
/// One forward pass a token, head included.
[[nodiscard]] double generationFlops(const ModelShape& shape, double newTokens);
/// Choice rows whose options are compared: one forward pass each, over prompts of an assumed length.
[[nodiscard]] double choiceFlops(const ModelShape& shape, double rows);
/// Weights of the seven projections of all layers.
[[nodiscard]] std::int64_t linearParameters(const ModelShape& shape);

enum class WorkKind : std::uint8_t { Train, Generate, Choose };

/// Work that was measured. Two measurements tell of each other only where device, threads, kind and size of work are alike: a
/// step of two short rows takes a hundred times as long for each operation as one of eight long rows.
struct SpeedEntry {
    std::string device;       ///< "cpu", "cuda:0"
    std::int64_t threads = 0; ///< 0 on a GPU
    std::string model;        ///< modelKey()
    WorkKind work = WorkKind::Train;
    std::int64_t size = 0; ///< Train: tokens a step; else rows at once. Kept as the nearest power of four
    double flops = 0;
    double seconds = 0;
    std::int64_t measuredMs = 0;
    bool operator==(const SpeedEntry&) const = default;
};

/// Shape, type of the weights and of the products: what decides a model's speed.
[[nodiscard]] std::string modelKey(const ModelShape& shape, WeightType weights, Products products = Products::F32);

/// Collects a run's work and time.
class SpeedMeter final {
public:
    explicit SpeedMeter(const ModelShape& shape) : m_shape(shape) {}
    void addStep(std::int64_t tokens, std::int64_t responseTokens, double seconds);
    /// Answers of at most `maxNewTokens`, `rows` of them at once.
    void addGeneration(std::int64_t answers, std::int64_t maxNewTokens, std::int64_t rows, double seconds);
    void addChoices(std::int64_t answers, std::int64_t rows, double seconds);
    /// What may be believed: at least ten steps of a size, at least a second of answers.
    [[nodiscard]] std::vector<SpeedEntry> entries(const std::string& device, std::int64_t threads, const std::string& model,
                                                  std::int64_t nowMs) const;

private:
    struct Sum {
        std::int64_t count = 0;
        double flops = 0;
        double seconds = 0;
    };
    void add(WorkKind work, std::int64_t size, double flops, double seconds);

    ModelShape m_shape;
    std::map<std::pair<WorkKind, std::int64_t>, Sum> m_sums;
};

/// <home>/speed.json: all that this machine's runs have measured. Measurements of one key are added up, newer ones counting more
/// once there is an hour of them, so that no short run drives out a long one.
class SpeedBook final {
public:
    /// Empty when the file is missing, unreadable or of another version: a lost speed costs nothing.
    [[nodiscard]] static SpeedBook load(const Home& home);
    /// Adds to the file as it is now, whole or not at all. Errors: DiskFull, Io.
    [[nodiscard]] static Result<void> add(const Home& home, const std::vector<SpeedEntry>& entries);

    [[nodiscard]] const std::vector<SpeedEntry>& entries() const { return m_entries; }
    /// The best founded speeds for this run: of the same device, threads and kind of work, at most four times as large or small;
    /// of this model before another. What nobody measured is assumed.
    [[nodiscard]] MachineSpeed speedFor(const RunConfig& config, const ModelShape& shape, double tokensPerStep) const;

private:
    void merge(const SpeedEntry& entry);
    [[nodiscard]] const SpeedEntry* best(const SpeedEntry& wanted) const;

    std::vector<SpeedEntry> m_entries;
};

} // namespace lori::experiment
