// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/model_library.h"

#include <QWidget>

class QAction;
class QPushButton;
class QTableView;

namespace lori::ui {

struct AppContext;
class HistoryFilter;
class ModelCard;
class ModelTableModel;

/// The base models: the list, the chosen one's card, and what can be done with it.
class ModelsTab final : public QWidget {
    Q_OBJECT

public:
    /// Both outlive this widget.
    ModelsTab(AppContext& context, ModelLibrary& library, QWidget* parent = nullptr);
    /// Selects the model of this name or path; nothing happens when there is none.
    void choose(const QString& model);
    [[nodiscard]] QString chosen() const { return m_chosen; }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void buildTable();
    void build();
    void fill();
    void countUses();
    void showSelection();
    void takeSelection();
    void showChosen();
    void addFolder();
    void addFile();
    void findIt();
    void removeChosen();
    void use();
    void showFolder();
    void retranslate();

    AppContext& m_context;
    ModelLibrary& m_library;
    QString m_chosen; ///< its name; "" for none
    bool m_showing = false;
    ModelTableModel* m_model = nullptr;
    HistoryFilter* m_sorted = nullptr;
    QTableView* m_table = nullptr;
    ModelCard* m_card = nullptr;
    QPushButton* m_add = nullptr;
    QAction* m_addFolder = nullptr;
    QAction* m_addFile = nullptr;
    QPushButton* m_find = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_folder = nullptr;
    QPushButton* m_use = nullptr;
};

} // namespace lori::ui
