// SPDX-License-Identifier: Apache-2.0
#pragma once

// A small tokenizer.model (SentencePiece's protobuf), field by field, so that tests can also write wrong ones.

#include "tests/formats/file_builders.h"

#include <string>
#include <vector>

namespace lori::test {

inline std::string varint(std::uint64_t value)
{
    std::string bytes;
    for (; value >= 0x80; value >>= 7U) {
        bytes += static_cast<char>(0x80U | (value & 0x7fU));
    }
    return bytes + static_cast<char>(value);
}
inline std::string numberField(std::uint64_t number, std::uint64_t value)
{
    return varint(number << 3U) + varint(value);
}
inline std::string bytesField(std::uint64_t number, const std::string& bytes)
{
    return varint((number << 3U) | 2U) + varint(bytes.size()) + bytes;
}
inline std::string pieceField(const std::string& text, float score, std::uint64_t kind)
{
    return bytesField(1, bytesField(1, text) + varint((2U << 3U) | 5U) + littleEndian(score) + numberField(3, kind));
}

/// Eight pieces for the small model: <unk>, <s>, </s>, ▁, a, b, ab, ▁ab.
struct PieceModelBuilder {
    std::string pieces = pieceField("<unk>", 0, 2) + pieceField("<s>", 0, 3) + pieceField("</s>", 0, 3) +
                         pieceField("\u2581", -3, 1) + pieceField("a", -4, 1) + pieceField("b", -5, 1) + pieceField("ab", -1, 1) +
                         pieceField("\u2581ab", -2, 1);
    std::string trainer = numberField(3, 2) + numberField(35, 0);
    std::string normalizer = bytesField(1, "identity") + numberField(3, 1) + numberField(4, 0) + numberField(5, 1);
    [[nodiscard]] std::string build() const { return pieces + bytesField(2, trainer) + bytesField(3, normalizer); }
};

} // namespace lori::test
