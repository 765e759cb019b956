// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sequence/flip_list.h"

#include "ui/models/flip_model.h"
#include "ui/services/error_text.h"
#include "ui/text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/run_words.h"
#include "ui/widgets/table_copy.h"

#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr int kRowLines = 2;
constexpr int kMostRows = 5; // seen at once; the table scrolls

} // namespace

FlipList::FlipList(QWidget* parent) : QWidget(parent), m_model(new FlipModel(this)), m_sorted(new QSortFilterProxyModel(this))
{
    setObjectName(QStringLiteral("flipList"));
    build();
    retranslate();
}

void FlipList::build()
{
    m_title = new QLabel(this);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    auto* choices = new QWidget(this);
    auto* flow = new FlowLayout(choices);
    const auto box = [&](const char* name, QLabel** label) {
        auto* made = new QComboBox(choices);
        made->setObjectName(QLatin1String(name));
        made->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        if (label != nullptr) {
            *label = new QLabel(choices);
            (*label)->setBuddy(made);
            flow->addWidget(*label);
        }
        flow->addWidget(made);
        return made;
    };
    m_score = box("flipScore", nullptr);
    m_from = box("flipFrom", &m_fromLabel);
    m_to = box("flipTo", &m_toLabel);
    m_note = new QLabel(this);
    m_note->setObjectName(QStringLiteral("flipNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(TableRole::Sort);
    m_sorted->setSortLocaleAware(true);
    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("flipTable"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder); // as they come: what became wrong first
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(true);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * kRowLines + fontMetrics().height() / 2);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    makeCopyable(*m_table);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_title);
    column->addWidget(choices);
    column->addWidget(m_note);
    column->addWidget(m_table);
    connect(m_score, &QComboBox::activated, this, [this] {
        m_chosen = false;
        fillMeasured();
    });
    for (QComboBox* measured : {m_from, m_to}) {
        connect(measured, &QComboBox::activated, this, [this] {
            m_chosen = true;
            read();
        });
    }
}

void FlipList::show(const std::filesystem::path& folder, const experiment::SequenceConfig& config, const AnsweredScores& scores)
{
    const bool isSame = folder == m_folder;
    if (isSame && scores.all() == m_scores.all()) {
        return; // what is chosen, selected and sorted stays
    }
    m_chosen = m_chosen && isSame;
    m_folder = folder;
    m_config = config;
    m_scores = scores;
    fillScores();
}

void FlipList::chooseScore(const std::string& task, const std::string& metric)
{
    for (int i = 0; i < m_score->count(); ++i) {
        const QStringList name = m_score->itemData(i).toString().split(QLatin1Char('\n'));
        if (name.value(0).toStdString() == task && (metric.empty() || name.value(1).toStdString() == metric)) {
            m_score->setCurrentIndex(i);
            m_chosen = false;
            fillMeasured();
            return;
        }
    }
}

void FlipList::fillScores()
{
    const QSignalBlocker quiet(m_score);
    const QVariant chosen = m_score->currentData();
    m_score->clear();
    for (const auto& name : m_scores.names()) {
        m_score->addItem(scoreTitle(name), QString::fromStdString(name.first + "\n" + name.second));
    }
    m_score->setCurrentIndex(m_score->count() == 0 ? -1 : std::max(0, m_score->findData(chosen)));
    fillMeasured();
}

/// Without a choice: from the end of the last task before the newest measurement to that one.
void FlipList::fillMeasured()
{
    const QStringList name = m_score->currentData().toString().split(QLatin1Char('\n'));
    const auto keyOf = [](const AnsweredScore& one) {
        return QString::fromStdString(one.items);
    };
    const QString from = m_from->currentData().toString();
    const QString to = m_to->currentData().toString();
    m_measured = name.size() == 2 ? m_scores.of(name[0].toStdString(), name[1].toStdString()) : std::vector<AnsweredScore>();
    for (QComboBox* box : {m_from, m_to}) {
        const QSignalBlocker quiet(box);
        box->clear();
        for (const AnsweredScore& one : m_measured) {
            box->addItem(titleOf(one), keyOf(one));
        }
    }
    const int newest = static_cast<int>(m_measured.size()) - 1;
    int before = newest - 1;
    while (before > 0 && !(m_measured[static_cast<std::size_t>(before)].isFinal &&
                           m_measured[static_cast<std::size_t>(before)].stage < m_measured.back().stage)) {
        --before;
    }
    const int fromPlace = m_from->findData(from);
    const int toPlace = m_to->findData(to);
    const bool keeps = m_chosen && fromPlace >= 0 && toPlace >= 0;
    m_from->setCurrentIndex(keeps ? fromPlace : std::max(0, before));
    m_to->setCurrentIndex(keeps ? toPlace : newest);
    read();
}

void FlipList::read()
{
    setVisible(!m_scores.all().empty());
    const auto from = static_cast<std::size_t>(m_from->currentIndex());
    const auto to = static_cast<std::size_t>(m_to->currentIndex());
    m_table->setVisible(false);
    if (m_measured.size() < 2 || from >= m_measured.size() || to >= m_measured.size()) {
        m_job.cancel();
        m_model->setFlips({}, {}, {});
        m_note->setText(tr("This score was measured once so far; after the next time this says which answers changed."));
        return;
    }
    const QString before = titleOf(m_measured[from]);
    const QString after = titleOf(m_measured[to]);
    m_job.start([folder = m_folder, first = m_measured[from],
                 second = m_measured[to]](const BackgroundJob::Cancelled&) { return readFlips(folder, first, second); },
                [this, before, after](const Result<Flips>& flips) {
                    if (!flips) {
                        m_model->setFlips({}, before, after);
                        m_note->setText(ErrorText::sentence(flips.error()));
                        return;
                    }
                    m_model->setFlips(*flips, before, after);
                    m_note->setText(tr("Of %1 questions that both have, %2 became wrong and %3 became right.")
                                        .arg(flips->common)
                                        .arg(flips->becameWrong.size())
                                        .arg(flips->becameRight.size()));
                    const int letter = fontMetrics().averageCharWidth();
                    const int widths[]{12, 30, 14, 30, 30};
                    for (int column = 0; column < m_model->columnCount(); ++column) {
                        m_table->setColumnWidth(column, letter * widths[column]);
                    }
                    m_table->horizontalHeader()->setStretchLastSection(true);
                    const int rows = std::min(kMostRows, m_model->rowCount());
                    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() +
                                            rows * m_table->verticalHeader()->defaultSectionSize() + 2 * m_table->frameWidth() +
                                            m_table->horizontalScrollBar()->sizeHint().height());
                    m_table->setVisible(m_model->rowCount() > 0);
                });
}

QString FlipList::titleOf(const AnsweredScore& score) const
{
    if (score.stage < 0) {
        return tr("the base model");
    }
    const QString step = QLocale().toString(static_cast<qlonglong>(score.step));
    for (std::size_t task = 0; task < m_config.stages.size(); ++task) {
        const std::int64_t last = experiment::lastStageOfTask(m_config, task);
        if (score.stage <= last) {
            const QString name = QString::fromStdString(m_config.stages[task].name);
            return score.isFinal && score.stage == last ? tr("after task %1, %2", "number, name").arg(task + 1).arg(name)
                                                        : tr("task %1, %2, step %3").arg(task + 1).arg(name, step);
        }
    }
    return tr("stage %1, step %2").arg(score.stage + 1).arg(step);
}

void FlipList::retranslate()
{
    setAccessibleName(tr("Answers that changed"));
    m_title->setText(tr("Which answers changed"));
    m_fromLabel->setText(tr("Fro&m"));
    m_toLabel->setText(tr("t&o"));
    m_score->setAccessibleName(tr("Which score's answers"));
    m_from->setAccessibleName(tr("The earlier measurement"));
    m_to->setAccessibleName(tr("The later measurement"));
    m_table->setAccessibleName(tr("Answers that became wrong or right"));
    fillScores();
}

void FlipList::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_table != nullptr) {
        retranslate();
    }
}

} // namespace lori::ui
