// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace lori::formats {

/// Numbers, then the quantized kinds of GGUF: the first six in blocks of 32 entries, the others of 256.
enum class DType : std::uint8_t { // clang-format off
    F64, F32, F16, BF16, I64, I32, I16, I8, U8, Bool,
    Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, IQ4_NL,
    IQ4_XS, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, Q8_K
}; // clang-format on
[[nodiscard]] const char* dtypeName(DType dtype);
/// Bytes of `count` entries. Errors: InvalidArgument when `count` is not a multiple of a quantized kind's block.
[[nodiscard]] Result<std::uint64_t> byteSize(DType dtype, std::uint64_t count);

/// A tensor inside a mapped file; valid while the TensorFile lives.
struct TensorView {
    std::string name;
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape;  ///< row-major, outermost first ([out, in] for a linear layer), also for GGUF
    std::span<const std::byte> bytes; ///< not necessarily aligned
    [[nodiscard]] std::int64_t count() const;
};

/// Converts (dequantizes) the whole tensor to f32. `out` must hold count() values.
/// Errors: Unsupported (integer kinds), InvalidArgument (wrong size).
[[nodiscard]] Result<void> toFloat(const TensorView& tensor, std::span<float> out);

/// The same for a piece of a tensor, in loops: whole blocks, `out` as long as they are; nothing is checked.
void toFloatUnchecked(DType dtype, std::span<const std::byte> bytes, std::span<float> out);

/// The tensors of one or many mapped files, by name. Nothing is copied.
class TensorFile {
public:
    virtual ~TensorFile() = default;
    [[nodiscard]] virtual const std::vector<TensorView>& tensors() const = 0;        ///< file order
    [[nodiscard]] virtual const TensorView* find(const std::string& name) const = 0; ///< nullptr when absent
};

/// One .safetensors file, or model.safetensors.index.json with its shards. `metadata` is "__metadata__".
/// Errors: BadFile for every inconsistency (header size, JSON, dtype, shape overflow, offsets out of range, overlap, holes),
/// each with the tensor's name and both numbers.
struct SafetensorsFile {
    std::unique_ptr<TensorFile> file;
    std::map<std::string, std::string> metadata;
};
[[nodiscard]] Result<SafetensorsFile> openSafetensors(const std::filesystem::path& path);

/// A tensor to write.
struct TensorToWrite {
    std::string name;
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;
};
/// Atomic; tensors in the order given, metadata sorted. Errors: DiskFull, Io.
[[nodiscard]] Result<void> writeSafetensors(const std::filesystem::path& path, const std::vector<TensorToWrite>& tensors,
                                            const std::map<std::string, std::string>& metadata);

} // namespace lori::formats
