// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <optional>

namespace lori::ui {

class PlotView;

/// Lets several plots with the same x axis share one crosshair: where one points, all point.
class CrosshairGroup final : public QObject {
    Q_OBJECT

public:
    explicit CrosshairGroup(QObject* parent = nullptr) : QObject(parent) {}
    /// Ties `view` to the group for as long as both live.
    void add(PlotView* view);
    [[nodiscard]] std::optional<double> x() const { return m_x; }
    void setX(std::optional<double> x);

Q_SIGNALS:
    void moved(std::optional<double> x);

private:
    std::optional<double> m_x;
};

} // namespace lori::ui
