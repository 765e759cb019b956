// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a decoder consists of, under the program's names. Internal to this room.

#include "core/formats/model_files.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lori::formats {

/// Upper limits of what a configuration may claim; products of any two fit an int64 with room to spare.
inline constexpr std::int64_t kMaxLayers = 1024;
inline constexpr std::int64_t kMaxWidth = std::int64_t{1} << 20;
inline constexpr std::int64_t kMaxHeads = 4096;
inline constexpr std::int64_t kMaxVocabulary = std::int64_t{1} << 24;
inline constexpr std::int64_t kMaxContext = std::int64_t{1} << 30;

/// A tensor the architecture needs.
struct ExpectedTensor {
    std::string name;
    std::vector<std::int64_t> shape;
};
[[nodiscard]] std::vector<ExpectedTensor> expectedTensors(const ModelConfig& config);

/// Throws BadFile when the numbers contradict each other (heads, head size …).
void checkConfig(const ModelConfig& config, const std::string& where);
/// Throws BadFile for a missing tensor or a wrong shape, Unsupported for a type without real numbers or a tensor of another
/// architecture.
void checkTensors(const ModelConfig& config, const TensorFile& tensors, const std::string& where);

/// Configuration and tensors from one container. Throw as openModel; `Headers` leaves tensors and tokenizer unread.
enum class Extent : std::uint8_t { Headers, Everything };
[[nodiscard]] ModelFiles openGgufModel(const std::filesystem::path& file, Extent extent);
[[nodiscard]] ModelFiles openHuggingFaceModel(const std::filesystem::path& folder, Extent extent);
/// Fills tokenizerJson and tokenizerConfig of a folder.
void readHuggingFaceTokenizer(ModelFiles& model);

} // namespace lori::formats
