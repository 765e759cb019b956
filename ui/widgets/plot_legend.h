// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace lori::ui {

class PlotView;

/// The names of a plot's curves with their line samples; each is a button that shows or hides its curve.
class PlotLegend final : public QWidget {
    Q_OBJECT

public:
    explicit PlotLegend(PlotView* view, QWidget* parent = nullptr);

private:
    void rebuild();
    PlotView* m_view;
};

} // namespace lori::ui
