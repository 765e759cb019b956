// SPDX-License-Identifier: Apache-2.0
#include "core/downloads/convert.h"

#include "core/support/files.h"

#include <nlohmann/json.hpp>
#include <zlib.h>

#include <array>
#include <string>
#include <string_view>

namespace lori::downloads {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLongestText = 1ULL << 30U;

[[noreturn]] void refuse(const fs::path& file, const std::string& what)
{
    throw Exception(ErrorCode::BadFile, what, "try again later, or from another mirror", file.string());
}

std::string gunzipped(std::string_view packed, const fs::path& file)
{
    z_stream stream{};
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    if (inflateInit2(&stream, kGzipOnly) != Z_OK) {
        throw Exception(ErrorCode::OutOfMemory, "unpacking cannot start: no memory");
    }
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data())); // NOLINT: zlib only reads it
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string text;
    std::array<char, 65536> buffer{};
    int state = Z_OK;
    while (state == Z_OK && text.size() <= kLongestText) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data()); // NOLINT: zlib's type
        stream.avail_out = static_cast<uInt>(buffer.size());
        state = inflate(&stream, Z_NO_FLUSH);
        text.append(buffer.data(), buffer.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END || text.size() > kLongestText) {
        refuse(file, "the gzip file is damaged");
    }
    return text;
}

/// Number of rows of JSON lines; blank lines do not count.
std::int64_t checkLines(std::string_view text, const fs::path& file)
{
    std::int64_t rows = 0;
    std::int64_t line = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view row = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++line;
        if (row.find_first_not_of(" \t\r") == std::string_view::npos) {
            continue;
        }
        if (!nlohmann::json::parse(row, nullptr, /*allow_exceptions=*/false).is_object()) {
            refuse(file, "line " + std::to_string(line) + " is no JSON object");
        }
        ++rows;
    }
    return rows;
}

std::string linesOfList(std::string_view text, const fs::path& file)
{
    const auto list = nlohmann::ordered_json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!list.is_array()) {
        refuse(file, "this is no JSON list");
    }
    std::string lines;
    for (const auto& row : list) {
        lines += row.dump() + "\n";
    }
    return lines;
}

} // namespace

Result<std::int64_t> convertFile(const fs::path& published, Conversion conversion, const fs::path& target)
{
    return guard([&] {
        const MappedFile mapped = MappedFile::open(published).value();
        const std::string_view bytes(reinterpret_cast<const char*>(mapped.bytes().data()), mapped.bytes().size()); // NOLINT: text
        if (bytes.size() > kLongestText) {
            refuse(published, "the file has more than " + std::to_string(kLongestText) + " bytes");
        }
        std::string made;
        std::string_view text = bytes;
        if (conversion != Conversion::None) {
            made = conversion == Conversion::Gunzip ? gunzipped(bytes, published) : linesOfList(bytes, published);
            text = made;
        }
        const std::int64_t rows = checkLines(text, published);
        if (rows == 0) {
            refuse(published, "there are no rows");
        }
        fs::create_directories(target.parent_path());
        writeFileAtomically(target, text).value();
        return rows;
    });
}

} // namespace lori::downloads
