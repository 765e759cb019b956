// SPDX-License-Identifier: Apache-2.0
#pragma once

// The weights of a Hugging Face folder under the program's names. Internal to this room.

#include "core/formats/model_config.h"
#include "core/formats/tensor_file.h"

#include <filesystem>
#include <memory>
#include <string>

namespace lori::formats {

enum class InnerModel : std::uint8_t {
    No,
    Yes, ///< the text model stands inside one that also sees; the tensors of the rest are left out
};

/// A tensor's name without what wrappers put into it: torch.compile's "_orig_mod.", DataParallel's "module.", FSDP's and
/// checkpointing's names, the "language_model" of a model that also sees, a doubled or a missing "model.".
[[nodiscard]] std::string unwrappedName(std::string name);

/// Opens model.safetensors, or else the shards its index names. Wrappers' prefixes are taken off, fused matrices become views of
/// their parts, and a tied head that differs from the embedding unties `config`: transformers does not tie those two either.
/// Throws NotFound, BadFile and Unsupported.
[[nodiscard]] std::unique_ptr<TensorFile> openHuggingFaceTensors(ModelConfig& config, const std::filesystem::path& folder,
                                                                 InnerModel inner);

} // namespace lori::formats
