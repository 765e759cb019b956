// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"
#include "core/ops/block_product.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

namespace lori::test {

/// A block type and where a block of it holds its f16 scales; -1 for none. Q8_K's scale is f32.
struct BlockLayout {
    formats::DType type;
    std::int64_t entries;
    int scale;
    int minimum;
};
inline constexpr BlockLayout kBlockLayouts[] = {
    {formats::DType::Q8_0, 32, 0, -1},    {formats::DType::Q4_0, 32, 0, -1},   {formats::DType::Q4_1, 32, 0, 2},
    {formats::DType::Q5_0, 32, 0, -1},    {formats::DType::Q5_1, 32, 0, 2},    {formats::DType::IQ4_NL, 32, 0, -1},
    {formats::DType::IQ4_XS, 256, 0, -1}, {formats::DType::Q2_K, 256, 80, 82}, {formats::DType::Q3_K, 256, 108, -1},
    {formats::DType::Q4_K, 256, 0, 2},    {formats::DType::Q5_K, 256, 0, 2},   {formats::DType::Q6_K, 256, 208, -1},
    {formats::DType::Q8_K, 256, -1, -1}};

/// A matrix of random blocks with scales between 2^-8 and 2^-6.
struct SampleBlocks {
    SampleBlocks(const BlockLayout& layout, std::int64_t out, std::int64_t in, std::uint32_t seed)
    {
        std::mt19937 random(seed);
        const auto rowBytes = static_cast<std::int64_t>(formats::byteSize(layout.type, static_cast<std::uint64_t>(in)).value());
        bytes.resize(static_cast<std::size_t>(out * rowBytes) + 1);
        for (std::byte& byte : bytes) {
            byte = static_cast<std::byte>(random() & 255U);
        }
        const std::int64_t blocks = out * in / layout.entries;
        const std::int64_t blockBytes = out * rowBytes / blocks;
        for (std::int64_t b = 0; b < blocks; ++b) {
            std::byte* block = bytes.data() + 1 + b * blockBytes; // not aligned, as in files
            const auto half = static_cast<std::uint16_t>(0x1c00U + random() % 0x800U);
            const auto other = static_cast<std::uint16_t>(0x9c00U + random() % 0x800U); // below 0
            if (layout.scale >= 0) {
                std::memcpy(block + layout.scale, &half, sizeof half);
            } else {
                const float scale = 1.0F / 128;
                std::memcpy(block, &scale, sizeof scale);
            }
            if (layout.minimum >= 0) {
                std::memcpy(block + layout.minimum, &other, sizeof other);
            }
        }
        matrix = {layout.type, out, in, rowBytes, bytes.data() + 1};
    }
    SampleBlocks(const SampleBlocks&) = delete;
    SampleBlocks& operator=(const SampleBlocks&) = delete;

    std::vector<std::byte> bytes;
    ops::BlockMatrix matrix;
};

} // namespace lori::test
