// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/sweep_words.h"

#include "ui/models/mask_words.h"
#include "ui/text.h"

namespace lori::ui {

QString SweepWords::sentence(const std::optional<analysis::SweepKnee>& found, const std::vector<SweepPoint>& points)
{
    using Kind = analysis::SweepKnee::Kind;
    if (!found || points.empty()) {
        return tr(
            "These runs have no score in common that was measured with the mask. Choose tasks to measure under “Scores” of an "
            "experiment.");
    }
    const auto said = [](const SweepPoint& point) {
        return Text::rate(point.score.value, point.score.low, point.score.high);
    };
    const SweepPoint& best = points[found->best];
    const SweepPoint& knee = points[found->place];
    switch (found->kind) {
    case Kind::TooFew:
        return tr("%n sparsities are too few to see where the curve bends: it takes three.", nullptr,
                  static_cast<int>(points.size()));
    case Kind::None:
        return tr("No clear loss up to a sparsity of %1 (%2; best: %3 at %4). The knee, if there is one, lies further on.")
            .arg(percentText(knee.score.sparsity), said(knee), said(best), percentText(best.score.sparsity));
    case Kind::Mixed:
        return tr("The least sparse runs are clearly worse than the best (%1 at %2): this curve does not fall with sparsity, and "
                  "has "
                  "no knee.")
            .arg(said(best), percentText(best.score.sparsity));
    case Kind::Found:
        break;
    }
    const SweepPoint& next = points[found->place + 1];
    return tr("Knee at %1: %2, no clear loss against the best (%3 at %4); at %5 it is clearly worse (%6).")
        .arg(percentText(knee.score.sparsity), said(knee), said(best), percentText(best.score.sparsity),
             percentText(next.score.sparsity), said(next));
}

SweepTableModel::SweepTableModel(QObject* parent) : TableModel(parent)
{
    using Kind = ColumnFilter::Kind;
    reset({{.id = QStringLiteral("sparsity"),
            .title = [] { return tr("Sparsity"); },
            .text = [](const SweepRow& row) { return percentText(row.run.sparsity); },
            .value = [](const SweepRow& row) { return QVariant(row.run.sparsity); },
            .kind = Kind::Share},
           {.id = QStringLiteral("score"),
            .title = [] { return tr("Score"); },
            .text =
                [](const SweepRow& row) {
                    return row.score ? Text::rate(row.score->value, row.score->low, row.score->high) : QString();
                },
            .value = [](const SweepRow& row) { return row.score ? QVariant(row.score->value) : QVariant(); },
            .kind = Kind::Share},
           {.id = QStringLiteral("name"),
            .title = [] { return tr("Run"); },
            .text =
                [](const SweepRow& row) {
                    return QString::fromStdString(row.run.name);
                }},
           {.id = QStringLiteral("made"),
            .title = [] { return tr("Made"); },
            .text = [](const SweepRow& row) { return Text::when(row.run.createdMs); },
            .value =
                [](const SweepRow& row) {
                    return QVariant::fromValue<qlonglong>(row.run.createdMs);
                }}});
}

} // namespace lori::ui
