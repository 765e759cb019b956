// SPDX-License-Identifier: Apache-2.0
#include "core/serving/request_worker.h"

#include "core/jobs/run_folder.h"
#include "core/serving/wire_values.h"

#include <utility>

namespace lori::serving {

namespace {

wire::Answer cancelledError()
{
    return wire::failureOf({ErrorCode::Stopped, "the request was cancelled", {}, {}});
}

} // namespace

wire::Answer RequestWorker::work(const Work& work)
{
    m_id = work.id;
    m_stop = work.stop.get_token();
    const auto answered = guard([&] { return std::visit([&](const auto& request) { return answer(request); }, work.request); });
    return answered ? *answered : wire::failureOf(answered.error());
}

void RequestWorker::useIdleTime(std::stop_token stop)
{
    if (m_isToReady) {
        const auto ready = m_session.prepare(stop); // what else fails is said by the request that needs it
        m_isToReady = !ready && ready.error().code == ErrorCode::Stopped;
    }
}

wire::Answer RequestWorker::cancelledAnswer(const wire::Request& request)
{
    wire::Done done;
    done.end = "cancelled";
    if (std::holds_alternative<wire::Generate>(request) || std::holds_alternative<wire::Chat>(request)) {
        return done;
    }
    if (const auto* columns = std::get_if<wire::Columns>(&request)) {
        return wire::ColumnsDone{std::vector<wire::Done>(columns->mixes.size(), done)};
    }
    return cancelledError();
}

wire::Answer RequestWorker::answer(const wire::Attach& r)
{
    if (r.folder.empty() == r.run.empty()) {
        throw Exception(ErrorCode::InvalidArgument, "exactly one of folder and run is needed",
                        "name an adapter's folder, or a run whose newest checkpoint to take", "folder");
    }
    if ((r.folder + r.run).find('\0') != std::string::npos) {
        throw Exception(ErrorCode::InvalidArgument, "a path must not hold the character NUL", "use another one", "folder");
    }
    if (!r.folder.empty()) {
        return wire::Attached{onWire(m_session.attach(r.folder).value())};
    }
    return wire::Attached{onWire(m_session.attachCheckpoint(jobs::RunFolder::open(m_home, r.run).value().path()).value())};
}

wire::Answer RequestWorker::answer(const wire::Detach& r)
{
    m_session.detach(r.handle).value();
    m_isToReady = true;
    return weights();
}

wire::Answer RequestWorker::answer(const wire::SetMix& r)
{
    m_session.setMix(mixOf(r.mix)).value();
    m_isToReady = true;
    return weights();
}

wire::Answer RequestWorker::answer(const wire::SetSites& r)
{
    m_session.setSitesOff(sitesOf(r.off)).value();
    m_isToReady = true;
    return weights();
}

wire::Answer RequestWorker::answer(const wire::ListAdapters&)
{
    return wire::Adapters{onWire(m_session.adapters())};
}

PieceSink RequestWorker::pieceSink() const
{
    return [this](std::string_view piece) {
        m_sink(m_id, wire::Token{0, std::string(piece)});
    };
}

wire::Answer RequestWorker::answer(const wire::Generate& r)
{
    return onWire(m_session.generate(textRequestOf(r.prompt, r.form, r.options), pieceSink(), m_stop).value());
}

wire::Answer RequestWorker::answer(const wire::Chat& r)
{
    return onWire(m_session.chat(chatRequestOf(r), pieceSink(), m_stop).value());
}

wire::Answer RequestWorker::answer(const wire::Columns& r)
{
    constexpr std::size_t kMostColumns = 64; // each has a cache of its own
    if (r.mixes.size() > kMostColumns) {
        throw Exception(ErrorCode::InvalidArgument,
                        "there may be " + std::to_string(kMostColumns) + " columns, are to be " + std::to_string(r.mixes.size()),
                        "ask for them in several requests", "mixes");
    }
    std::vector<Mix> mixes;
    for (const auto& parts : r.mixes) {
        mixes.push_back(mixOf(parts));
    }
    const ColumnSink sink = [this](std::size_t column, std::string_view piece) {
        m_sink(m_id, wire::Token{static_cast<std::int64_t>(column), std::string(piece)});
    };
    wire::ColumnsDone done;
    for (const Answer& each : m_session.columns(textRequestOf(r.prompt, r.form, r.options), mixes, sink, m_stop).value()) {
        done.columns.push_back(onWire(each));
    }
    return done;
}

wire::Answer RequestWorker::answer(const wire::MeasureEffect& r)
{
    return onWire(m_session.effect({r.probes, promptFormOf(r.form), r.most}, m_stop).value());
}

wire::Answer RequestWorker::answer(const wire::WeighOptions& r)
{
    const OptionScores scores = m_session.optionLogLikelihoods(r.prompt, r.choices, promptFormOf(r.form), m_stop).value();
    return wire::OptionsDone{scores.logLikelihoods, scores.tokens, scores.weightsHash};
}

wire::Answer RequestWorker::answer(const wire::AskHash&)
{
    return weights();
}

wire::Answer RequestWorker::answer(const wire::Forget& r)
{
    m_session.forgetConversation(r.conversation);
    return wire::Forgotten{r.conversation};
}

wire::Answer RequestWorker::answer(const wire::Cancel& r)
{
    return wire::Cancelling{r.target, false};
}

wire::Answer RequestWorker::answer(const wire::Quit&)
{
    return wire::Bye{};
}

wire::Answer RequestWorker::weights() const
{
    return wire::Weights{onWire(m_session.mix()), onWire(m_session.sitesOff()), m_session.weightsHash()};
}

} // namespace lori::serving
