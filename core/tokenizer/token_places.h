// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tokenizer/normalizer.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tokenizer {

/// Where each token ends in the stretch of text it was made from: byte behind it.
/// Byte-level tokens, as their bytes: they follow each other without gaps, after the normalizer.
[[nodiscard]] std::vector<std::size_t> placesOfBytes(std::string_view stretch, const std::vector<std::string>& tokens,
                                                     const Normalizer& normalizer);
/// SentencePiece-style tokens, as they are written in the vocabulary: "▁" is a space or stands for nothing, "<0x0A>" a byte.
[[nodiscard]] std::vector<std::size_t> placesOfPieces(std::string_view stretch, const std::vector<std::string>& tokens);

} // namespace lori::tokenizer
