// SPDX-License-Identifier: GPL-3.0-or-later
// How ChatService asks: a first question by one request for all columns, later turns column by column.
#include "ui/services/chat_answers.h"
#include "ui/services/chat_service.h"
#include "ui/services/serve_process.h"

#include <algorithm>
#include <utility>

namespace lori::ui {

using chat_answers::cancelled;
using chat_answers::errorIn;

namespace {

/// A column that takes no conversation, so that `columns` can ask it.
bool isAlone(const ChatQuestion& question, const ChatQuestion::Column& column)
{
    return question.plain || (question.system.empty() && column.earlier.empty());
}

/// `columns` takes one prompt and no conversation, and every column has the same sites.
bool isOneRequest(const ChatQuestion& question)
{
    return std::all_of(question.columns.begin(), question.columns.end(),
                       [&](const auto& column) { return column.off.empty() && isAlone(question, column); });
}

} // namespace

std::vector<wire::MixPart> ChatService::mixOf(const std::filesystem::path& folder) const
{
    const ChatAdapter* known = adapter(folder);
    return known != nullptr && known->attached ? std::vector<wire::MixPart>{{known->attached->handle, 1}}
                                               : std::vector<wire::MixPart>{};
}

void ChatService::ask(ChatQuestion question)
{
    if (m_asking || m_process == nullptr) {
        return;
    }
    Asking asking{std::move(question), {}};
    for (std::size_t i = 0; i < asking.question.columns.size(); ++i) {
        asking.left.push_back(static_cast<int>(i));
    }
    m_asking = std::move(asking);
    if (m_request && m_request->isMeasuring) {
        m_process->cancel(m_request->id);
    }
    pump();
}

void ChatService::cancel()
{
    if (!m_asking || m_asking->isCancelled) {
        return;
    }
    m_asking->isCancelled = true;
    if (m_asking->hasBegun && m_request && !m_request->isMeasuring) {
        m_process->cancel(m_request->id);
    } else { // it waits for the model, or for an adapter
        static_cast<void>(askNext());
    }
}

void ChatService::forget(const std::vector<std::string>& conversations)
{
    for (const std::string& conversation : conversations) {
        if (m_state == State::Ready) {
            m_process->send(wire::Forget{conversation}); // nobody waits for the answer
        }
    }
}

/// Goes on with the question; false when nothing was sent.
bool ChatService::askNext()
{
    if (!m_asking) {
        return false;
    }
    if (!m_asking->hasBegun && !m_asking->isCancelled) {
        m_asking->hasBegun = true;
        std::vector<int> able;
        for (const int column : m_asking->left) {
            const auto& folder = m_asking->question.columns[static_cast<std::size_t>(column)].adapter;
            const ChatAdapter* known = adapter(folder);
            if (folder.empty() || (known != nullptr && known->attached)) {
                able.push_back(column);
            } else {
                Q_EMIT refused(column,
                               known != nullptr && known->refusal
                                   ? *known->refusal
                                   : Error{ErrorCode::NotFound, "the adapter is no longer in use", "choose it again", {}});
            }
        }
        m_asking->left = std::move(able);
    }
    if (m_asking->isCancelled || m_asking->left.empty()) {
        endQuestion([this](int column) { Q_EMIT answered(column, cancelled()); });
        return m_request.has_value(); // who heard of the end may have asked again
    }
    const ChatQuestion::Column& next = m_asking->question.columns[static_cast<std::size_t>(m_asking->left.front())];
    if (switchNext(next.off, false)) {
        return true;
    }
    if (isOneRequest(m_asking->question)) {
        askColumns(m_asking->left.size());
    } else if (isAlone(m_asking->question, next)) {
        askColumns(1);
    } else {
        askColumn();
    }
    return true;
}

/// Tells the process where no adapter acts, before what is asked next; false when it knows.
bool ChatService::switchNext(const std::vector<wire::SitePlace>& off, bool isMeasuring)
{
    if (off == m_off) {
        return false;
    }
    send(
        wire::SetSites{off},
        [this, off, isMeasuring](const wire::Answer& answer) {
            if (std::holds_alternative<wire::Weights>(answer) || isMeasuring) {
                m_off = off;
            } else if (m_asking && !m_asking->isCancelled && !m_asking->left.empty()) {
                const int place = m_asking->left.front();
                m_asking->left.erase(m_asking->left.begin());
                tell(place, answer);
            }
        },
        isMeasuring);
    return true;
}

/// The first `count` of those that are left, by one request.
void ChatService::askColumns(std::size_t count)
{
    const ChatQuestion& question = m_asking->question;
    wire::Columns columns{question.prompt, question.plain ? "plain" : "chat", {}, question.options};
    for (std::size_t i = 0; i < count; ++i) {
        columns.mixes.push_back(mixOf(question.columns[static_cast<std::size_t>(m_asking->left[i])].adapter));
    }
    send(columns, [this, count](const wire::Answer& answer) {
        const auto end = m_asking->left.begin() + static_cast<std::ptrdiff_t>(count);
        const std::vector<int> asked(m_asking->left.begin(), end);
        m_asking->left.erase(m_asking->left.begin(), end);
        const auto* done = std::get_if<wire::ColumnsDone>(&answer);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            if (done != nullptr && i < done->columns.size()) {
                tell(asked[i], done->columns[i]);
            } else {
                tell(asked[i], answer);
            }
        }
    });
}

void ChatService::askColumn()
{
    const ChatQuestion::Column& column = m_asking->question.columns[static_cast<std::size_t>(m_asking->left.front())];
    send(wire::SetMix{mixOf(column.adapter)}, [this](const wire::Answer& mixed) {
        const int place = m_asking->left.front();
        if (m_asking->isCancelled) {
            return; // askNext() ends it
        }
        if (!std::holds_alternative<wire::Weights>(mixed)) {
            m_asking->left.erase(m_asking->left.begin());
            tell(place, mixed);
            return;
        }
        const ChatQuestion& question = m_asking->question;
        const ChatQuestion::Column& asked = question.columns[static_cast<std::size_t>(place)];
        wire::Chat chat{asked.conversation, {}, wire::json::object(), question.options};
        if (!question.system.empty()) {
            chat.messages.push_back({"system", question.system});
        }
        chat.messages.insert(chat.messages.end(), asked.earlier.begin(), asked.earlier.end());
        chat.messages.push_back({"user", question.prompt});
        send(chat, [this, place](const wire::Answer& answer) {
            m_asking->left.erase(m_asking->left.begin());
            tell(place, answer);
        });
    });
}

void ChatService::tell(int column, const wire::Answer& answer)
{
    if (!m_asking) { // who heard of the column before ended the question
        return;
    }
    if (const auto* done = std::get_if<wire::Done>(&answer)) {
        const auto found = m_adapters.find(m_asking->question.columns[static_cast<std::size_t>(column)].adapter);
        if (found != m_adapters.end() && !done->weightsHash.empty()) {
            found->second.weightsHash = done->weightsHash;
        }
        Q_EMIT answered(column, *done);
    } else {
        Q_EMIT refused(column, errorIn(answer));
    }
}

/// Tells `each` of the columns that are left how it ends.
void ChatService::endQuestion(const std::function<void(int column)>& each)
{
    if (!m_asking) {
        return;
    }
    const std::vector<int> left = std::move(m_asking->left);
    m_asking.reset();
    for (const int column : left) {
        each(column);
    }
    Q_EMIT finished();
}

} // namespace lori::ui
