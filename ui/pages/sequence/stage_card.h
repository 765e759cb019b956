// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/sequence.h"
#include "ui/frame/card.h"
#include "ui/services/task_catalog.h"

#include <functional>
#include <vector>

class QComboBox;
class QLabel;
class QToolButton;

namespace lori::ui {

class NumberField;

/// One task of a sequence, to be changed in place: what it learns from, how, how long, and how it treats what earlier tasks
/// use. It can be moved by its two buttons and by Alt+Left and Alt+Right.
class StageCard final : public Card {
    Q_OBJECT

public:
    /// `index`: from 0; part of the object names.
    explicit StageCard(int index, QWidget* parent = nullptr);

    /// `count`: tasks in the sequence; `hasGround`: some entries are in use before this task.
    void show(const experiment::SequenceStage& stage, int count, bool hasGround, const std::vector<TaskChoice>& tasks);
    /// Puts the focus where it was on another card, by the part's name ("task", "steps" …).
    void focusPart(const QString& part);
    /// The name of the part that has the focus, "" when none has.
    [[nodiscard]] QString focusedPart() const;
    /// Puts its parts behind a widget in the tab order; the last of them.
    QWidget* putAfter(QWidget* before);
    [[nodiscard]] QWidget* lastInTabOrder() const;
    /// "Task 2"
    [[nodiscard]] QString place() const;

Q_SIGNALS:
    void edited(const QString& undoText, const std::function<void(lori::experiment::SequenceStage&)>& change);
    void fileWanted();
    void moveRequested(int by);
    void removeRequested();
    /// A number of the card cannot be read; with an empty problem it can again.
    void unreadable(const QString& part, const QString& problem);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void connectParts();
    void retranslate();
    void fillPolicies();
    void fillTasks(const std::vector<TaskChoice>& tasks);
    [[nodiscard]] QString partName(const char* part) const;
    NumberField* addNumber(const char* part, int kind);

    int m_index = 0;
    experiment::SequenceStage m_stage;
    QLabel* m_title = nullptr;
    QToolButton* m_earlier = nullptr;
    QToolButton* m_later = nullptr;
    QToolButton* m_remove = nullptr;
    QComboBox* m_task = nullptr;
    QComboBox* m_method = nullptr;
    QLabel* m_stepsLabel = nullptr;
    NumberField* m_steps = nullptr;
    QLabel* m_sparsityLabel = nullptr;
    NumberField* m_sparsity = nullptr;
    QComboBox* m_policy = nullptr;
};

} // namespace lori::ui
