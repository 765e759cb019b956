// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/sidebar.h"

#include "ui/icons.h"

#include <QEvent>
#include <QFontMetrics>

namespace lori::ui {

Sidebar::Sidebar(QWidget* parent) : QListWidget(parent)
{
    setObjectName(QStringLiteral("sidebar"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    const int em = fontMetrics().height();
    setIconSize(QSize(em * 4 / 3, em * 4 / 3));
    setViewportMargins(em / 3, em / 3, em / 3, 0);
    setSpacing(1);
    for (int i = 0; i < kPageCount; ++i) {
        auto* item = new QListWidgetItem(icon(iconName(static_cast<PageId>(i))), QString(), this);
        item->setSizeHint(QSize(0, em * 5 / 2));
    }
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0) {
            Q_EMIT pageChosen(static_cast<PageId>(row));
        }
    });
    retranslate();
}

void Sidebar::select(PageId page)
{
    setCurrentRow(static_cast<int>(page));
}

QString Sidebar::title(PageId page)
{
    switch (page) {
    case PageId::Home:
        return tr("Home");
    case PageId::Experiment:
        return tr("Experiment");
    case PageId::Runs:
        return tr("Runs");
    case PageId::Masks:
        return tr("Masks");
    case PageId::History:
        break;
    }
    return tr("History");
}

QString Sidebar::iconName(PageId page)
{
    switch (page) {
    case PageId::Home:
        return QStringLiteral("home");
    case PageId::Experiment:
        return QStringLiteral("experiment");
    case PageId::Runs:
        return QStringLiteral("runs");
    case PageId::Masks:
        return QStringLiteral("masks");
    case PageId::History:
        break;
    }
    return QStringLiteral("history");
}

void Sidebar::changeEvent(QEvent* event)
{
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void Sidebar::retranslate()
{
    setAccessibleName(tr("Pages"));
    int widest = 0;
    for (int i = 0; i < count(); ++i) {
        const QString name = title(static_cast<PageId>(i));
        item(i)->setText(name);
        item(i)->setToolTip(tr("%1 (Ctrl+%2)").arg(name).arg(i + 1));
        widest = qMax(widest, fontMetrics().horizontalAdvance(name));
    }
    setFixedWidth(widest + iconSize().width() + fontMetrics().height() * 3);
}

} // namespace lori::ui
