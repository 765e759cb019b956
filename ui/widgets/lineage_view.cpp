// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/lineage_view.h"

#include "ui/theme.h"
#include "ui/widgets/accessible_read_out.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>
#include <QToolTip>

namespace lori::ui {
namespace {

constexpr double kBoxLines = 2.5; // height of a box and of the gap below it, in lines of text
constexpr double kGapLines = 0.9;
constexpr double kSide = 6;

QString whole(const LineageNode& node)
{
    return node.detail.isEmpty() ? node.title : QStringLiteral("%1, %2").arg(node.title, node.detail);
}

} // namespace

LineageView::LineageView(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("lineage"));
    exposeReadOut(this, QAccessible::Graphic, [this] { return readOut(); });
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void LineageView::setLineage(AdapterLineage lineage)
{
    m_lineage = std::move(lineage);
    m_current = m_lineage.nodes.empty() ? 0 : m_lineage.nodes.size() - 1;
    setAccessibleDescription(m_lineage.asText());
    updateGeometry();
    update();
}

QString LineageView::readOut() const
{
    if (m_current >= m_lineage.nodes.size()) {
        return {};
    }
    const LineageNode& node = m_lineage.nodes[m_current];
    QStringList parents;
    for (const std::size_t parent : node.parents) {
        parents.append(m_lineage.nodes[parent].title);
    }
    return parents.isEmpty() ? whole(node) : tr("%1; from %2").arg(whole(node), parents.join(QStringLiteral(", ")));
}

QSize LineageView::sizeHint() const
{
    const double line = fontMetrics().height();
    const double height = m_lineage.levels() * (kBoxLines + kGapLines) * line - kGapLines * line;
    return {static_cast<int>(line * 12), std::max(0, static_cast<int>(height) + 4)};
}

QRectF LineageView::boxOf(std::size_t node) const
{
    const int level = m_lineage.nodes[node].level;
    int count = 0;
    int place = 0;
    for (std::size_t i = 0; i < m_lineage.nodes.size(); ++i) {
        if (m_lineage.nodes[i].level == level) {
            place += i < node ? 1 : 0;
            ++count;
        }
    }
    const double line = fontMetrics().height();
    const double slot = (width() - 2.0) / count;
    const double left = 1 + slot * (layoutDirection() == Qt::RightToLeft ? count - 1 - place : place);
    const double box = std::min(slot - (count > 1 ? kSide : 0), line * 14);
    return {left + (slot - box) / 2, 1 + level * (kBoxLines + kGapLines) * line, box, kBoxLines * line};
}

bool LineageView::canOpen(std::size_t node) const
{
    const LineageNode& one = m_lineage.nodes[node];
    return one.kind == LineageNode::Kind::Model || (!one.folder.empty() && node + 1 != m_lineage.nodes.size());
}

std::size_t LineageView::nodeAt(const QPointF& point) const
{
    std::size_t node = 0;
    while (node < m_lineage.nodes.size() && !boxOf(node).contains(point)) {
        ++node;
    }
    return node;
}

void LineageView::paintEdges(QPainter& painter) const
{
    painter.setPen(QPen(toneColour(Tone::Quiet, palette()), 1.2));
    for (std::size_t node = 0; node < m_lineage.nodes.size(); ++node) {
        const QRectF to = boxOf(node);
        const QPointF end(to.center().x(), to.top());
        for (const std::size_t parent : m_lineage.nodes[node].parents) {
            const QRectF from = boxOf(parent);
            painter.drawLine(QPointF(from.center().x(), from.bottom()), end);
        }
        if (!m_lineage.nodes[node].parents.empty()) {
            const double tip = fontMetrics().height() * 0.25;
            painter.drawLine(end, end + QPointF(-tip, -tip));
            painter.drawLine(end, end + QPointF(tip, -tip));
        }
    }
}

void LineageView::paintBox(QPainter& painter, std::size_t node) const
{
    const LineageNode& one = m_lineage.nodes[node];
    const QRectF box = boxOf(node);
    const bool isSelf = node + 1 == m_lineage.nodes.size();
    const bool isGone = one.kind == LineageNode::Kind::Adapter && one.folder.empty();
    painter.setPen(
        QPen(toneColour(isSelf ? Tone::Accent : Tone::Quiet, palette()), isSelf ? 2 : 1, isGone ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(isSelf ? toneFill(Tone::Accent, palette()) : palette().color(QPalette::Window));
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(palette().color(QPalette::WindowText));
    const QRectF inside = box.adjusted(kSide, 2, -kSide, -2);
    const bool isOneLine = one.detail.isEmpty();
    const QRectF upper = isOneLine ? inside : QRectF(inside.topLeft(), QSizeF(inside.width(), inside.height() / 2));
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    const int wide = static_cast<int>(inside.width());
    painter.drawText(upper, Qt::AlignCenter, QFontMetrics(bold).elidedText(one.title, Qt::ElideRight, wide));
    painter.setFont(font());
    if (!isOneLine) {
        painter.drawText(upper.translated(0, inside.height() / 2), Qt::AlignCenter,
                         fontMetrics().elidedText(one.detail, Qt::ElideRight, wide));
    }
    if (hasFocus() && node == m_current) {
        QStyleOptionFocusRect focus;
        focus.initFrom(this);
        focus.rect = box.toRect().adjusted(2, 2, -2, -2);
        focus.backgroundColor = palette().color(QPalette::Window);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, &painter, this);
    }
}

void LineageView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintEdges(painter);
    for (std::size_t node = 0; node < m_lineage.nodes.size(); ++node) {
        paintBox(painter, node);
    }
}

std::size_t LineageView::neighbour(int key) const
{
    const auto& nodes = m_lineage.nodes;
    const LineageNode& here = nodes[m_current];
    const auto level = [&](std::size_t node) {
        return nodes[node].level == here.level;
    };
    const bool isBack = (key == Qt::Key_Left) != (layoutDirection() == Qt::RightToLeft);
    switch (key) {
    case Qt::Key_Up:
        return here.parents.empty() ? m_current : here.parents.front();
    case Qt::Key_Down:
        for (std::size_t node = m_current + 1; node < nodes.size(); ++node) {
            if (std::find(nodes[node].parents.begin(), nodes[node].parents.end(), m_current) != nodes[node].parents.end()) {
                return node;
            }
        }
        return m_current;
    case Qt::Key_Home:
        return 0;
    case Qt::Key_End:
        return nodes.size() - 1;
    default:
        for (std::size_t node = m_current; isBack ? node-- > 0 : ++node < nodes.size();) {
            if (level(node)) {
                return node;
            }
        }
        return m_current;
    }
}

void LineageView::goTo(std::size_t node)
{
    if (node != m_current) {
        m_current = node;
        QAccessibleValueChangeEvent said(this, readOut());
        QAccessible::updateAccessibility(&said);
        update();
    }
}

void LineageView::open(std::size_t node)
{
    if (canOpen(node)) {
        const LineageNode opening = m_lineage.nodes[node]; // whoever hears it may set another picture
        Q_EMIT opened(opening);
    }
}

void LineageView::keyPressEvent(QKeyEvent* event)
{
    if (m_current >= m_lineage.nodes.size()) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
        goTo(neighbour(event->key()));
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        open(m_current);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void LineageView::mousePressEvent(QMouseEvent* event)
{
    if (const std::size_t node = nodeAt(event->position()); node < m_lineage.nodes.size()) {
        goTo(node);
        open(node);
    }
}

void LineageView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void LineageView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

bool LineageView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const std::size_t node = nodeAt(help->pos()); node < m_lineage.nodes.size()) {
            QToolTip::showText(help->globalPos(), whole(m_lineage.nodes[node]), this);
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace lori::ui
