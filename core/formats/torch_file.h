// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"

#include <filesystem>
#include <memory>

namespace lori::formats {

/// The tensors of a dictionary that torch.save wrote (`*_mask.pt`, `adapter_model.bin`), under its keys and in its order: the zip
/// form of PyTorch 1.6 and newer and the older form. The pickle inside is read by a machine that knows tensors and containers and
/// can run nothing. Entries are views into the mapped file; only tensors whose entries lie in another order (a transposed one)
/// are copied. Errors: NotFound, BadFile (damaged; the file holds anything but a dictionary from names to tensors), Unsupported
/// (a callable or a type that is no plain tensor, by name; compressed entries; big endian).
[[nodiscard]] Result<std::unique_ptr<TensorFile>> openTorchFile(const std::filesystem::path& path);

/// Whether a file is meant for openTorchFile: by its first bytes, and by its ending (.pt, .pth, .bin) where they say nothing.
/// False for a file that cannot be read.
[[nodiscard]] bool isTorchFile(const std::filesystem::path& path);

} // namespace lori::formats
