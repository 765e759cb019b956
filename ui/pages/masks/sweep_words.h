// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/table_model.h"
#include "ui/pages/masks/sweep_data.h"

#include <QCoreApplication>
#include <QString>

#include <optional>
#include <vector>

namespace lori::ui {

/// What a sweep's curve says.
class SweepWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::SweepWords)

public:
    /// "Knee at 90 %: 41 % [36–46], no clear loss against the best …", or why there is none. `points`: those of the curve.
    [[nodiscard]] static QString sentence(const std::optional<analysis::SweepKnee>& found, const std::vector<SweepPoint>& points);
};

/// A run of the shown curve.
struct SweepRow {
    SweepRun run;
    std::optional<database::Score> score;
};

/// The runs of a sweep as a table.
class SweepTableModel final : public TableModel<SweepRow> {
    Q_OBJECT

public:
    enum Column { Sparsity, ScoreValue, Name, Made };
    explicit SweepTableModel(QObject* parent = nullptr);
    void setRows(std::vector<SweepRow> rows) { replaceRows(std::move(rows)); }

private:
    [[nodiscard]] bool isSame(const SweepRow& a, const SweepRow& b) const override { return a.run.id == b.run.id; }
    [[nodiscard]] QVariant rowTitle(int /*row*/) const override { return {}; }
};

} // namespace lori::ui
