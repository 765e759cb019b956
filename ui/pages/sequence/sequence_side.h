// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/card.h"

#include <utility>
#include <vector>

class QLabel;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace lori::ui {

/// The card at the right of the sequence page: what would happen on Start, or what can be done with the shown sequence. The one
/// primary button is always its last line.
class SequenceSide final : public Card {
    Q_OBJECT

public:
    explicit SequenceSide(QWidget* parent = nullptr);

    struct Problem {
        QString path; ///< for problemChosen()
        QString text;
    };
    /// What is worth knowing, a title and its lines.
    struct Fact {
        QString title;
        QString text;
    };
    /// A button under the primary one; `name` is its object name.
    struct Action {
        QString name;
        QString text;
        QString iconName{};
        bool enabled = true;
        QString tip{}; ///< why it is grey, or what it does
    };
    struct Content {
        QString title;
        QString state;
        QString stateIcon{};
        std::vector<Problem> problems{};
        std::vector<Fact> facts{};
        std::vector<Action> actions{}; ///< the first is the primary one
    };
    void show(const Content& content);

Q_SIGNALS:
    void problemChosen(const QString& path);
    void pressed(const QString& action);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showContent();
    void showFacts();
    void showActions();

    Content m_content;
    QLabel* m_title = nullptr;
    QLabel* m_stateIcon = nullptr;
    QLabel* m_state = nullptr;
    QListWidget* m_problems = nullptr;
    QVBoxLayout* m_factLines = nullptr;
    std::vector<std::pair<QLabel*, QLabel*>> m_facts;
    std::vector<QPushButton*> m_buttons;
    QVBoxLayout* m_buttonLines = nullptr;
};

} // namespace lori::ui
