// SPDX-License-Identifier: Apache-2.0
#include "core/support/this_machine.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <unistd.h>

namespace lori {

std::int64_t unixMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::int64_t availableThreads()
{
    const auto all = std::max<std::int64_t>(1, std::thread::hardware_concurrency());
    const char* given = std::getenv("LORI_THREADS"); // NOLINT(concurrency-mt-unsafe): nobody sets it while we run
    std::int64_t threads = 0;
    if (given != nullptr) {
        const std::string_view text(given);
        std::from_chars(text.data(), text.data() + text.size(), threads);
    }
    return threads > 0 ? std::min(threads, all) : all;
}

std::int64_t availableMemoryBytes()
{
    std::ifstream file("/proc/meminfo");
    std::string line;
    while (std::getline(file, line)) {
        long long kilobytes = 0;
        if (std::sscanf(line.c_str(), "MemAvailable: %lld kB", &kilobytes) == 1) { // NOLINT: fixed kernel format
            return kilobytes * 1024;
        }
    }
    return 0;
}

std::string thisHost()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

} // namespace lori
