// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/serving/request_queue.h"
#include "core/serving/session.h"
#include "core/support/home.h"

#include <functional>
#include <string>

namespace lori::serving {

/// Called with every piece of a text, in the caller's thread.
using AnswerSink = std::function<void(const wire::json& id, const wire::Answer& answer)>;

/// Answers the wire's requests with a session, one at a time. Whatever fails becomes an answer.
class RequestWorker final {
public:
    /// `home`: where runs lie that are named by their id.
    RequestWorker(Session& session, Home home, AnswerSink sink)
        : m_session(session), m_home(std::move(home)), m_sink(std::move(sink))
    {
    }

    /// The answer; before it, the sink gets the pieces of a text.
    [[nodiscard]] wire::Answer work(const Work& work);
    /// Makes the weights ready that were switched to, when that was not done yet.
    void useIdleTime(std::stop_token stop);
    /// Of a request that never began.
    [[nodiscard]] static wire::Answer cancelledAnswer(const wire::Request& request);

private:
    wire::Answer answer(const wire::Attach& r);
    wire::Answer answer(const wire::Detach& r);
    wire::Answer answer(const wire::SetMix& r);
    wire::Answer answer(const wire::SetSites& r);
    wire::Answer answer(const wire::ListAdapters& r);
    wire::Answer answer(const wire::Generate& r);
    wire::Answer answer(const wire::Chat& r);
    wire::Answer answer(const wire::Columns& r);
    wire::Answer answer(const wire::MeasureEffect& r);
    wire::Answer answer(const wire::WeighOptions& r);
    wire::Answer answer(const wire::AskHash& r);
    wire::Answer answer(const wire::Forget& r);
    wire::Answer answer(const wire::Cancel& r); ///< these two are the reader's
    wire::Answer answer(const wire::Quit& r);
    [[nodiscard]] wire::Answer weights() const;
    [[nodiscard]] PieceSink pieceSink() const;

    Session& m_session;
    Home m_home;
    AnswerSink m_sink;
    wire::json m_id;         ///< of the request in work
    std::stop_token m_stop;  ///< likewise
    bool m_isToReady = true; ///< the active weights may not be ready
};

} // namespace lori::serving
