// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/b_matrix.h"
#include "ui/widgets/entry_picture.h"

namespace lori::ui {

/// One B at pixel level, with bars for the kept entries of each output row (below) and each rank (right).
class BMatrixView final : public EntryPicture {
    Q_OBJECT

public:
    explicit BMatrixView(QWidget* parent = nullptr);
    /// Cost: one pass over out · rank entries.
    void setMatrix(BMatrix matrix);
    [[nodiscard]] const BMatrix& matrix() const { return m_matrix; }
    [[nodiscard]] const BMatrixSums& sums() const { return m_sums; }

protected:
    [[nodiscard]] QImage makeImage() const override;
    [[nodiscard]] QString entryText(QPoint entry) const override;
    void paintBeside(QPainter& painter) const override;
    void changeEvent(QEvent* event) override;

private:
    void paintLegend(QPainter& painter, QRectF place) const;

    BMatrix m_matrix;
    BMatrixSums m_sums;
};

} // namespace lori::ui
