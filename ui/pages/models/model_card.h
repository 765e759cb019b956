// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/home.h"
#include "ui/frame/card.h"
#include "ui/services/model_facts.h"
#include "ui/services/model_library.h"

class QLabel;

namespace lori::ui {

class FactList;

/// What is known of one base model, why it cannot be used, and what a Quick look with it would cost here.
class ModelCard final : public Card {
    Q_OBJECT

public:
    explicit ModelCard(Home home, QWidget* parent = nullptr);
    /// nullptr: nothing is chosen.
    void showModel(const ModelEntry* entry);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void showFacts(const ModelDescription& facts);
    void showCost();
    void retranslate();

    Home m_home;
    ModelFacts m_facts;
    std::optional<ModelEntry> m_entry;
    QLabel* m_title = nullptr;
    QLabel* m_state = nullptr;
    FactList* m_list = nullptr;
    QLabel* m_costTitle = nullptr;
    FactList* m_cost = nullptr;
};

} // namespace lori::ui
