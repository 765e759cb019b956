// SPDX-License-Identifier: GPL-3.0-or-later
// What the adapters and their merges can do: read from the home's evaluations, measured where they are missing.
#include "ui/frame/message_bar.h"
#include "ui/pages/merge/adapters_part.h"
#include "ui/pages/merge/merge_page.h"
#include "ui/pages/merge/method_part.h"
#include "ui/pages/merge/result_part.h"
#include "ui/pages/merge/scores_part.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/job_service.h"
#include "ui/services/page_router.h"
#include "ui/services/run_service.h"

#include <QLocale>
#include <QScrollArea>

#include <algorithm>

namespace lori::ui {

namespace fs = std::filesystem;

void MergePage::connectScores()
{
    connect(m_result, &MergeResultPart::setupRequested, this, &MergePage::setUpAgain);
    connect(m_result, &MergeResultPart::selectionChanged, this, &MergePage::readScores);
    connect(m_scores, &MergeScoresPart::limitChanged, this, &MergePage::readScores);
    connect(m_scores, &MergeScoresPart::measureRequested, this, &MergePage::measureScores);
    connect(m_scores, &MergeScoresPart::cancelRequested, m_measuringScores, &MergeMeasuring::cancel);
    connect(m_measuringScores, &MergeMeasuring::changed, this, [this] { m_scores->showMeasuring(*m_measuringScores); });
    connect(m_measuringScores, &MergeMeasuring::measured, this, &MergePage::readScores);
}

/// The adapters of the selected merge, and all merges of just these, oldest first.
MergeScoresWanted MergePage::wantedScores() const
{
    MergeScoresWanted wanted;
    const MergeResult* selected = m_result->selected();
    if (selected == nullptr) {
        return wanted;
    }
    const std::vector<fs::path> adapters = selected->adapters;
    for (const fs::path& folder : adapters) {
        MergeVariant variant;
        variant.folder = folder;
        variant.name = QString::fromStdString(folder.filename().string());
        if (const KnownAdapter* known = m_context.adapters->find(folder)) {
            variant.name = known->name;
            variant.runId = known->runId;
            wanted.models.push_back(known->baseModel.toStdString());
            if (!known->runId.isEmpty()) {
                wanted.runs.push_back(known->runId);
            }
        }
        wanted.variants.push_back(std::move(variant));
    }
    const auto sorted = [](std::vector<fs::path> folders) {
        std::sort(folders.begin(), folders.end());
        return folders;
    };
    std::vector<MergeResult> merges = m_result->merges();
    std::reverse(merges.begin(), merges.end()); // they are newest first
    int number = 0;
    for (const MergeResult& merge : merges) {
        if (sorted(merge.adapters) == sorted(adapters)) {
            wanted.variants.push_back({tr("Merge %1", "a number").arg(QLocale().toString(++number)),
                                       QStringLiteral("%1 %2").arg(QString::fromStdString(merge.method), merge.weightsText()),
                                       merge.folder,
                                       merge.jobId,
                                       {}});
        }
    }
    wanted.limit = m_scores->limit();
    return wanted;
}

void MergePage::readScores()
{
    const MergeResult* selected = m_result->selected();
    m_scoring.start([home = m_context.home,
                     wanted = wantedScores()](const BackgroundJob::Cancelled&) { return loadMergeScores(home, wanted); },
                    [this, merge = selected != nullptr ? selected->jobId : QString()](MergeScores scores) {
                        m_result->setModel(QString::fromStdString(scores.model));
                        m_scores->show(std::move(scores), merge);
                        followMeasuring();
                    });
}

void MergePage::followMeasuring()
{
    const MergeScores& scores = m_scores->scores();
    std::vector<MeasuringWork> works;
    for (std::size_t i = 0; i < scores.variants.size(); ++i) {
        for (const auto& [measurement, found] : scores.found) {
            const bool hasEnded = // its worker may need a moment to leave
                m_context.jobs->isWatched(found.jobId) && !isLive(m_context.jobs->state(found.jobId));
            if (found.live && !hasEnded && measurement.adapter == scores.variants[i].folder) {
                works.push_back({measurement, m_scores->nameOf(i, measurement.task), found.jobId});
            }
        }
    }
    if (!works.empty()) {
        m_measuringScores->start(std::move(works)); // nothing when it is its own
    }
}

void MergePage::measureScores()
{
    const MergeScores& scores = m_scores->scores();
    std::vector<MeasuringWork> works;
    for (const auto& [variant, task] : m_scores->missing()) {
        MeasuringWork work{scores.measurementOf(variant, task), m_scores->nameOf(variant, task), {}};
        if (const auto begun = scores.found.find(work.measurement); begun != scores.found.end()) {
            work.jobId = begun->second.jobId;
        } else {
            work.jobId = m_measuringScores->begunFor(work.measurement);
        }
        works.push_back(std::move(work));
    }
    m_measuringScores->start(std::move(works));
}

void MergePage::setUpAgain()
{
    const MergeResult* merge = m_result->selected();
    if (merge == nullptr) {
        return;
    }
    const auto record = m_context.jobs->record(merge->jobId);
    const auto setup = record ? setupOf(*record) : Result<MergeSetup>(record.error());
    if (!setup) {
        m_context.messages->post(setup.error());
        return;
    }
    const bool allThere = std::all_of(setup->adapters.begin(), setup->adapters.end(),
                                      [this](const fs::path& folder) { return m_context.adapters->find(folder) != nullptr; });
    if (!allThere) {
        m_context.messages->post(Tone::Caution, tr("An adapter of this merge is no longer there, so it cannot be set up again."));
        return;
    }
    m_adapters->choose(setup->adapters);
    m_method->use(*setup);
    m_scroll->ensureVisible(0, 0);
    m_adapters->setFocus();
}

void MergePage::tryBesideAdapters()
{
    const MergeResult* merge = m_result->selected();
    if (merge == nullptr) {
        return;
    }
    std::vector<fs::path> adapters{merge->folder};
    for (const fs::path& folder : merge->adapters) {
        if (m_context.adapters->find(folder) != nullptr) { // those that were deleted since cannot answer
            adapters.push_back(folder);
        }
    }
    m_context.pages->go(intents::TryAdapters{std::move(adapters), {}});
}

} // namespace lori::ui
