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

TableColumn<SequenceScore> lossColumn(const QString& id, std::function<QString()> title,
                                      std::optional<SequenceLoss> SequenceScore::*which)
{
    TableColumn<SequenceScore> loss;
    loss.id = id;
    loss.right = true;
    loss.title = std::move(title);
    loss.text = [which](const SequenceScore& score) {
        return score.*which ? lossText(*(score.*which)) : QStringLiteral("–");
    };
    loss.tip = [which](const SequenceScore& score) {
        const std::optional<SequenceLoss>& known = score.*which;
        return !known               ? ForgettingModel::tr("known when two tasks are done")
               : known->isSure()    ? ForgettingModel::tr("Forgotten: more than chance explains")
               : known->hasInterval ? ForgettingModel::tr("The interval holds 0: chance may explain it")
                                    : ForgettingModel::tr("so far; the interval comes at the end");
    };
    loss.spoken = [tip = loss.tip, text = loss.text](const SequenceScore& score) {
        return text(score) + QStringLiteral(", ") + tip(score);
    };
    loss.icon = [which](const SequenceScore& score) {
        const std::optional<SequenceLoss>& known = score.*which;
        return known && known->isSure() ? icon(QStringLiteral("warning")) : QIcon();
    };
    return loss;
}

} // namespace

ForgettingModel::ForgettingModel(QObject* parent) : TableModel(parent) {}

void ForgettingModel::setOutcome(const SequenceOutcome& outcome, const QString& twin)
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
    columns.push_back(lossColumn(
        QStringLiteral("loss"), [] { return tr("Lost since its best"); }, &SequenceScore::loss));
    if (!twin.isEmpty()) {
        columns.push_back(lossColumn(
            QStringLiteral("twinLoss"), [twin] { return twin; }, &SequenceScore::twinLoss));
    }
    reset(std::move(columns), outcome.scores());
}

} // namespace lori::ui
