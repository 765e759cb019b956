// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_overlays.h"

#include "ui/widgets/flow_layout.h"

#include <QEvent>
#include <QIcon>
#include <QMenu>
#include <QPainter>
#include <QPixmap>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace lori::ui {
namespace {

constexpr qsizetype kMostLetters = 28; ///< of a name on a chip; the whole one is its tip

QString forButton(QString text)
{
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

RunOverlays::RunOverlays(QWidget* parent) : QWidget(parent), m_add(new QToolButton(this)), m_menu(new QMenu(this))
{
    setObjectName(QStringLiteral("overlayBar"));
    new FlowLayout(this);
    m_menu->setObjectName(QStringLiteral("overlayMenu"));
    m_add->setObjectName(QStringLiteral("addOverlay"));
    m_add->setMenu(m_menu);
    m_add->setPopupMode(QToolButton::InstantPopup);
    connect(m_menu, &QMenu::aboutToShow, this, &RunOverlays::fillMenu);
    rebuild();
}

void RunOverlays::setChoices(Choices choices)
{
    m_choices = std::move(choices);
    rebuild();
}

PlotStyle RunOverlays::styleOf(std::size_t place, PlotMarker marker)
{
    static constexpr std::array kColours{4, 6, 7, 5}; // the first four are those of loss and safety
    static constexpr std::array kDashes{PlotDash::LongDash, PlotDash::DashDot, PlotDash::DashDotDot, PlotDash::SparseDot};
    return {kColours[place % kColours.size()], kDashes[place % kDashes.size()], marker, false};
}

bool RunOverlays::has(const QString& id) const
{
    return std::any_of(m_overlays.begin(), m_overlays.end(), [&](const Overlay& one) { return one.id == id; });
}

bool RunOverlays::add(const QString& id, const QString& name)
{
    if (has(id)) {
        return true;
    }
    if (m_overlays.size() >= kMost) {
        return false;
    }
    m_overlays.push_back({id, name, {}});
    rebuild();
    Q_EMIT changed();
    return true;
}

void RunOverlays::absorb(const QString& id, const std::vector<events::Event>& events)
{
    const auto found = std::find_if(m_overlays.begin(), m_overlays.end(), [&](const Overlay& one) { return one.id == id; });
    if (found != m_overlays.end() && !events.empty()) {
        found->curves.absorb(events);
        Q_EMIT grown();
    }
}

void RunOverlays::remove(const QString& id)
{
    if (std::erase_if(m_overlays, [&](const Overlay& one) { return one.id == id; }) > 0) {
        rebuild();
        Q_EMIT removed(id);
        Q_EMIT changed();
    }
}

void RunOverlays::clear()
{
    while (!m_overlays.empty()) {
        remove(m_overlays.back().id);
    }
}

void RunOverlays::rebuild()
{
    const auto chips = findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly);
    for (QToolButton* chip : chips) {
        if (chip != m_add) {
            delete chip;
        }
    }
    for (std::size_t place = 0; place < m_overlays.size(); ++place) {
        makeChip(m_overlays[place], place);
    }
    setAccessibleName(tr("Other runs in these charts"));
    const bool full = m_overlays.size() >= kMost;
    m_add->setText(tr("&Add to charts…"));
    m_add->setAccessibleName(tr("Add another run to the charts"));
    m_add->setToolTip(
        full ? tr("At most %1 other runs fit into these charts; take one away first.").arg(kMost)
             : tr("Lays the curves of another run over these charts. A run can also be dragged here from the list."));
    m_add->setEnabled(!full && m_choices);
    m_add->setVisible(static_cast<bool>(m_choices));
    layout()->addWidget(m_add); // behind the chips
    layout()->invalidate();
    updateGeometry();
}

QIcon RunOverlays::swatch(std::size_t place) const
{
    const int height = fontMetrics().ascent();
    const int width = height * 2;
    QPixmap picture(QSize(width, height) * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setPen(plotPen(styleOf(place), palette()));
    painter.drawLine(QPointF(0, height / 2.0), QPointF(width, height / 2.0));
    return QIcon(picture);
}

/// The chip is one button that takes the run away: its look, its name and a cross.
void RunOverlays::makeChip(const Overlay& overlay, std::size_t place)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("removeOverlay_") + overlay.id);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setIcon(swatch(place));
    button->setIconSize({fontMetrics().ascent() * 2, fontMetrics().ascent()});
    const QString shown =
        overlay.name.size() > kMostLetters ? overlay.name.left(kMostLetters - 1) + QStringLiteral("…") : overlay.name;
    button->setText(tr("%1 ✕", "button that takes another run's curve away").arg(forButton(shown)));
    button->setAccessibleName(tr("Remove %1 from the charts").arg(overlay.name));
    button->setToolTip(button->accessibleName());
    // Queued: the button must not be deleted while its own click is being handled.
    connect(
        button, &QToolButton::clicked, this, [this, id = overlay.id] { remove(id); }, Qt::QueuedConnection);
    layout()->addWidget(button);
    button->show();
}

void RunOverlays::fillMenu()
{
    m_menu->clear();
    if (m_choices) {
        for (const auto& [id, title] : m_choices()) {
            m_menu->addAction(forButton(title), this, [this, id = id] { Q_EMIT asked(id); })
                ->setObjectName(QStringLiteral("overlay-") + id);
        }
    }
    if (m_menu->isEmpty()) {
        m_menu->addAction(tr("There is no other run"))->setEnabled(false);
    }
}

void RunOverlays::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) {
        rebuild();
    }
}

} // namespace lori::ui
