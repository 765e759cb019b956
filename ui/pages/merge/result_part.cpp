// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/result_part.h"

#include "ui/frame/adapter_exports.h"
#include "ui/frame/still_progress_bar.h"
#include "ui/pages/merge/method_words.h"
#include "ui/services/error_text.h"
#include "ui/services/run_service.h"
#include "ui/text.h"
#include "ui/widgets/flow_layout.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

using jobs::JobState;

namespace {

constexpr int kShownRows = 5; ///< then the table scrolls

} // namespace

MergeResultPart::MergeResultPart(AppContext& context, QWidget* parent)
    : MergePart(parent), m_exports(new AdapterExports(context, body()))
{
    setObjectName(QStringLiteral("mergeResult"));
    m_state = makeLine("mergeState");
    m_bar = new StillProgressBar(body());
    m_bar->setObjectName(QStringLiteral("mergeBar"));
    m_cancel = new QPushButton(body());
    m_cancel->setObjectName(QStringLiteral("mergeCancel"));
    m_again = new QPushButton(body());
    m_again->setObjectName(QStringLiteral("mergeAgain"));
    auto* barLine = new QHBoxLayout;
    barLine->addWidget(m_bar, 1);
    barLine->addWidget(m_cancel);
    m_table = new QTableWidget(body());
    m_table->setObjectName(QStringLiteral("mergeTable"));
    m_table->setColumnCount(6);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_details = makeLine("mergeDetails");
    column()->addWidget(m_state);
    column()->addLayout(barLine);
    column()->addWidget(m_again, 0, Qt::AlignLeft);
    column()->addWidget(m_table);
    column()->addWidget(m_details);
    column()->addWidget(makeButtons());
    column()->addWidget(m_exports);
    connect(m_exports, &AdapterExports::workingChanged, this, &MergeResultPart::updateExports);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false); // until the worker has heard it
        Q_EMIT cancelRequested();
    });
    connect(m_again, &QPushButton::clicked, this, &MergeResultPart::againRequested);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, [this] {
        showSelected();
        Q_EMIT selectionChanged();
    });
    connect(m_table, &QTableWidget::activated, this, &MergeResultPart::tryRequested);
    retranslate();
}

QWidget* MergeResultPart::makeButtons()
{
    m_buttons = new QWidget(body());
    auto* line = new FlowLayout(m_buttons);
    line->setContentsMargins(0, 0, 0, 0);
    const auto button = [&](const char* name, auto signal) {
        auto* made = new QPushButton(m_buttons);
        made->setObjectName(QLatin1String(name));
        line->addWidget(made);
        connect(made, &QPushButton::clicked, this, signal);
        return made;
    };
    m_try = button("mergeTry", &MergeResultPart::tryRequested);
    m_save = button("mergeSave", [this] { m_exports->choose(ExportFormat::Transformers); });
    m_export = button("mergeExport", [] {});
    m_export->setMenu(m_exports->menu());
    m_show = button("mergeShow", &MergeResultPart::showRequested);
    m_setup = button("mergeSetup", &MergeResultPart::setupRequested);
    m_another = button("mergeAnother", &MergeResultPart::anotherRequested);
    return m_buttons;
}

const MergeResult* MergeResultPart::selected() const
{
    const auto rows = m_table->selectionModel()->selectedRows();
    const int row = rows.isEmpty() ? -1 : rows.front().row();
    return row >= 0 && row < static_cast<int>(m_merges.size()) ? &m_merges[static_cast<std::size_t>(row)] : nullptr;
}

void MergeResultPart::showNoJob()
{
    m_jobState.reset();
    refresh();
}

void MergeResultPart::showJob(JobState state, const std::optional<events::Progress>& progress,
                              const std::optional<Error>& failure)
{
    if (!m_jobState || !isLive(*m_jobState)) {
        m_cancel->setEnabled(true);
    }
    m_jobState = state;
    m_progress = progress;
    m_failure = failure;
    refresh();
}

void MergeResultPart::say(const QString& text, Tone tone)
{
    m_tone = tone;
    m_state->setText(text);
    paint(m_state, tone);
}

void MergeResultPart::refresh()
{
    const bool live = m_jobState && isLive(*m_jobState);
    const bool ended = m_jobState && !live && *m_jobState != JobState::Finished;
    m_bar->setVisible(live);
    m_cancel->setVisible(live);
    m_again->setVisible(ended);
    if (!m_jobState) {
        say(m_merges.empty() ? tr("Nothing was merged yet.") : QString(), Tone::Quiet);
    } else if (live) {
        const QLocale locale;
        const bool known = m_progress && m_progress->total > 0;
        m_bar->setRange(0, known ? static_cast<int>(m_progress->total) : 0);
        m_bar->setValue(known ? static_cast<int>(m_progress->done) : 0);
        QString text = known ? tr("Merging: %1 of %2 modules")
                                   .arg(locale.toString(static_cast<qlonglong>(m_progress->done)),
                                        locale.toString(static_cast<qlonglong>(m_progress->total)))
                             : tr("The merge is starting …");
        if (*m_jobState == JobState::Paused) {
            text = tr("The merge is paused.");
        } else if (known && m_progress->etaSeconds >= 1) {
            text = tr("%1, %2 left").arg(text, Text::duration(m_progress->etaSeconds));
        }
        say(text, Tone::Accent);
    } else if (*m_jobState == JobState::Failed) {
        say(tr("The merge failed, and nothing was written. %1").arg(m_failure ? ErrorText::sentence(*m_failure) : QString()),
            Tone::Alarm);
    } else if (*m_jobState == JobState::Lost) {
        say(tr("The worker went away before the merge was done. Nothing was written."), Tone::Alarm);
    } else if (*m_jobState == JobState::Stopped) {
        say(tr("The merge was cancelled. Nothing was written."), Tone::Caution);
    } else {
        say(tr("The merge is done."), Tone::Good);
    }
    m_state->setVisible(!m_state->text().isEmpty());
    m_table->setVisible(!m_merges.empty());
    showSelected();
}

void MergeResultPart::showMerges(std::vector<MergeResult> merges, const QString& jobId)
{
    const MergeResult* before = selected();
    const QString wanted = !jobId.isEmpty() ? jobId : before != nullptr ? before->jobId : QString();
    m_merges = std::move(merges);
    refreshTable();
    const auto found =
        std::find_if(m_merges.begin(), m_merges.end(), [&](const MergeResult& merge) { return merge.jobId == wanted; });
    if (!m_merges.empty()) { // the newest when the one that was meant is gone, so that the buttons have something to act on
        m_table->selectRow(found == m_merges.end() ? 0 : static_cast<int>(found - m_merges.begin()));
    }
    refresh();
}

void MergeResultPart::refreshTable()
{
    const QSignalBlocker quiet(m_table);
    m_table->clearContents();
    m_table->setRowCount(static_cast<int>(m_merges.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const MergeResult& merge = m_merges[static_cast<std::size_t>(row)];
        const QStringList cells{merge.name,
                                QString::fromStdString(merge.method),
                                merge.weightsText(),
                                QLocale().toString(static_cast<qlonglong>(merge.rank)),
                                Text::bytes(merge.fileBytes),
                                Text::when(merge.createdMs)};
        for (int column = 0; column < m_table->columnCount(); ++column) {
            m_table->setItem(row, column, new QTableWidgetItem(cells[column]));
            m_table->item(row, column)->setToolTip(QString::fromStdString(merge.folder.string()));
        }
    }
    const int rows = std::clamp(m_table->rowCount(), 1, kShownRows);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() +
                            rows * m_table->verticalHeader()->defaultSectionSize() + 2 * m_table->frameWidth() +
                            fontMetrics().height()); // room for a bar to scroll by
}

void MergeResultPart::showSelected()
{
    const MergeResult* merge = selected();
    m_buttons->setVisible(!m_merges.empty());
    m_details->setVisible(merge != nullptr);
    for (QPushButton* button : {m_try, m_show, m_setup}) {
        button->setEnabled(merge != nullptr);
        button->setToolTip(merge != nullptr ? QString() : tr("Select a merge in the table first."));
    }
    if (merge != nullptr) {
        const auto small = [](double value) {
            return QLocale().toString(value, 'g', 2);
        };
        m_details->setText(tr("%1. It differs from the weighted sum by %2 of its size, by %3 in the worst module "
                              "(the first adapter alone comes back within %4). It took %5.\nIt lies in %6")
                               .arg(MergeMethodWords::title(merge->method), small(merge->loss), small(merge->worstLoss),
                                    small(merge->selfCheck), Text::duration(merge->seconds),
                                    QString::fromStdString(merge->folder.string())));
    }
    updateExports();
}

void MergeResultPart::setModel(const QString& model)
{
    m_model = model;
    updateExports();
}

void MergeResultPart::updateExports()
{
    const MergeResult* merge = selected();
    KnownAdapter adapter;
    if (merge != nullptr) {
        adapter.folder = merge->folder;
        adapter.name = merge->name;
    }
    m_exports->setAdapter(merge != nullptr ? &adapter : nullptr, m_model);
    const QString why = merge == nullptr         ? tr("Select a merge in the table first.")
                        : m_exports->isWorking() ? tr("One export at a time: wait for the one at work.")
                        : m_model.isEmpty()      ? tr("The base model is not at hand; add it under Models.")
                                                 : QString();
    for (QPushButton* button : {m_save, m_export}) {
        button->setEnabled(why.isEmpty());
        button->setAccessibleDescription(why);
    }
    m_save->setToolTip(why.isEmpty() ? tr("A folder with the whole model and the merge in its weights") : why);
    m_export->setToolTip(why.isEmpty() ? tr("For llama.cpp and other programs") : why);
}

void MergeResultPart::recolour()
{
    if (m_state != nullptr) {
        paint(m_state, m_tone);
    }
}

void MergeResultPart::retranslate()
{
    setTitle(tr("4 · Result"));
    const auto set = [](QPushButton* button, const QString& text, const QString& name) {
        button->setText(text);
        button->setAccessibleName(name);
    };
    set(m_cancel, tr("Cancel"), tr("Cancel the merge"));
    set(m_again, tr("Try again"), tr("Start the same merge again"));
    set(m_try, tr("Try s&ide by side"), tr("Try the merge beside its adapters"));
    set(m_save, tr("Save as m&odel…"), tr("Save the merge as a model"));
    set(m_export, tr("E&xport"), tr("Export the merge for other programs"));
    m_exports->menu()->setTitle(tr("Export"));
    set(m_show, tr("&Show in Models"), tr("Show the merged adapter among all adapters"));
    set(m_setup, tr("Use these settin&gs"), tr("Set up a merge with the settings of this one"));
    set(m_another, tr("Merge a&nother"), tr("Set up another merge"));
    m_bar->setAccessibleName(tr("Progress of the merge"));
    m_table->setAccessibleName(tr("Merges so far"));
    m_table->setHorizontalHeaderLabels({tr("Merge"), tr("Method"), tr("Weights"), tr("Rank"), tr("Size"), tr("Made")});
    refreshTable();
    refresh();
}

} // namespace lori::ui
