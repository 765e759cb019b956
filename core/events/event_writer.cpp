// SPDX-License-Identifier: Apache-2.0
#include "core/events/event_writer.h"

#include "core/support/descriptor.h"
#include "core/support/files.h"
#include "core/support/this_machine.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>

namespace lori::events {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
constexpr auto kSyncInterval = std::chrono::seconds(1);
constexpr std::uint64_t kFirstWindow = 64 * 1024;

std::uint64_t sizeOf(int descriptor, const fs::path& file)
{
    struct stat info {};
    if (::fstat(descriptor, &info) != 0) {
        throw Exception(errorFromErrno(errno, "cannot read", file));
    }
    if (!S_ISREG(info.st_mode)) {
        throw Exception(ErrorCode::BadFile, "this is not a regular file", "choose another run folder", file.string());
    }
    return static_cast<std::uint64_t>(info.st_size);
}

/// What the end of a log tells: where its last whole line ends, and the last number in it.
struct Tail {
    std::uint64_t end = 0;
    std::int64_t lastSeq = 0;
};

/// Number of the last readable line in `text`, 0 when there is none.
std::int64_t lastSeqIn(std::string_view text)
{
    while (!text.empty()) {
        text.remove_suffix(1); // the line feed
        const std::size_t before = text.rfind('\n');
        const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
        if (const auto event = eventFromLine(std::string(text.substr(start)))) {
            return event->seq;
        }
        text = text.substr(0, start);
    }
    return 0;
}

/// Looks backwards through ever larger windows, because nearly always the last line is good.
Tail readTail(int descriptor, std::uint64_t size, const fs::path& file)
{
    for (std::uint64_t window = std::min(size, kFirstWindow); window > 0; window = std::min(size, window * 4)) {
        std::string text(static_cast<std::size_t>(window), '\0');
        readAllAt(descriptor, text, size - window, file);
        const std::size_t lastFeed = text.rfind('\n');
        Tail tail;
        if (lastFeed != std::string::npos) {
            tail.end = size - window + lastFeed + 1;
            std::string_view lines(text.data(), lastFeed + 1);
            if (window < size) { // the first line of the window is cut
                const std::size_t firstFeed = lines.find('\n');
                lines = lines.substr(firstFeed + 1);
            }
            tail.lastSeq = lastSeqIn(lines);
        }
        if (tail.lastSeq > 0 || window == size) {
            return tail;
        }
    }
    return {};
}

class FileEventWriter final : public EventWriter {
public:
    explicit FileEventWriter(const fs::path& file)
        : m_file(file), m_descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666))
    {
        if (m_descriptor.get() < 0) {
            throw Exception(errorFromErrno(errno, "cannot open", file));
        }
        const std::uint64_t size = sizeOf(m_descriptor.get(), file);
        const Tail tail = readTail(m_descriptor.get(), size, file);
        m_size = tail.end;
        m_lastSeq = tail.lastSeq;
        if (tail.end < size) {
            cutBack();
        }
    }
    FileEventWriter(const FileEventWriter&) = delete;
    FileEventWriter& operator=(const FileEventWriter&) = delete;
    ~FileEventWriter() override { ::fdatasync(m_descriptor.get()); }

    Event append(Payload payload) override
    {
        const std::lock_guard lock(m_mutex);
        Event event{m_lastSeq + 1, unixMs(), std::move(payload)};
        const std::string line = toLine(event) + "\n";
        try {
            writeAllTo(m_descriptor.get(), line, m_file);
        } catch (...) {
            cutBack(); // half a line must not stay: the next append would be glued to it
            throw;
        }
        m_size += line.size();
        m_lastSeq = event.seq;
        syncIfDue(isTerminal(event.payload) || event.as<Checkpoint>() != nullptr);
        return event;
    }

private:
    void cutBack()
    {
        if (::ftruncate(m_descriptor.get(), static_cast<off_t>(m_size)) != 0) {
            throw Exception(errorFromErrno(errno, "cannot cut off a torn line", m_file));
        }
    }

    void syncIfDue(bool now)
    {
        const auto time = Clock::now();
        if (!now && time - m_lastSync < kSyncInterval) {
            return;
        }
        if (::fdatasync(m_descriptor.get()) != 0 && errno != EINVAL) { // EINVAL: a file system that cannot sync
            throw Exception(errorFromErrno(errno, "cannot write to the disk", m_file));
        }
        m_lastSync = time;
    }

    std::mutex m_mutex;
    fs::path m_file;
    Descriptor m_descriptor;
    std::uint64_t m_size = 0;
    std::int64_t m_lastSeq = 0;
    Clock::time_point m_lastSync{};
};

} // namespace

Result<std::unique_ptr<EventWriter>> EventWriter::open(const fs::path& file)
{
    return guard([&]() -> std::unique_ptr<EventWriter> { return std::make_unique<FileEventWriter>(file); });
}

} // namespace lori::events
