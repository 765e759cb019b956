// SPDX-License-Identifier: Apache-2.0
#include "core/bundles/unpacking.h"

#include "core/jobs/run_folder.h"
#include "core/support/descriptor.h"
#include "core/support/files.h"
#include "core/support/leftovers.h"
#include "core/support/sha256.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

namespace lori::bundles {

namespace fs = std::filesystem;

namespace {

/// Hidden, so that whoever lists runs never sees it.
constexpr const char* kStaging = ".import";

/// Makes a temporary folder in `place` and holds it for writing; false when it vanished meanwhile.
bool makeHeld(const fs::path& place, fs::path& folder, int& held)
{
    fs::create_directories(place);
    removeLeftovers(place / kStaging);
    folder = temporaryNameFor(place / kStaging);
    fs::create_directory(folder);
    held = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return held >= 0 && holdForWriting(held);
}

bool isSame(const Member& member, const fs::path& file)
{
    std::error_code error;
    if (!fs::is_regular_file(fs::symlink_status(file, error)) || fs::file_size(file, error) != member.bytes || error) {
        return false;
    }
    const auto hash = sha256OfFile(file);
    return hash && *hash == member.sha256;
}

bool isSame(const Entry& entry, const fs::path& folder)
{
    return std::all_of(entry.members.begin(), entry.members.end(),
                       [&](const Member& member) { return isSame(member, folder / member.path); });
}

/// Whether `from` now stands at `to`; false when there is something already.
bool moved(const fs::path& from, const fs::path& to)
{
    if (std::rename(from.c_str(), to.c_str()) == 0) {
        const Descriptor parent(::open(to.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        ::fsync(parent.get()); // best effort, as in writeFileAtomically
        return true;
    }
    if (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR) {
        return false;
    }
    throw Exception(errorFromErrno(errno, "cannot add the folder", to));
}

} // namespace

Staging::Staging(const Home& home) : m_home(home)
{
    for (int attempt = 0; attempt < 3 && !makeHeld(home.runs(), m_runs, m_runsHeld); ++attempt) {
    }
    for (int attempt = 0; attempt < 3 && !makeHeld(home.jobs(), m_jobs, m_jobsHeld); ++attempt) {
    }
}

Staging::~Staging()
{
    std::error_code ignored;
    fs::remove_all(m_runs, ignored);
    fs::remove_all(m_jobs, ignored);
    for (const int held : {m_runsHeld, m_jobsHeld}) {
        if (held >= 0) {
            ::close(held);
        }
    }
}

fs::path Staging::folderOf(const Entry& entry) const
{
    return (entry.isRun ? m_runs : m_jobs) / entry.id;
}

void Staging::requireUsable(const Entry& entry) const
{
    const std::string folder = folderOf(entry).string();
    if (entry.isRun) {
        (void)jobs::RunFolder::open(m_home, folder).value().config().value();
    } else {
        (void)jobs::JobFolder::open(m_home, folder).value().record().value();
    }
}

Arrival Staging::putInPlace(const Entry& entry) const
{
    const fs::path place = entry.isRun ? m_home.runs() : m_home.jobs();
    for (int number = 1;; ++number) {
        const std::string id = number == 1 ? entry.id : entry.id + "-" + std::to_string(number);
        std::optional<fs::path> taken;
        for (const fs::path& there : {place / id, m_home.trash() / id}) {
            if (!taken && fs::exists(fs::symlink_status(there))) {
                taken = there;
            }
        }
        if (taken && isSame(entry, *taken)) {
            return {Outcome::AlreadyThere, entry.isRun, entry.id, entry.words, *taken};
        }
        if (!taken && moved(folderOf(entry), place / id)) {
            return {number == 1 ? Outcome::Added : Outcome::AddedRenamed, entry.isRun, entry.id, entry.words, place / id};
        }
    }
}

std::vector<Arrival> Staging::putInPlace(const std::vector<Entry>& entries) const
{
    std::vector<Arrival> arrivals;
    try {
        for (const Entry& entry : entries) {
            arrivals.push_back(putInPlace(entry));
        }
    } catch (...) {
        for (const Arrival& arrival : arrivals) {
            std::error_code ignored;
            if (arrival.outcome != Outcome::AlreadyThere) {
                fs::remove_all(arrival.folder, ignored);
            }
        }
        throw;
    }
    return arrivals;
}

} // namespace lori::bundles
