// SPDX-License-Identifier: Apache-2.0
#include "core/support/this_machine.h"

#include <array>
#include <chrono>
#include <unistd.h>

namespace lori {

std::int64_t unixMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string thisHost()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

} // namespace lori
