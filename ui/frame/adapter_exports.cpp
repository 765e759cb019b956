// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/adapter_exports.h"

#include "ui/frame/message_bar.h"
#include "ui/frame/still_progress_bar.h"
#include "ui/services/app_context.h"
#include "ui/services/error_text.h"
#include "ui/services/job_service.h"
#include "ui/text.h"

#include <QAction>
#include <QDesktopServices>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QUrl>
#include <QVBoxLayout>

#include <array>

namespace lori::ui {

namespace fs = std::filesystem;

namespace {

struct FormatWords {
    const char* object; ///< of the menu's action
    const char* format; ///< as ExportOptions reads them; see core/workers/job_options.h
    const char* dtype;
};
constexpr std::array<FormatWords, 4> kFormats{{{"exportTransformers", "folder", "bf16"},
                                               {"exportGgufEight", "gguf", "q8_0"},
                                               {"exportGgufSixteen", "gguf", "f16"},
                                               {"exportGgufAdapter", "gguf-lora", "f32"}}};

const FormatWords& wordsOf(ExportFormat format)
{
    return kFormats.at(static_cast<std::size_t>(format));
}

/// A path that nothing has yet: the export would replace what is there.
QString freePath(const QString& folder, const QString& name)
{
    QString tried = folder + QLatin1Char('/') + name;
    for (int number = 2; QFileInfo::exists(tried); ++number) {
        tried = QStringLiteral("%1/%2-%3").arg(folder, name).arg(number);
    }
    return tried;
}

} // namespace

jobs::JobRecord exportRecord(ExportFormat format, const KnownAdapter& adapter, const QString& model, const fs::path& out)
{
    jobs::JobRecord record;
    record.kind = "export";
    record.name = AdapterExports::tr("Export of %1").arg(adapter.name).toStdString();
    record.options = {{"model", model.toStdString()},
                      {"adapter", adapter.folder.string()},
                      {"out", out.string()},
                      {"format", wordsOf(format).format},
                      {"dtype", wordsOf(format).dtype}};
    return record;
}

QString exportName(const KnownAdapter& adapter)
{
    static const QRegularExpression odd(QStringLiteral("[^\\w.+-]+"), QRegularExpression::UseUnicodePropertiesOption);
    QString name = adapter.name;
    name.replace(odd, QStringLiteral("-"));
    while (name.startsWith(QLatin1Char('-')) || name.startsWith(QLatin1Char('.'))) {
        name.remove(0, 1);
    }
    return name.isEmpty() ? QStringLiteral("adapter") : name;
}

AdapterExports::AdapterExports(AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_menu(new QMenu(this))
{
    setObjectName(QStringLiteral("adapterExports"));
    for (std::size_t i = 0; i < kFormats.size(); ++i) {
        QAction* action = m_menu->addAction({}, this, [this, i] { choose(static_cast<ExportFormat>(i)); });
        action->setObjectName(QLatin1String(kFormats.at(i).object));
        m_formats.push_back(action);
    }
    m_menu->setToolTipsVisible(true);
    m_text = new QLabel(this);
    m_text->setObjectName(QStringLiteral("exportText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_bar = new StillProgressBar(this);
    m_bar->setObjectName(QStringLiteral("exportBar"));
    m_stop = new QPushButton(this);
    m_stop->setObjectName(QStringLiteral("exportStop"));
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (const auto sent = m_context.jobs->send(m_job, jobs::Command::StopAndKeep); !sent) {
            m_context.messages->post(sent.error());
        }
    });
    auto* row = new QHBoxLayout;
    row->addWidget(m_bar, 1);
    row->addWidget(m_stop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_text);
    column->addLayout(row);
    connect(m_context.jobs, &JobService::eventsAppended, this, [this](const QString& job) {
        if (job == m_job) {
            showProgress();
        }
    });
    connect(m_context.jobs, &JobService::jobEnded, this, [this](const QString& job, jobs::JobState state) {
        if (job == m_job) {
            showEnd(state);
        }
    });
    hide();
    retranslate();
    attach();
}

/// An export that another window, or this one before it was closed, left at work.
void AdapterExports::attach()
{
    for (const QString& job : m_context.jobs->liveJobs()) {
        const auto record = m_context.jobs->record(job);
        if (record && record->kind == "export") {
            follow(job, QString::fromStdString(record->name));
            return;
        }
    }
}

void AdapterExports::setAdapter(const KnownAdapter* adapter, const QString& model)
{
    m_adapter = adapter != nullptr ? std::optional<KnownAdapter>(*adapter) : std::nullopt;
    m_model = model;
}

void AdapterExports::choose(ExportFormat format)
{
    if (!m_adapter) {
        return;
    }
    QString out;
    if (format == ExportFormat::Transformers) {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Put the model's folder into"));
        out = folder.isEmpty() ? QString() : freePath(folder, exportName(*m_adapter));
    } else {
        out = QFileDialog::getSaveFileName(this, tr("Write the GGUF file as"), exportName(*m_adapter) + QStringLiteral(".gguf"),
                                           tr("GGUF files (*.gguf)"));
    }
    if (!out.isEmpty()) {
        start(format, out.toStdString());
    }
}

bool AdapterExports::start(ExportFormat format, const fs::path& out)
{
    if (isWorking() || !m_adapter || m_model.isEmpty()) {
        return false;
    }
    const auto job = m_context.jobs->startNew(exportRecord(format, *m_adapter, m_model, out));
    if (!job) {
        m_context.messages->post(job.error());
        return false;
    }
    follow(*job, tr("Export of %1").arg(m_adapter->name));
    return true;
}

void AdapterExports::follow(const QString& job, const QString& name)
{
    m_job = job;
    m_name = name;
    m_bar->setRange(0, 0);
    m_text->setText(name);
    show();
    showProgress();
    Q_EMIT workingChanged();
}

void AdapterExports::showProgress()
{
    const auto progress = m_context.jobs->progress(m_job);
    if (progress && progress->total > 0) {
        m_bar->setRange(0, 1000);
        m_bar->setValue(static_cast<int>(1000.0 * static_cast<double>(progress->done) / static_cast<double>(progress->total)));
    }
}

void AdapterExports::showEnd(jobs::JobState state)
{
    const QString job = std::exchange(m_job, QString());
    hide();
    Q_EMIT workingChanged();
    const auto failure = m_context.jobs->failure(job);
    if (state == jobs::JobState::Finished) {
        showPlace(job);
    } else if (failure) {
        m_context.messages->post(Tone::Alarm, tr("%1 failed. %2").arg(m_name, ErrorText::sentence(*failure)));
    } else if (state == jobs::JobState::Lost) {
        m_context.messages->post(Tone::Alarm, tr("%1 broke off; start it again.").arg(m_name));
    } else {
        m_context.messages->post(Tone::Quiet, tr("%1 was stopped; nothing was written.").arg(m_name));
    }
}

void AdapterExports::showPlace(const QString& job)
{
    const auto result = m_context.jobs->result(job);
    const auto written = [&](const char* field) {
        return result && result->is_object() ? QString::fromStdString(result->value(field, std::string())) : QString();
    };
    const QString place = written("folder").isEmpty() ? written("file") : written("folder");
    const QFileInfo info(place);
    const QString folder = info.isDir() ? place : info.path();
    m_context.messages->post(Tone::Good,
                             place.isEmpty() ? tr("%1 is done.").arg(m_name) : tr("%1 is done: %2").arg(m_name, place),
                             {{tr("Show folder"), [folder] {
                                   QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
                               }}});
}

void AdapterExports::retranslate()
{
    m_formats[0]->setText(tr("&Merged model for transformers (a folder)…"));
    m_formats[1]->setText(tr("Merged model for llama.cpp, &8 bits (GGUF)…"));
    m_formats[2]->setText(tr("Merged model for llama.cpp, &16 bits (GGUF)…"));
    m_formats[3]->setText(tr("&Adapter alone for llama.cpp (GGUF)…"));
    m_stop->setText(tr("Stop"));
    m_stop->setAccessibleName(tr("Stop the export"));
    m_bar->setAccessibleName(tr("Progress of the export"));
}

void AdapterExports::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_stop != nullptr) {
        retranslate();
    }
}

} // namespace lori::ui
