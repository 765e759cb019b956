// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_analysis.h"

#include <QWidget>

#include <vector>

namespace lori::ui {

/// One bar a layer: the share of its entries that is kept. The table of the mask map holds the same numbers.
class LayerBars final : public QWidget {
    Q_OBJECT

public:
    struct Bar {
        std::int64_t layer = 0;
        std::int64_t kept = 0;
        std::int64_t total = 0;
    };
    explicit LayerBars(QWidget* parent = nullptr);
    void setSummary(const analysis::MaskSummary& summary);
    [[nodiscard]] const std::vector<Bar>& bars() const { return m_bars; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF area() const;
    std::vector<Bar> m_bars;
    double m_whole = 0;
    double m_top = 1;
};

} // namespace lori::ui
