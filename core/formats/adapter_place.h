// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where in a folder an adapter lies. Internal to this room.

#include "core/formats/tensor_file.h"

#include <filesystem>
#include <memory>

namespace lori::formats {

/// The folder with adapter_config.json: the one named, that of a named file, or the only one directly below (PEFT puts an adapter
/// with a name of its own into a folder of that name). Throws NotFound, saying what is there instead.
[[nodiscard]] std::filesystem::path adapterFolderAt(const std::filesystem::path& path);

/// adapter_model.safetensors, its shards with their index, or adapter_model.bin. Throws NotFound, BadFile, Unsupported.
[[nodiscard]] std::unique_ptr<TensorFile> openAdapterTensors(const std::filesystem::path& folder);

} // namespace lori::formats
