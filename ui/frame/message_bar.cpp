// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/message_bar.h"

#include "ui/icons.h"
#include "ui/services/error_text.h"

#include <QAccessible>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QTimer>
#include <QToolButton>

#include <utility>

namespace lori::ui {

namespace {

/// Keys that only lead to the message's buttons, or belong to another key, are no work on something else.
bool isWork(int key)
{
    switch (key) {
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
    case Qt::Key_Meta:
        return false;
    default:
        return true;
    }
}

} // namespace

MessageBar::MessageBar(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("messageBar"));
    setFrameShape(QFrame::NoFrame);
    setAutoFillBackground(true);

    m_symbol = new QLabel(this);
    m_symbol->setObjectName(QStringLiteral("messageSymbol"));
    m_text = new QLabel(this);
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setAccessibleName(tr("Message"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_close = new QToolButton(this);
    m_close->setObjectName(QStringLiteral("messageClose"));
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setIcon(icon(QStringLiteral("close")));
    m_close->setAutoRaise(true);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);

    auto* layout = new QHBoxLayout(this);
    layout->addWidget(m_symbol, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    m_buttons = new QHBoxLayout;
    layout->addLayout(m_buttons);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    hide();
}

void MessageBar::post(Tone tone, const QString& text, std::vector<MessageAction> actions, const QString& topic)
{
    if (m_asking) {
        m_waiting.push_back({topic, [this, tone, text, actions = std::move(actions), topic] {
                                 show(tone, text, actions);
                                 setTopic(topic);
                             }});
        return;
    }
    show(tone, text, std::move(actions));
    setTopic(topic);
}

void MessageBar::setTopic(const QString& topic)
{
    if (topic != m_topic) {
        m_topic = topic;
        Q_EMIT topicChanged();
    }
}

void MessageBar::endTopic(const QString& topic)
{
    if (topic.isEmpty()) {
        return;
    }
    std::erase_if(m_waiting, [&](const Waiting& each) { return each.topic == topic; });
    if (m_topic == topic && !m_asking) {
        dismiss();
    }
}

void MessageBar::ask(Tone tone, const QString& text, std::vector<MessageAction> actions)
{
    show(tone, text, std::move(actions));
    m_asking = true;
    m_close->hide();
    if (auto* item = m_buttons->itemAt(0); item != nullptr && item->widget() != nullptr) {
        item->widget()->setFocus(Qt::OtherFocusReason);
    }
}

void MessageBar::post(const Error& error)
{
    post(Tone::Alarm, ErrorText::sentence(error));
}

void MessageBar::dismiss()
{
    m_asking = false;
    qApp->removeEventFilter(this);
    hide();
    m_text->clear();
    setTopic({});
    if (!m_waiting.empty()) {
        const auto next = std::move(m_waiting.front());
        m_waiting.erase(m_waiting.begin());
        next.show();
    }
}

bool MessageBar::isPassing() const
{
    return isVisible() && !m_asking && (m_tone == Tone::Quiet || m_tone == Tone::Good);
}

void MessageBar::endPassing()
{
    if (isPassing()) {
        dismiss();
    }
}

bool MessageBar::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::WindowActivate && watched == window()) {
        m_readable.restart(); // nobody read it meanwhile
    } else if ((type == QEvent::MouseButtonRelease || type == QEvent::KeyRelease) && m_readable.elapsed() > kReadMs) {
        const auto* widget = qobject_cast<const QWidget*>(watched);
        const bool elsewhere = widget != nullptr && widget->window() == window() && widget != this && !isAncestorOf(widget) &&
                               !widget->isAncestorOf(this); // these hear of clicks on this bar too
        if (elsewhere && (type == QEvent::MouseButtonRelease || isWork(static_cast<const QKeyEvent*>(event)->key()))) {
            // Afterwards, so that nothing moves under the click; and not when that has said something new.
            QTimer::singleShot(0, this, [this, shown = m_shown] {
                if (shown == m_shown) {
                    endPassing();
                }
            });
        }
    }
    return QFrame::eventFilter(watched, event);
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::show(Tone tone, const QString& text, std::vector<MessageAction> actions)
{
    m_tone = tone;
    ++m_shown;
    setTopic({});
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        std::default_delete<QLayoutItem>()(item);
    }
    int index = 0;
    for (const MessageAction& action : actions) {
        auto* button = new QPushButton(action.text, this);
        button->setObjectName(QStringLiteral("messageAction%1").arg(index++));
        button->setAutoDefault(true);
        connect(button, &QPushButton::clicked, this, [this, run = action.run] {
            dismiss();
            if (run) {
                run();
            }
        });
        m_buttons->addWidget(button, 0, Qt::AlignTop);
    }
    m_text->setText(text);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(m_close->toolTip());
    m_close->show();
    applyColours();
    setAccessibleName(tr("Message"));
    setAccessibleDescription(text);
    QFrame::show();
    m_readable.start();
    qApp->removeEventFilter(this);
    if (tone == Tone::Quiet || tone == Tone::Good) {
        qApp->installEventFilter(this); // only as long as such a message is there
    }
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::applyColours()
{
    QPalette colours = palette();
    colours.setColor(QPalette::Window, toneFill(m_tone, parentWidget() != nullptr ? parentWidget()->palette() : colours));
    if (colours != palette()) {
        setPalette(colours);
    }
    const QString symbol = m_tone == Tone::Good                               ? QStringLiteral("done")
                           : m_tone == Tone::Alarm || m_tone == Tone::Caution ? QStringLiteral("warning")
                                                                              : QStringLiteral("info");
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_symbol->setPixmap(icon(symbol).pixmap(QSize(side, side), devicePixelRatioF()));
}

void MessageBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange) {
        setPalette(QPalette());
        applyColours();
    }
}

void MessageBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !m_asking) {
        dismiss();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace lori::ui
