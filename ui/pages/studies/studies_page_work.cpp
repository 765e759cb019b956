// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can do with a study: see what it costs, start it, queue it, stop it, keep its report.
#include "core/support/files.h"
#include "ui/frame/message_bar.h"
#include "ui/frame/second_start.h"
#include "ui/pages/studies/studies_page.h"
#include "ui/pages/studies/study_words.h"
#include "ui/services/error_text.h"
#include "ui/services/job_service.h"
#include "ui/services/lori_answer.h"
#include "ui/services/queue_service.h"
#include "ui/text.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

#include <algorithm>

namespace lori::ui {

const Study* StudiesPage::current() const
{
    const QListWidgetItem* item = m_list->currentItem();
    return item != nullptr ? m_studies->find(item->data(Qt::UserRole).toString()) : nullptr;
}

void StudiesPage::choose(const QString& id)
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(Qt::UserRole).toString() == id) {
            m_list->setCurrentRow(row);
        }
    }
}

QString StudiesPage::liveJob() const
{
    const Study* study = current();
    return study != nullptr && m_context.jobs->liveJobs().contains(study->job) ? study->job : QString();
}

QString StudiesPage::data() const
{
    return m_dataFolder.isEmpty() ? QString::fromStdString((m_context.home.root / "data").string()) : m_dataFolder;
}

QString StudiesPage::hindrance() const
{
    const Study* study = current();
    if (study == nullptr) {
        return tr("Choose a study.");
    }
    if (!liveJob().isEmpty()) {
        return tr("It is at work.");
    }
    std::error_code ignored;
    if (study->info.needsData && !std::filesystem::is_directory(data().toStdString(), ignored)) {
        return tr("It needs the published data: fetch them on the Data page, or choose their folder here.");
    }
    return {};
}

void StudiesPage::plan()
{
    const Study* study = current();
    if (study == nullptr || !hindrance().isEmpty()) {
        return;
    }
    QStringList words{QStringLiteral("recipe"), QStringLiteral("run"), QString::fromStdString(study->file.string()),
                      QStringLiteral("--plan")};
    if (study->info.needsData) {
        words << QStringLiteral("--data") << data();
    }
    if (const QString model = m_model->currentData().toString(); !model.isEmpty()) {
        words << QStringLiteral("--model") << model;
    }
    const QString asked = words.join(QLatin1Char('\n'));
    if (asked == m_planned) {
        return;
    }
    m_planned = asked;
    m_plan = tr("Working out how long it will take …");
    refreshWork();
    askLori(words, this, [this, asked](const Result<nlohmann::json>& answer) {
        if (asked != m_planned) {
            return; // of a study that is no longer shown
        }
        if (!answer) {
            m_plan = ErrorText::sentence(answer.error());
        } else {
            const nlohmann::json steps = answer->value("steps", nlohmann::json::array());
            const auto done =
                std::count_if(steps.begin(), steps.end(), [](const auto& step) { return step.value("done", false); });
            const auto left = static_cast<int>(steps.size()) - static_cast<int>(done);
            m_plan = left == 0 ? tr("All %n steps are done.", nullptr, static_cast<int>(steps.size()))
                               : tr("%n steps to do, %1 on this computer.", nullptr, left)
                                     .arg(Text::about(answer->value("secondsLeft", 0.0)));
            if (done > 0 && left > 0) {
                m_plan += QLatin1Char(' ') + tr("%n are done.", nullptr, static_cast<int>(done));
            }
        }
        refreshWork();
    });
}

Result<QString> StudiesPage::makeJob(bool startNow)
{
    const Study* study = current();
    const auto text = readTextFile(study->file);
    if (!text) {
        return text.error();
    }
    jobs::JobRecord record;
    record.kind = "recipe";
    record.name = study->info.id;
    record.options = {{"recipe", nlohmann::json::parse(*text, nullptr, false)},
                      {"data", study->info.needsData ? data().toStdString() : std::string()},
                      {"model", m_model->currentData().toString().toStdString()}};
    return startNow ? m_context.jobs->startNew(std::move(record)) : m_context.jobs->make(std::move(record));
}

void StudiesPage::start()
{
    if (!hindrance().isEmpty()) {
        return;
    }
    startOrAsk(m_context, {[this, id = current()->id()] { work(id, true); },
                           [this, id = current()->id()] {
                               work(id, false);
                           }});
}

void StudiesPage::queue()
{
    if (!hindrance().isEmpty()) {
        return;
    }
    work(current()->id(), false);
}

void StudiesPage::work(const QString& study, bool now)
{
    choose(study); // another one may have been chosen before the answer
    if (current() == nullptr || current()->id() != study || !hindrance().isEmpty()) {
        return;
    }
    const auto job = makeJob(now);
    if (!job) {
        m_context.messages->post(job.error());
        return;
    }
    if (!now) {
        m_context.queue->add(m_context.home.jobs() / job->toStdString());
        m_context.messages->post(Tone::Good, tr("“%1” waits in the queue.").arg(StudyWords::title(current()->info)));
    }
    m_studies->refresh();
}

void StudiesPage::stop()
{
    if (const auto sent = m_context.jobs->send(liveJob(), jobs::Command::StopAndKeep); !sent) {
        m_context.messages->post(sent.error());
    }
}

void StudiesPage::chooseData()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of the published data"), data());
    if (!folder.isEmpty()) {
        m_dataFolder = folder;
        refresh();
    }
}

void StudiesPage::saveReport()
{
    const Study* study = current();
    if (study == nullptr || !study->report.is_object()) {
        return;
    }
    const QString file = QFileDialog::getSaveFileName(this, tr("Save report"), study->id() + QStringLiteral(".md"),
                                                      tr("Markdown (*.md);;Data (*.json)"));
    if (file.isEmpty()) {
        return;
    }
    const bool asData = file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    const auto text = asData ? Result<std::string>(study->report.dump(2) + "\n") : readTextFile(m_studies->reportFile(*study));
    const auto written = text ? writeFileAtomically(file.toStdString(), *text) : Result<void>(text.error());
    if (!written) {
        m_context.messages->post(written.error());
    } else {
        m_context.messages->post(Tone::Good, tr("%1 was written.").arg(file));
    }
}

bool StudiesPage::can(PageCommand command) const
{
    return command == PageCommand::Start         ? hindrance().isEmpty()
           : command == PageCommand::StopAndKeep ? !liveJob().isEmpty()
                                                 : false;
}

void StudiesPage::perform(PageCommand command)
{
    if (command == PageCommand::Start) {
        start();
    } else if (command == PageCommand::StopAndKeep && can(command)) {
        stop();
    }
}

} // namespace lori::ui
