// SPDX-License-Identifier: Apache-2.0
#include "core/model/weight_tensors.h"

#include "core/model/weight_type_choice.h"
#include "core/support/fast_hash.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <atomic>
#include <span>
#include <vector>

namespace lori::model {

namespace {

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

} // namespace

WeightType weightTypeFor(WeightType asked, at::DeviceType device, formats::DType stored)
{
    if (asked == WeightType::File) { // blocks are multiplied by the CPU alone
        return ops::isBlockType(stored) && device == at::kCPU ? WeightType::File : plainTypeOf(stored);
    }
    if (asked != WeightType::Auto) {
        return asked;
    }
    // On a GPU an 8B model in f32 would take 32 GB where its file has 16.
    return device == at::kCPU ? WeightType::F32 : plainTypeOf(stored);
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

WeightType plainTypeOf(formats::DType stored)
{
    return stored == formats::DType::BF16 ? WeightType::Bf16 : stored == formats::DType::F16 ? WeightType::F16 : WeightType::F32;
}

Weight blockWeight(const formats::TensorView& view)
{
    const std::int64_t out = view.shape.at(0);
    const auto rowBytes = static_cast<std::int64_t>(view.bytes.size()) / out;
    const Weight weight(
        view.dtype, view.shape.at(1),
        at::from_blob(const_cast<std::byte*>(view.bytes.data()), {out, rowBytes}, at::kByte)); // NOLINT: read-only
    constexpr std::int64_t kPieceRows = 256;
    for (std::int64_t begin = 0; begin < out; begin += kPieceRows) {
        if (!isFinite(weight.wideRows(begin, std::min(kPieceRows, out - begin)))) {
            throw Exception(ErrorCode::BadFile, "the tensor '" + view.name + "' holds NaN or an infinite number",
                            "the model is damaged, or its training failed: choose another one", view.name);
        }
    }
    return weight;
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
    constexpr std::size_t kBlock = 1U << 20U; // bytes; blocks side by side, so that all cores read
    const at::Tensor host = tensor.to(at::kCPU).contiguous();
    const std::span bytes(static_cast<const std::byte*>(host.const_data_ptr()), host.nbytes());
    std::vector<std::uint64_t> blocks((bytes.size() + kBlock - 1) / kBlock);
    at::parallel_for(0, static_cast<std::int64_t>(blocks.size()), 1, [&](std::int64_t begin, std::int64_t end) {
        for (auto b = static_cast<std::size_t>(begin); b < static_cast<std::size_t>(end); ++b) {
            blocks[b] = fastHash(bytes.subspan(b * kBlock, std::min(kBlock, bytes.size() - b * kBlock)));
        }
    });
    return fastHash(std::as_bytes(std::span(blocks)), bytes.size());
}

} // namespace lori::model
