// SPDX-License-Identifier: Apache-2.0
#include "core/formats/zip_file.h"

#include "core/formats/byte_reader.h"
#include "core/formats/damaged_file.h"
#include "core/formats/gguf_file.h"

#include <algorithm>
#include <set>

// Layout: entries (a local header, the name, extra fields, the data), the directory (one record an entry), in a big file the
// zip64 end record and its locator, the end record, a comment of at most 65535 bytes. All little endian.

namespace lori::formats {

namespace {

constexpr std::uint32_t kLocalHeader = 0x04034b50;
constexpr std::uint32_t kDirectoryRecord = 0x02014b50;
constexpr std::uint32_t kEndRecord = 0x06054b50;
constexpr std::uint32_t kEnd64Record = 0x06064b50;
constexpr std::uint32_t kEnd64Locator = 0x07064b50;
constexpr std::size_t kEndRecordBytes = 22;
constexpr std::size_t kLocatorBytes = 20;
constexpr std::size_t kMaxComment = 65535;
constexpr std::uint32_t kIn64 = 0xffffffff; // "the zip64 field has the number"

ByteReader readerAt(std::span<const std::byte> file, std::uint64_t at, const char* what, const std::string& where)
{
    if (at > file.size()) {
        damagedFile(std::string(what) + " of the zip is said to be at byte " + std::to_string(at) + ", but the file has " +
                        std::to_string(file.size()),
                    where);
    }
    return {file.subspan(static_cast<std::size_t>(at)), where};
}

void expectMark(ByteReader& reader, std::uint32_t mark, const char* what)
{
    if (reader.read<std::uint32_t>(what) != mark) {
        damagedFile(std::string(what) + " of the zip is not where it should be", reader.where());
    }
}

std::size_t findEndRecord(std::span<const std::byte> file, const std::string& where)
{
    if (file.size() >= kEndRecordBytes) {
        const std::size_t last = file.size() - kEndRecordBytes;
        const std::size_t first = last - std::min(last, kMaxComment);
        for (std::size_t at = last + 1; at-- > first;) {
            std::uint32_t mark = 0;
            std::memcpy(&mark, file.data() + at, sizeof mark);
            if (mark == kEndRecord) {
                return at;
            }
        }
    }
    damagedFile("the zip's directory is missing, so the end of the file is lost", where);
}

struct Directory {
    std::uint64_t entries = 0;
    std::uint64_t offset = 0;
};

Directory findDirectory(std::span<const std::byte> file, const std::string& where)
{
    const std::size_t end = findEndRecord(file, where);
    ByteReader reader = readerAt(file, end + 10, "the end record", where); // past the mark and three numbers of disks
    Directory directory;
    directory.entries = reader.read<std::uint16_t>("the number of entries");
    (void)reader.read<std::uint32_t>("the size of the directory");
    directory.offset = reader.read<std::uint32_t>("the place of the directory");
    if (directory.entries != 0xffff && directory.offset != kIn64) {
        return directory;
    }
    ByteReader locator = readerAt(file, end - std::min(end, kLocatorBytes), "the zip64 locator", where);
    expectMark(locator, kEnd64Locator, "the zip64 locator");
    (void)locator.read<std::uint32_t>("a disk");
    ByteReader end64 = readerAt(file, locator.read<std::uint64_t>("the place of the zip64 record"), "the zip64 record", where);
    expectMark(end64, kEnd64Record, "the zip64 record");
    (void)end64.take(28, "the zip64 record");
    directory.entries = end64.read<std::uint64_t>("the number of entries");
    (void)end64.read<std::uint64_t>("the size of the directory");
    directory.offset = end64.read<std::uint64_t>("the place of the directory");
    return directory;
}

/// What the directory says about an entry.
struct Record {
    std::string name;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
};

/// Replaces the numbers that stand in the zip64 extra field; they come in this order, and only those that did not fit.
void readExtra(Record& record, std::span<const std::byte> bytes, const std::string& where)
{
    ByteReader extra(bytes, where);
    while (extra.remaining() >= 4) {
        const auto kind = extra.read<std::uint16_t>("the kind of an extra field");
        const auto length = extra.read<std::uint16_t>("the length of an extra field");
        ByteReader field(extra.take(length, "an extra field"), where);
        if (kind != 1) {
            continue;
        }
        for (std::uint64_t* number : {&record.size, &record.packed, &record.offset}) {
            if (*number == kIn64) {
                *number = field.read<std::uint64_t>("a zip64 number");
            }
        }
    }
}

Record readRecord(ByteReader& reader)
{
    expectMark(reader, kDirectoryRecord, "an entry of the directory");
    (void)reader.read<std::uint32_t>("two versions");
    const auto flags = reader.read<std::uint16_t>("the flags");
    const auto method = reader.read<std::uint16_t>("the compression");
    (void)reader.take(8, "time and checksum");
    Record record;
    record.packed = reader.read<std::uint32_t>("the packed size");
    record.size = reader.read<std::uint32_t>("the size");
    const auto nameLength = reader.read<std::uint16_t>("the length of a name");
    const auto extraLength = reader.read<std::uint16_t>("the length of the extra fields");
    const auto commentLength = reader.read<std::uint16_t>("the length of a comment");
    (void)reader.take(8, "disk and attributes");
    record.offset = reader.read<std::uint32_t>("the place of an entry");
    const std::span<const std::byte> name = reader.take(nameLength, "the name of an entry");
    record.name.assign(reinterpret_cast<const char*>(name.data()), name.size());
    if (!isUtf8(record.name)) {
        damagedFile("the name of an entry of the zip is not UTF-8", reader.where());
    }
    readExtra(record, reader.take(extraLength, "the extra fields"), reader.where());
    (void)reader.take(commentLength, "a comment");
    if (method != 0 || (flags & 1U) != 0) {
        throw Exception(ErrorCode::Unsupported,
                        "the entry '" + record.name + "' is " + (method != 0 ? "compressed" : "encrypted") +
                            ", which torch.save never does",
                        "save it again with torch.save", reader.where());
    }
    if (record.packed != record.size) {
        damagedFile("the stored entry '" + record.name + "' has two sizes, " + std::to_string(record.packed) + " and " +
                        std::to_string(record.size),
                    reader.where());
    }
    return record;
}

std::span<const std::byte> dataOf(std::span<const std::byte> file, const Record& record, const std::string& where)
{
    ByteReader local = readerAt(file, record.offset, "an entry", where);
    expectMark(local, kLocalHeader, "an entry");
    (void)local.take(22, "the header of an entry");
    const auto nameLength = local.read<std::uint16_t>("the length of a name");
    const auto extraLength = local.read<std::uint16_t>("the length of the extra fields");
    (void)local.take(nameLength, "the name of an entry");
    (void)local.take(extraLength, "the extra fields");
    return local.take(record.size, ("the data of '" + record.name + "'").c_str());
}

} // namespace

std::vector<ZipEntry> zipEntries(std::span<const std::byte> file, const std::string& where)
{
    const Directory directory = findDirectory(file, where);
    ByteReader reader = readerAt(file, directory.offset, "the directory", where);
    std::vector<ZipEntry> entries;
    std::set<std::string> names;
    for (std::uint64_t i = 0; i < directory.entries; ++i) { // each record takes 46 bytes or more, so the file bounds the loop
        const Record record = readRecord(reader);
        if (!names.insert(record.name).second) {
            damagedFile("the entry '" + record.name + "' occurs twice in the zip", where);
        }
        entries.push_back({record.name, dataOf(file, record, where)});
    }
    return entries;
}

} // namespace lori::formats
