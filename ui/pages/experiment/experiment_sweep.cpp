// SPDX-License-Identifier: GPL-3.0-or-later
// From the form to a sweep: one run for each combination of some values.
#include "ui/pages/experiment/experiment_page.h"

#include "core/jobs/job_folder.h"
#include "ui/frame/message_bar.h"
#include "ui/frame/second_start.h"
#include "ui/pages/experiment/sweep_dialog.h"
#include "ui/services/error_text.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/job_service.h"
#include "ui/services/page_router.h"
#include "ui/services/queue_service.h"

namespace lori::ui {

namespace {

jobs::JobRecord sweepRecord(const experiment::RunConfig& config, const std::vector<SweepField>& over)
{
    jobs::JobRecord record;
    record.kind = "sweep";
    record.name = config.name;
    nlohmann::json axes = nlohmann::json::array();
    for (const SweepField& each : over) {
        axes.push_back({{"key", each.key}, {"values", each.values}});
    }
    // One point that fails leaves the others their turn; the result names it.
    record.options = {{"config", experiment::toJson(config)}, {"over", std::move(axes)}, {"continueOnError", true}};
    return record;
}

} // namespace

void ExperimentPage::showSweep()
{
    auto* dialog = new SweepDialog(m_draft->config(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SweepDialog::chosen, this, &ExperimentPage::startSweep);
    dialog->open();
}

void ExperimentPage::startSweep(const std::vector<SweepField>& over, bool queue)
{
    const auto send = [this, record = sweepRecord(m_draft->config(), over)](bool later) {
        sendSweep(record, later);
    };
    if (queue) {
        send(true);
        return;
    }
    startOrAsk(m_context, {[send] { send(false); },
                           [send] {
                               send(true);
                           }});
}

void ExperimentPage::sendSweep(jobs::JobRecord record, bool queue)
{
    const QString name = QString::fromStdString(record.name);
    const auto job = queue ? m_context.jobs->make(std::move(record)) : m_context.jobs->startNew(std::move(record));
    if (!job) {
        m_context.messages->post(Tone::Alarm, ErrorText::sentence(job.error()));
        return;
    }
    if (queue) {
        m_context.queue->add(m_context.home.jobs() / job->toStdString());
    }
    m_context.messages->post(
        Tone::Good, queue ? tr("The sweep of %1 waits in the queue.").arg(name) : tr("The sweep of %1 has begun.").arg(name),
        {{tr("Show it"), [this] {
              m_context.pages->go(intents::ShowQueue{});
          }}});
}

} // namespace lori::ui
