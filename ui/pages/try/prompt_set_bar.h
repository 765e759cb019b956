// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/prompt_sets.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace lori::ui {

struct AppContext;

/// Prompt sets: keeps what was asked under a name, and offers the questions of a set that was kept.
class PromptSetBar final : public QWidget {
    Q_OBJECT

public:
    explicit PromptSetBar(AppContext& context, QWidget* parent = nullptr);

    /// What can be kept: the questions of the conversation, in order.
    void setAsked(const QStringList& prompts);
    /// While answers are written, no set is asked.
    void setCanAsk(bool can, const QString& why);
    /// Of the chosen set; empty when none is.
    [[nodiscard]] QStringList prompts() const;

Q_SIGNALS:
    /// Another set, or none.
    void chosen();
    /// All questions of the chosen set, one after another.
    void askAll(const QStringList& prompts);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    /// Reads the file anew and chooses this set; none when it is not there.
    void fill(const QString& choose);
    void enable();
    void keep();
    void save(const PromptSet& set);
    void remove();

    AppContext& m_context;
    PromptSets m_file;
    std::vector<PromptSet> m_sets;
    QStringList m_asked;
    bool m_canAsk = true;
    QString m_why;
    QLabel* m_label = nullptr;
    QComboBox* m_choice = nullptr;
    QPushButton* m_askAll = nullptr;
    QPushButton* m_keep = nullptr;
    QPushButton* m_delete = nullptr;
};

} // namespace lori::ui
