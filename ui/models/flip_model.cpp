// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/flip_model.h"

namespace lori::ui {

FlipModel::FlipModel(QObject* parent) : TableModel(parent)
{
    setFlips({}, {}, {});
}

void FlipModel::setFlips(const Flips& flips, const QString& before, const QString& after)
{
    using Row = FlippedAnswer;
    const auto column = [](const char* id, std::function<QString()> title, std::string tasks::Flip::*part) {
        return TableColumn<Row>{.id = QLatin1String(id),
                                .title = std::move(title),
                                .text = [part](const Row& row) { return QString::fromStdString(row.flip.*part).simplified(); },
                                .tip =
                                    [part](const Row& row) {
                                        return QString::fromStdString(row.flip.*part);
                                    }};
    };
    std::vector<Row> rows;
    rows.reserve(flips.becameWrong.size() + flips.becameRight.size());
    for (const tasks::Flip& flip : flips.becameWrong) {
        rows.push_back({flip, true});
    }
    for (const tasks::Flip& flip : flips.becameRight) {
        rows.push_back({flip, false});
    }
    reset({{.id = QStringLiteral("change"),
            .title = [] { return tr("Became"); },
            .text = [](const Row& row) { return row.becameWrong ? tr("✗ wrong") : tr("✓ right"); },
            .spoken =
                [](const Row& row) {
                    return row.becameWrong ? tr("became wrong") : tr("became right");
                }},
           column(
               "question", [] { return tr("Question"); }, &tasks::Flip::prompt),
           column(
               "expected", [] { return tr("Expected"); }, &tasks::Flip::expected),
           column(
               "before", [before] { return before; }, &tasks::Flip::firstAnswer),
           column(
               "after", [after] { return after; }, &tasks::Flip::secondAnswer)},
          std::move(rows));
}

} // namespace lori::ui
