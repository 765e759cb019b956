// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/child_work.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace lori::jobs {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kLook = std::chrono::milliseconds(100);
constexpr auto kSay = std::chrono::milliseconds(500);

/// Stands between a parent and its child for as long as the child is worked in.
class Between final {
public:
    Between(JobContext& parent, const JobFolder& child, const std::function<void(const ChildProgress&)>& say)
        : m_parent(parent), m_child(child), m_say(say), m_thread([this](const std::stop_token& stop) { passOn(stop); })
    {
    }
    Between(const Between&) = delete;
    Between& operator=(const Between&) = delete;
    ~Between() { end(); }

    /// Of the child; from its threads, one at a time.
    void observe(const events::Event& event)
    {
        const std::scoped_lock lock(m_mutex);
        m_began = true; // from its first event on the child reads what it is asked
        std::visit(events::Overloaded{[&](const events::Step& e) { tell("training", e.etaSeconds); },
                                      [&](const events::Progress& e) { tell(e.what, e.etaSeconds); },
                                      [&](const events::Paused& e) { pause(e.step); },
                                      [&](const events::Continued& e) { goOn(e.step); },
                                      [&](const auto&) {
                                      }},
                   event.payload);
    }

    /// After the child's end. Throws StopRequest when the parent was asked to end meanwhile.
    void finish()
    {
        end();
        if (m_asked) {
            throw StopRequest{*m_asked};
        }
        if (m_parent.control().isInterrupted()) {
            throw StopRequest{StopRequest::Kind::Interrupt};
        }
        if (m_pauseAsked) { // the child ended before it heard of it
            m_parent.control().pause();
        }
    }

private:
    void tell(const std::string& what, double secondsLeft)
    {
        const auto now = Clock::now();
        if (what != m_what || now - m_said >= kSay) {
            m_said = now;
            m_what = what;
            m_say({what, secondsLeft});
        }
    }

    void pause(std::int64_t step)
    {
        m_pausedAt = Clock::now();
        m_parent.log().setState("paused", -1, step);
        m_parent.log().append(events::Paused{-1, step});
    }

    void goOn(std::int64_t step)
    {
        if (m_pausedAt) {
            m_parent.control().addPaused(std::chrono::duration<double>(Clock::now() - *m_pausedAt).count());
        }
        m_pausedAt.reset();
        m_pauseAsked = false;
        m_parent.log().setState("running", -1, step);
        m_parent.log().append(events::Continued{-1, step});
    }

    void passOn(const std::stop_token& stop)
    {
        while (!stop.stop_requested()) {
            const auto asked = guard([&] { return m_parent.control().take(); });
            {
                std::unique_lock lock(m_mutex);
                if (!asked) { // the parent's folder is gone: whoever works on finds that out
                    m_asked = StopRequest::Kind::Keep;
                    m_waiting.push_back(Command::StopAndKeep);
                } else {
                    remember(*asked);
                }
                if (m_began) {
                    for (const Command command : m_waiting) {
                        static_cast<void>(m_child.sendCommand(command));
                    }
                    m_waiting.clear();
                }
                if (!asked) {
                    return;
                }
                m_wake.wait_for(lock, stop, kLook, [] { return false; });
            }
        }
    }

    void remember(const std::vector<Command>& commands)
    {
        for (Command command : commands) {
            if (command == Command::Change) {
                continue; // it is for the one at work: whoever wants it asks the child itself
            }
            if (command == Command::StopAndKeep || command == Command::Discard) {
                m_asked = command == Command::Discard ? StopRequest::Kind::Discard : StopRequest::Kind::Keep;
                command = Command::StopAndKeep; // what a child has done may be of use to others
            } else if (command == Command::Pause || command == Command::Continue) {
                m_pauseAsked = command == Command::Pause;
            }
            m_waiting.push_back(command);
        }
    }

    void end()
    {
        m_thread.request_stop();
        m_wake.notify_all();
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }

    JobContext& m_parent;
    const JobFolder& m_child;
    const std::function<void(const ChildProgress&)>& m_say;
    std::mutex m_mutex; ///< guards all below
    std::condition_variable_any m_wake;
    bool m_began = false;
    bool m_pauseAsked = false;
    std::vector<Command> m_waiting; ///< asked of the parent and not passed on yet
    std::optional<StopRequest::Kind> m_asked;
    std::optional<Clock::time_point> m_pausedAt;
    Clock::time_point m_said{};
    std::string m_what;
    std::jthread m_thread; ///< last: it uses all of the above
};

} // namespace

Result<JobResult> workInChild(JobContext& parent, const JobFolder& folder, JobKind& kind,
                              const std::function<void(const ChildProgress&)>& say)
{
    const std::shared_ptr<void> company = parent.options().accompany ? parent.options().accompany(folder) : nullptr;
    Between between(parent, folder, say);
    WorkOptions options;
    options.observer = [&](const events::Event& event) {
        static_cast<void>(guard([&] { between.observe(event); })); // what the parent cannot say must not end the child
    };
    options.interrupt = parent.options().interrupt;
    options.accompany = parent.options().accompany;
    auto worked = workInJob(folder, kind, options);
    between.finish();
    if (!worked && worked.error().code == ErrorCode::Stopped) { // somebody stopped the child itself
        throw StopRequest{StopRequest::Kind::Keep};
    }
    return worked;
}

} // namespace lori::jobs
