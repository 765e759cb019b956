// SPDX-License-Identifier: Apache-2.0
#include "core/model/weight_tensors.h"

#include "core/model/weight_type_choice.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <utility>
#include <vector>

namespace lori::model {

namespace {

constexpr std::array<std::pair<WeightType, const char*>, 4> kNames{
    {{WeightType::Auto, "auto"}, {WeightType::F32, "f32"}, {WeightType::Bf16, "bf16"}, {WeightType::F16, "f16"}}};

at::ScalarType scalarType(WeightType type)
{
    return type == WeightType::Bf16 ? at::kBFloat16 : type == WeightType::F16 ? at::kHalf : at::kFloat;
}

bool isStoredAs(formats::DType dtype, at::ScalarType scalar)
{
    return (dtype == formats::DType::F32 && scalar == at::kFloat) || (dtype == formats::DType::BF16 && scalar == at::kBFloat16) ||
           (dtype == formats::DType::F16 && scalar == at::kHalf);
}

/// `count` values of a flat view from `begin` on; both are multiples of 256, the largest block of quantized
/// types, or reach the end.
formats::TensorView piece(const formats::TensorView& view, std::int64_t begin, std::int64_t count)
{
    const auto bytesOf = [&](std::int64_t values) {
        return static_cast<std::size_t>(formats::byteSize(view.dtype, static_cast<std::uint64_t>(values)).value());
    };
    return {view.name, view.dtype, {count}, view.bytes.subspan(bytesOf(begin), bytesOf(count))};
}

void readInto(const formats::TensorView& view, const at::Tensor& to)
{
    formats::toFloat(view, {to.mutable_data_ptr<float>(), static_cast<std::size_t>(to.numel())}).value();
}

/// NaN and infinities are the numbers whose exponent's bits are all set.
template <typename Word>
bool allFinite(const at::Tensor& weights, Word exponent)
{
    const auto* words = static_cast<const Word*>(weights.const_data_ptr());
    std::atomic<bool> isFine = true;
    constexpr std::int64_t kBlock = 1 << 16;
    at::parallel_for(0, weights.numel(), kBlock, [&](std::int64_t begin, std::int64_t end) {
        Word bad = 0;
        for (std::int64_t i = begin; i < end; ++i) {
            bad = static_cast<Word>(bad | static_cast<Word>((words[i] & exponent) == exponent));
        }
        if (bad != 0) {
            isFine = false;
        }
    });
    return isFine;
}

/// Four multiply-xor lanes over one block of words: not cryptographic, it has to notice accidents at memory speed.
std::uint64_t blockHash(const std::uint32_t* words, std::int64_t count)
{
    constexpr std::uint64_t kPrime = 0x9E3779B185EBCA87ULL;
    std::array<std::uint64_t, 4> lanes{1, 2, 3, 4};
    for (std::int64_t i = 0; i < count; ++i) {
        std::uint64_t& lane = lanes[static_cast<std::size_t>(i & 3)];
        lane = (lane ^ words[i]) * kPrime;
        lane ^= lane >> 29U;
    }
    return ((lanes[0] * kPrime ^ lanes[1]) * kPrime ^ lanes[2]) * kPrime ^ lanes[3];
}

} // namespace

const char* weightTypeName(WeightType type)
{
    return kNames.at(static_cast<std::size_t>(type)).second;
}

Result<WeightType> weightTypeFromName(const std::string& name)
{
    for (const auto& [type, known] : kNames) {
        if (name == known) {
            return type;
        }
    }
    return Error{ErrorCode::InvalidArgument, "there are no weights of the type '" + name + "'", "use auto, f32, bf16 or f16", {}};
}

WeightType weightTypeFor(WeightType asked, at::DeviceType device, formats::DType stored)
{
    if (asked != WeightType::Auto) {
        return asked;
    }
    // On a GPU an 8B model in f32 would take 32 GB where its file has 16.
    if (device == at::kCPU) {
        return WeightType::F32;
    }
    return stored == formats::DType::BF16 ? WeightType::Bf16 : stored == formats::DType::F16 ? WeightType::F16 : WeightType::F32;
}

at::Tensor weightTensor(const formats::TensorView& view, WeightType type)
{
    const at::ScalarType scalar = scalarType(type);
    const auto address = reinterpret_cast<std::uintptr_t>(view.bytes.data()); // NOLINT: only to test alignment
    if (isStoredAs(view.dtype, scalar) && address % at::elementSize(scalar) == 0) {
        // The mapping is read-only; nothing in the engine writes to base weights, and the seal proves it.
        return at::from_blob(const_cast<std::byte*>(view.bytes.data()), view.shape, scalar); // NOLINT
    }
    at::Tensor result = at::empty(view.shape, scalar);
    if (scalar == at::kFloat) {
        readInto(view, result);
        return result;
    }
    constexpr std::int64_t kPiece = 1 << 22;
    const at::Tensor flat = result.view({-1});
    for (std::int64_t begin = 0; begin < flat.numel(); begin += kPiece) {
        const std::int64_t count = std::min(kPiece, flat.numel() - begin);
        const at::Tensor values = at::empty({count}, at::kFloat);
        readInto(piece(view, begin, count), values);
        const at::Tensor part = flat.narrow(0, begin, count);
        part.copy_(values);
        if (scalar == at::kHalf && !part.isfinite().equal(values.isfinite())) {
            throw Exception(ErrorCode::BadFile, "the tensor '" + view.name + "' holds values that f16 cannot hold",
                            "load the weights as bf16 or f32", view.name);
        }
    }
    return result;
}

bool isFinite(const at::Tensor& weights)
{
    if (weights.scalar_type() == at::kFloat) {
        return allFinite<std::uint32_t>(weights, 0x7f800000U);
    }
    return allFinite<std::uint16_t>(weights, weights.scalar_type() == at::kHalf ? 0x7c00U : 0x7f80U);
}

at::Tensor unpermuted(const at::Tensor& w_OI, std::int64_t heads, std::int64_t headSize)
{
    return w_OI.view({heads, headSize / 2, 2, -1}).transpose(1, 2).reshape(w_OI.sizes());
}

std::uint64_t tensorHash(const at::Tensor& tensor)
{
    constexpr std::int64_t kBlock = 1 << 18;
    const at::Tensor host = tensor.to(at::kCPU).contiguous();
    const auto* words = static_cast<const std::uint32_t*>(host.const_data_ptr());
    const std::int64_t bytes = host.numel() * static_cast<std::int64_t>(host.element_size());
    const std::int64_t count = bytes / 4;
    std::vector<std::uint64_t> blocks(static_cast<std::size_t>((count + kBlock - 1) / kBlock));
    at::parallel_for(0, static_cast<std::int64_t>(blocks.size()), 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t b = begin; b < end; ++b) {
            blocks[static_cast<std::size_t>(b)] = blockHash(words + b * kBlock, std::min(kBlock, count - b * kBlock));
        }
    });
    std::uint64_t hash = static_cast<std::uint64_t>(count);
    if (bytes % 4 != 0) { // an odd number of 16-bit entries
        hash ^= static_cast<const std::uint16_t*>(host.const_data_ptr())[bytes / 2 - 1] * 0x9E3779B185EBCA87ULL;
    }
    for (const std::uint64_t block : blocks) {
        hash = (hash ^ block) * 0xC2B2AE3D27D4EB4FULL;
        hash ^= hash >> 31U;
    }
    return hash;
}

} // namespace lori::model
