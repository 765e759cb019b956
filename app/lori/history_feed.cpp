// SPDX-License-Identifier: Apache-2.0
#include "app/lori/history_feed.h"

#ifdef LORI_WITH_DATABASE
#include "database/ingest.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#endif

namespace lori::app {

#ifdef LORI_WITH_DATABASE

struct HistoryFeed::State {
    State(const Home& home, std::filesystem::path jobFolder)
        : file(home.historyFile()),
          folder(std::move(jobFolder)),
          isRun(std::filesystem::exists(folder / "config.json")),
          thread([this](const std::stop_token& stop) { loop(stop); })
    {
    }

    void feed()
    {
        if (!history) {
            auto opened = database::History::open(file);
            if (!opened) {
                remember(opened.error().sentence());
                return;
            }
            history = std::make_unique<database::History>(std::move(opened).value());
        }
        const auto sentence = [](const auto& ingested) {
            return ingested ? std::string() : ingested.error().sentence();
        };
        remember(isRun ? sentence(database::ingestFolder(*history, folder)) : sentence(database::ingestJob(*history, folder)));
    }

    void loop(const std::stop_token& stop)
    {
        while (!stop.stop_requested()) {
            feed();
            std::unique_lock lock(mutex);
            wake.wait_for(lock, stop, std::chrono::milliseconds(800), [] { return false; });
        }
        feed();
    }

    void remember(std::string text)
    {
        const std::scoped_lock lock(mutex);
        problem = std::move(text);
    }

    std::filesystem::path file;
    std::filesystem::path folder;
    bool isRun = false;                         ///< a training or sequence
    std::unique_ptr<database::History> history; ///< used by the thread alone
    std::mutex mutex;                           ///< guards problem
    std::condition_variable_any wake;
    std::string problem;
    std::jthread thread; ///< last: it uses all of the above
};

HistoryFeed::HistoryFeed(const Home& home, const jobs::JobFolder& folder) : m_state(std::make_unique<State>(home, folder.path()))
{
}

HistoryFeed::~HistoryFeed() = default;

void HistoryFeed::finish()
{
    m_state->thread.request_stop();
    if (m_state->thread.joinable()) {
        m_state->thread.join();
    }
}

std::string HistoryFeed::description() const
{
    const std::scoped_lock lock(m_state->mutex);
    return m_state->problem.empty() ? m_state->file.string() + " (lori history list)" : "not up to date: " + m_state->problem;
}

#else

struct HistoryFeed::State {};

HistoryFeed::HistoryFeed(const Home&, const jobs::JobFolder&) {}
HistoryFeed::~HistoryFeed() = default;
void HistoryFeed::finish() {}

std::string HistoryFeed::description() const
{
    return "this lori was built without it; import the run's folder where the history is";
}

#endif

} // namespace lori::app
