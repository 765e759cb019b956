// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/app_context.h"
#include "ui/services/task_catalog.h"

#include <QWidget>

#include <map>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;

namespace lori::ui {

class BaseCard;
class FloorsBox;
class SequenceDraft;
class StageCard;

/// The sequence that is being set up: templates, name, the strip Base → task → task → +, and the floors.
class SequenceEditor final : public QWidget {
    Q_OBJECT

public:
    /// The draft outlives this widget.
    SequenceEditor(AppContext& context, SequenceDraft& draft, QWidget* parent = nullptr);

    /// A name, number or place that cannot be read yet, by the object name of its field, in sentences.
    [[nodiscard]] const std::map<QString, QString>& unreadable() const { return m_unreadable; }
    /// Shows and gives the focus to the field of a problem's path: "stages[1].steps", "run.name", or a field's object name.
    void goTo(const QString& path);
    /// Begins from this adapter; "" from scratch. False when it is not known.
    bool beginFromAdapter(const QString& folder);
    /// A task learns this file.
    void useFile(int task, const QString& file);

Q_SIGNALS:
    /// unreadable() changed.
    void readabilityChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    QWidget* buildTemplates();
    QWidget* buildStrip();
    void addCard();
    void refresh();
    void retranslate();
    void move(int task, int by);
    void addTask();
    void chooseFile(int task);
    void note(const QString& field, const QString& where, const QString& problem);

    AppContext& m_context;
    SequenceDraft& m_draft;
    TaskCatalog m_tasks;
    std::vector<TaskChoice> m_choices;
    std::map<QString, QString> m_unreadable;
    QLabel* m_templateLabel = nullptr;
    QPushButton* m_safetyFirst = nullptr;
    QPushButton* m_taskAfterTask = nullptr;
    QLabel* m_nameLabel = nullptr;
    QLineEdit* m_name = nullptr;
    QWidget* m_strip = nullptr;
    BaseCard* m_base = nullptr;
    std::vector<StageCard*> m_cards;
    std::vector<QLabel*> m_arrows; ///< one before each card
    QPushButton* m_add = nullptr;
    FloorsBox* m_floors = nullptr;
    QScrollArea* m_scroll = nullptr;
};

} // namespace lori::ui
