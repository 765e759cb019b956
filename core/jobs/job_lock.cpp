// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_lock.h"

#include "core/support/descriptor.h"
#include "core/support/files.h"
#include "core/support/this_machine.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace lori::jobs {

namespace {

constexpr std::size_t kRecordBytes = 512;

std::filesystem::path lockFile(const JobFolder& folder)
{
    return folder.path() / "run.lock";
}

/// The record has a fixed size, so that one pwrite replaces the old one and a reader never sees an empty file.
void writeRecord(int descriptor, const std::filesystem::path& file, std::uintmax_t controlBytes)
{
    nlohmann::ordered_json record;
    record["pid"] = ::getpid();
    record["startTimeMs"] = unixMs();
    record["controlBytes"] = controlBytes;
    record["host"] = thisHost();
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
    if (object.contains("controlBytes") && object["controlBytes"].is_number_unsigned()) {
        record.controlBytes = object["controlBytes"].get<std::uint64_t>();
    }
    if (object.contains("host") && object["host"].is_string()) {
        record.host = object["host"].get<std::string>();
    }
    return record;
}

Result<JobLock> JobLock::acquire(const JobFolder& folder)
{
    return guard([&] {
        auto lock = FileLock::tryTake(lockFile(folder));
        if (!lock) {
            const auto record = readLockRecord(folder);
            throw Exception(ErrorCode::Busy,
                            "another worker" +
                                (record ? " (process " + std::to_string(record->pid) + " on " + record->host + ")" : "") +
                                " is running this",
                            "wait for it or stop it first", folder.path().string());
        }
        std::error_code none;
        const auto bytes = std::filesystem::file_size(folder.controlFile(), none);
        writeRecord(lock->descriptor(), lockFile(folder), none ? 0 : bytes);
        return JobLock(std::move(*lock));
    });
}

std::optional<std::int64_t> JobLock::holder(const JobFolder& folder)
{
    const auto held = guard([&] { return FileLock::isHeld(lockFile(folder)); });
    if (!held || !*held) {
        return std::nullopt;
    }
    const auto record = readLockRecord(folder);
    return record ? record->pid : 0;
}

} // namespace lori::jobs
