// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/b_matrix.h"
#include "ui/models/table_model.h"

namespace lori::ui {

/// One B as a table: rows are outputs, columns ranks; dropped entries say so.
class BMatrixModel final : public TableModel<std::int64_t> {
    Q_OBJECT

public:
    explicit BMatrixModel(QObject* parent = nullptr) : TableModel(parent) {}
    void setMatrix(BMatrix matrix);
    /// "output,rank,magnitude,kept", one line an entry; the magnitude is empty where only the mask is known.
    [[nodiscard]] QByteArray toCsv() const;

private:
    [[nodiscard]] QString entry(std::int64_t output, std::int64_t rank) const;
    [[nodiscard]] bool isSame(const std::int64_t& a, const std::int64_t& b) const override { return a == b; }
    [[nodiscard]] QVariant rowTitle(int row) const override { return tr("Output %1").arg(row); }

    BMatrix m_matrix;
};

} // namespace lori::ui
