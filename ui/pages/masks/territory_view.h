// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/masks/mask_set_view.h"
#include "ui/pages/masks/module_stack.h"
#include "ui/pages/masks/territory_words.h"

class QComboBox;
class QLabel;

namespace lori::ui {

class NumberField;

/// All ticked masks as one map: in each module what is free, what belongs to one mask alone and what several share; and how many
/// further masks of some sparsity find room.
class TerritoryView final : public MaskSetView {
    Q_OBJECT

public:
    TerritoryView(AppContext& context, QWidget* parent);
    [[nodiscard]] ModuleStack* stack() const { return m_stack; }
    /// For a picture: opens the B in the middle of the map.
    void openSomeMatrix();

protected:
    void showSet() override;
    void retranslate() override;

private:
    QWidget* makeRoomLine();
    void refreshSentence();
    void showMatrix(const ModulePlace& place);

    double m_sparsity = 0.9;
    QLabel* m_roomLabel = nullptr;
    NumberField* m_room = nullptr;
    QLabel* m_scopeLabel = nullptr;
    QComboBox* m_scope = nullptr;
    TerritoryTableModel* m_model = nullptr;
    ModuleStack* m_stack = nullptr;
};

} // namespace lori::ui
