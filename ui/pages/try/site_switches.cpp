// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/try/site_switches.h"

#include "core/vocabulary/projection.h"
#include "ui/widgets/heat_map.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr int kSwitchLines = 14; // height of the map in lines of text; more layers scroll

/// "q" of "q_proj".
QString partName(const std::string& projection)
{
    return QString::fromStdString(projection).remove(QStringLiteral("_proj"));
}

} // namespace

SiteSwitches::SiteSwitches(QWidget* parent)
    : QWidget(parent),
      m_open(new QToolButton(this)),
      m_count(new QLabel(this)),
      m_reset(new QToolButton(this)),
      m_map(new HeatMap(this))
{
    m_open->setObjectName(QStringLiteral("trySitesOpen"));
    m_open->setCheckable(true);
    m_open->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_open->setArrowType(Qt::RightArrow);
    m_count->setObjectName(QStringLiteral("trySitesCount"));
    m_count->setTextFormat(Qt::PlainText);
    m_reset->setObjectName(QStringLiteral("trySitesReset"));
    m_map->setObjectName(QStringLiteral("trySitesMap"));
    m_map->setFixedHeight(fontMetrics().height() * kSwitchLines);
    m_map->setDescription([this](int row, int column) { return describe(row, column); });
    m_map->hide();
    auto* top = new QHBoxLayout;
    top->addWidget(m_open);
    top->addWidget(m_count, 1);
    top->addWidget(m_reset);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(m_map);
    connect(m_open, &QToolButton::toggled, this, [this](bool shown) {
        m_map->setVisible(shown);
        m_open->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
    });
    connect(m_reset, &QToolButton::clicked, this, [this] { setOff({}); });
    connect(m_map, &HeatMap::opened, this, &SiteSwitches::flip);
    retranslate();
}

void SiteSwitches::setSites(const std::vector<wire::SitePlace>& sites)
{
    std::set<Place> places;
    for (const wire::SitePlace& site : sites) {
        places.emplace(site.layer, site.projection);
    }
    if (places != m_sites) {
        m_sites = std::move(places);
        std::erase_if(m_off, [this](const Place& place) { return !m_sites.empty() && m_sites.count(place) == 0; });
        fill();
    }
}

void SiteSwitches::setAdapterName(const QString& name)
{
    m_name = name;
    retranslate();
}

std::vector<wire::SitePlace> SiteSwitches::off() const
{
    std::vector<wire::SitePlace> places;
    places.reserve(m_off.size());
    for (const auto& [layer, projection] : m_off) {
        places.push_back({layer, projection});
    }
    return places;
}

void SiteSwitches::setOff(const std::vector<wire::SitePlace>& off)
{
    m_off.clear();
    for (const wire::SitePlace& place : off) {
        m_off.emplace(place.layer, place.projection);
    }
    fill();
}

void SiteSwitches::fill()
{
    std::set<std::int64_t> layers;
    for (const Place& place : m_sites) {
        layers.insert(place.first);
    }
    m_layers.assign(layers.begin(), layers.end());
    m_projections.clear();
    for (const Projection projection : kAllProjections) { // in the order of every table
        const std::string name(projectionName(projection));
        if (std::any_of(m_sites.begin(), m_sites.end(), [&](const Place& place) { return place.second == name; })) {
            m_projections.push_back(name);
        }
    }
    HeatGrid grid;
    grid.scale = {HeatScale::Kind::Sequential, 0, 1, QString(), tr("off"), tr("on"), std::nullopt, QString()};
    for (const std::string& projection : m_projections) {
        grid.columns.append(partName(projection));
    }
    grid.cells.reserve(m_layers.size() * m_projections.size());
    for (const std::int64_t layer : m_layers) {
        grid.rows.append(tr("Layer %1").arg(layer));
        for (const std::string& projection : m_projections) {
            HeatCell cell;
            if (const Place place{layer, projection}; m_sites.count(place) > 0) {
                cell.crossed = m_off.count(place) > 0;
                cell.value = cell.crossed ? 0.0 : 1.0;
            }
            grid.cells.push_back(std::move(cell));
        }
    }
    m_map->setGrid(std::move(grid));
    m_map->viewport()->update();
    showCount();
}

void SiteSwitches::showCount()
{
    m_count->setText(m_sites.empty() ? QString()
                                     : tr("%1 of %2 parts on").arg(m_sites.size() - m_off.size()).arg(m_sites.size()));
    m_reset->setEnabled(!m_off.empty());
    m_reset->setToolTip(m_off.empty() ? tr("Every part is on") : tr("Switch every part on again"));
}

SiteSwitches::Place SiteSwitches::placeOf(int row, int column) const
{
    return {m_layers.at(static_cast<std::size_t>(row)), m_projections.at(static_cast<std::size_t>(column))};
}

void SiteSwitches::flip(int row, int column)
{
    const Place place = placeOf(row, column);
    if (m_sites.count(place) > 0) {
        if (m_off.erase(place) == 0) {
            m_off.insert(place);
        }
        fill();
    }
}

QString SiteSwitches::describe(int row, int column) const
{
    const Place place = placeOf(row, column);
    const QString where = tr("Layer %1").arg(place.first) + QStringLiteral(" · ") + partName(place.second);
    return where + QStringLiteral(": ") +
           (m_sites.count(place) == 0 ? tr("no part of this adapter")
            : m_off.count(place) > 0  ? tr("off for the next question")
                                      : tr("on"));
}

void SiteSwitches::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void SiteSwitches::retranslate()
{
    m_open->setText(tr("Switch parts off…"));
    m_open->setToolTip(tr("Ask the next question without some of the places where this adapter acts."));
    m_open->setAccessibleName(tr("Switch parts of %1 off").arg(m_name));
    m_reset->setText(tr("All on"));
    m_reset->setAccessibleName(tr("Switch all parts of %1 on again").arg(m_name));
    m_map->setAccessibleName(tr("Parts of %1 by layer and projection").arg(m_name));
    m_map->setEmptyText(tr("The parts are known once the adapter is loaded."));
    m_map->setWidestRowTitle(tr("Layer %1").arg(888));
    fill();
}

} // namespace lori::ui
