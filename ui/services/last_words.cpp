// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/last_words.h"

#include "core/events/event.h"

#include <fstream>
#include <sstream>
#include <vector>

namespace lori::ui {

namespace {

constexpr std::streamoff kTail = 16384; // the last event is the terminal one, and it is short

} // namespace

bool wasDiscarded(const std::filesystem::path& eventsFile)
{
    std::ifstream in(eventsFile, std::ios::binary | std::ios::ate);
    if (!in) {
        return false;
    }
    const std::streamoff size = in.tellg();
    in.seekg(size > kTail ? size - kTail : 0);
    bool discarded = false;
    for (std::string line; std::getline(in, line);) { // a first line that is cut is none
        if (const auto event = events::eventFromLine(line)) {
            const auto* stopped = event->as<events::Stopped>();
            discarded = stopped != nullptr && !stopped->kept;
        }
    }
    return discarded;
}

bool worksOn(std::int64_t pid, const std::string& runId)
{
    if (pid <= 0 || runId.empty()) {
        return false;
    }
    std::ifstream in("/proc/" + std::to_string(pid) + "/cmdline", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str().find(runId) != std::string::npos;
}

} // namespace lori::ui
