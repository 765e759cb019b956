// SPDX-License-Identifier: Apache-2.0
#include "core/formats/model_files.h"

#include "core/formats/model_layout.h"

namespace lori::formats {

namespace {

/// Biases and norms of query and key heads, all layers.
std::int64_t otherParameters(const ModelConfig& config)
{
    const experiment::ModelShape& s = config.shape;
    const std::int64_t biases =
        (config.attentionBias ? (s.heads + 2 * s.kvHeads) * s.headSize : 0) + (config.outputBias ? s.hidden : 0);
    return s.layers * (biases + (config.queryKeyNorm ? 2 * s.headSize : 0));
}

ModelFiles open(const std::filesystem::path& path, Extent extent)
{
    const std::filesystem::file_status status = std::filesystem::status(path);
    if (!std::filesystem::exists(status)) {
        throw Exception(ErrorCode::NotFound, "there is no such model", "check the path, or see the list of models",
                        path.string());
    }
    ModelFiles model = std::filesystem::is_directory(status) ? openHuggingFaceModel(path, extent) : openGgufModel(path, extent);
    model.config.shape.otherParameters = otherParameters(model.config);
    return model;
}

} // namespace

Result<ModelFiles> openModel(const std::filesystem::path& path)
{
    return guard([&] { return open(path, Extent::Everything); });
}

Result<ModelConfig> readModelConfig(const std::filesystem::path& path)
{
    return guard([&] { return open(path, Extent::Headers).config; });
}

} // namespace lori::formats
