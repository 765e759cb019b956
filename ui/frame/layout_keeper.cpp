// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/layout_keeper.h"

#include "ui/services/preferences.h"

#include <nlohmann/json.hpp>

#include <QEvent>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QSet>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr int kWidest = 4000; // pixels; more is no width that anybody chose

QByteArray textOfWidths(const QHash<int, int>& widths)
{
    nlohmann::json object = nlohmann::json::object();
    for (auto each = widths.begin(); each != widths.end(); ++each) {
        object[std::to_string(each.key())] = each.value();
    }
    return QByteArray::fromStdString(object.dump());
}

QHash<int, int> widthsOfText(const QByteArray& text)
{
    QHash<int, int> widths;
    const auto object = nlohmann::json::parse(text.toStdString(), nullptr, /*allow_exceptions=*/false);
    if (object.is_object()) {
        for (const auto& [column, width] : object.items()) {
            const int pixels = width.is_number_integer() ? width.get<int>() : 0;
            if (pixels > 0 && pixels <= kWidest) {
                widths.insert(QString::fromStdString(column).toInt(), pixels);
            }
        }
    }
    return widths;
}

} // namespace

LayoutKeeper::LayoutKeeper(Preferences& preferences, QObject* parent) : QObject(parent), m_preferences(preferences) {}

void LayoutKeeper::adopt(const QString& page, QWidget* widget)
{
    QSet<QString> seen; // of several parts with one name nobody could say which is meant
    const auto keyOf = [&](const QString& kind, const QString& name) {
        const QString key = page + QLatin1Char('/') + kind + QLatin1Char('/') + name;
        const bool isOurs = !name.isEmpty() && !name.startsWith(QLatin1String("qt_")) && !seen.contains(key);
        seen.insert(key);
        return isOurs ? key : QString();
    };
    for (auto* splitter : widget->findChildren<QSplitter*>()) {
        if (const QString key = keyOf(QStringLiteral("splitter"), splitter->objectName()); !key.isEmpty()) {
            adoptSplitter(key, splitter);
        }
    }
    for (auto* tabs : widget->findChildren<QTabWidget*>()) {
        if (const QString key = keyOf(QStringLiteral("tabs"), tabs->objectName()); !key.isEmpty()) {
            adoptTabs(key, tabs);
        }
    }
    for (auto* table : widget->findChildren<QTableView*>()) {
        const QString key = keyOf(QStringLiteral("columns"), table->objectName());
        if (!key.isEmpty() && !table->property(kOwnColumns).toBool()) {
            adoptColumns(key, table->horizontalHeader());
        }
    }
}

void LayoutKeeper::adoptSplitter(const QString& key, QSplitter* splitter)
{
    m_splitters.push_back({splitter, splitter->saveState()});
    if (const QByteArray kept = m_preferences.layout(key); !kept.isEmpty()) {
        splitter->restoreState(kept);
    }
    connect(splitter, &QSplitter::splitterMoved, this,
            [this, key, splitter] { m_preferences.setLayout(key, splitter->saveState()); });
}

void LayoutKeeper::adoptTabs(const QString& key, QTabWidget* tabs)
{
    m_tabs.push_back({tabs, key});
    bool isNumber = false;
    const int kept = m_preferences.layout(key).toInt(&isNumber);
    if (isNumber && kept >= 0 && kept < tabs->count()) {
        tabs->setCurrentIndex(kept);
    }
}

void LayoutKeeper::adoptColumns(const QString& key, QHeaderView* header)
{
    m_columns.push_back(std::make_unique<Columns>());
    Columns& columns = *m_columns.back();
    columns.header = header;
    columns.key = key;
    columns.chosen = widthsOfText(m_preferences.layout(key));
    apply(columns);
    header->viewport()->installEventFilter(this);
    connect(header, &QHeaderView::sectionResized, this,
            [this, &columns](int column, int before, int now) { resized(columns, column, before, now); });
    connect(header, &QHeaderView::sectionCountChanged, this, [this, &columns] { apply(columns); });
}

bool LayoutKeeper::eventFilter(QObject* watched, QEvent* event)
{
    const bool presses = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
    if (presses || event->type() == QEvent::MouseButtonRelease) {
        for (const auto& each : m_columns) {
            each->pressed = presses && each->header != nullptr && each->header->viewport() == watched;
        }
    }
    return QObject::eventFilter(watched, event);
}

/// By hand it is a choice; whatever else resizes a column must leave a chosen one as it is.
void LayoutKeeper::resized(Columns& columns, int column, int before, int now)
{
    if (columns.setting || columns.header == nullptr || now <= 0 || before <= 0) { // 0: hidden, or shown again
        return;
    }
    const bool isLast =
        columns.header->stretchLastSection() && columns.header->visualIndex(column) + 1 == columns.header->count();
    if (columns.header->sectionResizeMode(column) != QHeaderView::Interactive || isLast) {
        return; // as wide as there is room
    }
    if (columns.pressed) {
        if (!columns.start.contains(column)) {
            columns.start.insert(column, before);
        }
        columns.chosen.insert(column, now);
        m_preferences.setLayout(columns.key, textOfWidths(columns.chosen));
    } else if (columns.chosen.contains(column)) {
        columns.start.insert(column, now);
        apply(columns);
    }
}

void LayoutKeeper::apply(Columns& columns)
{
    if (columns.header == nullptr) {
        return;
    }
    const QScopedValueRollback guard(columns.setting, true);
    for (auto each = columns.chosen.begin(); each != columns.chosen.end(); ++each) {
        const int column = each.key();
        if (column >= 0 && column < columns.header->count() && !columns.header->isSectionHidden(column)) {
            if (!columns.start.contains(column)) {
                columns.start.insert(column, columns.header->sectionSize(column));
            }
            columns.header->resizeSection(column, each.value());
        }
    }
}

void LayoutKeeper::save()
{
    for (const Tabs& each : m_tabs) {
        if (each.tabs != nullptr) {
            m_preferences.setLayout(each.key, QByteArray::number(each.tabs->currentIndex()));
        }
    }
}

void LayoutKeeper::reset()
{
    for (const Splitter& each : m_splitters) {
        if (each.splitter != nullptr) {
            each.splitter->restoreState(each.start);
        }
    }
    for (const Tabs& each : m_tabs) {
        if (each.tabs != nullptr) {
            each.tabs->setCurrentIndex(0);
        }
    }
    for (const auto& each : m_columns) {
        std::swap(each->chosen, each->start); // the widths before
        apply(*each);
        each->chosen.clear();
        each->start.clear();
    }
}

} // namespace lori::ui
