// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_life.h"

#include "core/jobs/job_lock.h"

namespace lori::jobs {

namespace {

constexpr std::int64_t kSilenceMs = 30'000;

} // namespace

std::string_view jobStateName(JobState state)
{
    switch (state) {
    case JobState::Waiting:
        return "waiting";
    case JobState::Running:
        return "running";
    case JobState::Paused:
        return "paused";
    case JobState::Finished:
        return "finished";
    case JobState::Stopped:
        return "stopped";
    case JobState::Failed:
        return "failed";
    case JobState::Lost:
        return "lost";
    }
    return "unknown";
}

void JobLife::fold(const events::Event& event)
{
    const auto is = [&](JobState state) {
        m_said = state;
    };
    m_lastMs = event.timeMs;
    const bool ended = m_said == JobState::Finished || m_said == JobState::Stopped || m_said == JobState::Failed;
    if (ended && event.as<events::Started>() == nullptr) {
        return; // only another attempt begins again
    }
    std::visit(
        events::Overloaded{
            [&](const events::Finished&) { is(JobState::Finished); }, [&](const events::Stopped&) { is(JobState::Stopped); },
            [&](const events::Failed&) { is(JobState::Failed); }, [&](const events::Paused&) { is(JobState::Paused); },
            [&](const events::Heartbeat& e) { is(e.state == "paused" ? JobState::Paused : JobState::Running); },
            [&](const events::Started&) { is(JobState::Running); }, [&](const events::Continued&) { is(JobState::Running); },
            [&](const auto&) {
                is(m_said == JobState::Waiting ? JobState::Running : m_said);
            }},
        event.payload);
}

JobState JobLife::state(const JobFolder& folder, std::int64_t nowMs) const
{
    if (m_said == JobState::Waiting) {
        return JobLock::holder(folder) ? JobState::Running : JobState::Waiting;
    }
    if (m_said == JobState::Finished || m_said == JobState::Stopped || m_said == JobState::Failed) {
        return m_said;
    }
    return nowMs - m_lastMs > kSilenceMs || !JobLock::holder(folder) ? JobState::Lost : m_said;
}

} // namespace lori::jobs
