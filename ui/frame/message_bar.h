// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QFrame>
#include <QString>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace lori::ui {

/// One button of a message. `run` may be empty: the button then only closes the message.
struct MessageAction {
    QString text;
    std::function<void()> run;
};

/// The inline message line above the pages: one message at a time, announced to screen readers, never a box over the work.
class MessageBar final : public QFrame {
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    /// Shows a message in place of the one before. A question stays until one of its buttons is pressed: posts wait for it.
    /// A message with a topic (a run's id) goes when the topic ends.
    void post(Tone tone, const QString& text, std::vector<MessageAction> actions = {}, const QString& topic = {});
    /// What was said about this topic is no longer true: takes it away, shown or waiting.
    void endTopic(const QString& topic);
    void ask(Tone tone, const QString& text, std::vector<MessageAction> actions);
    /// An Error's sentence in the alarm tone.
    void post(const Error& error);
    void dismiss();

    [[nodiscard]] QString text() const;
    [[nodiscard]] bool isAsking() const { return m_asking; }

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void show(Tone tone, const QString& text, std::vector<MessageAction> actions);
    void applyColours();

    QLabel* m_symbol = nullptr;
    QLabel* m_text = nullptr;
    QHBoxLayout* m_buttons = nullptr;
    QToolButton* m_close = nullptr;
    Tone m_tone = Tone::Quiet;
    bool m_asking = false;
    struct Waiting {
        QString topic;
        std::function<void()> show;
    };
    QString m_topic;
    std::vector<Waiting> m_waiting;
};

} // namespace lori::ui
