// SPDX-License-Identifier: Apache-2.0
#pragma once

// Folders on their way into a home. Internal to this room.

#include "core/bundles/bundle.h"

#include <filesystem>
#include <vector>

namespace lori::bundles {

/// Hidden folders beside home.runs()'s and home.jobs()'s own, in which entries are unpacked and looked at. What is not put in
/// place goes with it; what a killed import left goes when the next begins.
class Staging final {
public:
    /// Throws Exception(DiskFull | Io), std::filesystem::filesystem_error.
    explicit Staging(const Home& home);
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;
    ~Staging();

    /// Where the entry's members go.
    [[nodiscard]] std::filesystem::path folderOf(const Entry& entry) const;
    /// Throws Exception(BadFile | NewerVersion …) when the folder is no run or job that this program can open.
    void requireUsable(const Entry& entry) const;
    /// Gives every entry's folder its name, or leaves it when the same is there. All of them, or none when one cannot be moved.
    [[nodiscard]] std::vector<Arrival> putInPlace(const std::vector<Entry>& entries) const;

private:
    [[nodiscard]] Arrival putInPlace(const Entry& entry) const;
    const Home& m_home;
    std::filesystem::path m_runs;
    std::filesystem::path m_jobs;
    int m_runsHeld = -1;
    int m_jobsHeld = -1;
};

} // namespace lori::bundles
