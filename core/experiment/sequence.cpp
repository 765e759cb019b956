// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/sequence.h"

#include "core/experiment/sequence_issues.h"

namespace lori::experiment {

namespace {

constexpr std::int64_t kStagesOfSparse = 3; // calibration, mask, LoRI-S

/// The stages of one run as they are put together, and what the next task goes on from.
class Chain final {
public:
    explicit Chain(const SequenceConfig& config) : m_config(config) {}

    void add(const SequenceStage& task)
    {
        if (traitsOf(task.method).isSparse) {
            addSparse(task);
        } else {
            StageConfig stage = training(task, task.method);
            stage.name = task.name;
            goOn(stage, StageStart::Continue);
            m_stages.push_back(std::move(stage));
        }
        m_last = static_cast<std::int64_t>(m_stages.size()) - 1;
    }

    [[nodiscard]] std::vector<StageConfig> take() { return std::move(m_stages); }

private:
    static StageConfig training(const SequenceStage& task, StageKind kind)
    {
        StageConfig stage;
        stage.kind = kind;
        stage.sources = task.sources;
        stage.learningRate = task.learningRate;
        stage.epochs = task.epochs;
        stage.steps = task.steps;
        stage.batchRows = task.batchRows;
        stage.batchTokens = task.batchTokens;
        stage.accumulate = task.accumulate;
        return stage;
    }

    /// Lets a stage begin from the chain so far, when there is one.
    bool goOn(StageConfig& stage, StageStart start) const
    {
        if (m_last < 0 && m_config.fromAdapter.empty()) {
            return false;
        }
        stage.start = start;
        stage.fromStage = m_last;
        if (m_last < 0) {
            stage.fromAdapter = m_config.fromAdapter;
        }
        return true;
    }

    void addSparse(const SequenceStage& task)
    {
        const auto first = static_cast<std::int64_t>(m_stages.size());
        StageConfig calibration = training(task, StageKind::LoriD);
        calibration.name = task.name + " (calibration)";
        calibration.learningRate = task.calibrationLearningRate;
        calibration.steps = task.calibrationSteps > 0 ? task.calibrationSteps : task.steps;
        calibration.evaluate = false;
        goOn(calibration, StageStart::Fresh); // the chain's A, so that the mask is found under the A it will be used with
        StageConfig mask;
        mask.kind = StageKind::Mask;
        mask.name = task.name + " (mask)";
        mask.mask = task.mask;
        mask.fromStage = first;
        if (task.policy != MaskPolicy::Own) {
            mask.mask.avoidRule = task.policy == MaskPolicy::Avoid ? AvoidRule::ChooseFree : AvoidRule::Remove;
            mask.mask.avoidStages = m_masks;
            if (!m_config.fromMask.empty()) {
                mask.mask.avoid.push_back(m_config.fromMask);
            }
        }
        StageConfig sparse = training(task, task.method);
        sparse.name = task.name;
        sparse.maskStage = first + 1;
        if (!goOn(sparse, StageStart::Continue)) {
            sparse.fromStage = first;
            sparse.start = StageStart::Fresh;
        }
        m_masks.push_back(first + 1);
        m_stages.insert(m_stages.end(), {std::move(calibration), std::move(mask), std::move(sparse)});
    }

    const SequenceConfig& m_config;
    std::vector<StageConfig> m_stages;
    std::vector<std::int64_t> m_masks; ///< mask stages so far
    std::int64_t m_last = -1;          ///< the stage that ends the chain so far
};

} // namespace

std::vector<StageConfig> stagesOf(const SequenceConfig& config)
{
    Chain chain(config);
    for (const SequenceStage& task : config.stages) {
        chain.add(task);
    }
    return chain.take();
}

Result<RunConfig> expandSequence(const SequenceConfig& config)
{
    const auto refuse = [](const char* what, const char* hint, const char* where) {
        return Error{ErrorCode::InvalidArgument, what, hint, where};
    };
    if (!config.run.stages.empty()) {
        return refuse("a sequence makes its own stages", "leave run.stages empty", "run.stages");
    }
    if (config.stages.empty()) {
        return refuse("there are no tasks", "add at least one", "stages");
    }
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        const SequenceStage& task = config.stages[i];
        const std::string path = "stages[" + std::to_string(i) + "]";
        if (!traitsOf(task.method).trains()) {
            return Error{ErrorCode::InvalidArgument, "a mask is no method to train with", "use lori-s, which makes its own mask",
                         path + ".method"};
        }
        if (task.sources.empty() && config.run.data.sources.empty()) {
            return Error{ErrorCode::InvalidArgument, "there is nothing to train on",
                         "add a starter task, a published set or a file", path + ".sources"};
        }
    }
    RunConfig run = config.run;
    run.stages = stagesOf(config);
    if (const auto issues = validate(run); !issues.empty()) {
        const ConfigIssue& first = issues.front();
        return Error{ErrorCode::InvalidArgument, first.problem, first.hint,
                     "as a run: " + first.path,  first.code,    first.arguments};
    }
    return run;
}

std::int64_t lastStageOfTask(const SequenceConfig& config, std::size_t task)
{
    std::int64_t stages = 0;
    for (std::size_t i = 0; i <= task; ++i) {
        stages += traitsOf(config.stages[i].method).isSparse ? kStagesOfSparse : 1;
    }
    return stages - 1;
}

} // namespace lori::experiment
