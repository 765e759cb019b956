// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"
#include "core/model/weight.h"
#include "core/vocabulary/weight_type.h"

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace lori::model {

/// A tensor of a mapped file on the CPU: in place where it already has the type and lies aligned, otherwise converted a piece at
/// a time, so that no second whole copy exists. Throws Unsupported (integers) and BadFile (values beyond the range of F16).
[[nodiscard]] at::Tensor weightTensor(const formats::TensorView& view, WeightType type);

/// A matrix of a mapped file in its blocks, where they lie. Throws BadFile when one of its numbers is not finite.
[[nodiscard]] Weight blockWeight(const formats::TensorView& view);
/// F32, Bf16 or F16: the type that holds the plain numbers of a file without loss (F64 becomes F32).
[[nodiscard]] WeightType plainTypeOf(formats::DType stored);

/// Whether every entry of a contiguous CPU tensor (f32, bf16, f16) is a number; at memory speed.
[[nodiscard]] bool isFinite(const at::Tensor& weights);

/// 64-bit hash of a tensor's bytes and their number, on any device; notices accidents at memory speed, stops nobody who means to
/// deceive.
[[nodiscard]] std::uint64_t tensorHash(const at::Tensor& tensor);

/// Undoes llama.cpp's row order of a q or k matrix [heads · headSize, in] or its bias [heads · headSize]: row h·d + j·(d/2) + i
/// of Hugging Face is row h·d + 2·i + j there, i < d/2, j in {0, 1}.
[[nodiscard]] at::Tensor unpermuted(const at::Tensor& w_OI, std::int64_t heads, std::int64_t headSize);

} // namespace lori::model
