// SPDX-License-Identifier: Apache-2.0
#include "core/formats/model_files.h"

#include "core/formats/messages.h"

#include "core/formats/model_layout.h"

namespace lori::formats {

namespace {

/// Biases, norms of query and key heads and further norms, all layers.
std::int64_t otherParameters(const ModelConfig& config)
{
    const ModelShape& s = config.shape;
    const std::int64_t biases = (config.attentionBias ? (s.heads + 2 * s.kvHeads) * s.headSize : 0) +
                                (config.outputBias ? s.hidden : 0) + (config.feedForwardBias ? 2 * s.feedForward + s.hidden : 0);
    const std::int64_t heads = config.headNorm == HeadNorm::None       ? 0
                               : config.headNorm == HeadNorm::AllHeads ? (s.heads + s.kvHeads) * s.headSize
                                                                       : 2 * s.headSize;
    return s.layers * (biases + heads + (config.normPlaces == NormPlaces::Around ? 2 * s.hidden : 0));
}

ModelFiles open(const std::filesystem::path& path, Extent extent)
{
    const std::filesystem::file_status status = std::filesystem::status(path);
    if (!std::filesystem::exists(status)) {
        throw Exception(ErrorCode::NotFound, messages::kNoModel, {}, path.string());
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
