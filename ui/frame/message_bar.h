// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QElapsedTimer>
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

/// The inline message line below the pages: one message at a time, announced to screen readers, never a box over the work. What
/// went well (Quiet, Good) is said in passing: it goes when a person has had time to read it and does something else in the
/// window.
class MessageBar final : public QFrame {
    Q_OBJECT

public:
    static constexpr int kReadMs = 4000; ///< time to read a message in passing, and to reach for its button

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
    /// Takes away a message that is said in passing: a person goes somewhere else.
    void endPassing();

    [[nodiscard]] QString text() const;
    /// Of the shown message; "" for one without, and when none is shown.
    [[nodiscard]] QString topic() const { return m_topic; }
    [[nodiscard]] bool isAsking() const { return m_asking; }

Q_SIGNALS:
    void topicChanged();

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    /// What is done in the window beside a message in passing.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show(Tone tone, const QString& text, std::vector<MessageAction> actions);
    void setTopic(const QString& topic);
    [[nodiscard]] bool isPassing() const;
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
    QElapsedTimer m_readable; ///< since the message is shown, or its window is in front again
    int m_shown = 0;          ///< messages so far
    std::vector<Waiting> m_waiting;
};

} // namespace lori::ui
