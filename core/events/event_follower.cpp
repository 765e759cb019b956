// SPDX-License-Identifier: Apache-2.0
#include "core/events/event_follower.h"

#include "core/support/descriptor.h"
#include "core/support/files.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace lori::events {

namespace {

constexpr std::size_t kChunk = 1 << 20;

} // namespace

EventFollower::EventFollower(std::filesystem::path file, std::uint64_t fromByte) : m_file(std::move(file)), m_position(fromByte)
{
}

Result<std::vector<Event>> EventFollower::poll(std::size_t maxEvents)
{
    return guard([&] {
        std::vector<Event> events;
        const Descriptor descriptor(::open(m_file.c_str(), O_RDONLY | O_CLOEXEC));
        if (descriptor.get() < 0) {
            if (errno == ENOENT) {
                return events;
            }
            throw Exception(errorFromErrno(errno, "cannot open", m_file));
        }
        struct stat info {};
        if (::fstat(descriptor.get(), &info) != 0) {
            throw Exception(errorFromErrno(errno, "cannot read", m_file));
        }
        const auto size = static_cast<std::uint64_t>(info.st_size);
        if (size < m_position) {
            m_position = 0;
        }
        std::string pending; // bytes from m_position on
        // Whoever follows a quiet file ten times a second pays for two system calls, not for a buffer.
        while (events.size() < maxEvents && m_position + pending.size() < size) {
            std::string chunk(static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, size - m_position - pending.size())),
                              '\0');
            const std::size_t wanted = chunk.size();
            readAllAt(descriptor.get(), chunk, m_position + pending.size(), m_file);
            const bool atEnd = chunk.size() < wanted; // it became shorter meanwhile
            pending += chunk;
            std::size_t start = 0;
            for (std::size_t feed = pending.find('\n'); feed != std::string::npos && events.size() < maxEvents;
                 feed = pending.find('\n', start)) {
                if (auto event = eventFromLine(pending.substr(start, feed - start))) {
                    events.push_back(std::move(event).value());
                } else {
                    ++m_skippedLines;
                }
                start = feed + 1;
            }
            m_position += start;
            pending.erase(0, start);
            if (atEnd) {
                break;
            }
        }
        return events;
    });
}

} // namespace lori::events
