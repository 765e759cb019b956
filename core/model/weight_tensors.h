// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

namespace lori::model {

/// How a base model's matrices are held in memory. Arithmetic is f32 in every case; norms and biases always are f32.
enum class WeightType : std::uint8_t {
    Auto, ///< f32 on the CPU, the type of the file on a GPU (weight_type_choice.h)
    F32,
    Bf16, ///< half the memory; tensors of a file that already are bf16 stay in the mapped file
    F16,  ///< the same; refused for weights beyond its range
};
/// "auto", "f32", "bf16", "f16".
[[nodiscard]] const char* weightTypeName(WeightType type);
/// Errors: InvalidArgument with the known names.
[[nodiscard]] Result<WeightType> weightTypeFromName(const std::string& name);

/// A tensor of a mapped file on the CPU: in place where it already has the type and lies aligned, otherwise converted a piece at
/// a time, so that no second whole copy exists. Throws Unsupported (integers) and BadFile (values beyond the range of F16).
[[nodiscard]] at::Tensor weightTensor(const formats::TensorView& view, WeightType type);

/// Whether every entry of a contiguous CPU tensor (f32, bf16, f16) is a number; at memory speed.
[[nodiscard]] bool isFinite(const at::Tensor& weights);

/// 64-bit hash of a tensor's bytes and their number, on any device; notices accidents at memory speed, stops nobody who means to
/// deceive.
[[nodiscard]] std::uint64_t tensorHash(const at::Tensor& tensor);

/// Undoes llama.cpp's row order of a q or k matrix [heads · headSize, in] or its bias [heads · headSize]: row h·d + j·(d/2) + i
/// of Hugging Face is row h·d + 2·i + j there, i < d/2, j in {0, 1}.
[[nodiscard]] at::Tensor unpermuted(const at::Tensor& w_OI, std::int64_t heads, std::int64_t headSize);

} // namespace lori::model
