// SPDX-License-Identifier: Apache-2.0
#include "core/support/home.h"

#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace lori {

namespace fs = std::filesystem;

namespace {

fs::path environmentPath(const char* name)
{
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): read once at start
    return value != nullptr ? fs::path(value) : fs::path();
}

} // namespace

Home Home::fromEnvironment()
{
    if (const fs::path own = environmentPath("LORI_HOME"); !own.empty()) {
        return {fs::absolute(own).lexically_normal()};
    }
    if (const fs::path data = environmentPath("XDG_DATA_HOME"); data.is_absolute()) {
        return {data / "lori-workbench"};
    }
    fs::path user = environmentPath("HOME");
    if (user.empty()) {
        const passwd* entry = ::getpwuid(::getuid()); // NOLINT(concurrency-mt-unsafe): read once at start
        user = entry != nullptr ? fs::path(entry->pw_dir) : fs::current_path();
    }
    return {user / ".local" / "share" / "lori-workbench"};
}

} // namespace lori
