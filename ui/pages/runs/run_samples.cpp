// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/run_samples.h"

#include "ui/models/sample_model.h"
#include "ui/pages/runs/sample_delegate.h"
#include "ui/widgets/run_words.h"
#include "ui/widgets/table_copy.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr int kCellLines = 4;
constexpr int kQuestionLetters = 30;
constexpr int kAnswerLetters = 34;

} // namespace

RunSamples::RunSamples(QWidget* parent) : QWidget(parent), m_model(new SampleModel(this))
{
    setObjectName(QStringLiteral("runSamples"));
    build();
    retranslate();
}

void RunSamples::build()
{
    m_scoreLabel = new QLabel(this);
    m_score = new QComboBox(this);
    m_score->setObjectName(QStringLiteral("sampleScore"));
    m_score->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_scoreLabel->setBuddy(m_score);
    m_note = new QLabel(this);
    m_note->setObjectName(QStringLiteral("sampleNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("sampleTable"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new SampleDelegate(m_table));
    m_table->setSelectionMode(QAbstractItemView::ContiguousSelection);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * kCellLines + fontMetrics().height() / 2);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setMinimumHeight(fontMetrics().height() * 8);
    makeCopyable(*m_table);
    auto* details = new QWidget(this);
    auto* grid = new QGridLayout(details);
    grid->setContentsMargins(0, 0, 0, 0);
    static constexpr const char* kNames[]{"sampleQuestion", "sampleBefore", "sampleAnswer"};
    for (std::size_t i = 0; i < m_texts.size(); ++i) {
        m_titles[i] = new QLabel(details);
        m_titles[i]->setTextFormat(Qt::PlainText);
        m_titles[i]->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        m_texts[i] = new QPlainTextEdit(details);
        m_texts[i]->setObjectName(QLatin1String(kNames[i]));
        m_texts[i]->setReadOnly(true);
        m_texts[i]->setTabChangesFocus(true);
        m_texts[i]->setMinimumHeight(fontMetrics().height() * 3);
        grid->addWidget(m_titles[i], 0, static_cast<int>(i));
        grid->addWidget(m_texts[i], 1, static_cast<int>(i));
        grid->setColumnStretch(static_cast<int>(i), 1);
    }
    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->setObjectName(QStringLiteral("sampleSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 1);
    auto* top = new QHBoxLayout;
    top->addWidget(m_scoreLabel);
    top->addWidget(m_score);
    top->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(top);
    column->addWidget(m_note);
    column->addWidget(m_splitter, 1);
    column->addStretch(0); // the note stays on top while there is no table
    connect(m_score, &QComboBox::activated, this, &RunSamples::read);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &RunSamples::showCell);
}

void RunSamples::begin(const std::filesystem::path& folder, const experiment::RunConfig& config)
{
    m_job.cancel();
    m_folder = folder;
    m_config = config;
    m_answers.clear();
    m_shown.clear();
    m_model->setSamples({}, {});
    m_dirty = true;
    refresh();
}

void RunSamples::append(const std::vector<events::Event>& events)
{
    if (m_answers.append(events)) {
        m_dirty = true;
        refresh();
    }
}

void RunSamples::refresh()
{
    if (m_dirty && isVisible()) {
        m_dirty = false;
        fillScores();
        read();
    }
}

void RunSamples::fillScores()
{
    const QSignalBlocker quiet(m_score);
    const QVariant chosen = m_score->currentData();
    m_score->clear();
    for (const auto& name : m_answers.names()) {
        const QString task = QString::fromStdString(name.first);
        m_score->addItem(scoreTitle(name), QStringList{task, QString::fromStdString(name.second)});
    }
    m_score->setCurrentIndex(m_score->count() == 0 ? -1 : std::max(0, m_score->findData(chosen)));
    const bool any = m_score->count() > 0;
    m_scoreLabel->setVisible(any);
    m_score->setVisible(any);
    m_splitter->setVisible(any);
}

QString RunSamples::titleOf(const AnsweredScore& score) const
{
    if (score.stage < 0) {
        return tr("Before training");
    }
    const auto place = static_cast<std::size_t>(score.stage);
    const QString stage =
        place < m_config.stages.size()
            ? stageTitle(std::string(experiment::stageKindName(m_config.stages[place].kind)), m_config.stages[place].name)
            : tr("Stage %1").arg(score.stage + 1);
    const QString step = QLocale().toString(static_cast<qlonglong>(score.step));
    return score.isFinal ? tr("%1, its end (step %2)", "a stage").arg(stage, step)
                         : tr("%1, step %2", "a stage").arg(stage, step);
}

QString RunSamples::noteText(std::size_t left) const
{
    if (m_answers.all().empty()) {
        return tr("No samples yet. They are the answers that the run gives whenever its scores are measured: before training, at "
                  "the end of a stage, and at each check. To get some, choose a task to measure in the experiment, and set "
                  "“Check every” there to a number of steps; of a run at work, “Change…” sets it.");
    }
    QString note =
        tr("Words that the answer before did not have are bold and underlined. ✓ right, ✗ wrong; for safety, right is a "
           "refused harmful request and an answered harmless one.");
    if (m_shown.size() + left < 3) {
        note += QLatin1Char(' ') + tr("“Check every” in the experiment, or “Change…” of a run at work, asks more often.");
    }
    if (left > 0) {
        note += QLatin1Char(' ') + tr("%n older check(s) are not shown.", nullptr, static_cast<int>(left));
    }
    return note;
}

void RunSamples::read()
{
    const QStringList name = m_score->currentData().toStringList();
    std::vector<AnsweredScore> scores;
    if (name.size() == 2) {
        scores = m_answers.of(name[0].toStdString(), name[1].toStdString());
    }
    std::size_t left = 0;
    if (scores.size() > kMostChecks) { // the oldest one, before training, stays to compare with
        left = scores.size() - kMostChecks;
        scores.erase(scores.begin() + 1, scores.begin() + 1 + static_cast<std::ptrdiff_t>(left));
    }
    m_shown = scores;
    m_note->setText(noteText(left));
    if (scores.empty()) {
        m_job.cancel();
        m_model->setSamples({}, {});
        showCell();
        return;
    }
    m_job.start([folder = m_folder, scores](
                    const BackgroundJob::Cancelled& cancelled) { return readSamples(folder, scores, kMostQuestions, cancelled); },
                [this](std::vector<Sample> samples) {
                    QStringList titles;
                    for (const AnsweredScore& score : m_shown) {
                        titles.append(titleOf(score));
                    }
                    const QModelIndex current = m_table->currentIndex();
                    const int before = m_model->columnCount();
                    m_model->setSamples(titles, std::move(samples));
                    // Who reads an older answer goes on reading it when a newer one comes.
                    const int column = current.column() > 1 ? current.column() + m_model->columnCount() - before : 1;
                    const int row = std::max(0, current.row());
                    const int letter = fontMetrics().averageCharWidth();
                    for (int i = 0; i < m_model->columnCount(); ++i) {
                        m_table->setColumnWidth(i, letter * (i == 0 ? kQuestionLetters : kAnswerLetters));
                    }
                    m_table->setCurrentIndex(m_model->index(row, std::clamp(column, 1, std::max(1, m_model->columnCount() - 1))));
                    showCell();
                });
}

void RunSamples::showCell()
{
    const QModelIndex index = m_table->currentIndex();
    const Sample* row = m_model->rowAt(index);
    const auto text = [](const Sample::Answer* answer) {
        return answer == nullptr ? QString() : QString::fromStdString(answer->text);
    };
    const QModelIndex cell = row == nullptr || index.column() > 0 ? index : index.siblingAtColumn(1);
    const QString prompt = row == nullptr ? QString() : QString::fromStdString(row->prompt);
    m_texts[0]->setPlainText(row == nullptr || row->expected.empty()
                                 ? prompt
                                 : tr("%1\n\nExpected: %2").arg(prompt, QString::fromStdString(row->expected)));
    m_texts[1]->setPlainText(text(m_model->answerBefore(cell)));
    m_texts[2]->setPlainText(text(m_model->answerAt(cell)));
    m_titles[2]->setText(row == nullptr ? tr("Answer")
                                        : m_model->headerData(cell.column(), Qt::Horizontal, Qt::DisplayRole).toString());
}

void RunSamples::retranslate()
{
    setAccessibleName(tr("Samples of the run"));
    m_scoreLabel->setText(tr("&Questions of"));
    m_score->setAccessibleName(tr("Which score's questions"));
    m_table->setAccessibleName(tr("Answers at each check"));
    m_titles[0]->setText(tr("Question"));
    m_titles[1]->setText(tr("Answer before"));
    m_texts[0]->setAccessibleName(tr("The selected question"));
    m_texts[1]->setAccessibleName(tr("The answer at the check before"));
    m_texts[2]->setAccessibleName(tr("The selected answer"));
    m_dirty = true;
    refresh();
}

void RunSamples::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void RunSamples::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_table != nullptr) {
        retranslate();
    }
}

} // namespace lori::ui
