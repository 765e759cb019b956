// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"
#include "core/wire/messages.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

namespace lori::serving {

/// One request on its way: waiting, then running, then answered.
struct Work {
    wire::json id;
    wire::Request request;
    std::size_t bytes = 0; ///< of its line
    std::stop_source stop{};
};

/// Hands requests from the thread that reads them to the one that works them, in order. All members are for any thread; next(),
/// finished() and idle() are called by the worker.
class RequestQueue final {
public:
    /// At most this many requests and bytes of lines wait.
    struct Limits {
        std::size_t requests = 4096;
        std::size_t bytes = std::size_t{256} << 20U;
    };
    RequestQueue() = default;
    explicit RequestQueue(Limits limits) : m_limits(limits) {}

    /// Errors: Busy (too many wait), InvalidArgument (an id that waits or runs).
    [[nodiscard]] Result<void> add(Work work);
    /// Waits for one; nothing when the queue is closed and empty. It runs until finished().
    [[nodiscard]] std::optional<Work> next();
    void finished();
    /// For work in idle time: nothing when a request waits or none will come; else a token that stops with the next request,
    /// unless that one needs the weights made ready itself.
    [[nodiscard]] std::optional<std::stop_token> idle();

    struct Cancelled {
        bool isFound = false;
        std::optional<Work> waiting; ///< taken out; its caller answers it
    };
    /// Stops a running request, or takes a waiting one out.
    [[nodiscard]] Cancelled cancel(const wire::json& id);
    /// No more will come; what waits is still worked.
    void close();
    /// Closes, stops the running one and takes out all that wait.
    [[nodiscard]] std::vector<Work> stopAll();

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    Limits m_limits;
    std::deque<Work> m_waiting;
    std::size_t m_waitingBytes = 0;
    std::optional<Work> m_running; ///< without its request
    std::stop_source m_idle{std::nostopstate};
    bool m_isClosed = false;
};

} // namespace lori::serving
