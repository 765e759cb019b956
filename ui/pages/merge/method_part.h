// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/merge/measured_adapters.h"
#include "ui/pages/merge/merge_part.h"
#include "ui/pages/merge/merge_planner.h"
#include "ui/pages/merge/merge_setup.h"

#include <QStringList>

#include <memory>

class QComboBox;
class QWidget;

namespace lori::ui {

class MergeWeights;
class NumberField;

/// Part 3: the method with what it is for and when it fails, a weight for each adapter, and at once what the merge would be.
class MergeMethodPart final : public MergePart {
    Q_OBJECT

public:
    explicit MergeMethodPart(QWidget* parent = nullptr);

    void setAdapters(const std::vector<std::filesystem::path>& folders, const QStringList& names);
    /// Method, options and weights of another setup of the same adapters; each adapter has its weight by its folder.
    void use(const MergeSetup& setup);
    /// nullptr while nothing was measured.
    void setMeasured(std::shared_ptr<const MeasuredAdapters> measured);
    /// What the worker program says of the setup; nothing while it is asked.
    void showPlan(const std::optional<Result<PlannedMerge>>& plan);

    /// Nothing wrong with it when problem() is "".
    [[nodiscard]] const MergeSetup& setup() const { return m_setup; }
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void changed();

protected:
    void retranslate() override;
    void recolour() override;

private:
    QWidget* makeMethod();
    QWidget* makeOptions();
    void methodChosen();
    void weightsChanged();
    void showEnergy();
    void showPlanned();
    [[nodiscard]] QString planText(const PlannedMerge& plan) const;

    MergeSetup m_setup;
    QStringList m_names;
    std::shared_ptr<const MeasuredAdapters> m_measured;
    std::optional<Result<PlannedMerge>> m_plan;
    QLabel* m_methodLabel = nullptr;
    QComboBox* m_method = nullptr;
    QLabel* m_does = nullptr;
    QLabel* m_fails = nullptr;
    QWidget* m_density = nullptr; ///< with its label, as the next three
    QWidget* m_rank = nullptr;
    QWidget* m_seed = nullptr;
    QWidget* m_signs = nullptr;
    NumberField* m_densityField = nullptr;
    NumberField* m_rankField = nullptr;
    NumberField* m_seedField = nullptr;
    QComboBox* m_signsBox = nullptr;
    MergeWeights* m_weights = nullptr;
    QLabel* m_energy = nullptr;
    QLabel* m_planned = nullptr;
};

} // namespace lori::ui
