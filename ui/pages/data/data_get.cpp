// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/data_get.h"

#include "core/downloads/data_sources.h"
#include "ui/services/app_context.h"
#include "ui/services/error_text.h"
#include "ui/services/job_service.h"
#include "ui/text.h"
#include "ui/widgets/fitting.h"
#include "ui/widgets/wrapped_label.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

namespace {

const downloads::DataSource* sourceOf(const QString& set)
{
    const auto& all = downloads::dataSources();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == set.toStdString(); });
    return found == all.end() ? nullptr : &*found;
}

QString host()
{
    return QString::fromUtf8(downloads::kDataHost.data(), static_cast<qsizetype>(downloads::kDataHost.size()));
}

QLabel* wrapped(const QString& text, QWidget* parent)
{
    QLabel* label = wrappedLabel(text, parent);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

DataGetDialog::DataGetDialog(const QString& set, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("dataGetDialog"));
    setWindowTitle(tr("Get %1").arg(set));
    auto* column = new QVBoxLayout(this);
    if (const downloads::DataSource* source = sourceOf(set)) {
        std::uint64_t bytes = 0;
        bool isChecked = true;
        for (const auto& file : source->files) {
            bytes += file.bytes;
            isChecked = isChecked && !file.sha256.empty();
        }
        column->addWidget(wrapped(QString::fromStdString(source->what), this));
        column->addWidget(wrapped(tr("Licence: %1").arg(QString::fromStdString(source->licence)), this));
        const QString size = bytes == 0 ? tr("of unknown size") : Text::bytes(static_cast<double>(bytes));
        column->addWidget(wrapped(
            isChecked ? tr("%n file(s), %1; checked by their hashes.", nullptr, static_cast<int>(source->files.size())).arg(size)
                      : tr("%n file(s), %1; no hash is known for all of them, so they cannot be verified.", nullptr,
                           static_cast<int>(source->files.size()))
                            .arg(size),
            this));
    }
    m_from = new QLineEdit(host(), this);
    m_from->setObjectName(QStringLiteral("dataGetFrom"));
    m_from->setAccessibleName(tr("From"));
    m_from->setToolTip(tr("The host, or a mirror that has the same paths"));
    auto* label = new QLabel(tr("&From"), this);
    label->setBuddy(m_from);
    column->addWidget(label);
    column->addWidget(m_from);
    m_problem = wrapped({}, this);
    m_problem->setObjectName(QStringLiteral("dataGetProblem"));
    column->addWidget(m_problem);
    column->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_get = buttons->addButton(tr("&Get"), QDialogButtonBox::AcceptRole);
    m_get->setObjectName(QStringLiteral("dataGetStart"));
    m_get->setDefault(true);
    column->addWidget(buttons);
    connect(m_from, &QLineEdit::textChanged, this, &DataGetDialog::check);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this, set] {
        const QString from = m_from->text().trimmed();
        accept();
        Q_EMIT chosen(set, from);
    });
    check();
    const int wide = fontMetrics().horizontalAdvance(QLatin1Char('x')) * 64;
    resizeWithinParent(*this, {wide, layout()->heightForWidth(wide)});
}

void DataGetDialog::check()
{
    const QUrl url(m_from->text().trimmed(), QUrl::StrictMode);
    const bool isAddress = url.isValid() && !url.host().isEmpty() &&
                           (url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http"));
    m_problem->setText(isAddress ? tr("Nothing is fetched before you press Get.")
                                 : tr("An address begins with https:// and names a host."));
    m_get->setEnabled(isAddress);
}

DataGet::DataGet(AppContext& context, QObject* parent) : QObject(parent), m_context(context)
{
    connect(context.jobs, &JobService::eventsAppended, this, &DataGet::follow);
    connect(context.jobs, &JobService::jobEnded, this, &DataGet::end);
}

bool DataGet::canGet(const QString& set)
{
    return sourceOf(set) != nullptr;
}

void DataGet::start(const QString& set, const QString& from)
{
    if (isRunning()) {
        return;
    }
    jobs::JobRecord record;
    record.kind = "download";
    record.name = set.toStdString();
    record.options = {{"names", {set.toStdString()}}, {"from", from.toStdString()}};
    const auto started = m_context.jobs->startNew(std::move(record));
    if (!started) {
        Q_EMIT failed(ErrorText::sentence(started.error()));
        return;
    }
    m_job = *started;
    m_set = set;
    m_share = -1;
    Q_EMIT progressed();
}

void DataGet::cancel()
{
    if (isRunning()) {
        if (const auto sent = m_context.jobs->send(m_job, jobs::Command::StopAndKeep); !sent) {
            Q_EMIT failed(ErrorText::sentence(sent.error()));
        }
    }
}

void DataGet::follow(const QString& jobId)
{
    const auto progress = jobId == m_job && isRunning() ? m_context.jobs->progress(jobId) : std::nullopt;
    if (progress && progress->total > 0) {
        m_share = static_cast<double>(progress->done) / static_cast<double>(progress->total);
        Q_EMIT progressed();
    }
}

void DataGet::end(const QString& jobId, jobs::JobState state)
{
    if (jobId != m_job || !isRunning()) {
        return;
    }
    m_job.clear();
    if (state == jobs::JobState::Finished) {
        Q_EMIT finished(m_set);
        return;
    }
    const auto failure = m_context.jobs->failure(jobId);
    Q_EMIT failed(failure ? ErrorText::sentence(*failure)
                  : state == jobs::JobState::Stopped
                      ? QString()
                      : tr("The download ended before all was there; get it again: it goes on where it was."));
}

} // namespace lori::ui
