// SPDX-License-Identifier: GPL-3.0-or-later
// What stands between the draft of a sequence and Start, and what is worth knowing before it.
#include "core/support/files.h"
#include "ui/pages/sequence/sequence_editor.h"
#include "ui/pages/sequence/sequence_page.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/data_check.h"
#include "ui/services/error_text.h"
#include "ui/services/home_check.h"
#include "ui/services/sequence_draft.h"
#include "ui/services/sequence_plan.h"
#include "ui/services/worker_process.h"
#include "ui/text.h"

#include <QLocale>

#include <algorithm>

namespace lori::ui {

using experiment::RunConfig;
using experiment::SequenceConfig;
using Problem = SequenceSide::Problem;

std::optional<RunConfig> SequencePage::plannedRun() const
{
    auto run = experiment::expandSequence(m_draft->config());
    if (!run) {
        return std::nullopt;
    }
    run->data.sources = allSources();
    return *std::move(run);
}

std::vector<experiment::DataSource> SequencePage::allSources() const
{
    std::vector<experiment::DataSource> sources;
    for (const experiment::SequenceStage& stage : m_draft->config().stages) {
        sources.insert(sources.end(), stage.sources.begin(), stage.sources.end());
    }
    return sources;
}

QString SequencePage::placeOf(const QString& path) const
{
    if (path.startsWith(QLatin1String("stages["))) {
        const int task = path.mid(7).section(QLatin1Char(']'), 0, 0).toInt();
        const QString field = path.section(QLatin1Char('.'), 1);
        const QString named = field.contains(QLatin1String("teps"))        ? tr("steps")
                              : field.startsWith(QLatin1String("mask"))    ? tr("sparsity")
                              : field.startsWith(QLatin1String("sources")) ? tr("what it learns")
                              : field == QLatin1String("method")           ? tr("method")
                                                                           : field;
        return tr("Task %1, %2").arg(task + 1).arg(named);
    }
    return path == QLatin1String("run.name")                         ? tr("Name")
           : path == QLatin1String("run.model")                      ? tr("Base model")
           : path == QLatin1String("stages")                         ? tr("Tasks")
           : path.startsWith(QLatin1String("run.evaluation.floors")) ? tr("Floors")
                                                                     : path;
}

std::vector<Problem> SequencePage::problems()
{
    std::vector<Problem> found;
    for (const auto& [field, problem] : m_editor->unreadable()) {
        found.push_back({field, problem});
    }
    for (const experiment::ConfigIssue& issue : m_draft->issues()) {
        const QString path = QString::fromStdString(issue.path);
        found.push_back({path, tr("%1: %2", "where; what is wrong").arg(placeOf(path), ErrorText::problem(issue))});
    }
    const SequenceConfig& config = m_draft->config();
    if (const auto shape = m_facts.shape(config.run.model); !shape && !config.run.model.empty()) {
        found.push_back({QStringLiteral("run.model"), ErrorText::sentence(shape.error())});
    }
    std::error_code ignored;
    if (!config.fromAdapter.empty() && !std::filesystem::exists(config.fromAdapter, ignored)) {
        found.push_back(
            {QStringLiteral("fromAdapter"),
             tr("The adapter to begin from is gone: %1. Choose another one.").arg(QString::fromStdString(config.fromAdapter))});
    }
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        for (const experiment::DataSource& source : config.stages[i].sources) {
            const QString path = QStringLiteral("stages[%1].sources").arg(i);
            if (const QString missing = m_tasks.missing(source.task, TaskCatalog::Use::Training, config.run.data.folder);
                !missing.isEmpty()) {
                found.push_back({path, tr("%1: %2", "where; what is wrong").arg(placeOf(path), missing)});
            } else if (const QString untested = m_tasks.missing(source.task, TaskCatalog::Use::Measuring, config.run.data.folder);
                       !untested.isEmpty()) {
                found.push_back({path, tr("%1: %2", "where; what is wrong").arg(placeOf(path), untested)});
            }
        }
    }
    RunConfig read = config.run; // whatever else is wrong, files are looked at
    read.data.sources = allSources();
    for (const DataView* view : m_data->look(read)) {
        if (const QString problem = DataCheck::problem(*view); !problem.isEmpty()) {
            const auto task = std::find_if(config.stages.begin(), config.stages.end(), [&](const auto& stage) {
                return !stage.sources.empty() && stage.sources.front().file == view->file.toStdString();
            });
            found.push_back({QStringLiteral("stages[%1].sources").arg(task - config.stages.begin()), problem});
        }
    }
    if (const auto problem = TaskCatalog::problem()) {
        found.push_back({{}, ErrorText::sentence(*problem)});
    }
    if (const auto writable = tryWriting(m_context.home.root); !writable) {
        found.push_back({{}, tr("Your files cannot be written: %1").arg(ErrorText::sentence(writable.error()))});
    }
    if (workerProgram().isEmpty()) {
        found.push_back({{}, ErrorText::sentence(noWorkerProgram())});
    }
    return found;
}

QString SequencePage::roomText() const
{
    const SequenceConfig& config = m_draft->config();
    const KnownAdapter* before = m_context.adapters->find(config.fromAdapter);
    const MaskRoom room = maskRoom(config, before != nullptr ? before->sparsity : 0);
    if (room.tasks == 0) {
        return tr("No task has a mask that keeps off the others: each may overwrite what was learned before.");
    }
    const double taken = room.before + room.asked;
    if (taken > 1 + 1e-9) {
        return tr("Too little: the masks together want %1 of B. The last tasks get only what is still free; a higher sparsity "
                  "makes room.")
            .arg(Text::percent(taken, 0));
    }
    return tr("At %1 sparsity there is room for %2 tasks beside one another. This sequence takes %3 of B; %4 stays free.")
        .arg(Text::percent(room.sparsity))
        .arg(room.fit)
        .arg(Text::percent(taken, 0), Text::percent(1 - taken, 0));
}

std::vector<SequenceSide::Fact> SequencePage::facts(const RunConfig& run)
{
    std::vector<SequenceSide::Fact> facts;
    std::int64_t steps = 0;
    bool isSparse = false;
    for (const experiment::StageConfig& stage : run.stages) {
        steps += stage.kind == experiment::StageKind::Mask ? 0 : stage.steps;
        isSparse = isSparse || stage.kind == experiment::StageKind::Mask;
    }
    QString work = tr("Tasks: %1. Steps in all: %2.")
                       .arg(m_draft->config().stages.size())
                       .arg(QLocale().toString(static_cast<qlonglong>(steps)));
    if (isSparse) {
        work += QLatin1Char(' ') + tr("A sparse task trains twice: a dense training finds its mask, then the masked one learns.");
    }
    facts.push_back({tr("What it does"), work});
    facts.push_back({tr("Room for masks"), roomText()});
    if (const auto shape = m_facts.shape(run.model)) {
        const experiment::DataLengths lengths = m_facts.lengths(run);
        const experiment::MachineSpeed speed = experiment::machineSpeed(m_context.home, run, *shape, lengths);
        const experiment::Estimate estimate = experiment::estimate(run, *shape, lengths, speed);
        facts.push_back(
            {tr("Estimates"),
             tr("Time: %1 (%2)\nMemory: %3\nDisk: %4")
                 .arg(Text::about(estimate.seconds.value), speed.isMeasured() ? tr("speed measured here") : tr("speed assumed"),
                      Text::bytes(estimate.memoryBytes.value), Text::bytes(estimate.diskBytes.value))});
    }
    return facts;
}

} // namespace lori::ui
