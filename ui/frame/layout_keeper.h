// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QString>

#include <memory>
#include <vector>

class QHeaderView;
class QSplitter;
class QTabWidget;

namespace lori::ui {

class Preferences;

/// Keeps how a person arranged the pages: where splitters stand, which tab is in front, how wide the columns of tables are. All
/// by object names, so that what is new or gone is left alone. Only what was done by hand is kept: a width that the program chose
/// follows what the table holds.
class LayoutKeeper final : public QObject {
    Q_OBJECT

public:
    /// A table with this property keeps its columns itself.
    static constexpr const char* kOwnColumns = "ownColumns";

    LayoutKeeper(Preferences& preferences, QObject* parent);

    /// Brings a page that was just made to what was kept, and follows it from here on.
    void adopt(const QString& page, QWidget* widget);
    /// Writes which tabs are in front; the rest is written when it is done.
    void save();
    /// Everything as the pages were made; nothing is kept any more.
    void reset();

protected:
    /// The mouse on a header.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Splitter {
        QPointer<QSplitter> splitter;
        QByteArray start;
    };
    struct Tabs {
        QPointer<QTabWidget> tabs;
        QString key;
    };
    struct Columns {
        QPointer<QHeaderView> header;
        QString key;
        QHash<int, int> start;  ///< widths before a person changed them
        QHash<int, int> chosen; ///< column → pixels
        bool setting = false;
        bool pressed = false; ///< a mouse button, on the header
    };
    void adoptSplitter(const QString& key, QSplitter* splitter);
    void adoptTabs(const QString& key, QTabWidget* tabs);
    void adoptColumns(const QString& key, QHeaderView* header);
    void resized(Columns& columns, int column, int before, int now);
    void apply(Columns& columns);

    Preferences& m_preferences;
    std::vector<Splitter> m_splitters;
    std::vector<Tabs> m_tabs;
    std::vector<std::unique_ptr<Columns>> m_columns;
};

} // namespace lori::ui
