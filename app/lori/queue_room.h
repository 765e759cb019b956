// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/home.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

namespace lori::app {

/// Whether jobs fit side by side: by the most memory that each plans to hold, beside what is free now. A job whose plan does not
/// say, or that may use a GPU, is worked alone.
class QueueRoom final {
public:
    explicit QueueRoom(Home home) : m_home(std::move(home)) {}

    /// How many of `next`, from the first on, may begin beside those at work; at least one when none is. `working` and `next` are
    /// folders of jobs.
    [[nodiscard]] std::size_t fitting(const std::vector<std::filesystem::path>& working,
                                      const std::vector<std::filesystem::path>& next);
    /// Threads of one among so many; at least 1.
    [[nodiscard]] std::int64_t threadsOfEach(std::size_t jobs) const;

private:
    /// Bytes by the job's plan, -1 when it must be alone. Asked once for each job.
    [[nodiscard]] std::int64_t planned(const std::filesystem::path& folder);

    Home m_home;
    std::map<std::filesystem::path, std::int64_t> m_planned;
};

} // namespace lori::app
