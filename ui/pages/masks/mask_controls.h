// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_analysis.h"

#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QRadioButton;
class QSlider;

namespace lori::ui {

class LayerBars;
class NumberField;
class ScopeTable;

/// The right-hand side of the masks page: stored mask or preview, sparsity, scope, and what that keeps.
class MaskControls final : public QWidget {
    Q_OBJECT

public:
    enum class View { Stored, Preview };

    explicit MaskControls(QWidget* parent = nullptr);
    /// What can be shown of the chosen source; starts with the stored mask where there is one, and its settings.
    void setAvailable(bool stored, bool preview, double sparsity, experiment::MaskScope scope);
    /// `asked`: how many entries the share alone asks for, where the reference rule chose them; entries that equal the smallest
    /// kept one are kept too, so there can be more.
    void showSummary(const analysis::MaskSummary& summary, std::optional<std::int64_t> asked = std::nullopt);
    /// What each scope would keep at this sparsity, in the order of ScopeTable::scopes(). Empty: nothing can be previewed.
    void showScopes(const std::vector<analysis::MaskSummary>& summaries);
    [[nodiscard]] View view() const;
    [[nodiscard]] double sparsity() const; ///< 0–0.999
    [[nodiscard]] experiment::MaskScope scope() const;

Q_SIGNALS:
    void changed(); ///< view, sparsity or scope; at most once a frame
    void useRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void connectAll();
    void retranslate();
    void updateEnabled();
    void showTypedProblem(const QString& problem);

    QTimer m_timer;
    QRadioButton* m_stored = nullptr;
    QRadioButton* m_preview = nullptr;
    QLabel* m_sparsityLabel = nullptr;
    QSlider* m_slider = nullptr;
    NumberField* m_sparsity = nullptr;
    QLabel* m_scopeLabel = nullptr;
    QComboBox* m_scope = nullptr;
    ScopeTable* m_scopes = nullptr;
    QLabel* m_numbers = nullptr;
    QLabel* m_note = nullptr;
    QLabel* m_barsLabel = nullptr;
    LayerBars* m_bars = nullptr;
    QPushButton* m_use = nullptr;
    analysis::MaskSummary m_summary;
    std::optional<std::int64_t> m_asked;
    double m_share = 0.9; ///< the sparsity that is shown
    QString m_typedProblem;
};

} // namespace lori::ui
