// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/try/try_column.h"
#include "ui/pages/try/site_switches.h"
#include "ui/pages/try/tone_label.h"

#include "ui/icons.h"
#include "ui/services/error_text.h"
#include "ui/text.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QToolButton>

namespace lori::ui {

namespace {

constexpr qsizetype kShownDigits = 8; // of a hash

QString shortHash(const std::string& hash)
{
    return QString::fromStdString(hash).left(kShownDigits);
}

} // namespace

TryColumn::TryColumn(std::filesystem::path adapter, std::string conversation, QWidget* parent)
    : Card(parent), m_adapter(std::move(adapter)), m_conversation(std::move(conversation))
{
    setObjectName(QStringLiteral("tryColumn"));
    const auto label = [this](const char* name) {
        auto* made = new QLabel(this);
        made->setObjectName(QLatin1String(name));
        made->setTextFormat(Qt::PlainText);
        made->setWordWrap(true);
        return made;
    };
    m_name = label("tryName");
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_hash = label("tryHash");
    m_effect = label("tryEffect");
    m_end = label("tryEnd");
    m_sites = new SiteSwitches(this);
    m_sites->setVisible(!m_adapter.empty());
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("tryText"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy = new QToolButton(this);
    m_copy->setObjectName(QStringLiteral("tryCopy"));
    m_remove = new QToolButton(this);
    m_remove->setObjectName(QStringLiteral("tryRemove"));
    m_remove->setAutoRaise(true);
    m_remove->setIcon(icon(QStringLiteral("close")));

    auto* top = new QHBoxLayout;
    top->addWidget(m_name, 1);
    top->addWidget(m_remove, 0, Qt::AlignTop);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_end, 1);
    bottom->addWidget(m_copy, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_hash);
    layout->addWidget(m_effect);
    layout->addWidget(m_sites);
    layout->addWidget(m_text, 1);
    layout->addLayout(bottom);
    connect(m_copy, &QToolButton::clicked, this, &TryColumn::copy);
    connect(m_remove, &QToolButton::clicked, this, &TryColumn::removeAsked);
    retranslate();
    showEnd();
    applyTones();
}

void TryColumn::setName(const QString& name)
{
    m_name->setText(name);
    retranslate();
}

QString TryColumn::name() const
{
    return m_name->text();
}

std::vector<wire::SitePlace> TryColumn::off() const
{
    return m_sites->off();
}

void TryColumn::setOff(const std::vector<wire::SitePlace>& off)
{
    m_sites->setOff(off);
}

void TryColumn::setCanLeave(bool can, const QString& why)
{
    m_remove->setEnabled(can);
    m_remove->setToolTip(can ? tr("Take this column away") : why);
}

void TryColumn::showState(const ChatService& chat)
{
    m_state = chat.state();
    m_baseHash = m_state == ChatService::State::Ready ? chat.ready().weightsHash : std::string();
    const ChatAdapter* known = chat.adapter(m_adapter);
    m_known = known == nullptr ? ChatAdapter{} : *known;
    showAdapter();
    showSites();
}

/// An adapter that is a whole model has no parts, and one that is refused does not act at all.
void TryColumn::showSites()
{
    if (m_known.attached && m_known.attached->kind != "full") {
        m_sites->setSites(m_known.attached->sites);
    }
    m_sites->setVisible(!m_adapter.empty() && !m_known.refusal && !(m_known.attached && m_known.attached->kind == "full"));
}

void TryColumn::showAdapter()
{
    const std::string& weights = m_adapter.empty() ? m_baseHash : m_known.weightsHash;
    const std::string content = m_known.attached ? m_known.attached->contentHash : std::string();
    m_hash->setText(weights.empty()   ? tr("weights –")
                    : content.empty() ? tr("weights %1").arg(shortHash(weights))
                                      : tr("weights %1 · adapter %2").arg(shortHash(weights), shortHash(content)));
    m_hash->setToolTip(
        weights.empty()
            ? tr("The hash of the weights that act is known once they acted.")
            : tr("Hash of the weights that act here: %1").arg(QString::fromStdString(weights)) +
                  (content.empty()
                       ? QString()
                       : QLatin1Char('\n') + tr("Hash of the adapter's values: %1").arg(QString::fromStdString(content))));
    if (m_adapter.empty()) {
        setEffect(Tone::Quiet, tr("no adapter"));
    } else if (m_known.refusal) {
        setEffect(Tone::Alarm, ErrorText::sentence(*m_known.refusal));
    } else if (m_known.effectError) {
        setEffect(Tone::Caution, tr("Its effect could not be measured: %1").arg(ErrorText::sentence(*m_known.effectError)));
    } else if (!m_known.effect) {
        setEffect(Tone::Quiet, m_state == ChatService::State::Ready ? tr("its effect is being measured")
                                                                    : tr("its effect is measured once the model is loaded"));
    } else if (m_known.effect->isNothing()) {
        setEffect(Tone::Alarm,
                  tr("This adapter changes nothing. Its B is all zero: no step was trained, its mask keeps nothing, or "
                     "it was merged with weight 0."));
    } else {
        const ChatEffect& effect = *m_known.effect;
        QStringList examples;
        for (const std::string& example : effect.examples) {
            examples.append(QString::fromStdString(example));
        }
        const QString moved = tr("On average it moves log p of a word by %1.").arg(QLocale().toString(effect.meanChange, 'g', 2));
        setEffect(effect.changed == 0 ? Tone::Caution : Tone::Good,
                  tr("changes the next word in %1 of %2 probes").arg(effect.changed).arg(effect.probes),
                  examples.isEmpty() ? moved : moved + QLatin1Char('\n') + examples.join(QLatin1Char('\n')));
    }
}

void TryColumn::setEffect(Tone tone, const QString& text, const QString& more)
{
    m_effectTone = tone;
    m_effect->setText(text);
    m_effect->setToolTip(more);
    toneLabel(m_effect, tone);
}

void TryColumn::beginTurn(const QString& question)
{
    m_question = question.toStdString();
    m_offAsked = static_cast<int>(off().size());
    m_answer.clear();
    m_done = {};
    m_failure.reset();
    QTextCursor end(m_text->document());
    end.movePosition(QTextCursor::End);
    QTextCharFormat asked;
    asked.setFontWeight(QFont::Bold);
    if (!m_text->document()->isEmpty()) {
        end.insertText(QStringLiteral("\n\n"), QTextCharFormat());
    }
    end.insertText(question, asked);
    end.insertText(QStringLiteral("\n"), QTextCharFormat());
    m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
    showEnd();
}

void TryColumn::add(const QString& piece)
{
    m_answer += piece;
    QScrollBar* bar = m_text->verticalScrollBar();
    const bool follows = bar->value() == bar->maximum(); // who scrolled up reads there
    QTextCursor end(m_text->document());
    end.movePosition(QTextCursor::End);
    end.insertText(piece, QTextCharFormat());
    if (follows) {
        bar->setValue(bar->maximum());
    }
    m_copy->setEnabled(true);
}

void TryColumn::endTurn(const wire::Done& done)
{
    m_done = done;
    if (!done.text.empty()) { // a turn without an answer is no part of the conversation
        m_turns.push_back({"user", m_question});
        m_turns.push_back({"assistant", done.text});
    }
    showEnd();
}

void TryColumn::failTurn(const Error& error)
{
    m_failure = error;
    showEnd();
}

void TryColumn::showEnd()
{
    QString text;
    m_endTone = m_failure ? Tone::Alarm : m_done.end == "ended" || m_done.end.empty() ? Tone::Quiet : Tone::Caution;
    if (m_failure) {
        text = ErrorText::sentence(*m_failure);
    } else if (!m_done.end.empty()) {
        QStringList parts;
        if (m_done.end == "cancelled") {
            parts.append(tr("stopped"));
        } else if (m_done.end == "length") {
            parts.append(tr("cut at the longest answer"));
        } else if (m_done.end == "context_full") {
            parts.append(tr("the conversation fills the model's context"));
        }
        if (m_offAsked > 0) {
            parts.append(tr("%n part(s) off", nullptr, m_offAsked));
        }
        if (!m_done.ids.empty()) {
            parts.append(tr("%n token(s)", nullptr, static_cast<int>(m_done.ids.size())));
            parts.append(tr("first after %1 s").arg(QLocale().toString(m_done.secondsToFirstToken, 'f', 2)));
        }
        if (m_done.tokensPerSecond > 0) {
            parts.append(tr("%1 a second").arg(QLocale().toString(m_done.tokensPerSecond, 'f', 1)));
        }
        text = parts.join(QStringLiteral(" · "));
    }
    m_end->setText(text);
    m_copy->setEnabled(!m_answer.isEmpty());
    m_copy->setToolTip(m_answer.isEmpty() ? tr("There is no answer yet") : tr("Copy the newest answer"));
    toneLabel(m_end, m_endTone);
}

void TryColumn::copy()
{
    QGuiApplication::clipboard()->setText(m_answer);
}

void TryColumn::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showAdapter();
        showEnd();
    } else if (event->type() == QEvent::PaletteChange) {
        applyTones();
    }
}

void TryColumn::retranslate()
{
    m_sites->setAdapterName(name());
    m_text->setAccessibleName(tr("Conversation with %1").arg(name()));
    m_text->setPlaceholderText(tr("The answer comes here."));
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy the newest answer of %1").arg(name()));
    m_remove->setAccessibleName(tr("Take the column of %1 away").arg(name()));
}

void TryColumn::applyTones()
{
    toneLabel(m_hash, Tone::Quiet);
    toneLabel(m_effect, m_effectTone);
    toneLabel(m_end, m_endTone);
}

} // namespace lori::ui
