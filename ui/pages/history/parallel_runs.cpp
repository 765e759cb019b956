// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/history/parallel_runs.h"

#include "ui/models/mask_words.h"
#include "ui/models/score_words.h"
#include "ui/text.h"
#include "ui/widgets/fitting.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QSplitter>
#include <QTableWidget>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace lori::ui {

namespace {

/// Which of a run's scores counts.
enum Which : int { Newest, Best, BeforeTraining };

/// A cell that is sorted by its number and remembers its run.
class NumberCell final : public QTableWidgetItem {
public:
    NumberCell(const QString& text, std::optional<double> value) : QTableWidgetItem(text), m_value(value)
    {
        setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    bool operator<(const QTableWidgetItem& other) const override
    {
        const auto* number = dynamic_cast<const NumberCell*>(&other);
        return number != nullptr && m_value.value_or(-HUGE_VAL) < number->m_value.value_or(-HUGE_VAL);
    }

private:
    std::optional<double> m_value;
};

} // namespace

ParallelRuns::ParallelRuns(std::vector<database::RunSummary> runs, QWidget* parent) : QDialog(parent), m_runs(std::move(runs))
{
    setObjectName(QStringLiteral("parallelRuns"));
    setWindowTitle(tr("%n run(s) side by side", nullptr, static_cast<int>(m_runs.size())));
    m_which = new QComboBox(this);
    m_which->setObjectName(QStringLiteral("parallelWhich"));
    m_which->addItems({tr("Newest"), tr("Best"), tr("Before training")});
    m_which->setAccessibleName(tr("Which scores are drawn"));
    auto* label = new QLabel(tr("&Scores:"), this);
    label->setBuddy(m_which);
    m_axes = new QToolButton(this);
    m_axes->setObjectName(QStringLiteral("parallelAxes"));
    m_axes->setText(tr("&Axes"));
    m_axes->setAccessibleName(tr("Choose axes"));
    m_axes->setPopupMode(QToolButton::InstantPopup);
    m_axesMenu = new QMenu(m_axes);
    m_axes->setMenu(m_axesMenu);
    m_plot = new ParallelPlot(this);
    m_plot->setObjectName(QStringLiteral("parallelPlot"));
    m_plot->setAccessibleName(tr("Runs as lines across their settings and scores"));
    m_plot->setToolTip(tr("Point at a line, or go through the lines with Up and Down."));
    m_readOut = new QLabel(this);
    m_readOut->setObjectName(QStringLiteral("parallelReadOut"));
    m_readOut->setTextFormat(Qt::PlainText);
    m_readOut->setWordWrap(true);
    m_table = new QTableWidget(this);
    m_table->setObjectName(QStringLiteral("parallelTable"));
    m_table->setAccessibleName(tr("The same numbers as a table"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    auto* top = new QHBoxLayout;
    top->addWidget(label);
    top->addWidget(m_which);
    top->addWidget(m_axes);
    top->addStretch(1);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("parallelSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_plot);
    splitter->addWidget(m_table);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 1);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_readOut);
    connectParts();
    resizeWithinParent(*this, fontMetrics().size(0, QString(120, QLatin1Char('x'))) + QSize(0, fontMetrics().height() * 40));
    fill();
}

void ParallelRuns::connectParts()
{
    connect(m_which, &QComboBox::currentIndexChanged, this, &ParallelRuns::fill);
    connect(m_axesMenu, &QMenu::aboutToShow, this, &ParallelRuns::fillAxes);
    connect(m_plot, &ParallelPlot::pointed, this, [this](int line) {
        m_readOut->setText(m_plot->readOut());
        for (int row = 0; row < m_table->rowCount(); ++row) {
            if (m_table->item(row, 0)->data(Qt::UserRole).toInt() == line) {
                m_table->setCurrentCell(row, 0);
            }
        }
    });
    connect(m_table, &QTableWidget::currentCellChanged, this, [this](int row) {
        if (const QTableWidgetItem* name = row < 0 ? nullptr : m_table->item(row, 0)) {
            m_plot->setHighlighted(name->data(Qt::UserRole).toInt());
            m_readOut->setText(m_plot->readOut());
        }
    });
    connect(m_table, &QTableWidget::itemActivated, this, [this](const QTableWidgetItem* item) {
        const auto run = static_cast<std::size_t>(m_table->item(item->row(), 0)->data(Qt::UserRole).toInt());
        Q_EMIT openAsked(QString::fromStdString(m_runs[run].id));
    });
}

const std::optional<database::Score>& ParallelRuns::chosenScore(const database::ScoreSummary& score) const
{
    switch (m_which->currentIndex()) {
    case Best:
        return score.best;
    case BeforeTraining:
        return score.before;
    default:
        return score.last;
    }
}

/// Those that any of the runs has.
std::vector<ParallelRuns::Column> ParallelRuns::columns() const
{
    using Run = database::RunSummary;
    const auto whole = [](double value) {
        return QLocale().toString(value, 'f', 0);
    };
    std::vector<Column> all{{QStringLiteral("rank"),
                             {tr("Rank"), whole},
                             [](const Run& run) {
                                 return run.rank ? std::optional(static_cast<double>(*run.rank)) : std::nullopt;
                             }},
                            {QStringLiteral("sparsity"),
                             {tr("Sparsity"), percentText},
                             [](const Run& run) {
                                 return run.sparsityRatio;
                             }},
                            {QStringLiteral("steps"),
                             {tr("Steps"), whole},
                             [](const Run& run) {
                                 return run.lastStep > 0 ? std::optional(static_cast<double>(run.lastStep)) : std::nullopt;
                             }},
                            {QStringLiteral("duration"),
                             {tr("Duration"),
                              [](double seconds) {
                                  return Text::duration(seconds);
                              }},
                             [](const Run& run) {
                                 return run.durationMs > 0 ? std::optional(static_cast<double>(run.durationMs) / 1000.0)
                                                           : std::nullopt;
                             }},
                            {QStringLiteral("loss"),
                             {tr("Loss"),
                              [](double value) {
                                  return QLocale().toString(value, 'f', 3);
                              }},
                             [](const Run& run) {
                                 return run.lastLoss;
                             }}};
    std::set<ScoreKey> keys;
    for (const Run& run : m_runs) {
        for (const database::ScoreSummary& score : run.scores) {
            keys.insert({score.task, score.metric});
        }
    }
    for (const ScoreKey& key : keys) {
        all.push_back({QString::fromStdString(key.task + "." + key.metric),
                       {scoreTitleShort(key), percentText},
                       [this, key](const Run& run) -> std::optional<double> {
                           const database::ScoreSummary* score = run.score(key.task, key.metric);
                           return score != nullptr && chosenScore(*score) ? std::optional(chosenScore(*score)->value)
                                                                          : std::nullopt;
                       }});
    }
    std::erase_if(all, [this](const Column& column) {
        return std::none_of(m_runs.begin(), m_runs.end(), [&](const Run& run) { return column.value(run).has_value(); });
    });
    return all;
}

void ParallelRuns::fill()
{
    std::vector<Column> shown = columns();
    std::erase_if(shown, [this](const Column& column) { return m_hidden.count(column.id) > 0; });
    std::vector<ParallelAxis> axes;
    axes.reserve(shown.size());
    for (const Column& column : shown) {
        axes.push_back(column.axis);
    }
    std::vector<ParallelLine> lines;
    lines.reserve(m_runs.size());
    for (const database::RunSummary& run : m_runs) {
        ParallelLine line{QString::fromStdString(run.name), {}};
        line.values.reserve(shown.size());
        for (const Column& column : shown) {
            line.values.push_back(column.value(run));
        }
        lines.push_back(std::move(line));
    }
    m_plot->setData(std::move(axes), std::move(lines));
    fillTable(shown);
    m_readOut->setText(m_plot->readOut());
}

void ParallelRuns::fillTable(const std::vector<Column>& shown)
{
    const QSignalBlocker quiet(m_table);
    m_table->setSortingEnabled(false); // else a row moves while it is filled
    m_table->clear();
    m_table->setRowCount(static_cast<int>(m_runs.size()));
    m_table->setColumnCount(static_cast<int>(shown.size()) + 1);
    QStringList titles{tr("Name")};
    for (const Column& column : shown) {
        titles << column.axis.title;
    }
    m_table->setHorizontalHeaderLabels(titles);
    for (std::size_t row = 0; row < m_runs.size(); ++row) {
        auto* name = new QTableWidgetItem(QString::fromStdString(m_runs[row].name));
        name->setData(Qt::UserRole, static_cast<int>(row));
        m_table->setItem(static_cast<int>(row), 0, name);
        for (std::size_t column = 0; column < shown.size(); ++column) {
            const auto value = shown[column].value(m_runs[row]);
            m_table->setItem(static_cast<int>(row), static_cast<int>(column) + 1,
                             new NumberCell(value ? shown[column].axis.text(*value) : QString(), value));
        }
    }
    m_table->setSortingEnabled(true);
}

void ParallelRuns::fillAxes()
{
    m_axesMenu->clear();
    for (const Column& column : columns()) {
        QAction* action = m_axesMenu->addAction(column.axis.title);
        action->setObjectName(QStringLiteral("parallelAxis-") + column.id);
        action->setCheckable(true);
        action->setChecked(m_hidden.count(column.id) == 0);
        connect(action, &QAction::toggled, this, [this, id = column.id](bool on) {
            if (on) {
                m_hidden.erase(id);
            } else {
                m_hidden.insert(id);
            }
            fill();
        });
    }
}

} // namespace lori::ui
