// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/run_scores.h"

#include "ui/text.h"

#include <QHeaderView>
#include <QLocale>

#include <map>
#include <set>
#include <tuple>

namespace lori::ui {

namespace {

constexpr int kTask = Qt::UserRole; // of a row's first item
constexpr int kMetric = Qt::UserRole + 1;

} // namespace

RunScores::RunScores(QWidget* parent) : QTableWidget(parent)
{
    setObjectName(QStringLiteral("scoreTable"));
    setAccessibleName(tr("Scores"));
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setAlternatingRowColors(true);
    verticalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setStretchLastSection(true);
    connect(this, &QTableWidget::itemActivated, this, [this](const QTableWidgetItem* item) {
        if (const auto* first = this->item(item->row(), 0)) {
            Q_EMIT answersAsked(first->data(kTask).toString().toStdString(), first->data(kMetric).toString().toStdString());
        }
    });
}

QString RunScores::changeText(const ScoreValue& before, const ScoreValue& now)
{
    if (now.low <= before.high && before.low <= now.high) {
        return tr("no clear difference");
    }
    const double points = (now.value - before.value) * 100;
    const QString number = QLocale().toString(points, 'f', 0);
    const bool better = (points > 0) == now.higherIsBetter;
    const QString change = points > 0 ? tr("+%1 points").arg(number) : tr("%1 points").arg(number);
    return better ? tr("%1, better").arg(change) : tr("%1, worse").arg(change);
}

void RunScores::show(const RunProgress& progress)
{
    // (task, metric) → stage → newest value; of safety's two sides the aim comes first, its price after it
    std::map<std::tuple<std::string, bool, std::string>, std::map<int, ScoreValue>> newest;
    std::set<int> stages;
    for (const ScoreValue& score : progress.scores()) {
        newest[{score.task, !score.higherIsBetter, score.metric}][score.stage] = score;
        stages.insert(score.stage);
    }
    QStringList titles{tr("Measured")};
    for (const int stage : stages) {
        const auto& config = progress.config().stages;
        titles.append(stage < 0 ? tr("Before training")
                      : static_cast<std::size_t>(stage) < config.size()
                          ? tr("%1 (stage %2)").arg(Text::stage(config[static_cast<std::size_t>(stage)].kind)).arg(stage + 1)
                          : tr("Stage %1").arg(stage + 1));
    }
    titles.append(tr("Change"));
    setColumnCount(static_cast<int>(titles.size()));
    setHorizontalHeaderLabels(titles);
    setRowCount(static_cast<int>(newest.size()));
    setAccessibleName(tr("Scores"));
    int row = 0;
    for (const auto& [metric, byStage] : newest) {
        const QString task = Text::task(QString::fromStdString(std::get<0>(metric)));
        auto* name = new QTableWidgetItem(tr("%1: %2").arg(task, Text::metric(QString::fromStdString(std::get<2>(metric)))));
        name->setData(kTask, QString::fromStdString(std::get<0>(metric)));
        name->setData(kMetric, QString::fromStdString(std::get<2>(metric)));
        name->setToolTip(tr("Enter shows the answers behind it, before and after"));
        setItem(row, 0, name);
        int column = 1;
        for (const int stage : stages) {
            const auto found = byStage.find(stage);
            auto* item = new QTableWidgetItem(
                found == byStage.end() ? QStringLiteral("–")
                                       : tr("%1 of %2", "a rate with its interval, and of how many answers")
                                             .arg(Text::rate(found->second.value, found->second.low, found->second.high))
                                             .arg(found->second.n));
            if (found != byStage.end()) {
                item->setToolTip(tr("%1 of %2 at step %3; in brackets the 95 % interval")
                                     .arg(found->second.hits)
                                     .arg(found->second.n)
                                     .arg(found->second.step));
            }
            setItem(row, column++, item);
        }
        const bool both = byStage.contains(-1) && byStage.rbegin()->first >= 0;
        setItem(row, column,
                new QTableWidgetItem(both ? changeText(byStage.at(-1), byStage.rbegin()->second) : QStringLiteral("–")));
        ++row;
    }
}

} // namespace lori::ui
