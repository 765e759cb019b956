// SPDX-License-Identifier: Apache-2.0
#include "core/support/sha256.h"

#include "core/support/files.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace lori {

namespace {

// First 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4 §4.2.2).
constexpr std::array<std::uint32_t, 64> kRound{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
    0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
    0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// First 32 bits of the fractional parts of the square roots of the first 8 primes (§5.3.3).
constexpr std::array<std::uint32_t, 8> kInitial{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

std::uint32_t bigEndianWord(const std::byte* bytes)
{
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        word = (word << 8U) | std::to_integer<std::uint32_t>(bytes[i]);
    }
    return word;
}

} // namespace

Sha256::Sha256() : m_state(kInitial) {}

void Sha256::compress(const std::byte* block)
{
    std::array<std::uint32_t, 64> w{};
    for (std::size_t i = 0; i < 16; ++i) {
        w[i] = bigEndianWord(block + 4 * i);
    }
    for (std::size_t i = 16; i < 64; ++i) {
        const std::uint32_t s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ (w[i - 15] >> 3U);
        const std::uint32_t s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ (w[i - 2] >> 10U);
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    auto [a, b, c, d, e, f, g, h] = m_state;
    for (std::size_t i = 0; i < 64; ++i) {
        const std::uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        const std::uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + kRound[i] + w[i];
        const std::uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        const std::uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    const std::array<std::uint32_t, 8> added{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) {
        m_state[i] += added[i];
    }
}

void Sha256::update(std::span<const std::byte> bytes)
{
    m_totalBytes += bytes.size();
    if (m_blockSize > 0) {
        const std::size_t taken = std::min(bytes.size(), m_block.size() - m_blockSize);
        std::copy_n(bytes.begin(), taken, m_block.begin() + static_cast<std::ptrdiff_t>(m_blockSize));
        m_blockSize += taken;
        bytes = bytes.subspan(taken);
        if (m_blockSize < m_block.size()) {
            return;
        }
        compress(m_block.data());
        m_blockSize = 0;
    }
    while (bytes.size() >= m_block.size()) {
        compress(bytes.data());
        bytes = bytes.subspan(m_block.size());
    }
    std::copy(bytes.begin(), bytes.end(), m_block.begin());
    m_blockSize = bytes.size();
}

void Sha256::update(std::string_view text)
{
    update(std::as_bytes(std::span(text.data(), text.size())));
}

Sha256::Digest Sha256::digest() const
{
    Sha256 last = *this;
    std::array<std::byte, 72> padding{}; // 0x80, zeros up to 56 mod 64, then the length in bits, big endian
    padding[0] = std::byte{0x80};
    const std::size_t zerosEnd = m_blockSize < 56 ? 56 - m_blockSize : 120 - m_blockSize;
    const std::uint64_t bits = m_totalBytes * 8;
    for (std::size_t i = 0; i < 8; ++i) {
        padding[zerosEnd + i] = static_cast<std::byte>((bits >> (56 - 8 * i)) & 0xffU);
    }
    last.update(std::span<const std::byte>(padding).first(zerosEnd + 8));
    Digest result{};
    for (std::size_t i = 0; i < result.size(); ++i) {
        result[i] = static_cast<std::uint8_t>((last.m_state[i / 4] >> (24 - 8 * (i % 4))) & 0xffU);
    }
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
