// SPDX-License-Identifier: Apache-2.0
#include "core/support/sha256.h"

#include "core/support/files.h"

#include <openssl/evp.h>

namespace lori {

namespace {

/// OpenSSL fails here only without memory, or where a policy of the machine forbids SHA-256.
void require(int answer)
{
    if (answer != 1) {
        throw Exception(ErrorCode::Internal, "OpenSSL gives no SHA-256 on this machine", "check its configuration");
    }
}

} // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const
{
    EVP_MD_CTX_free(context);
}

Sha256::Sha256() : m_context(EVP_MD_CTX_new())
{
    require(m_context != nullptr ? EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr) : 0);
}

Sha256::Sha256(const Sha256& other) : m_context(EVP_MD_CTX_new())
{
    require(m_context != nullptr ? EVP_MD_CTX_copy_ex(m_context.get(), other.m_context.get()) : 0);
}

Sha256& Sha256::operator=(const Sha256& other)
{
    if (this != &other) {
        Sha256 copy(other);
        m_context.swap(copy.m_context);
    }
    return *this;
}

void Sha256::update(std::span<const std::byte> bytes)
{
    require(EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()));
}

void Sha256::update(std::string_view text)
{
    update(std::as_bytes(std::span(text.data(), text.size())));
}

Sha256::Digest Sha256::digest() const
{
    const Sha256 last = *this;
    Digest result{};
    require(EVP_DigestFinal_ex(last.m_context.get(), result.data(), nullptr));
    return result;
}

std::string Sha256::hexDigest() const
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * kDigestBytes);
    for (const std::uint8_t byte : digest()) {
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
    return text;
}

std::string sha256Hex(std::span<const std::byte> bytes)
{
    Sha256 hash;
    hash.update(bytes);
    return hash.hexDigest();
}

std::string sha256Hex(std::string_view text)
{
    return sha256Hex(std::as_bytes(std::span(text.data(), text.size())));
}

Result<std::string> sha256OfFile(const std::filesystem::path& path)
{
    return guard([&] {
        const MappedFile file = MappedFile::open(path).value();
        return sha256Hex(file.bytes());
    });
}

} // namespace lori
