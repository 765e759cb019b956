// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_lock.h"
#include "core/support/descriptor.h"
#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace lori::jobs {

namespace {

constexpr std::size_t kRecordBytes = 512;
constexpr int kTries = 20;
constexpr auto kPause = std::chrono::milliseconds(10);

std::filesystem::path lockFile(const JobFolder& folder)
{
    return folder.path() / "run.lock";
}

std::string hostName()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

/// flock without waiting; false when somebody else has it.
bool tryLock(int descriptor, int kind, const std::filesystem::path& file)
{
    while (::flock(descriptor, kind | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) {
            return false;
        }
        if (errno != EINTR) {
            throw Exception(errorFromErrno(errno, "cannot lock", file));
        }
    }
    return true;
}

/// The record has a fixed size, so that one pwrite replaces the old one and a reader never sees an empty file.
void writeRecord(int descriptor, const std::filesystem::path& file)
{
    using namespace std::chrono;
    nlohmann::ordered_json record;
    record["pid"] = ::getpid();
    record["startTimeMs"] = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    record["host"] = hostName();
    std::string text = record.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    text.resize(kRecordBytes - 1, ' ');
    text += '\n';
    if (::pwrite(descriptor, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
        throw Exception(errorFromErrno(errno, "cannot write", file));
    }
}

} // namespace

std::optional<LockRecord> readLockRecord(const JobFolder& folder)
{
    const Descriptor descriptor(::open(lockFile(folder).c_str(), O_RDONLY | O_CLOEXEC));
    if (descriptor.get() < 0) {
        return std::nullopt;
    }
    std::string text(kRecordBytes, '\0');
    readAllAt(descriptor.get(), text, 0, lockFile(folder));
    const auto object = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!object.is_object() || !object.contains("pid") || !object["pid"].is_number_integer()) {
        return std::nullopt;
    }
    LockRecord record;
    record.pid = object["pid"].get<std::int64_t>();
    if (object.contains("startTimeMs") && object["startTimeMs"].is_number_integer()) {
        record.startTimeMs = object["startTimeMs"].get<std::int64_t>();
    }
    if (object.contains("host") && object["host"].is_string()) {
        record.host = object["host"].get<std::string>();
    }
    return record;
}

Result<JobLock> JobLock::acquire(const JobFolder& folder)
{
    return guard([&] {
        const std::filesystem::path file = lockFile(folder);
        Descriptor descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
        if (descriptor.get() < 0) {
            throw Exception(errorFromErrno(errno, "cannot open", file));
        }
        // holder() takes a shared lock for an instant to find out; a worker that starts just then must not be turned away.
        for (int attempt = 0; !tryLock(descriptor.get(), LOCK_EX, file); ++attempt) {
            if (attempt == kTries) {
                const auto record = readLockRecord(folder);
                throw Exception(ErrorCode::Busy,
                                "another worker" +
                                    (record ? " (process " + std::to_string(record->pid) + " on " + record->host + ")" : "") +
                                    " is running this",
                                "wait for it or stop it first", folder.path().string());
            }
            std::this_thread::sleep_for(kPause);
        }
        writeRecord(descriptor.get(), file);
        return JobLock(descriptor.release());
    });
}

JobLock::JobLock(JobLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

JobLock& JobLock::operator=(JobLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

JobLock::~JobLock()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

std::optional<std::int64_t> JobLock::holder(const JobFolder& folder)
{
    const Descriptor descriptor(::open(lockFile(folder).c_str(), O_RDONLY | O_CLOEXEC));
    if (descriptor.get() < 0) {
        return std::nullopt;
    }
    const auto free = guard([&] { return tryLock(descriptor.get(), LOCK_SH, lockFile(folder)); });
    if (!free || *free) { // closing the descriptor lets go of the shared lock
        return std::nullopt;
    }
    const auto record = readLockRecord(folder);
    return record ? record->pid : 0;
}

} // namespace lori::jobs
