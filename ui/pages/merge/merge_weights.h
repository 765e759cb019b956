// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class QSlider;

namespace lori::ui {

class NumberField;

/// A weight for each adapter, by slider and by number, and sets of weights by name.
class MergeWeights final : public QWidget {
    Q_OBJECT

public:
    explicit MergeWeights(QWidget* parent = nullptr);

    /// Other adapters: equal weights, until others are chosen.
    void setAdapters(const QStringList& names);
    [[nodiscard]] const std::vector<double>& weights() const { return m_weights; }
    void setWeights(const std::vector<double>& weights);
    /// One sentence while a field holds no number that can be used, else "".
    [[nodiscard]] QString problem() const;
    /// Weights that give each adapter the same energy; empty: not known, the button is grey.
    void setBalanced(std::vector<double> weights);

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row {
        QLabel* name = nullptr;
        QSlider* slider = nullptr;
        NumberField* field = nullptr;
        QString problem;
    };
    void addRow(int place);
    void take(std::size_t place, double weight);
    void usePaper(const char* preset);
    void updateButtons();
    void retranslate();

    QGridLayout* m_grid = nullptr;
    QStringList m_names;
    std::vector<Row> m_rows;
    std::vector<double> m_weights;
    std::vector<double> m_balanced;
    QPushButton* m_equal = nullptr;
    QPushButton* m_dense = nullptr;  ///< the paper's for LoRI-D
    QPushButton* m_sparse = nullptr; ///< the paper's for LoRI-S
    QPushButton* m_balance = nullptr;
};

} // namespace lori::ui
