// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/folder_making.h"

#include "core/support/descriptor.h"
#include "core/support/files.h"
#include "core/support/passing_folder.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <random>
#include <unistd.h>

namespace lori::jobs {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxSlug = 40;

/// Lower-case ASCII letters and digits with single hyphens between; `fallback` when nothing is left.
std::string slug(const std::string& name, const std::string& fallback)
{
    std::string text;
    for (const char c : name) {
        if (text.size() >= kMaxSlug) {
            break;
        }
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            text += c;
        } else if (c >= 'A' && c <= 'Z') {
            text += static_cast<char>(c - 'A' + 'a');
        } else if (!text.empty() && text.back() != '-') {
            text += '-';
        }
    }
    while (!text.empty() && text.back() == '-') {
        text.pop_back();
    }
    return text.empty() ? fallback : text;
}

} // namespace

std::string makeId(const std::string& name, const std::string& fallback)
{
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    std::array<char, 32> stamp{};
    std::strftime(stamp.data(), stamp.size(), "%Y%m%d-%H%M%S", &utc);
    std::random_device random;
    std::uniform_int_distribution<int> letter('a', 'z');
    std::string id = std::string(stamp.data()) + "-" + slug(name, fallback) + "-";
    for (int i = 0; i < 4; ++i) {
        id += static_cast<char>(letter(random));
    }
    return id;
}

namespace {

/// True when the folder now stands under its final name, false when that name is taken.
bool putInPlace(const fs::path& from, const fs::path& to)
{
    if (std::rename(from.c_str(), to.c_str()) == 0) {
        const Descriptor parent(::open(to.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        ::fsync(parent.get()); // best effort, as in writeFileAtomically
        return true;
    }
    if (errno == EEXIST || errno == ENOTEMPTY) {
        return false;
    }
    throw Exception(errorFromErrno(errno, "cannot make the job's folder", to));
}

} // namespace

bool makeFolder(const fs::path& place, const std::string& id, const std::vector<std::string>& parts, const Texts& files,
                const Fill& fill)
{
    // A leading dot: whoever lists jobs never sees a folder that is still being made.
    const PassingFolder temporary(place / ("." + id + ".tmp." + std::to_string(::getpid())));
    fs::create_directories(temporary.path());
    for (const std::string& part : parts) {
        fs::create_directories(temporary.path() / part);
    }
    for (const auto& [name, content] : files) {
        writeFileAtomically(temporary.path() / name, content).value();
    }
    if (fill) {
        fill(temporary.path());
    }
    return putInPlace(temporary.path(), place / id);
}

fs::path makeNamedFolder(const fs::path& place, const std::string& name, const std::string& fallback,
                         const std::vector<std::string>& parts, const Texts& files, const Fill& fill)
{
    constexpr int kAttempts = 20;
    fs::create_directories(place);
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const std::string id = makeId(name, fallback);
        if (makeFolder(place, id, parts, files, fill)) {
            return place / id;
        }
    }
    throw Exception(ErrorCode::AlreadyExists, "could not find a free name for the job's folder", "try again", place.string());
}

} // namespace lori::jobs
