// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wire/messages.h"

#include <QWidget>

#include <set>
#include <string>
#include <utility>
#include <vector>

class QLabel;
class QToolButton;

namespace lori::ui {

class HeatMap;

/// Where an adapter acts, layer by projection, behind a button: Enter or a click on a cell switches that part off, so that the
/// next question is answered without it.
class SiteSwitches final : public QWidget {
    Q_OBJECT

public:
    explicit SiteSwitches(QWidget* parent = nullptr);

    /// The parts that there are; what is off stays off as far as it is there.
    void setSites(const std::vector<wire::SitePlace>& sites);
    /// Whose parts these are, for screen readers.
    void setAdapterName(const QString& name);
    /// By layer, then projection.
    [[nodiscard]] std::vector<wire::SitePlace> off() const;
    void setOff(const std::vector<wire::SitePlace>& off);

protected:
    void changeEvent(QEvent* event) override;

private:
    using Place = std::pair<std::int64_t, std::string>;
    void retranslate();
    void fill();
    void showCount();
    void flip(int row, int column);
    [[nodiscard]] Place placeOf(int row, int column) const;
    [[nodiscard]] QString describe(int row, int column) const;

    std::set<Place> m_sites;
    std::set<Place> m_off;
    std::vector<std::int64_t> m_layers;
    std::vector<std::string> m_projections;
    QString m_name;
    QToolButton* m_open = nullptr;
    QLabel* m_count = nullptr;
    QToolButton* m_reset = nullptr;
    HeatMap* m_map = nullptr;
};

} // namespace lori::ui
