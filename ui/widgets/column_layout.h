// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSet>
#include <QString>

#include <functional>
#include <vector>

class QHeaderView;

namespace lori::ui {

/// Order, width and visibility of a table's columns by their ids (TableRole::ColumnId), so that what a person chose outlives
/// columns that come and go. A column that nobody arranged yet stands where its Start says.
class ColumnLayout final : public QObject {
    Q_OBJECT

public:
    struct Start {
        int width = 0; ///< pixels
        bool shown = true;
        QString after; ///< id of the column it stands behind; "" = first
    };
    using StartOf = std::function<Start(int column)>;

    /// The header's model must be set, and outlives this object with the header.
    ColumnLayout(QHeaderView* header, StartOf startOf);

    /// A column without anything to show is not shown, whatever was chosen; it comes back with the next arrange().
    void setEmpty(std::function<bool(int column)> isEmpty) { m_isEmpty = std::move(isEmpty); }
    /// A person's choice, kept.
    void choose(int column, bool shown);
    [[nodiscard]] bool isChosen(int column) const;
    [[nodiscard]] bool isEmpty(int column) const { return m_isEmpty && m_isEmpty(column); }
    /// Brings the header to what was chosen; needed when columns came and when isEmpty answers differently. (A header that is
    /// told of new sections sets them up after it has said so: this cannot happen by itself.)
    void arrange();

    /// Also of columns that the table does not have now.
    [[nodiscard]] QByteArray state();
    /// What state() gave; anything else is ignored. Also the column that is sorted by.
    void restore(const QByteArray& state);

private:
    struct Entry {
        QString id;
        int width = 0;
        bool shown = true;
    };
    [[nodiscard]] QString idOf(int column) const;
    [[nodiscard]] int columnOf(const QString& id) const;
    [[nodiscard]] std::vector<Entry>::iterator find(const QString& id);
    void adopt();
    void move(int column, int visual);
    void apply();
    void readHeader();

    QHeaderView* m_header;
    StartOf m_startOf;
    std::function<bool(int)> m_isEmpty;
    std::vector<Entry> m_entries;  ///< in visual order
    QSet<QString> m_hiddenAsEmpty; ///< chosen, and not shown for want of anything to show
    QSet<QString> m_inHeader;      ///< ids that apply() has brought into the header
    bool m_arranging = false;
};

} // namespace lori::ui
