// SPDX-License-Identifier: GPL-3.0-or-later
// The merge as a job: started, followed, and what it left.
#include "ui/frame/message_bar.h"
#include "ui/pages/merge/adapters_part.h"
#include "ui/pages/merge/interference_part.h"
#include "ui/pages/merge/merge_page.h"
#include "ui/pages/merge/method_part.h"
#include "ui/pages/merge/result_part.h"
#include "ui/pages/merge/scores_part.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/job_service.h"
#include "ui/services/run_service.h"

#include <QPointer>
#include <QScrollArea>
#include <QTimer>

namespace lori::ui {

void MergePage::merge()
{
    if (!hindrance().isEmpty()) {
        return;
    }
    const auto started = m_context.jobs->startNew(jobOf(m_method->setup(), names().join(QStringLiteral(" + "))));
    if (!started) {
        m_context.messages->post(started.error());
        return;
    }
    follow(*started);
    reveal(m_result);
}

void MergePage::follow(const QString& jobId)
{
    m_jobId = jobId;
    refreshJob();
    refreshParts();
}

void MergePage::refreshJob()
{
    if (m_jobId.isEmpty()) {
        m_result->showNoJob();
    } else {
        m_result->showJob(m_context.jobs->state(m_jobId), m_context.jobs->progress(m_jobId), m_context.jobs->failure(m_jobId));
    }
    refreshFooter();
}

void MergePage::jobEnded(const QString& jobId, jobs::JobState state)
{
    if (jobId == m_jobId) {
        refreshJob();
        if (state == jobs::JobState::Finished) {
            findResults(jobId);
            m_context.adapters->refresh();
        }
        reveal(m_result);
    }
}

void MergePage::findResults(const QString& select)
{
    m_finding.start([home = m_context.home](const BackgroundJob::Cancelled&) { return findMerges(home); },
                    [this, select](FoundMerges found) {
                        m_result->showMerges(std::move(found.done), select);
                        if (m_jobId.isEmpty() && !found.live.isEmpty() && m_context.jobs->watch(found.live)) {
                            follow(found.live); // begun in a terminal, by the queue, or before the window was closed
                        }
                        refreshParts();
                        readScores();
                        if (!select.isEmpty()) {
                            reveal(m_result);
                        }
                    });
}

/// After the layout knows how tall the parts have become.
void MergePage::reveal(QWidget* part)
{
    QTimer::singleShot(0, this, [this, part = QPointer<QWidget>(part)] {
        if (part) {
            m_scroll->ensureWidgetVisible(part);
        }
    });
}

std::vector<PageView> MergePage::views(const QString& /*runId*/)
{
    const auto chooseSome = [this] {
        std::vector<std::filesystem::path> some;
        const KnownAdapter* first = nullptr; // and others of its kind
        for (const KnownAdapter& adapter : m_context.adapters->adapters()) {
            first = first == nullptr && !adapter.merge ? &adapter : first;
            if (first != nullptr && adapter.method == first->method && adapter.baseFingerprint == first->baseFingerprint &&
                some.size() < 3) {
                some.push_back(adapter.folder);
            }
        }
        m_adapters->choose(some);
        m_scroll->ensureVisible(0, 0);
    };
    return {{QString(),
             [] {
             }},
            {QStringLiteral("checks"), chooseSome},
            {QStringLiteral("interference"),
             [this] {
                 m_scroll->ensureWidgetVisible(m_interference);
             }},
            {QStringLiteral("method"),
             [this] {
                 m_scroll->ensureWidgetVisible(m_method);
             }},
            {QStringLiteral("result"),
             [this] {
                 m_scroll->ensureWidgetVisible(m_result);
             }},
            {QStringLiteral("scores"), [this] {
                 m_scroll->ensureWidgetVisible(m_scores);
             }}};
}

} // namespace lori::ui
