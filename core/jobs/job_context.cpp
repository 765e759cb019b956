// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_kind.h"

namespace lori::jobs {

using Clock = std::chrono::steady_clock;

void JobContext::progress(const std::string& what, std::int64_t done, std::int64_t total, std::optional<double> secondsLeft)
{
    m_control.waitWhilePaused(-1, done, [] {});
    const auto now = Clock::now();
    const bool begins = what != m_what;
    if (begins) {
        m_what = what;
        m_begin = now;
        m_pausedAtBegin = m_control.pausedSeconds();
    }
    if (begins || now - m_said >= std::chrono::milliseconds(500) || done == total) {
        m_said = now;
        const double past = std::chrono::duration<double>(now - m_begin).count() - (m_control.pausedSeconds() - m_pausedAtBegin);
        const double left = done > 0 ? past * static_cast<double>(total - done) / static_cast<double>(done) : -1;
        m_log.append(events::Progress{-1, what, done, total, secondsLeft.value_or(left)});
    }
}

bool JobContext::goOn(const std::string& what, std::int64_t done, std::int64_t total, std::optional<double> secondsLeft) noexcept
{
    try {
        progress(what, done, total, secondsLeft);
        return true;
    } catch (...) {
        m_heldBack = std::current_exception();
        return false;
    }
}

void JobContext::rethrow()
{
    if (m_heldBack) {
        std::rethrow_exception(std::exchange(m_heldBack, nullptr));
    }
}

void JobContext::madeArtifact(const std::string& kind, const std::filesystem::path& path, const std::string& fingerprint,
                              std::int64_t bytes, std::vector<std::string> parents)
{
    const std::filesystem::path absolute = std::filesystem::absolute(path).lexically_normal();
    const std::filesystem::path relative = absolute.lexically_relative(m_folder.path());
    const bool inside = !relative.empty() && *relative.begin() != "..";
    m_log.append(events::Artifact{kind, (inside ? relative : absolute).string(), fingerprint, bytes, std::move(parents)});
}

} // namespace lori::jobs
