// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <optional>
#include <utility>

namespace lori::ui {

class PlotView;

/// Lets several plots with the same x axis share one crosshair and one stretch of x: where one points, all point, and where one
/// is zoomed, all show the same steps at heights of their own.
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
    void zoomed(const std::optional<std::pair<double, double>>& x);

private:
    std::optional<double> m_x;
};

} // namespace lori::ui
