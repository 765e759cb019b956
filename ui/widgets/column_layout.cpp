// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/column_layout.h"

#include "ui/models/table_model.h"

#include <nlohmann/json.hpp>

#include <QHeaderView>
#include <QScopedValueRollback>

#include <algorithm>

namespace lori::ui {

using nlohmann::json;

ColumnLayout::ColumnLayout(QHeaderView* header, StartOf startOf)
    : QObject(header), m_header(header), m_startOf(std::move(startOf))
{
    adopt();
    apply();
    connect(m_header, &QHeaderView::sectionMoved, this, [this](int column, int /*from*/, int to) {
        if (!m_arranging) {
            move(column, to);
        }
    });
}

QString ColumnLayout::idOf(int column) const
{
    return m_header->model()->headerData(column, Qt::Horizontal, TableRole::ColumnId).toString();
}

int ColumnLayout::columnOf(const QString& id) const
{
    for (int column = 0; column < m_header->count(); ++column) {
        if (idOf(column) == id) {
            return column;
        }
    }
    return -1;
}

std::vector<ColumnLayout::Entry>::iterator ColumnLayout::find(const QString& id)
{
    return std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return entry.id == id; });
}

/// A column was dragged: it follows the one that now stands in front of it, and columns that are absent keep their neighbours.
void ColumnLayout::move(int column, int visual)
{
    const auto old = find(idOf(column));
    if (old == m_entries.end()) {
        return;
    }
    const Entry entry = *old;
    m_entries.erase(old);
    auto place = m_entries.begin();
    if (visual > 0) {
        place = find(idOf(m_header->logicalIndex(visual - 1)));
        place = place == m_entries.end() ? place : place + 1;
    }
    m_entries.insert(place, entry);
}

/// Gives every column an entry.
void ColumnLayout::adopt()
{
    for (int column = 0; column < m_header->count(); ++column) {
        const QString id = idOf(column);
        if (id.isEmpty() || find(id) != m_entries.end()) {
            continue;
        }
        const Start start = m_startOf(column);
        const auto before = find(start.after);
        const auto place = before != m_entries.end() ? before + 1 : start.after.isEmpty() ? m_entries.begin() : m_entries.end();
        m_entries.insert(place, {id, start.width, start.shown});
    }
}

void ColumnLayout::arrange()
{
    readHeader();
    adopt();
    apply();
}

void ColumnLayout::apply()
{
    const QScopedValueRollback<bool> arranging(m_arranging, true);
    int visual = 0;
    m_inHeader.clear();
    for (const Entry& entry : m_entries) {
        const int column = columnOf(entry.id);
        if (column < 0) {
            continue;
        }
        m_inHeader.insert(entry.id);
        m_header->moveSection(m_header->visualIndex(column), visual++);
        const bool shown = entry.shown && !isEmpty(column);
        if (entry.shown && !shown) {
            m_hiddenAsEmpty.insert(entry.id);
        } else {
            m_hiddenAsEmpty.remove(entry.id);
        }
        m_header->setSectionHidden(column, !shown);
        if (shown) {
            m_header->resizeSection(column, entry.width);
        }
    }
}

void ColumnLayout::choose(int column, bool shown)
{
    if (const auto entry = find(idOf(column)); entry != m_entries.end()) {
        readHeader();
        entry->shown = shown;
        apply();
    }
}

bool ColumnLayout::isChosen(int column) const
{
    const QString id = idOf(column);
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return entry.id == id && entry.shown; });
}

/// What was done to the header itself. A hidden section has no width: its entry keeps the one it had.
void ColumnLayout::readHeader()
{
    for (Entry& entry : m_entries) {
        const int column = columnOf(entry.id);
        if (column < 0 || !m_inHeader.contains(entry.id)) { // one that just came is as the header makes it, not as chosen
            continue;
        }
        const bool hidden = m_header->isSectionHidden(column);
        if (!hidden) {
            entry.width = m_header->sectionSize(column);
        }
        if (!m_hiddenAsEmpty.contains(entry.id)) {
            entry.shown = !hidden;
        }
    }
}

QByteArray ColumnLayout::state()
{
    readHeader();
    json columns = json::array();
    for (const Entry& entry : m_entries) {
        columns.push_back({{"id", entry.id.toStdString()}, {"width", entry.width}, {"shown", entry.shown}});
    }
    const json all{{"columns", std::move(columns)},
                   {"sorted", idOf(m_header->sortIndicatorSection()).toStdString()},
                   {"descending", m_header->sortIndicatorOrder() == Qt::DescendingOrder}};
    return QByteArray::fromStdString(all.dump());
}

void ColumnLayout::restore(const QByteArray& state)
{
    const json all = json::parse(state.toStdString(), nullptr, false);
    if (!all.is_object() || !all.value("columns", json()).is_array()) {
        return;
    }
    std::vector<Entry> entries;
    for (const json& column : all["columns"]) {
        if (column.is_object() && column.value("id", json()).is_string() && column.value("width", json()).is_number_integer() &&
            column.value("shown", json()).is_boolean()) {
            const int width = std::clamp(column["width"].get<int>(), m_header->minimumSectionSize(), 10'000);
            entries.push_back({QString::fromStdString(column["id"].get<std::string>()), width, column["shown"].get<bool>()});
        }
    }
    m_entries = std::move(entries);
    adopt();
    apply();
    if (all.value("sorted", json()).is_string() && all.value("descending", json()).is_boolean()) {
        const int sorted = columnOf(QString::fromStdString(all["sorted"].get<std::string>()));
        if (sorted >= 0) {
            m_header->setSortIndicator(sorted, all["descending"].get<bool>() ? Qt::DescendingOrder : Qt::AscendingOrder);
        }
    }
}

} // namespace lori::ui
