// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"
#include "core/support/files.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace lori::formats {

/// A tensor whose bytes come later.
struct PlannedTensor {
    std::string name;
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape;
};
/// Hands over the bytes of all planned tensors, in their order and in pieces of any size; may be called from any thread, one at a
/// time.
using TensorProducer = std::function<void(const ByteSink& sink)>;

/// writeSafetensors() for tensors that are made while they are written, so that memory holds one piece at a time.
/// Errors: those of writeSafetensors; Internal when `produce` hands over too few or too many bytes; whatever it throws. In each
/// case an older file stays as it was.
[[nodiscard]] Result<void> streamSafetensors(const std::filesystem::path& path, const std::vector<PlannedTensor>& tensors,
                                             const std::map<std::string, std::string>& metadata, const TensorProducer& produce);

/// Lets the system take back the memory that holds this tensor of a mapped file: it is read again from the file when it is
/// touched.
void releasePages(const TensorView& tensor);

/// Makes a folder appear whole or not at all: `fill` writes into a temporary folder beside it, which then takes its name; an
/// older folder of that name is replaced in the same step. Errors: those of `fill`, DiskFull, Io.
[[nodiscard]] Result<void> writeFolderWhole(const std::filesystem::path& folder,
                                            const std::function<void(const std::filesystem::path& temporary)>& fill);

} // namespace lori::formats
