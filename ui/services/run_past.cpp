// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/run_past.h"

namespace lori::ui {

namespace {

constexpr std::size_t kAtOnce = 2'000;   // about 10 ms: most runs are read without a flicker
constexpr std::size_t kPortion = 20'000; // about 10 MB as events

struct Portion {
    std::vector<events::Event> events;
    std::uint64_t position = 0;
};

Portion readPortion(const std::filesystem::path& file, std::uint64_t position, std::size_t most)
{
    events::EventFollower follower(file, position);
    auto read = follower.poll(most);
    return {read ? std::move(*read) : std::vector<events::Event>(), follower.position()};
}

} // namespace

void RunPast::read(const std::filesystem::path& file, std::uint64_t fromByte, std::uint64_t untilByte, const Take& take,
                   const Done& done)
{
    m_job.cancel();
    const Portion first = readPortion(file, fromByte, kAtOnce);
    take(first.events);
    if (first.events.size() < kAtOnce || first.position >= untilByte) {
        done(first.position);
    } else {
        readOn(file, first.position, untilByte, take, done);
    }
}

void RunPast::readOn(const std::filesystem::path& file, std::uint64_t fromByte, std::uint64_t untilByte, const Take& take,
                     const Done& done)
{
    m_job.start([file, fromByte](const BackgroundJob::Cancelled&) { return readPortion(file, fromByte, kPortion); },
                [this, file, untilByte, take, done](const Portion& portion) {
                    take(portion.events);
                    if (portion.events.empty() || portion.position >= untilByte) {
                        done(portion.position);
                    } else {
                        readOn(file, portion.position, untilByte, take, done);
                    }
                });
}

} // namespace lori::ui
