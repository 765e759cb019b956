// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/merge_page.h"

#include "ui/frame/message_bar.h"
#include "ui/pages/merge/adapters_part.h"
#include "ui/pages/merge/interference_part.h"
#include "ui/pages/merge/method_part.h"
#include "ui/pages/merge/result_part.h"
#include "ui/pages/merge/scores_part.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/job_service.h"
#include "ui/services/page_router.h"
#include "ui/services/run_service.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace lori::ui {
MergePage::MergePage(AppContext& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_planner(new MergePlanner(this)),
      m_measuringScores(new MergeMeasuring(*context.jobs, this))
{
    setObjectName(QStringLiteral("mergePage"));
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(makeEmpty());
    m_stack->addWidget(makeParts());
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_stack, 1);
    layout->addWidget(makeFooter());

    connect(m_context.adapters, &AdapterCatalog::changed, this, [this] {
        refreshCatalog();
        adaptersChanged();
        readScores(); // of adapters by their names
    });
    connect(m_adapters, &MergeAdaptersPart::changed, this, &MergePage::adaptersChanged);
    connect(m_interference, &MergeInterferencePart::measureRequested, this, &MergePage::measure);
    connect(m_interference, &MergeInterferencePart::cancelRequested, this, [this] {
        m_measuring.cancel();
        m_measureFailed = true;
        m_interference->showCancelled();
        refreshParts();
    });
    connect(m_method, &MergeMethodPart::changed, this, &MergePage::refreshPlan);
    connect(m_planner, &MergePlanner::changed, this, [this] {
        m_method->showPlan(m_planner->answer());
        refreshFooter();
    });
    connect(m_result, &MergeResultPart::cancelRequested, this, [this] {
        if (const auto sent = m_context.jobs->send(m_jobId, jobs::Command::StopAndKeep); !sent) {
            m_context.messages->post(sent.error());
        }
    });
    connect(m_result, &MergeResultPart::againRequested, this, [this] {
        if (const auto started = m_context.jobs->start(m_jobId); !started) {
            m_context.messages->post(started.error());
        }
        refreshJob();
    });
    connect(m_result, &MergeResultPart::tryRequested, this, &MergePage::tryBesideAdapters);
    connect(m_result, &MergeResultPart::showRequested, this, [this] {
        if (const MergeResult* merge = m_result->selected()) {
            m_context.pages->go(intents::ShowAdapter{merge->folder});
        }
    });
    connect(m_result, &MergeResultPart::anotherRequested, this, [this] {
        m_adapters->choose({});
        m_scroll->ensureVisible(0, 0);
        m_adapters->setFocus();
    });
    connect(m_context.jobs, &JobService::eventsAppended, this, [this](const QString& id) {
        if (id == m_jobId) {
            refreshJob();
        }
    });
    connect(m_context.jobs, &JobService::stateChanged, this, [this](const QString& id) {
        if (id == m_jobId) {
            refreshJob();
        }
    });
    connect(m_context.jobs, &JobService::jobEnded, this, &MergePage::jobEnded);
    connectScores();
    retranslate();
    refreshCatalog();
    adaptersChanged();
    findResults({});
}

void MergePage::retranslate()
{
    setAccessibleName(tr("Merge"));
    m_newExperiment->setText(tr("&New experiment"));
    m_newExperiment->setAccessibleName(tr("New experiment, to train another adapter"));
    m_merge->setText(tr("&Merge"));
    m_merge->setAccessibleName(tr("Merge the chosen adapters"));
    refreshCatalog();
    refreshParts();
}

void MergePage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void MergePage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    m_context.adapters->refresh();
    findResults({});
}

bool MergePage::isBusy() const
{
    return !m_context.adapters->isRead() || m_measuring.isRunning() || m_finding.isRunning() || m_scoring.isRunning() ||
           m_planner->isAsking();
}

void MergePage::take(const Intent& intent)
{
    if (const auto* asked = std::get_if<intents::MergeAdapters>(&intent); asked != nullptr && !asked->adapters.empty()) {
        m_adapters->choose(asked->adapters);
    }
}

void MergePage::refreshCatalog()
{
    const auto& known = m_context.adapters->adapters();
    const bool read = m_context.adapters->isRead();
    const std::size_t mergeable = MergeChecks::mergeable(known);
    m_emptyText->setText(!read
                             ? tr("Looking for adapters …")
                             : tr("Merging needs two adapters of the same base model. You have %n. Train another task, and both "
                                  "can become one.",
                                  nullptr, static_cast<int>(known.size() < 2 ? known.size() : mergeable)));
    m_newExperiment->setVisible(read);
    m_stack->setCurrentIndex(read && mergeable >= 2 ? kPartsPlace : kEmptyPlace);
    refreshFooter();
}

std::vector<const KnownAdapter*> MergePage::chosen() const
{
    std::vector<const KnownAdapter*> found;
    for (const auto& folder : m_chosen) {
        if (const KnownAdapter* adapter = m_context.adapters->find(folder)) {
            found.push_back(adapter);
        }
    }
    return found;
}

QStringList MergePage::names() const
{
    QStringList names;
    for (const KnownAdapter* adapter : chosen()) {
        names.append(adapter->name);
    }
    return names;
}

void MergePage::adaptersChanged()
{
    const std::vector<std::filesystem::path> before = std::exchange(m_chosen, m_adapters->chosen());
    const QStringList namesBefore = std::exchange(m_names, names()); // known only once the catalog was read
    if (m_chosen != before || m_names != namesBefore) {
        m_measuring.cancel();
        m_measured.reset();
        m_measureFailed = false;
        m_method->setMeasured(nullptr);
        m_method->setAdapters(m_chosen, m_names);
        if (MergeChecks::allow(chosen())) {
            measure();
        }
    }
    refreshParts();
}

void MergePage::measure()
{
    m_measured.reset();
    m_measureFailed = false;
    m_interference->showMeasuring();
    m_measuring.start(
        [folders = m_chosen](const BackgroundJob::Cancelled& cancelled) { return measureAdapters(folders, cancelled); },
        [this](Result<MeasuredAdapters> measured) { showMeasured(std::move(measured)); });
    refreshParts();
}

void MergePage::showMeasured(Result<MeasuredAdapters> measured)
{
    if (measured) {
        m_measured = std::make_shared<const MeasuredAdapters>(std::move(*measured));
        m_interference->show(m_measured, m_names);
    } else {
        m_measureFailed = true;
        m_interference->showProblem(measured.error());
    }
    m_method->setMeasured(m_measured);
    refreshParts();
}

void MergePage::refreshParts()
{
    const auto adapters = chosen();
    const bool fit = MergeChecks::allow(adapters);
    m_adapters->showChecks(MergeChecks::of(adapters, m_measured.get()));
    m_interference->setWaiting(fit ? QString() : tr("Opens when two adapters or more that fit are chosen."));
    m_method->setWaiting(fit && m_measured ? QString() : tr("Opens when the adapters were compared."));
    m_result->setWaiting(m_result->hasMerges() || !m_jobId.isEmpty() ? QString() : tr("Opens with the first merge."));
    m_scores->setWaiting(m_result->hasMerges() ? QString() : tr("Opens with the first merge."));
    refreshPlan();
}

void MergePage::refreshPlan()
{
    if (m_measured && m_method->problem().isEmpty()) {
        m_planner->plan(m_method->setup());
    } else {
        m_planner->clear();
    }
    m_method->showPlan(m_planner->answer());
    refreshFooter();
}

QString MergePage::hindrance() const
{
    if (m_stack->currentIndex() == kEmptyPlace) {
        return tr("There are not enough adapters to merge.");
    }
    if (!m_jobId.isEmpty() && isLive(m_context.jobs->state(m_jobId))) {
        return tr("A merge is at work; see part 4.");
    }
    if (m_chosen.size() < 2) {
        return tr("Choose two adapters or more.");
    }
    if (!MergeChecks::allow(chosen())) {
        return tr("The chosen adapters do not fit; see part 1.");
    }
    if (!m_measured) {
        return m_measureFailed ? tr("The adapters were not compared; see part 2.") : tr("The adapters are being compared.");
    }
    if (const QString problem = m_method->problem(); !problem.isEmpty()) {
        return problem;
    }
    const auto& plan = m_planner->answer();
    if (!plan) {
        return tr("The merge is being checked.");
    }
    return *plan ? QString() : tr("This merge is not possible; see part 3.");
}

void MergePage::refreshFooter()
{
    const QString why = hindrance();
    m_merge->setEnabled(why.isEmpty());
    m_merge->setToolTip(why);
    m_merge->setDefault(why.isEmpty());
    m_hint->setText(why.isEmpty() ? tr("Ready. The adapters themselves stay as they are.") : why);
    m_hint->setVisible(m_stack->currentIndex() == kPartsPlace);
    m_merge->setAccessibleDescription(why);
}

} // namespace lori::ui
