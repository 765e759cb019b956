// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/gzip_text.h"

#include "core/support/error.h"
#include "core/tasks/bad_rows_file.h"

#include <algorithm>
#include <array>
#include <limits>
#include <zlib.h>

namespace lori::tasks {

namespace {

/// zlib's state for reading gzip, ended with the object.
class Inflater final {
public:
    Inflater()
    {
        constexpr int kGzipOnly = 16 + MAX_WBITS;
        if (::inflateInit2(&m_stream, kGzipOnly) != Z_OK) {
            throw std::bad_alloc();
        }
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { ::inflateEnd(&m_stream); }
    z_stream& stream() { return m_stream; }

private:
    z_stream m_stream{};
};

} // namespace

std::string gunzip(std::string_view packed, const std::string& where, std::uint64_t maxBytes)
{
    Inflater inflater;
    z_stream& stream = inflater.stream();
    std::string text;
    std::array<char, 1U << 16U> piece{};
    int state = Z_OK;
    std::string_view left = packed;
    while (!left.empty()) {
        const std::size_t given = std::min<std::size_t>(left.size(), std::numeric_limits<uInt>::max());
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(left.data())); // zlib only reads it
        stream.avail_in = static_cast<uInt>(given);
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        state = ::inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END) {
            badRowsFile("the gzip file is damaged" +
                            (text.empty() ? std::string() : " after " + std::to_string(text.size()) + " bytes of text"),
                        "download it again", where);
        }
        text.append(piece.data(), piece.size() - stream.avail_out);
        left.remove_prefix(given - stream.avail_in);
        if (text.size() > maxBytes) {
            badRowsFile("the gzip file is longer than " + std::to_string(maxBytes >> 20U) + " MiB when unpacked",
                        "split it into smaller files", where);
        }
        if (state == Z_STREAM_END) {
            const bool another = left.starts_with("\x1f\x8b");
            if (!another && left.find_first_not_of('\0') != std::string_view::npos) {
                badRowsFile("something that is no gzip follows the packed text", "download it again", where);
            }
            if (!another) {
                return text;
            }
            ::inflateReset(&stream);
        }
    }
    // The input is used up; what zlib still holds back comes out of further calls.
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        state = ::inflate(&stream, Z_NO_FLUSH);
        text.append(piece.data(), piece.size() - stream.avail_out);
        if (text.size() > maxBytes) {
            badRowsFile("the gzip file is longer than " + std::to_string(maxBytes >> 20U) + " MiB when unpacked",
                        "split it into smaller files", where);
        }
    }
    if (state != Z_STREAM_END) {
        badRowsFile("the gzip file is cut off", "download it again", where);
    }
    return text;
}

} // namespace lori::tasks
