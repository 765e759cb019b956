// SPDX-License-Identifier: Apache-2.0
#include "database/event_lines.h"

#include <algorithm>
#include <fstream>

namespace lori::database {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kTailBytes = 64;
constexpr std::size_t kBlockBytes = std::size_t{1} << 20U;
constexpr std::size_t kMaxLineBytes = std::size_t{64} << 20U;

void addLine(EventLines& lines, const std::string& line, const fs::path& file)
{
    std::string fields;
    auto event = events::eventFromLine(line, &fields);
    if (event) {
        lines.events.push_back({std::move(*event), std::move(fields)});
    } else if (event.error().code == ErrorCode::NewerVersion) {
        Error error = event.error();
        error.where = file.string();
        throw Exception(std::move(error));
    } else {
        ++lines.skippedLines;
    }
}

} // namespace

EventLines readEventLines(const fs::path& file, std::uint64_t fromByte, std::uint64_t untilByte, std::size_t maxEvents)
{
    EventLines lines;
    lines.endByte = fromByte;
    if (!fs::exists(file)) {
        return lines;
    }
    if (!fs::is_regular_file(file)) {
        throw Exception(ErrorCode::BadFile, "this is not a file", "this is not the folder of a run", file.string());
    }
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        throw Exception(ErrorCode::Io, "cannot read the events", "check the permissions", file.string());
    }
    in.seekg(static_cast<std::streamoff>(fromByte));
    std::string pending;
    std::vector<char> block(kBlockBytes);
    std::uint64_t readByte = fromByte;
    while (readByte < untilByte && lines.atEnd) {
        const auto wanted = std::min<std::uint64_t>(block.size(), untilByte - readByte);
        in.read(block.data(), static_cast<std::streamsize>(wanted));
        const auto got = static_cast<std::size_t>(in.gcount());
        if (got == 0) {
            break;
        }
        readByte += got;
        pending.append(block.data(), got);
        std::size_t begin = 0;
        for (std::size_t end = 0; (end = pending.find('\n', begin)) != std::string::npos; begin = end + 1) {
            if (lines.events.size() >= maxEvents) {
                lines.atEnd = false;
                break;
            }
            addLine(lines, pending.substr(begin, end - begin), file);
            lines.endByte += end - begin + 1;
        }
        pending.erase(0, begin);
        if (pending.size() > kMaxLineBytes) {
            throw Exception(ErrorCode::BadFile, "a line is longer than 64 MiB", "this is not an events file of a run",
                            file.string());
        }
    }
    lines.tail = tailBefore(file, lines.endByte);
    return lines;
}

std::string tailBefore(const fs::path& file, std::uint64_t byte)
{
    const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(byte, kTailBytes));
    if (count == 0 || !fs::is_regular_file(file)) {
        return {};
    }
    std::ifstream in(file, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(byte - count));
    std::string tail(count, '\0');
    in.read(tail.data(), static_cast<std::streamsize>(count));
    return static_cast<std::size_t>(in.gcount()) == count ? tail : std::string();
}

std::uint64_t sizeOf(const fs::path& file)
{
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    return error ? 0 : size;
}

} // namespace lori::database
