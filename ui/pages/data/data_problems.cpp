// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/data_problems.h"

#include "core/support/files.h"
#include "ui/frame/still_progress_bar.h"
#include "ui/pages/data/data_import.h"
#include "ui/services/error_text.h"

#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr std::size_t kListedProblems = 1000; // rows of the table; all are in the saved file
constexpr qsizetype kLongText = 400;

} // namespace

DataProblems::DataProblems(DataImport& import, QWidget* parent) : QWidget(parent), m_import(import)
{
    m_title = new QLabel(this);
    m_title->setObjectName(QStringLiteral("problemsTitle"));
    m_title->setWordWrap(true);
    m_table = new QTableWidget(this);
    m_table->setObjectName(QStringLiteral("problemsTable"));
    m_table->setColumnCount(4);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_leaveOut = new QPushButton(this);
    m_leaveOut->setObjectName(QStringLiteral("leaveRowsOut"));
    m_save = new QPushButton(this);
    m_save->setObjectName(QStringLiteral("saveProblems"));
    m_progress = new StillProgressBar(this);
    m_progress->setObjectName(QStringLiteral("importProgress"));
    m_cancel = new QPushButton(this);
    m_cancel->setObjectName(QStringLiteral("importCancel"));
    m_said = new QLabel(this);
    m_said->setObjectName(QStringLiteral("problemsSaid"));
    m_said->setWordWrap(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_leaveOut);
    buttons->addWidget(m_save);
    buttons->addStretch(1);
    auto* running = new QHBoxLayout;
    running->addWidget(m_progress, 1);
    running->addWidget(m_cancel);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_title);
    column->addWidget(m_table, 1);
    column->addLayout(running);
    column->addWidget(m_said);
    column->addLayout(buttons);

    connect(m_leaveOut, &QPushButton::clicked, this, &DataProblems::leaveOutRequested);
    connect(m_save, &QPushButton::clicked, this, &DataProblems::chooseFile);
    connect(m_cancel, &QPushButton::clicked, &m_import, &DataImport::cancel);
    connect(&m_import, &DataImport::progressed, this, &DataProblems::showState);
    connect(&m_import, &DataImport::finished, this, &DataProblems::showState);
    connect(&m_import, &DataImport::failed, this, [this](const QString& sentence) {
        m_saved = sentence.isEmpty() ? tr("Cancelled; nothing was written.") : sentence;
        showState();
    });
    retranslate();
}

void DataProblems::show(const DataContent& content)
{
    m_content = content;
    m_saved.clear();
    const auto& problems = content.facts.problems;
    const auto listed = static_cast<int>(std::min(problems.size(), kListedProblems));
    m_table->setRowCount(listed);
    for (int i = 0; i < listed; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const tasks::RowProblem& problem = problems[at];
        const QString text = QString::fromStdString(at < content.brokenTexts.size() ? content.brokenTexts[at] : std::string());
        int place = 0;
        for (const QString& cell : {QString::number(problem.line), QString::fromStdString(problem.field),
                                    QString::fromStdString(problem.problem), text.left(kLongText)}) {
            auto* item = new QTableWidgetItem(cell.simplified());
            item->setToolTip(cell);
            m_table->setItem(i, place++, item);
        }
    }
    showState();
}

void DataProblems::showState()
{
    const auto count = m_content.facts.problems.size();
    const bool running = m_import.isRunning();
    QStringList lines;
    lines << (m_content.error ? tr("No row was looked at yet: the file cannot be used as it is.")
              : count == 0    ? tr("Every row can be used.")
                              : tr("%n row(s) cannot be used. Correct them in the file, or leave them out.", nullptr,
                                   static_cast<int>(count)));
    if (count > kListedProblems) {
        lines << tr("The first %1 are listed; the saved file holds all.").arg(kListedProblems);
    }
    if (m_content.duplicates > 0) {
        lines << tr("%n row(s) are there more than once.", nullptr, static_cast<int>(m_content.duplicates));
    }
    m_title->setText(lines.join(QLatin1Char(' ')));
    m_table->setVisible(count > 0);
    m_leaveOut->setVisible(count > 0);
    m_save->setVisible(count > 0);
    m_leaveOut->setEnabled(!running);
    m_leaveOut->setToolTip(running ? tr("The rows are being written") : tr("Writes the other rows as a new file and opens it"));
    m_progress->setVisible(running);
    m_cancel->setVisible(running);
    m_progress->setRange(0, m_import.total());
    m_progress->setValue(m_import.done());
    m_said->setText(m_saved);
    m_said->setVisible(!m_saved.isEmpty());
}

void DataProblems::chooseFile()
{
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the rows that cannot be used"),
                                                      QStringLiteral("problems.csv"), tr("Tables (*.csv)"));
    if (!file.isEmpty()) {
        saveAs(file);
    }
}

void DataProblems::saveAs(const QString& file)
{
    const auto written = writeFileAtomically(file.toStdString(), brokenRowsCsv(m_content));
    m_saved = written ? tr("Saved as %1.").arg(file) : ErrorText::sentence(written.error());
    showState();
}

void DataProblems::retranslate()
{
    m_table->setHorizontalHeaderLabels({tr("Line"), tr("Field"), tr("Why"), tr("Text")});
    m_table->setAccessibleName(tr("Rows that cannot be used"));
    m_leaveOut->setText(tr("&Leave these rows out"));
    m_leaveOut->setAccessibleName(tr("Leave these rows out"));
    m_save->setText(tr("&Save them as CSV …"));
    m_save->setAccessibleName(tr("Save the rows that cannot be used as CSV"));
    m_save->setToolTip(tr("Line, field, why and text of each"));
    m_progress->setAccessibleName(tr("Writing the other rows"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel writing the rows"));
    m_saved.clear();
    showState();
}

void DataProblems::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace lori::ui
