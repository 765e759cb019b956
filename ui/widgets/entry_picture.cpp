// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/entry_picture.h"

#include "ui/widgets/accessible_read_out.h"
#include "ui/widgets/plot_data.h"
#include "ui/widgets/plot_style.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace lori::ui {
namespace {

constexpr double kLargestCell = 48; // pixels

} // namespace

EntryPicture::EntryPicture(QWidget* parent) : QAbstractScrollArea(parent)
{
    exposeReadOut(this, QAccessible::Chart, [this] { return readOut(); });
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    viewport()->setMouseTracking(true);
    viewport()->setObjectName(QStringLiteral("entryViewport"));
}

void EntryPicture::setShape(std::int64_t out, std::int64_t rank)
{
    const bool sameShape = out == m_out && rank == m_rank;
    m_out = out;
    m_rank = rank;
    m_image = isEmpty() ? QImage() : makeImage();
    if (!sameShape) { // another threshold on the same matrix keeps the place one looks at
        m_zoom = 1;
        m_cursor.reset();
    }
    measure();
    viewport()->update();
    Q_EMIT entryPointed(readOut());
}

void EntryPicture::setMargins(double below, double right)
{
    m_below = below;
    m_right = right;
    measure();
}

void EntryPicture::setCursorEntry(QPoint entry)
{
    if (isEmpty()) {
        return;
    }
    entry.setX(std::clamp(entry.x(), 0, static_cast<int>(m_out) - 1));
    entry.setY(std::clamp(entry.y(), 0, static_cast<int>(m_rank) - 1));
    if (m_cursor == entry) {
        return;
    }
    m_cursor = entry;
    setAccessibleDescription(readOut());
    viewport()->update();
    Q_EMIT entryPointed(readOut());
}

QString EntryPicture::readOut() const
{
    return m_cursor && !isEmpty() ? tr("output %1, rank %2: %3").arg(m_cursor->x()).arg(m_cursor->y()).arg(entryText(*m_cursor))
                                  : QString();
}

void EntryPicture::measure()
{
    const QFontMetricsF metrics(font());
    const double line = metrics.height();
    const double left = metrics.horizontalAdvance(QStringLiteral("8888")) + line;
    m_area = QRectF(left, line * 1.6, std::max(10.0, viewport()->width() - left - line * m_right),
                    std::max(10.0, viewport()->height() - line * 1.6 - line * m_below));
    if (isEmpty()) {
        return;
    }
    const double fitWidth = m_area.width() / static_cast<double>(m_out);
    const double fitHeight = m_area.height() / static_cast<double>(m_rank);
    m_zoom = std::clamp(m_zoom, 1.0, std::max(1.0, kLargestCell / fitWidth));
    m_cell.setWidth(fitWidth * m_zoom);
    // Entries grow to squares first and stay squares from there on.
    m_cell.setHeight(std::max(fitHeight, m_cell.width()));
    const auto range = [](QScrollBar* bar, double whole, double shown) {
        bar->setRange(0, std::max(0, static_cast<int>(std::ceil(whole - shown - 0.5))));
        bar->setPageStep(std::max(1, static_cast<int>(shown)));
        bar->setSingleStep(std::max(1, static_cast<int>(shown / 20)));
    };
    range(horizontalScrollBar(), m_cell.width() * static_cast<double>(m_out), m_area.width());
    range(verticalScrollBar(), m_cell.height() * static_cast<double>(m_rank), m_area.height());
}

QPointF EntryPicture::offset() const
{
    return m_area.topLeft() - QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
}

QRectF EntryPicture::entryRect(QPoint entry) const
{
    return {offset() + QPointF(entry.x() * m_cell.width(), entry.y() * m_cell.height()), m_cell};
}

std::optional<QPoint> EntryPicture::entryAt(const QPointF& point) const
{
    if (isEmpty() || !m_area.contains(point)) {
        return std::nullopt;
    }
    const QPointF inside = point - offset();
    return QPoint(std::clamp(static_cast<int>(inside.x() / m_cell.width()), 0, static_cast<int>(m_out) - 1),
                  std::clamp(static_cast<int>(inside.y() / m_cell.height()), 0, static_cast<int>(m_rank) - 1));
}

void EntryPicture::zoomAt(double factor, QPointF at)
{
    if (isEmpty()) {
        return;
    }
    const QPointF inside = at - offset();
    const QPointF entry(inside.x() / m_cell.width(), inside.y() / m_cell.height());
    m_zoom *= factor;
    measure();
    const QPointF moved = QPointF(entry.x() * m_cell.width(), entry.y() * m_cell.height()) - (at - m_area.topLeft());
    horizontalScrollBar()->setValue(static_cast<int>(std::lround(moved.x())));
    verticalScrollBar()->setValue(static_cast<int>(std::lround(moved.y())));
    viewport()->update();
}

void EntryPicture::resetZoom()
{
    m_zoom = 1;
    measure();
    viewport()->update();
}

void EntryPicture::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().color(QPalette::Base));
    if (!isEmpty()) {
        paintEntries(painter);
        paintBeside(painter);
        paintNumbers(painter);
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

QRect EntryPicture::visibleEntries() const
{
    const QPointF start = m_area.topLeft() - offset();
    const int firstX = std::clamp(static_cast<int>(start.x() / m_cell.width()), 0, m_image.width() - 1);
    const int firstY = std::clamp(static_cast<int>(start.y() / m_cell.height()), 0, m_image.height() - 1);
    const int countX = std::min(m_image.width() - firstX, static_cast<int>(m_area.width() / m_cell.width()) + 2);
    const int countY = std::min(m_image.height() - firstY, static_cast<int>(m_area.height() / m_cell.height()) + 2);
    return {firstX, firstY, countX, countY};
}

void EntryPicture::paintEntries(QPainter& painter) const
{
    painter.save();
    painter.setClipRect(m_area);
    const QRect shown = visibleEntries(); // only these are drawn, however large the matrix is
    const QRectF target(entryRect(shown.topLeft()).topLeft(),
                        QSizeF(shown.width() * m_cell.width(), shown.height() * m_cell.height()));
    if (m_cell.width() * devicePixelRatioF() < 1) { // several entries a pixel: average them, so that their share can be seen
        const int pixels = std::max(1, static_cast<int>(target.width() * devicePixelRatioF()));
        painter.drawImage(target,
                          m_image.copy(shown).scaled(pixels, shown.height(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    } else {
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.drawImage(target, m_image, QRectF(shown));
    }
    paintOver(painter, shown);
    if (m_cursor) {
        const QRectF cell = entryRect(*m_cursor).adjusted(-1, -1, 1, 1);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Base), 3));
        painter.drawRect(cell);
        painter.setPen(QPen(palette().color(QPalette::Text), 1));
        painter.drawRect(cell);
    }
    painter.restore();
    painter.setPen(mixed(palette().color(QPalette::Base), palette().color(QPalette::Text), 0.5));
    painter.drawRect(m_area);
}

void EntryPicture::paintNumbers(QPainter& painter) const
{
    const QFontMetricsF metrics(font());
    painter.setPen(palette().color(QPalette::Text));
    const double firstO = (m_area.left() - offset().x()) / m_cell.width();
    const double lastO = std::min(static_cast<double>(m_out) - 1, firstO + m_area.width() / m_cell.width());
    for (const double o : niceTicks(firstO, lastO, std::max(2, static_cast<int>(m_area.width() / 90)))) {
        const QRectF cell = entryRect({static_cast<int>(o), 0});
        if (o == std::floor(o) && cell.center().x() >= m_area.left() && cell.center().x() <= m_area.right()) {
            painter.drawText(QRectF(cell.center().x() - 60, m_area.top() - metrics.height() * 1.1, 120, metrics.height()),
                             Qt::AlignCenter, o == 0 ? tr("output 0") : QLocale().toString(o, 'f', 0));
        }
    }
    const double firstR = (m_area.top() - offset().y()) / m_cell.height();
    const double lastR = std::min(static_cast<double>(m_rank) - 1, firstR + m_area.height() / m_cell.height());
    for (const double r : niceTicks(firstR, lastR, std::max(2, static_cast<int>(m_area.height() / 40)))) {
        const QRectF cell = entryRect({0, static_cast<int>(r)});
        if (r == std::floor(r) && cell.center().y() <= m_area.bottom()) {
            painter.drawText(QRectF(0, cell.center().y() - metrics.height() / 2, m_area.left() - 6, metrics.height()),
                             Qt::AlignRight | Qt::AlignVCenter, QLocale().toString(r, 'f', 0));
        }
    }
    painter.save();
    painter.translate(metrics.height() * 0.6, m_area.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-60, -metrics.height() / 2, 120, metrics.height()), Qt::AlignCenter, tr("rank"));
    painter.restore();
}

bool EntryPicture::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::MouseMove) {
        if (const auto entry = entryAt(static_cast<QMouseEvent*>(event)->position())) {
            setCursorEntry(*entry);
        }
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void EntryPicture::wheelEvent(QWheelEvent* event)
{
    zoomAt(std::pow(1.0015, event->angleDelta().y()), event->position());
    event->accept();
}

void EntryPicture::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    measure();
}

void EntryPicture::keyPressEvent(QKeyEvent* event)
{
    const int step = (event->modifiers() & Qt::ShiftModifier) != 0 ? 10 : 1;
    const QPoint from = m_cursor.value_or(QPoint(-step, 0));
    const QPointF centre = m_cursor ? entryRect(*m_cursor).center() : m_area.center();
    switch (event->key()) {
    case Qt::Key_Left:
        setCursorEntry(from - QPoint(step, 0));
        break;
    case Qt::Key_Right:
        setCursorEntry(from + QPoint(step, 0));
        break;
    case Qt::Key_Up:
        setCursorEntry(from - QPoint(0, step));
        break;
    case Qt::Key_Down:
        setCursorEntry(from + QPoint(0, step));
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomAt(1.5, centre);
        return;
    case Qt::Key_Minus:
        zoomAt(1 / 1.5, centre);
        return;
    case Qt::Key_Home:
        resetZoom();
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (m_cursor && !m_area.contains(entryRect(*m_cursor).center())) { // bring the cursor back into the picture
        const QPointF wanted = entryRect(*m_cursor).center() - m_area.center();
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + static_cast<int>(wanted.x()));
        verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(wanted.y()));
    }
}

void EntryPicture::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !isEmpty()) {
        m_image = makeImage();
        viewport()->update();
    } else if (event->type() == QEvent::FontChange || event->type() == QEvent::LanguageChange) {
        measure();
        viewport()->update();
    }
}

QSize EntryPicture::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 44, line * 20};
}

} // namespace lori::ui
