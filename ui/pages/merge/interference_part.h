// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/merge/interference_words.h"
#include "ui/pages/merge/merge_part.h"

#include <QStringList>

#include <array>
#include <memory>

class QPushButton;
class QRadioButton;
class QTableWidget;

namespace lori::ui {

struct MeasuredAdapters;

/// Part 2: how the adapters would meet, as a map of all pairs and, for one pair, a table of layers.
class MergeInterferencePart final : public MergePart {
    Q_OBJECT

public:
    explicit MergeInterferencePart(QWidget* parent = nullptr);

    void showMeasuring();
    void showCancelled();
    void showProblem(const Error& error);
    /// `names`: of the adapters, in the report's order.
    void show(std::shared_ptr<const MeasuredAdapters> measured, QStringList names);
    [[nodiscard]] PairMeasure measure() const;

Q_SIGNALS:
    void cancelRequested();
    void measureRequested();

protected:
    void retranslate() override;
    void recolour() override;

private:
    QWidget* makeSwitch();
    void refresh();
    void refreshTable();
    void showState(const QString& text, Tone tone, bool measuring);

    std::shared_ptr<const MeasuredAdapters> m_measured;
    QStringList m_names;
    std::size_t m_pair = 0; ///< whose layers are shown
    QLabel* m_verdict = nullptr;
    QLabel* m_state = nullptr;
    Tone m_stateTone = Tone::Quiet;
    QWidget* m_bar = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_again = nullptr;
    QWidget* m_content = nullptr;
    std::array<QRadioButton*, 3> m_measures{};
    HeatMap* m_map = nullptr;
    QLabel* m_pairTitle = nullptr;
    QTableWidget* m_table = nullptr;
};

} // namespace lori::ui
