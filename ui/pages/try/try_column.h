// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/wire/messages.h"
#include "ui/frame/card.h"
#include "ui/services/chat_service.h"
#include "ui/theme.h"

#include <filesystem>
#include <string>
#include <vector>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace lori::ui {

class SiteSwitches;

/// One column: what answers here and which weights it has, and its conversation.
class TryColumn final : public Card {
    Q_OBJECT

public:
    /// `adapter`: empty for the base alone. `conversation`: its name in the model's process.
    TryColumn(std::filesystem::path adapter, std::string conversation, QWidget* parent = nullptr);

    [[nodiscard]] const std::filesystem::path& adapter() const { return m_adapter; }
    [[nodiscard]] const std::string& conversation() const { return m_conversation; }
    /// What was asked and answered so far, without what failed.
    [[nodiscard]] const std::vector<wire::Turn>& turns() const { return m_turns; }
    /// Where the adapter does not act in the next answer.
    [[nodiscard]] std::vector<wire::SitePlace> off() const;
    void setOff(const std::vector<wire::SitePlace>& off);
    void setName(const QString& name);
    [[nodiscard]] QString name() const;
    /// Shows hash and effect as the service knows them now.
    void showState(const ChatService& chat);
    void setCanLeave(bool can, const QString& why);

    void beginTurn(const QString& question);
    void add(const QString& piece);
    void endTurn(const wire::Done& done);
    void failTurn(const Error& error);

Q_SIGNALS:
    void removeAsked();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showAdapter();
    void showSites();
    void showEnd();
    void setEffect(Tone tone, const QString& text, const QString& more = {});
    void applyTones();
    void copy();

    std::filesystem::path m_adapter;
    std::string m_conversation;
    std::vector<wire::Turn> m_turns;
    std::string m_question; ///< that is being answered
    int m_offAsked = 0;     ///< parts that are off in it
    QString m_answer;       ///< as far as it came
    wire::Done m_done;      ///< how the newest answer ended; without an end when none did
    std::optional<Error> m_failure;
    ChatAdapter m_known;
    std::string m_baseHash;
    ChatService::State m_state = ChatService::State::Off;
    Tone m_effectTone = Tone::Quiet;
    Tone m_endTone = Tone::Quiet;
    QLabel* m_name = nullptr;
    QLabel* m_hash = nullptr;
    QLabel* m_effect = nullptr;
    QLabel* m_end = nullptr;
    SiteSwitches* m_sites = nullptr;
    QPlainTextEdit* m_text = nullptr;
    QToolButton* m_copy = nullptr;
    QToolButton* m_remove = nullptr;
};

} // namespace lori::ui
