// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/tour.h"

#include "core/events/event_follower.h"
#include "core/jobs/job_life.h"
#include "ui/services/chat_service.h"
#include "ui/services/page_router.h"
#include "ui/services/run_service.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <filesystem>

namespace lori::ui {

namespace fs = std::filesystem;

namespace {

constexpr std::array kStates{"", "at-work", "left", "done"};

QString keyOf(const char* name)
{
    return QStringLiteral("tour/") + QLatin1String(name);
}

/// The adapter of the run's last stage; empty when there is none.
fs::path lastAdapter(const fs::path& run)
{
    fs::path last;
    std::error_code none;
    for (auto at = fs::directory_iterator(run / "adapter", none); !none && at != fs::directory_iterator(); at.increment(none)) {
        last = std::max(last, at->path());
    }
    return last;
}

/// What a run's events say, as far as the tour asks.
struct Past {
    bool stepped = false;
    bool masked = false;
    jobs::JobState state = jobs::JobState::Lost; ///< also when there is no such run any more
};

Past readPast(const Home& home, const std::string& run, const BackgroundJob::Cancelled& cancelled)
{
    Past past;
    const auto folder = jobs::RunFolder::open(home, run);
    if (!folder) {
        return past;
    }
    events::EventFollower follower(folder->eventsFile());
    jobs::JobLife life;
    while (!*cancelled) {
        const auto events = follower.poll();
        if (!events || events->empty()) {
            break;
        }
        for (const events::Event& event : *events) {
            life.fold(event);
            past.stepped = past.stepped || event.as<events::Step>() != nullptr;
            past.masked = past.masked || event.as<events::Mask>() != nullptr;
        }
    }
    past.state = life.state(*folder, QDateTime::currentMSecsSinceEpoch());
    return past;
}

} // namespace

Tour* Tour::of(const PageRouter& pages)
{
    return pages.findChild<Tour*>(QString(), Qt::FindDirectChildrenOnly);
}

Tour::Tour(RunService& runs, const ChatService& chat, PageRouter& pages) : QObject(&pages), m_runs(runs), m_pages(pages)
{
    const QString state = m_settings.value(keyOf("state")).toString();
    for (std::size_t i = 0; i < kStates.size(); ++i) {
        if (state == QLatin1String(kStates.at(i))) {
            m_state = static_cast<State>(i);
        }
    }
    m_step = static_cast<Step>(std::clamp(m_settings.value(keyOf("step")).toInt(), 0, kSteps - 1));
    if (m_settings.value(keyOf("home")).toString() == QString::fromStdString(m_runs.home().root.string())) {
        m_run = m_settings.value(keyOf("run")).toString();
    } else if (m_step > Step::Start) {
        m_step = Step::Start; // its run is in another home
    }
    connect(&runs, &RunService::runStarted, this, &Tour::runStarted);
    connect(&runs, &RunService::eventsAppended, this, &Tour::take);
    connect(&runs, &RunService::runStopped, this, &Tour::runEnded);
    connect(&runs, &RunService::runFailed, this, &Tour::runEnded);
    connect(&runs, &RunService::folderRemoved, this, &Tour::runEnded);
    connect(&chat, &ChatService::answered, this, &Tour::answered);
    if (m_state == State::AtWork) {
        QMetaObject::invokeMethod(this, &Tour::catchUp, Qt::QueuedConnection); // once the window listens
    }
}

void Tour::set(State state, Step step)
{
    m_state = state;
    m_step = step;
    m_settings.setValue(keyOf("state"), QLatin1String(kStates.at(static_cast<std::size_t>(state))));
    m_settings.setValue(keyOf("step"), static_cast<int>(step));
    m_settings.setValue(keyOf("run"), m_run);
    m_settings.setValue(keyOf("home"), QString::fromStdString(m_runs.home().root.string()));
    Q_EMIT changed();
}

/// Only ever forward: several things may be over at once.
void Tour::reach(Step step)
{
    if (m_state == State::AtWork && step > m_step) {
        set(m_state, step);
    }
}

void Tour::begin()
{
    if (m_state == State::AtWork) {
        show(); // asked for again: what it waits for
        return;
    }
    const bool again = m_state == State::Done || m_state == State::Never;
    if (again) {
        m_run.clear();
    }
    m_interrupted = false;
    set(State::AtWork, again ? Step::Open : m_step);
    catchUp();
}

/// What its run did while nobody looked: before a restart, or while the tour was left.
void Tour::catchUp()
{
    if (m_run.isEmpty() || m_step <= Step::Start || m_step > Step::Finish) {
        return;
    }
    m_past.start([home = m_runs.home(), run = m_run.toStdString()](
                     const BackgroundJob::Cancelled& cancelled) { return readPast(home, run, cancelled); },
                 [this](const Past& past) {
                     if (past.stepped) {
                         reach(Step::Mask);
                     }
                     if (past.masked) {
                         reach(Step::Finish);
                     }
                     if (past.state == jobs::JobState::Finished) {
                         reach(Step::Try);
                     } else if (!isLive(past.state)) {
                         runEnded(m_run);
                     }
                 });
}

void Tour::leave()
{
    set(State::Left, m_step);
}

void Tour::finish()
{
    set(State::Done, Step::Open);
}

void Tour::show()
{
    switch (m_step) {
    case Step::Open:
    case Step::Start:
        m_pages.go(intents::NewExperiment{});
        reach(Step::Start); // the page may have been shown all the time
        return;
    case Step::FirstPoint:
    case Step::Mask:
    case Step::Finish:
        m_pages.go(intents::OpenRun{m_run});
        return;
    case Step::Try: {
        intents::TryAdapters wanted{{}, m_run};
        if (const auto folder = m_runs.folder(m_run)) {
            if (const fs::path adapter = lastAdapter(folder->path()); !adapter.empty()) {
                wanted.adapters.push_back(adapter);
            }
        }
        m_pages.go(wanted);
        return;
    }
    case Step::Next:
        m_pages.go(intents::MergeAdapters{});
        return;
    }
}

void Tour::pageShown(const QString& id)
{
    if (m_step == Step::Open && id == QLatin1String(intents::NewExperiment::kPage)) {
        reach(Step::Start);
    }
}

void Tour::runStarted(const QString& run)
{
    if (m_state == State::AtWork && m_step <= Step::Start) {
        m_run = run;
        m_interrupted = false;
        reach(Step::FirstPoint);
    }
}

void Tour::take(const QString& run, const std::vector<events::Event>& events)
{
    if (run != m_run || m_state != State::AtWork || m_step < Step::FirstPoint || m_step > Step::Finish) {
        return;
    }
    for (const events::Event& event : events) {
        if (event.as<events::Step>() != nullptr) {
            reach(Step::Mask);
        } else if (event.as<events::Mask>() != nullptr) {
            reach(Step::Finish);
        } else if (event.as<events::Finished>() != nullptr) {
            reach(Step::Try);
        }
    }
}

void Tour::runEnded(const QString& run)
{
    if (run == m_run && m_state == State::AtWork && m_step > Step::Start && m_step <= Step::Finish) {
        m_run.clear();
        m_interrupted = true;
        set(m_state, Step::Start);
    }
}

void Tour::answered()
{
    if (m_step == Step::Try) {
        reach(Step::Next);
    }
}

} // namespace lori::ui
