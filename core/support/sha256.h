// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct evp_md_ctx_st; // OpenSSL's EVP_MD_CTX

namespace lori {

/// SHA-256 in pieces (FIPS 180-4 §6.2), by OpenSSL, which uses the processor's own instructions for it. Copyable: a copy goes on
/// from the same state.
///
///     Sha256 hash;
///     hash.update("abc");
///     hash.hexDigest(); // "ba7816bf…"
class Sha256 final {
public:
    static constexpr std::size_t kDigestBytes = 32;
    using Digest = std::array<std::uint8_t, kDigestBytes>;

    Sha256();
    Sha256(const Sha256& other);
    Sha256& operator=(const Sha256& other);
    Sha256(Sha256&& other) noexcept = default;
    Sha256& operator=(Sha256&& other) noexcept = default;
    ~Sha256() = default;
    /// Adds bytes; the pieces may be of any length.
    void update(std::span<const std::byte> bytes);
    void update(std::string_view text);
    /// The digest of all bytes so far. The object is unchanged, more may be added after.
    [[nodiscard]] Digest digest() const;
    /// The digest as 64 lower-case hexadecimal digits.
    [[nodiscard]] std::string hexDigest() const;

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

/// Hexadecimal SHA-256 of one buffer.
[[nodiscard]] std::string sha256Hex(std::span<const std::byte> bytes);
[[nodiscard]] std::string sha256Hex(std::string_view text);
/// Hexadecimal SHA-256 of a file's bytes. Errors: NotFound, Io, BadFile (not a regular file). Cost: reads the whole file.
[[nodiscard]] Result<std::string> sha256OfFile(const std::filesystem::path& path);

} // namespace lori
