// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/job_folder.h"

#include <memory>
#include <string>

namespace lori::app {

/// Carries the events of a working run or job into the history, once a second from a thread of its own. A history that is locked
/// or damaged never disturbs the work: the folder is the truth, and the next feed or `lori history rebuild` catches up. Built
/// without the database it does nothing and says so.
class HistoryFeed final {
public:
    HistoryFeed(const Home& home, const jobs::JobFolder& folder);
    HistoryFeed(const HistoryFeed&) = delete;
    HistoryFeed& operator=(const HistoryFeed&) = delete;
    ~HistoryFeed();
    /// Feeds the last events and ends the thread.
    void finish();
    /// The history's file, or why it was not fed.
    [[nodiscard]] std::string description() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace lori::app
