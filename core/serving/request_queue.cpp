// SPDX-License-Identifier: Apache-2.0
#include "core/serving/request_queue.h"

#include <algorithm>
#include <utility>

namespace lori::serving {

namespace {

/// Those would do the idle time's work again from the beginning.
bool needsReadyWeights(const wire::Request& request)
{
    return std::holds_alternative<wire::Generate>(request) || std::holds_alternative<wire::Chat>(request) ||
           std::holds_alternative<wire::MeasureEffect>(request) || std::holds_alternative<wire::WeighOptions>(request);
}

} // namespace

Result<void> RequestQueue::add(Work work)
{
    const std::scoped_lock lock(m_mutex);
    const auto hasId = [&](const Work& other) {
        return other.id == work.id;
    };
    if ((m_running && hasId(*m_running)) || std::any_of(m_waiting.begin(), m_waiting.end(), hasId)) {
        return Error{ErrorCode::InvalidArgument, "a request with this id is not answered yet",
                     "give each request an id of its own", "id"};
    }
    if (m_waiting.size() >= m_limits.requests || m_waitingBytes + work.bytes > m_limits.bytes) {
        return Error{ErrorCode::Busy, std::to_string(m_waiting.size()) + " requests are waiting already", "wait for answers", ""};
    }
    if (!needsReadyWeights(work.request)) {
        m_idle.request_stop();
    }
    m_waitingBytes += work.bytes;
    m_waiting.push_back(std::move(work));
    m_changed.notify_all();
    return {};
}

std::optional<Work> RequestQueue::next()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return !m_waiting.empty() || m_isClosed; });
    if (m_waiting.empty()) {
        return std::nullopt;
    }
    Work work = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_waitingBytes -= work.bytes;
    m_running = Work{work.id, {}, work.bytes, work.stop};
    return work;
}

void RequestQueue::finished()
{
    const std::scoped_lock lock(m_mutex);
    m_running.reset();
}

std::optional<std::stop_token> RequestQueue::idle()
{
    const std::scoped_lock lock(m_mutex);
    if (!m_waiting.empty() || m_isClosed) {
        return std::nullopt;
    }
    m_idle = std::stop_source();
    return m_idle.get_token();
}

RequestQueue::Cancelled RequestQueue::cancel(const wire::json& id)
{
    const std::scoped_lock lock(m_mutex);
    if (m_running && m_running->id == id) {
        m_running->stop.request_stop();
        return {true, std::nullopt};
    }
    const auto found = std::find_if(m_waiting.begin(), m_waiting.end(), [&](const Work& work) { return work.id == id; });
    if (found == m_waiting.end()) {
        return {};
    }
    Cancelled cancelled{true, std::move(*found)};
    m_waitingBytes -= cancelled.waiting->bytes;
    m_waiting.erase(found);
    return cancelled;
}

void RequestQueue::close()
{
    const std::scoped_lock lock(m_mutex);
    m_isClosed = true;
    m_idle.request_stop();
    m_changed.notify_all();
}

std::vector<Work> RequestQueue::stopAll()
{
    close();
    const std::scoped_lock lock(m_mutex);
    if (m_running) {
        m_running->stop.request_stop();
    }
    std::vector<Work> waiting(std::make_move_iterator(m_waiting.begin()), std::make_move_iterator(m_waiting.end()));
    m_waiting.clear();
    m_waitingBytes = 0;
    return waiting;
}

} // namespace lori::serving
