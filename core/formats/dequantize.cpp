// SPDX-License-Identifier: Apache-2.0
#include "core/formats/checked.h"
#include "core/formats/tensor_file.h"

#include <algorithm>
#include <bit>
#include <cstring>

// Block layouts of GGML (32 entries, little endian), d and m are f16, q unsigned nibbles, low nibbles are entries 0–15:
//   Q8_0  d, 32 × i8            x = d · q
//   Q4_0  d, 16 bytes of q      x = d · (q - 8)
//   Q4_1  d, m, 16 bytes of q   x = d · q + m
// Each product and sum is rounded to f32 on its own, as the reference implementations do.

namespace lori::formats {

namespace {

constexpr std::size_t kBlock = 32;

template <typename T>
T load(const std::byte* bytes)
{
    T value;
    std::memcpy(&value, bytes, sizeof(T));
    return value;
}

/// IEEE half → single without branches, so that the compiler can run it on whole vectors: the half's exponent and mantissa bits,
/// read as a single, are 2^112 times too small; multiplying also normalizes subnormals. Infinity and NaN keep their exponent.
float halfToFloat(std::uint16_t half)
{
    const std::uint32_t sign = (static_cast<std::uint32_t>(half) & 0x8000U) << 16U;
    const std::uint32_t magnitude = (static_cast<std::uint32_t>(half) & 0x7fffU) << 13U;
    const std::uint32_t scaled = std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) * 0x1p112F);
    const std::uint32_t special = magnitude >= 0x0f800000U ? 0x7f800000U : 0U;
    return std::bit_cast<float>(sign | scaled | special);
}

void fromF16(const std::byte* in, std::span<float> out)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = halfToFloat(load<std::uint16_t>(in + 2 * i));
    }
}

void fromBf16(const std::byte* in, std::span<float> out)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = std::bit_cast<float>(static_cast<std::uint32_t>(load<std::uint16_t>(in + 2 * i)) << 16U);
    }
}

void fromF64(const std::byte* in, std::span<float> out)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = static_cast<float>(load<double>(in + 8 * i));
    }
}

void fromQ80(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 34) {
        const float d = halfToFloat(load<std::uint16_t>(in));
        for (std::size_t i = 0; i < kBlock; ++i) {
            out[at + i] = d * static_cast<float>(load<std::int8_t>(in + 2 + i));
        }
    }
}

void fromQ40(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 18) {
        const float d = halfToFloat(load<std::uint16_t>(in));
        for (std::size_t i = 0; i < kBlock / 2; ++i) {
            const int q = std::to_integer<int>(in[2 + i]);
            out[at + i] = d * static_cast<float>((q & 15) - 8);
            out[at + i + kBlock / 2] = d * static_cast<float>((q >> 4) - 8);
        }
    }
}

void fromQ41(const std::byte* in, std::span<float> out)
{
    for (std::size_t at = 0; at < out.size(); at += kBlock, in += 20) {
        const float d = halfToFloat(load<std::uint16_t>(in));
        const float m = halfToFloat(load<std::uint16_t>(in + 2));
        for (std::size_t i = 0; i < kBlock / 2; ++i) {
            const int q = std::to_integer<int>(in[4 + i]);
            out[at + i] = d * static_cast<float>(q & 15) + m;
            out[at + i + kBlock / 2] = d * static_cast<float>(q >> 4) + m;
        }
    }
}

void convert(const TensorView& tensor, std::span<float> out)
{
    const std::byte* in = tensor.bytes.data();
    switch (tensor.dtype) {
    case DType::F32:
        std::copy_n(in, tensor.bytes.size(), std::as_writable_bytes(out).data());
        return;
    case DType::F64:
        return fromF64(in, out);
    case DType::F16:
        return fromF16(in, out);
    case DType::BF16:
        return fromBf16(in, out);
    case DType::Q8_0:
        return fromQ80(in, out);
    case DType::Q4_0:
        return fromQ40(in, out);
    case DType::Q4_1:
        return fromQ41(in, out);
    default:
        throw Exception(ErrorCode::Unsupported,
                        std::string("a tensor of type ") + dtypeName(tensor.dtype) + " holds no real numbers", {}, tensor.name);
    }
}

} // namespace

Result<void> toFloat(const TensorView& tensor, std::span<float> out)
{
    return guard([&] {
        const auto count = static_cast<std::uint64_t>(tensor.count());
        if (out.size() != count || byteSize(tensor.dtype, count).value() != tensor.bytes.size()) {
            throw Exception(ErrorCode::InvalidArgument,
                            "room for " + std::to_string(out.size()) + " values was given for a tensor of " +
                                shapeText(tensor.shape),
                            {}, tensor.name);
        }
        if (count > 0) {
            convert(tensor, out);
        }
    });
}

} // namespace lori::formats
