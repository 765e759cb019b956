// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/card.h"
#include "ui/pages/models/adapter_base.h"
#include "ui/services/adapter_lineage.h"

#include <optional>

class QLabel;
class QPushButton;

namespace lori::ui {

struct AppContext;
class AdapterExports;
class FactList;
class LineageView;

/// What is known of one adapter: its recipe, its base, where it came from as a picture, and what can be done with it.
class AdapterCard final : public Card {
    Q_OBJECT

public:
    /// Both outlive this widget.
    AdapterCard(AppContext& context, const ModelLibrary& library, QWidget* parent = nullptr);
    /// nullptr: nothing is chosen.
    void showAdapter(const KnownAdapter* adapter);

Q_SIGNALS:
    void adapterOpened(const QString& folder);
    void modelOpened(const QString& nameOrPath);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    QWidget* makeButtons(QWidget* parent);
    void refresh();
    void showFacts(const KnownAdapter& adapter);
    void updateButtons();
    void takeOffTheList();
    void retranslate();

    AppContext& m_context;
    const ModelLibrary& m_library;
    std::optional<KnownAdapter> m_adapter;
    AdapterBase m_base;
    QLabel* m_title = nullptr;
    QLabel* m_recipe = nullptr;
    QLabel* m_sameA = nullptr;
    FactList* m_facts = nullptr;
    QLabel* m_lineageTitle = nullptr;
    LineageView* m_lineage = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_masks = nullptr;
    QPushButton* m_merge = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_folder = nullptr;
    QPushButton* m_forget = nullptr;
    QWidget* m_buttons = nullptr;
    AdapterExports* m_exports = nullptr;
};

} // namespace lori::ui
