// SPDX-License-Identifier: Apache-2.0
#include "core/formats/model_files.h"

#include "core/formats/model_layout.h"

#include <algorithm>

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

void unpermuteRows(std::span<float> rows, std::int64_t heads, std::int64_t headSize, std::int64_t in)
{
    const auto d = static_cast<std::size_t>(headSize);
    const auto width = static_cast<std::size_t>(in);
    if (rows.size() != static_cast<std::size_t>(heads) * d * width || d % 2 != 0) {
        throw Exception(ErrorCode::InvalidArgument, std::to_string(rows.size()) + " values are not " + std::to_string(heads) +
                                                        " heads of " + std::to_string(headSize) + " rows of " +
                                                        std::to_string(in));
    }
    std::vector<float> head(d * width);
    for (std::size_t h = 0; h < static_cast<std::size_t>(heads); ++h) {
        const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(h * d * width);
        std::copy_n(begin, head.size(), head.begin());
        for (std::size_t i = 0; i < d / 2; ++i) {
            for (std::size_t j = 0; j < 2; ++j) {
                std::copy_n(head.begin() + static_cast<std::ptrdiff_t>((2 * i + j) * width), width,
                            begin + static_cast<std::ptrdiff_t>((j * (d / 2) + i) * width));
            }
        }
    }
}

} // namespace lori::formats
