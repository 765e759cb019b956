// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_analysis.h"

#include <QTableWidget>

#include <utility>
#include <vector>

namespace lori::ui {

/// The five scopes side by side at one sparsity: what each keeps, what of B's norm it loses, and how many modules it leaves
/// empty. The selected row is the scope; click and arrow keys choose another one.
class ScopeTable final : public QTableWidget {
    Q_OBJECT

public:
    explicit ScopeTable(QWidget* parent = nullptr);
    /// The scopes in the order in which they are shown, with their names.
    [[nodiscard]] static std::vector<std::pair<experiment::MaskScope, QString>> scopes();
    /// At the sparsity that is shown, in the order of scopes(). Empty: nothing is known.
    void show(const std::vector<analysis::MaskSummary>& summaries);
    void select(experiment::MaskScope scope);
    void retranslate();
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(lori::experiment::MaskScope scope);

private:
    std::vector<analysis::MaskSummary> m_summaries;
};

} // namespace lori::ui
