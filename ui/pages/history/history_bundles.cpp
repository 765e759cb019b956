// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/history/history_bundles.h"

#include "ui/frame/message_bar.h"
#include "ui/frame/still_progress_bar.h"
#include "ui/services/app_context.h"
#include "ui/services/bundle_work.h"
#include "ui/services/error_text.h"
#include "ui/services/page_router.h"
#include "ui/text.h"

#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr int kSteps = 1000;

} // namespace

HistoryBundles::HistoryBundles(AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_work(new BundleWork(context.home, this))
{
    setObjectName(QStringLiteral("historyBundles"));
    m_text = new QLabel(this);
    m_text->setObjectName(QStringLiteral("bundleText"));
    m_text->setTextFormat(Qt::PlainText);
    m_bar = new StillProgressBar(this);
    m_bar->setObjectName(QStringLiteral("bundleBar"));
    m_bar->setRange(0, kSteps);
    m_stop = new QPushButton(this);
    m_stop->setObjectName(QStringLiteral("bundleStop"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_text);
    row->addWidget(m_bar, 1);
    row->addWidget(m_stop);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_waiting.clear();
        m_stop->setEnabled(false);
        m_work->cancel();
    });
    connect(m_work, &BundleWork::progressed, this, [this](double share) { m_bar->setValue(static_cast<int>(share * kSteps)); });
    connect(m_work, &BundleWork::exported, this, [this](const QString& file, const bundles::Written& written) {
        m_context.messages->post(Tone::Good, tr("%n run(s) are in %1 (%2).", nullptr, static_cast<int>(written.entries))
                                                 .arg(file, Text::bytes(static_cast<double>(written.fileBytes))));
    });
    connect(m_work, &BundleWork::imported, this, &HistoryBundles::sayImported);
    connect(m_work, &BundleWork::failed, this, [this](const Error& error) {
        if (error.code == ErrorCode::Stopped) {
            m_context.messages->post(Tone::Quiet, tr("Stopped: nothing was written."));
        } else {
            m_context.messages->post(error);
        }
    });
    connect(m_work, &BundleWork::finished, this, &HistoryBundles::next);
    retranslate();
    hide();
}

void HistoryBundles::retranslate()
{
    m_bar->setAccessibleName(tr("Progress of the export or import"));
    m_stop->setText(tr("Sto&p"));
    m_stop->setAccessibleName(tr("Stop the export or import"));
}

void HistoryBundles::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_stop != nullptr) {
        retranslate();
    }
}

void HistoryBundles::chooseExport(const QStringList& runIds, const QString& name, bool withAdapters)
{
    if (runIds.isEmpty() || isBusy()) {
        return;
    }
    QString proposed = name;
    proposed.replace(QLatin1Char('/'), QLatin1Char('-'));
    const QString file = QFileDialog::getSaveFileName(this, tr("Export runs"), proposed + QStringLiteral(".lori"),
                                                      tr("Runs for another computer (*.lori)"));
    if (!file.isEmpty()) {
        exportTo(QFileInfo(file).suffix() == QLatin1String("lori") ? file : file + QStringLiteral(".lori"), runIds, withAdapters);
    }
}

void HistoryBundles::chooseImport()
{
    const QStringList files =
        QFileDialog::getOpenFileNames(this, tr("Import runs"), {}, tr("Runs of another computer (*.lori);;All files (*)"));
    for (const QString& file : files) {
        importFile(file);
    }
}

void HistoryBundles::exportTo(const QString& file, const QStringList& runIds, bool withAdapters)
{
    if (isBusy()) {
        return;
    }
    showWork(tr("Writing %1 …").arg(QFileInfo(file).fileName()));
    m_work->exportRuns(runIds, file, withAdapters);
}

void HistoryBundles::importFile(const QString& file)
{
    m_waiting << file;
    if (!isBusy()) {
        next();
    }
}

bool HistoryBundles::isBusy() const
{
    return m_work->isBusy();
}

void HistoryBundles::showWork(const QString& what)
{
    m_text->setText(what);
    m_bar->setValue(0);
    m_stop->setEnabled(true);
    setVisible(true);
}

void HistoryBundles::next()
{
    if (m_waiting.isEmpty()) {
        hide();
        return;
    }
    const QString file = m_waiting.takeFirst();
    showWork(tr("Reading %1 …").arg(QFileInfo(file).fileName()));
    m_work->importFile(file);
}

void HistoryBundles::sayImported(const QString& file, const database::BundleImported& imported)
{
    const auto count = [&imported](bundles::Outcome outcome) {
        return static_cast<int>(std::count_if(imported.arrivals.begin(), imported.arrivals.end(),
                                              [outcome](const bundles::Arrival& arrival) { return arrival.outcome == outcome; }));
    };
    QStringList said;
    if (const int added = count(bundles::Outcome::Added) + count(bundles::Outcome::AddedRenamed); added > 0) {
        said << tr("%n run(s) came from %1.", nullptr, added).arg(QFileInfo(file).fileName());
    }
    if (const int renamed = count(bundles::Outcome::AddedRenamed); renamed > 0) {
        said << tr("%n of them got a new id, because another run has theirs.", nullptr, renamed);
    }
    if (const int there = count(bundles::Outcome::AlreadyThere); there > 0) {
        said << tr("%n run(s) of the file are here already, the same; nothing was done with them.", nullptr, there);
    }
    for (const database::IngestProblem& problem : imported.problems) {
        said << ErrorText::sentence(problem.error);
    }
    QString first;
    for (const bundles::Arrival& arrival : imported.arrivals) {
        if (first.isEmpty() && arrival.isRun && arrival.outcome != bundles::Outcome::AlreadyThere) {
            first = QString::fromStdString(arrival.idHere());
        }
    }
    std::vector<MessageAction> actions;
    if (!first.isEmpty()) {
        actions.push_back({tr("Show it"), [this, first] {
                               m_context.pages->go(intents::ShowHistory{first});
                           }});
        Q_EMIT arrived(first);
    }
    m_context.messages->post(imported.problems.empty() ? Tone::Good : Tone::Alarm, said.join(QLatin1Char(' ')),
                             std::move(actions));
}

} // namespace lori::ui
