// SPDX-License-Identifier: Apache-2.0
#include "core/formats/block_formats.h"
#include "core/formats/checked.h"
#include "core/formats/tensor_file.h"

#include <algorithm>
#include <bit>

namespace lori::formats {

namespace {

void fromF16(const std::byte* in, std::span<float> out)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = blocks::halfToFloat(blocks::load<std::uint16_t>(in + 2 * i));
    }
}

void fromBf16(const std::byte* in, std::span<float> out)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = std::bit_cast<float>(static_cast<std::uint32_t>(blocks::load<std::uint16_t>(in + 2 * i)) << 16U);
    }
}

void fromF64(const std::byte* in, std::span<float> out)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = static_cast<float>(blocks::load<double>(in + 8 * i));
    }
}

} // namespace

void toFloatUnchecked(DType dtype, std::span<const std::byte> bytes, std::span<float> out)
{
    const std::byte* in = bytes.data();
    switch (dtype) {
    case DType::F32:
        std::copy_n(in, bytes.size(), std::as_writable_bytes(out).data());
        return;
    case DType::F64:
        return fromF64(in, out);
    case DType::F16:
        return fromF16(in, out);
    case DType::BF16:
        return fromBf16(in, out);
    case DType::Q8_0:
        return blocks::fromQ80(in, out);
    case DType::Q4_0:
        return blocks::fromQ40(in, out);
    case DType::Q4_1:
        return blocks::fromQ41(in, out);
    case DType::Q5_0:
        return blocks::fromQ50(in, out);
    case DType::Q5_1:
        return blocks::fromQ51(in, out);
    case DType::IQ4_NL:
        return blocks::fromIQ4NL(in, out);
    case DType::IQ4_XS:
        return blocks::fromIQ4XS(in, out);
    case DType::Q2_K:
        return blocks::fromQ2K(in, out);
    case DType::Q3_K:
        return blocks::fromQ3K(in, out);
    case DType::Q4_K:
        return blocks::fromQ4K(in, out);
    case DType::Q5_K:
        return blocks::fromQ5K(in, out);
    case DType::Q6_K:
        return blocks::fromQ6K(in, out);
    case DType::Q8_K:
        return blocks::fromQ8K(in, out);
    default:
        return; // integers: toFloat refuses them
    }
}

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
        if (tensor.dtype >= DType::I64 && tensor.dtype <= DType::Bool) {
            throw Exception(ErrorCode::Unsupported,
                            std::string("a tensor of type ") + dtypeName(tensor.dtype) + " holds no real numbers", {},
                            tensor.name);
        }
        if (count > 0) {
            toFloatUnchecked(tensor.dtype, tensor.bytes, out);
        }
    });
}

} // namespace lori::formats
