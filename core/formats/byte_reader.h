// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/error.h"

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace lori::formats {

/// Reads little-endian values one after the other and throws BadFile instead of reading past the end.
class ByteReader final {
public:
    ByteReader(std::span<const std::byte> bytes, std::string where) : m_bytes(bytes), m_where(std::move(where)) {}

    template <typename T>
    [[nodiscard]] T read(const char* what)
    {
        T value;
        std::memcpy(&value, take(sizeof(T), what).data(), sizeof(T));
        return value;
    }
    /// A u64 length and so many bytes.
    [[nodiscard]] std::string_view readText(const char* what)
    {
        const auto length = read<std::uint64_t>(what);
        const std::span<const std::byte> bytes = take(length, what);
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    [[nodiscard]] std::span<const std::byte> take(std::uint64_t count, const char* what)
    {
        if (count > remaining()) {
            throw Exception(ErrorCode::BadFile,
                            std::string(what) + " at byte " + std::to_string(m_at) + " needs " + std::to_string(count) +
                                " bytes, but only " + std::to_string(remaining()) + " are left",
                            "the file is damaged or not complete: download it again", m_where);
        }
        const std::span<const std::byte> result = m_bytes.subspan(m_at, static_cast<std::size_t>(count));
        m_at += static_cast<std::size_t>(count);
        return result;
    }
    [[nodiscard]] std::uint64_t remaining() const { return m_bytes.size() - m_at; }
    [[nodiscard]] std::uint64_t position() const { return m_at; }
    [[nodiscard]] const std::string& where() const { return m_where; }

private:
    std::span<const std::byte> m_bytes;
    std::size_t m_at = 0;
    std::string m_where;
};

} // namespace lori::formats
