// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/home.h"
#include "core/wire/messages.h"
#include "ui/services/chat_effect.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lori::ui {

class ServeProcess;

/// What is asked of several columns at once.
struct ChatQuestion {
    struct Column {
        std::filesystem::path adapter;      ///< or the folder of a run: its newest checkpoint; empty: the base alone
        std::vector<wire::Turn> earlier{};  ///< of this column's conversation
        std::string conversation{};         ///< what was read is kept under this name for the next turn
        std::vector<wire::SitePlace> off{}; ///< where the adapter does not act in this column
    };
    std::vector<Column> columns;
    std::string prompt;
    std::string system;          ///< said before the conversation; empty for nothing
    bool plain = false;          ///< as it is, without the chat template: earlier turns and system text are left out
    wire::TextOptions options{}; ///< for every column the same, also the random numbers
};

/// What is known of an adapter that was asked for.
struct ChatAdapter {
    std::optional<wire::Adapter> attached;
    std::optional<Error> refusal;     ///< it cannot be attached to this base
    std::string weightsHash;          ///< of the base with this adapter; "" until it acted once
    std::optional<ChatEffect> effect; ///< measured when nothing is asked
    std::optional<Error> effectError;
};

/// The one `lori serve` of the window: loads a base, attaches adapters, asks them side by side. Started by the first use(), ended
/// with this object. One request at a time; a question goes before measuring, which it interrupts. For the window's thread; no
/// call waits.
class ChatService final : public QObject {
    Q_OBJECT

public:
    enum class State { Off, Loading, Ready, Failed };

    explicit ChatService(Home home, QObject* parent = nullptr);
    ~ChatService() override;

    /// From now on this base and these adapters: loads the model unless it is loaded (or being loaded), also after a failure;
    /// attaches what is new, gives the rest back. Another model ends the question that is being answered.
    void use(const QString& model, const std::vector<std::filesystem::path>& adapters);
    /// What is attached from this folder is read again by the next use(): a run that trains on has a newer checkpoint.
    void readAgain(const std::filesystem::path& folder);
    /// Ends the process and gives its memory back.
    void close();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QString& model() const { return m_model; }
    [[nodiscard]] const Error& failure() const { return m_failure; }   ///< of Failed
    [[nodiscard]] const wire::Ready& ready() const { return m_ready; } ///< of Ready
    [[nodiscard]] double loadingSeconds() const;
    [[nodiscard]] std::int64_t memoryBytes() const; ///< of the process; 0 without one
    [[nodiscard]] std::int64_t pid() const;         ///< of the process; 0 without one
    /// nullptr for an adapter that is not in use.
    [[nodiscard]] const ChatAdapter* adapter(const std::filesystem::path& folder) const;

    /// Asks when model and adapters are ready. Ignored while a question is being answered, and without use() before it. Every
    /// column ends with answered() or refused(), then finished() comes.
    void ask(ChatQuestion question);
    [[nodiscard]] bool isAsking() const { return m_asking.has_value(); }
    /// Ends the question: its columns end with what they have, those that did not begin with nothing.
    void cancel();
    /// Gives back what was kept for later turns.
    void forget(const std::vector<std::string>& conversations);

Q_SIGNALS:
    /// State, or what is known of an adapter.
    void changed();
    void piece(int column, const QString& text);
    void answered(int column, const lori::wire::Done& done);
    void refused(int column, const lori::Error& error);
    void finished();

private:
    using Heard = std::function<void(const wire::Answer&)>;
    struct Request {
        std::int64_t id = 0;
        bool isMeasuring = false; ///< may be interrupted by a question
        Heard heard;
    };
    struct Asking {
        ChatQuestion question;
        std::vector<int> left; ///< columns that are not answered, in order
        bool hasBegun = false; ///< columns whose adapter is refused were told so
        bool isCancelled = false;
    };

    void start();
    void drop();
    void fail(const Error& error);
    void hear(const wire::ReadAnswer& read);
    void send(const wire::Request& request, Heard heard, bool isMeasuring = false);
    void pump();
    [[nodiscard]] bool attachNext();
    [[nodiscard]] bool askNext();
    [[nodiscard]] bool switchNext(const std::vector<wire::SitePlace>& off, bool isMeasuring);
    [[nodiscard]] bool detachNext();
    [[nodiscard]] bool measureNext();
    void measure(const std::filesystem::path& folder, const std::string& form);
    void takeEffect(const std::filesystem::path& folder, const std::string& form, const wire::Answer& answer);
    void askColumns(std::size_t count);
    void askColumn();
    void tell(int column, const wire::Answer& answer);
    void endQuestion(const std::function<void(int column)>& each);
    [[nodiscard]] std::vector<wire::MixPart> mixOf(const std::filesystem::path& adapter) const;

    Home m_home;
    ServeProcess* m_process = nullptr;
    State m_state = State::Off;
    QString m_model;
    Error m_failure;
    bool m_hasSaidWhy = false; ///< the process told why it ends
    wire::Ready m_ready;
    QElapsedTimer m_loading;
    std::map<std::filesystem::path, ChatAdapter> m_adapters;
    std::vector<std::int64_t> m_unwanted; ///< handles to be given back
    std::vector<wire::SitePlace> m_off;   ///< sites that the process was told to leave out
    std::optional<Request> m_request;     ///< the one that is being worked
    std::optional<Asking> m_asking;
};

} // namespace lori::ui
