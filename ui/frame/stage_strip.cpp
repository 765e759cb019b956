// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/stage_strip.h"

#include "ui/icons.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/flow_layout.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <memory>

namespace lori::ui {

namespace {

QString word(StepState state)
{
    switch (state) {
    case StepState::Waiting:
        return StageStrip::tr("waiting");
    case StepState::Running:
        return StageStrip::tr("running");
    case StepState::Paused:
        return StageStrip::tr("paused");
    case StepState::Done:
        return StageStrip::tr("done");
    case StepState::Stopped:
        return StageStrip::tr("stopped");
    case StepState::Failed:
        break;
    }
    return StageStrip::tr("failed");
}

QString iconOf(StepState state)
{
    switch (state) {
    case StepState::Waiting:
        return QStringLiteral("waiting");
    case StepState::Running:
        return QStringLiteral("running");
    case StepState::Paused:
        return QStringLiteral("pause");
    case StepState::Done:
        return QStringLiteral("done");
    case StepState::Stopped:
        return QStringLiteral("stop");
    case StepState::Failed:
        break;
    }
    return QStringLiteral("warning");
}

Tone toneFor(StepState state)
{
    switch (state) {
    case StepState::Running:
        return Tone::Accent;
    case StepState::Done:
        return Tone::Good;
    case StepState::Paused:
        return Tone::Caution;
    case StepState::Failed:
        return Tone::Alarm;
    case StepState::Waiting:
    case StepState::Stopped:
        break;
    }
    return Tone::Quiet;
}

} // namespace

StageStrip::StageStrip(QWidget* parent) : QWidget(parent), m_row(new FlowLayout(this))
{
    setObjectName(QStringLiteral("stageStrip"));
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(fontMetrics().height() * 2 / 3);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
}

void StageStrip::setSteps(const std::vector<StripStep>& steps)
{
    m_steps = steps;
    if (m_cells.size() != steps.size()) {
        rebuild(steps.size());
    }
    QStringList spoken;
    bool anyChanged = false;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        anyChanged = show(i, steps[i]) || anyChanged;
        spoken.append(tr("%1: %2").arg(steps[i].title, m_cells[i].detail->text()));
    }
    if (anyChanged) {
        setAccessibleName(tr("Stages of the run"));
        setAccessibleDescription(spoken.join(QStringLiteral("; ")));
        update();
    }
}

void StageStrip::rebuild(std::size_t count)
{
    while (QLayoutItem* item = m_row->takeAt(0)) {
        const std::unique_ptr<QLayoutItem> owned(item);
        item->widget()->hide();
        item->widget()->deleteLater();
    }
    m_cells.assign(count, {});
    for (Cell& cell : m_cells) {
        cell.box = new QWidget(this);
        auto* grid = new QGridLayout(cell.box);
        const int space = fontMetrics().height() / 2;
        grid->setContentsMargins(space, space * 2 / 3, space, space * 2 / 3);
        grid->setVerticalSpacing(0);
        cell.symbol = new QLabel(cell.box);
        cell.title = new QLabel(cell.box);
        QFont bold = cell.title->font();
        bold.setBold(true);
        cell.title->setFont(bold);
        cell.detail = new QLabel(cell.box);
        grid->addWidget(cell.symbol, 0, 0, 2, 1, Qt::AlignVCenter);
        grid->addWidget(cell.title, 0, 1);
        grid->addWidget(cell.detail, 1, 1);
        grid->setColumnStretch(1, 1);
        cell.box->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Maximum);
        m_row->addWidget(cell.box);
    }
}

/// A label that is set anew lays the whole header out anew, several times a second beside a run at work: only what changed is
/// set.
bool StageStrip::show(std::size_t index, const StripStep& step)
{
    Cell& cell = m_cells[index];
    const QString detail =
        step.seconds < 0 ? word(step.state) : tr("%1 · %2").arg(word(step.state), Text::duration(step.seconds));
    if (cell.isShown && cell.state == step.state) {
        const bool changed = cell.title->text() != step.title || cell.detail->text() != detail;
        cell.title->setText(step.title);
        cell.detail->setText(detail);
        return changed;
    }
    cell.isShown = true;
    cell.state = step.state;
    const QColor ink = toneColour(toneFor(step.state), palette());
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    cell.symbol->setPixmap(icon(iconOf(step.state)).pixmap(QSize(side, side), devicePixelRatioF()));
    cell.title->setText(step.title);
    cell.detail->setText(detail);
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, ink);
    cell.detail->setPalette(colours);
    return true;
}

void StageStrip::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) {
        for (Cell& cell : m_cells) {
            cell.isShown = false; // words and colours are others now
        }
        setSteps(m_steps);
    }
}

void StageStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const QRectF box = QRectF(m_cells[i].box->geometry()).adjusted(0.5, 0.5, -0.5, -0.5);
        const Tone tone = toneFor(m_steps[i].state);
        painter.setPen(QPen(tone == Tone::Quiet ? palette().color(QPalette::Mid) : toneColour(tone, palette()), 1));
        painter.setBrush(tone == Tone::Quiet ? palette().color(QPalette::Base) : toneFill(tone, palette()));
        painter.drawRoundedRect(box, 6, 6);
        if (i + 1 < m_cells.size() && m_cells[i + 1].box->y() == m_cells[i].box->y()) { // the arrow to the next cell
            const double gap = m_row->spacing();
            const QPointF middle(box.right() + gap / 2, box.center().y());
            const double half = gap * 0.22;
            painter.setPen(QPen(palette().color(QPalette::PlaceholderText), 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter.setBrush(Qt::NoBrush);
            painter.drawPolyline(QPolygonF(
                {middle + QPointF(-half, -half * 1.6), middle + QPointF(half, 0), middle + QPointF(-half, half * 1.6)}));
        }
    }
}

} // namespace lori::ui
