// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace lori {

/// SHA-256 in pieces (Source: FIPS 180-4 §6.2). Copyable: a copy goes on from the same state.
///
///     Sha256 hash;
///     hash.update("abc");
///     hash.hexDigest(); // "ba7816bf…"
class Sha256 final {
public:
    static constexpr std::size_t kDigestBytes = 32;
    using Digest = std::array<std::uint8_t, kDigestBytes>;

    Sha256();
    /// Adds bytes; the pieces may be of any length.
    void update(std::span<const std::byte> bytes);
    void update(std::string_view text);
    /// The digest of all bytes so far. The object is unchanged, more may be added after.
    [[nodiscard]] Digest digest() const;
    /// The digest as 64 lower-case hexadecimal digits.
    [[nodiscard]] std::string hexDigest() const;

private:
    void compress(const std::byte* block);

    std::array<std::uint32_t, 8> m_state;
    std::array<std::byte, 64> m_block{};
    std::size_t m_blockSize = 0; ///< bytes waiting in m_block, 0–63
    std::uint64_t m_totalBytes = 0;
};

/// Hexadecimal SHA-256 of one buffer.
[[nodiscard]] std::string sha256Hex(std::span<const std::byte> bytes);
[[nodiscard]] std::string sha256Hex(std::string_view text);
/// Hexadecimal SHA-256 of a file's bytes. Errors: NotFound, Io, BadFile (not a regular file). Cost: reads the whole file.
[[nodiscard]] Result<std::string> sha256OfFile(const std::filesystem::path& path);

} // namespace lori
