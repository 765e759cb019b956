// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/forgetting_model.h"

#include "ui/icons.h"
#include "ui/models/score_words.h"
#include "ui/text.h"

namespace lori::ui {

namespace {

const SequenceRate* rateAt(const SequenceScore& score, std::size_t place)
{
    return place < score.rates.size() && score.rates[place] ? &*score.rates[place] : nullptr;
}

TableColumn<SequenceScore> rateColumn(const QString& id, std::function<QString()> title, std::size_t place)
{
    TableColumn<SequenceScore> column;
    column.id = id;
    column.title = std::move(title);
    column.right = true;
    column.text = [place](const SequenceScore& score) {
        const SequenceRate* rate = rateAt(score, place);
        return rate == nullptr ? QStringLiteral("–") : Text::percent(rate->value);
    };
    column.tip = [place](const SequenceScore& score) {
        const SequenceRate* rate = rateAt(score, place);
        return rate == nullptr
                   ? ForgettingModel::tr("not measured yet")
                   : ForgettingModel::tr("%1, %2 answers").arg(Text::rate(rate->value, rate->low, rate->high)).arg(rate->rows);
    };
    column.spoken = column.tip;
    return column;
}

} // namespace

ForgettingModel::ForgettingModel(QObject* parent) : TableModel(parent) {}

void ForgettingModel::setOutcome(const SequenceOutcome& outcome)
{
    std::vector<TableColumn<SequenceScore>> columns;
    TableColumn<SequenceScore> name;
    name.id = QStringLiteral("score");
    name.title = [] {
        return tr("Score");
    };
    name.text = [](const SequenceScore& score) {
        const QString title = scoreTitleShort({score.task, score.metric});
        return score.higherIsBetter ? title : tr("%1 (lower is better)").arg(title);
    };
    columns.push_back(std::move(name));
    columns.push_back(rateColumn(
        QStringLiteral("base"), [] { return tr("Base"); }, 0));
    for (int i = 0; i < outcome.tasks().size(); ++i) {
        const QString task = outcome.tasks()[i];
        columns.push_back(rateColumn(
            QStringLiteral("after%1").arg(i), [task] { return tr("After %1").arg(task); }, static_cast<std::size_t>(i) + 1));
    }
    TableColumn<SequenceScore> loss;
    loss.id = QStringLiteral("loss");
    loss.right = true;
    loss.title = [] {
        return tr("Lost since its best");
    };
    loss.text = [](const SequenceScore& score) {
        return score.loss ? lossText(*score.loss) : QStringLiteral("–");
    };
    loss.tip = [](const SequenceScore& score) {
        return !score.loss               ? tr("known when two tasks are done")
               : score.loss->isSure()    ? tr("Forgotten: more than chance explains")
               : score.loss->hasInterval ? tr("The interval holds 0: chance may explain it")
                                         : tr("so far; the interval comes at the end");
    };
    loss.spoken = [tip = loss.tip, text = loss.text](const SequenceScore& score) {
        return text(score) + QStringLiteral(", ") + tip(score);
    };
    loss.icon = [](const SequenceScore& score) {
        return score.loss && score.loss->isSure() ? icon(QStringLiteral("warning")) : QIcon();
    };
    columns.push_back(std::move(loss));
    reset(std::move(columns), outcome.scores());
}

} // namespace lori::ui
