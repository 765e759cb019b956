// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/masks/mask_set_view.h"
#include "ui/pages/masks/module_stack.h"
#include "ui/pages/masks/overlap_words.h"

class QComboBox;
class QTableView;

namespace lori::ui {

/// Two masks or more against each other and against chance: a sentence, a map of overlaps, and the picture of one B in which an
/// entry is nobody's, one mask's, or both's. With more than two, a table of all pairs chooses which.
class CompareView final : public MaskSetView {
    Q_OBJECT

public:
    CompareView(AppContext& context, QWidget* parent);
    /// Which of the pairs (0, 1), (0, 2), … is shown.
    void showPair(std::size_t pair);
    [[nodiscard]] ModuleStack* stack() const { return m_stack; }
    /// For a picture: opens the B in the middle of the map.
    void openSomeMatrix();

protected:
    void showSet() override;
    void retranslate() override;

private:
    void refreshPair();
    void showMatrix(const ModulePlace& place);
    [[nodiscard]] OverlapMeasure measure() const;

    std::size_t m_pair = 0;
    PairTableModel* m_pairModel = nullptr;
    QTableView* m_pairs = nullptr;
    QComboBox* m_measure = nullptr;
    OverlapTableModel* m_model = nullptr;
    ModuleStack* m_stack = nullptr;
};

} // namespace lori::ui
