// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/sequence_plan.h"

#include "ui/services/experiment_draft.h"
#include "ui/text.h"

#include <QFileInfo>

#include <algorithm>
#include <cmath>

namespace lori::ui {

using experiment::DataSource;
using experiment::MaskPolicy;
using experiment::SequenceConfig;
using experiment::SequenceStage;
using experiment::StageKind;

namespace {

constexpr std::int64_t kSteps = 120;
constexpr std::int64_t kMeasuredRows = 40; // a side: enough to see ten points, a minute on two cores
constexpr double kFloorPoints = 5;
constexpr const char* kSafety = "safety";

/// The rates that suit the built-in model, from the preset that was tried with it.
const experiment::RunConfig& quickLook()
{
    static const experiment::RunConfig config = experiment::findPreset("quick-look").value().config;
    return config;
}

double rateOf(StageKind method)
{
    const auto& stages = quickLook().stages;
    return experiment::traitsOf(method).isSparse ? stages.back().learningRate : stages.front().learningRate;
}

DataSource starter(const char* task)
{
    DataSource source;
    source.task = task;
    return source;
}

} // namespace

SequenceStage sequenceStage(const DataSource& source)
{
    SequenceStage stage;
    stage.method = StageKind::LoriS;
    stage.learningRate = rateOf(StageKind::LoriS);
    stage.calibrationLearningRate = rateOf(StageKind::LoriD);
    stage.steps = kSteps;
    stage.batchRows = quickLook().stages.front().batchRows;
    stage.policy = MaskPolicy::Avoid;
    setSource(stage, source);
    return stage;
}

QString sourceTitle(const SequenceStage& stage)
{
    if (stage.sources.empty()) {
        return {};
    }
    const DataSource& source = stage.sources.front();
    return source.file.empty() ? Text::task(QString::fromStdString(source.task))
                               : QFileInfo(QString::fromStdString(source.file)).fileName();
}

void setSource(SequenceStage& stage, const DataSource& source)
{
    const bool isOwnName = !stage.name.empty() && stage.name != sourceTitle(stage).toStdString();
    stage.sources = {source};
    if (!isOwnName) {
        stage.name = sourceTitle(stage).toStdString();
    }
}

void setMethod(SequenceStage& stage, StageKind method)
{
    if (stage.learningRate == rateOf(stage.method)) {
        stage.learningRate = rateOf(method);
    }
    stage.method = method;
}

SequenceConfig sequenceFrom(SequenceTemplate kind)
{
    SequenceConfig config;
    config.run = quickLook();
    config.run.stages.clear();
    config.run.data.sources.clear();
    config.run.preset.clear();
    config.run.evaluation.tasks.clear();
    config.run.adapter.projectionSeed = ExperimentDraft::newSeed();
    const std::vector<const char*> tasks = kind == SequenceTemplate::SafetyThenTask
                                               ? std::vector<const char*>{kSafety, "maths"}
                                               : std::vector<const char*>{"maths", "language", "code"};
    std::string name;
    for (const char* task : tasks) {
        config.stages.push_back(sequenceStage(starter(task)));
        name += (name.empty() ? "" : " → ") + config.stages.back().name;
    }
    config.run.name = name;
    measureWhatIsLearned(config);
    if (kind == SequenceTemplate::SafetyThenTask) {
        setFloor(config, kSafety, kFloorPoints);
    }
    return config;
}

void measureWhatIsLearned(SequenceConfig& config)
{
    std::vector<std::string> wanted{kSafety};
    for (const SequenceStage& stage : config.stages) {
        for (const DataSource& source : stage.sources) {
            if (!source.task.empty() && std::find(wanted.begin(), wanted.end(), source.task) == wanted.end()) {
                wanted.push_back(source.task);
            }
        }
    }
    auto& e = config.run.evaluation;
    const std::int64_t limit = e.tasks.empty() ? kMeasuredRows : e.tasks.front().limit;
    std::vector<experiment::EvaluationTask> tasks;
    for (const std::string& name : wanted) {
        const auto known = std::find_if(e.tasks.begin(), e.tasks.end(), [&](const auto& task) { return task.task == name; });
        if (known != e.tasks.end()) {
            tasks.push_back(*known);
        } else {
            experiment::EvaluationTask task;
            task.task = name;
            task.limit = limit;
            tasks.push_back(task);
        }
    }
    e.tasks = std::move(tasks);
    std::erase_if(e.floors, [&](const experiment::ScoreFloor& floor) {
        return std::find(wanted.begin(), wanted.end(), floor.task) == wanted.end();
    });
}

double floorOf(const SequenceConfig& config, const std::string& task)
{
    const auto& floors = config.run.evaluation.floors;
    const auto found = std::find_if(floors.begin(), floors.end(), [&](const auto& floor) { return floor.task == task; });
    return found == floors.end() ? 0 : found->points;
}

void setFloor(SequenceConfig& config, const std::string& task, double points)
{
    auto& floors = config.run.evaluation.floors;
    const auto found = std::find_if(floors.begin(), floors.end(), [&](const auto& floor) { return floor.task == task; });
    if (points <= 0) {
        std::erase_if(floors, [&](const experiment::ScoreFloor& floor) { return floor.task == task; });
    } else if (found == floors.end()) {
        floors.push_back({task, {}, points});
    } else {
        found->points = points;
    }
}

void beginFrom(SequenceConfig& config, const KnownAdapter* adapter, const Home& home)
{
    config.fromAdapter.clear();
    config.fromMask.clear();
    if (adapter == nullptr) {
        return;
    }
    config.fromAdapter = adapter->folder.string();
    if (adapter->sparsity > 0) {
        config.fromMask = config.fromAdapter;
    }
    if (!adapter->baseModel.isEmpty()) {
        config.run.model = adapter->baseModel.toStdString();
    }
    if (!adapter->runId.isEmpty()) {
        const auto folder = jobs::RunFolder::open(home, adapter->runId.toStdString());
        if (const auto made = folder ? folder->config() : Result<experiment::RunConfig>(folder.error())) {
            config.run.adapter = made->adapter;
            config.run.model = made->model;
            return;
        }
    }
    if (adapter->rank > 0) {
        config.run.adapter.rank = adapter->rank;
    }
    if (adapter->hasSeed) {
        config.run.adapter.projectionSeed = adapter->seed;
    }
}

MaskRoom maskRoom(const SequenceConfig& config, double sparsityBefore)
{
    MaskRoom room;
    room.before = config.fromMask.empty() ? 0 : 1 - sparsityBefore;
    for (const SequenceStage& stage : config.stages) {
        if (!experiment::traitsOf(stage.method).isSparse || stage.policy == MaskPolicy::Own) {
            continue;
        }
        room.asked += 1 - stage.mask.sparsity;
        room.sparsity = stage.mask.sparsity;
        ++room.tasks;
    }
    if (room.tasks > 0 && room.sparsity < 1) {
        room.fit = static_cast<int>(std::floor(1 / (1 - room.sparsity) + 1e-6));
    }
    return room;
}

} // namespace lori::ui
