// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/entry_owners.h"
#include "core/vocabulary/projection.h"
#include "ui/models/owner_table_model.h"
#include "ui/widgets/heat_map.h"

#include <QStringList>
#include <QWidget>

#include <compare>
#include <functional>
#include <optional>
#include <vector>

class QAbstractItemModel;
class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace lori::ui {

class FlowLayout;
class OwnerLegend;
class OwnerPicture;

/// A module of the model, as a cell of a map.
struct ModulePlace {
    std::int64_t layer = 0;
    Projection projection = Projection::Q;
    auto operator<=>(const ModulePlace&) const = default;
};

/// A map of layers × projections with its table twin; a click or Enter on a cell or a row opens whose the entries of that B are,
/// again as picture and table. Escape or a button leads back. What the cells show is the owner's.
class ModuleStack final : public QWidget {
    Q_OBJECT

public:
    /// `name` begins the object names of its parts; `table`: one row a module, in the order of setModules().
    ModuleStack(const QString& name, QAbstractItemModel* table, QWidget* parent = nullptr);

    /// A control before those of the stack, in their line.
    void addControl(QWidget* control);
    void setTitles(const QString& map, const QString& table);
    /// `cellOf` and `describe` are asked with the module's place in the list. An opened B that is not among them is closed.
    void setModules(std::vector<ModulePlace> modules, const std::function<HeatCell(std::size_t)>& cellOf, const HeatScale& scale,
                    std::function<QString(std::size_t)> describe);
    /// Fills the opened B; `masks` are the names of the bits.
    void showOwners(const analysis::EntryOwners& owners, const QStringList& masks);
    /// The legend under the map; the opened B has its own.
    void setMapLegend(const QStringList& masks, const std::vector<std::int64_t>& counts);
    void open(const ModulePlace& place);
    void close();
    [[nodiscard]] std::optional<ModulePlace> opened() const { return m_opened; }
    [[nodiscard]] HeatMap* map() const { return m_map; }

Q_SIGNALS:
    /// showOwners() is expected.
    void moduleOpened(const lori::ui::ModulePlace& place);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void retranslate();
    void makeLine();
    void refresh();
    [[nodiscard]] std::optional<std::size_t> moduleAt(int row, int column) const;
    [[nodiscard]] QTableView* makeTable(const QString& name, QAbstractItemModel* model);

    QString m_name;
    std::vector<ModulePlace> m_modules;
    std::vector<std::int64_t> m_layers;
    std::vector<Projection> m_projections;
    std::optional<ModulePlace> m_opened;
    QStringList m_mapMasks;
    std::vector<std::int64_t> m_mapCounts;
    QStringList m_ownerMasks;
    std::vector<std::int64_t> m_ownerCounts;
    FlowLayout* m_line = nullptr;
    QToolButton* m_back = nullptr;
    QToolButton* m_asTable = nullptr;
    QLabel* m_readOut = nullptr;
    QStackedWidget* m_stack = nullptr;
    HeatMap* m_map = nullptr;
    QTableView* m_table = nullptr;
    OwnerPicture* m_picture = nullptr;
    OwnerTableModel* m_ownerModel = nullptr;
    QTableView* m_ownerTable = nullptr;
    OwnerLegend* m_legend = nullptr;
};

} // namespace lori::ui
