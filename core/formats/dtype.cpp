// SPDX-License-Identifier: Apache-2.0
#include "core/formats/checked.h"
#include "core/formats/tensor_file.h"

#include <array>

namespace lori::formats {

namespace {

struct DTypeRow {
    DType dtype;
    const char* name;
    std::uint64_t blockEntries;
    std::uint64_t blockBytes;
};

constexpr std::array<DTypeRow, 23> kRows{{
    {DType::F64, "F64", 1, 8},
    {DType::F32, "F32", 1, 4},
    {DType::F16, "F16", 1, 2},
    {DType::BF16, "BF16", 1, 2},
    {DType::I64, "I64", 1, 8},
    {DType::I32, "I32", 1, 4},
    {DType::I16, "I16", 1, 2},
    {DType::I8, "I8", 1, 1},
    {DType::U8, "U8", 1, 1},
    {DType::Bool, "BOOL", 1, 1},
    {DType::Q8_0, "Q8_0", 32, 34},
    {DType::Q4_0, "Q4_0", 32, 18},
    {DType::Q4_1, "Q4_1", 32, 20},
    {DType::Q5_0, "Q5_0", 32, 22},
    {DType::Q5_1, "Q5_1", 32, 24},
    {DType::IQ4_NL, "IQ4_NL", 32, 18},
    {DType::IQ4_XS, "IQ4_XS", 256, 136},
    {DType::Q2_K, "Q2_K", 256, 84},
    {DType::Q3_K, "Q3_K", 256, 110},
    {DType::Q4_K, "Q4_K", 256, 144},
    {DType::Q5_K, "Q5_K", 256, 176},
    {DType::Q6_K, "Q6_K", 256, 210},
    {DType::Q8_K, "Q8_K", 256, 292},
}};

const DTypeRow& rowOf(DType dtype)
{
    return kRows.at(static_cast<std::size_t>(dtype));
}

} // namespace

const char* dtypeName(DType dtype)
{
    return rowOf(dtype).name;
}

std::optional<DType> dtypeFromName(std::string_view name)
{
    for (const DTypeRow& row : kRows) {
        if (name == row.name) {
            return row.dtype;
        }
    }
    return std::nullopt;
}

bool isQuantized(DType dtype)
{
    return rowOf(dtype).blockEntries > 1;
}

bool holdsRealNumbers(DType dtype)
{
    return dtype <= DType::BF16 || isQuantized(dtype);
}

Result<std::uint64_t> byteSize(DType dtype, std::uint64_t count)
{
    const DTypeRow& row = rowOf(dtype);
    if (count % row.blockEntries != 0) {
        return Error{ErrorCode::InvalidArgument,
                     std::to_string(count) + " entries are not whole " + row.name + " blocks of " +
                         std::to_string(row.blockEntries),
                     {},
                     {}};
    }
    const auto bytes = multiplied(count / row.blockEntries, row.blockBytes);
    if (!bytes) {
        return Error{ErrorCode::InvalidArgument,
                     std::to_string(count) + " entries of " + row.name + " are more than any file holds",
                     {},
                     {}};
    }
    return *bytes;
}

std::int64_t TensorView::count() const
{
    std::int64_t product = 1;
    for (const std::int64_t extent : shape) {
        product *= extent; // cannot overflow: the readers have checked it
    }
    return product;
}

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i) {
        text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
    }
    return text + "]";
}

std::optional<std::uint64_t> entryCount(std::span<const std::uint64_t> shape)
{
    constexpr std::uint64_t kLimit = std::uint64_t{1} << 62U; // stays an int64 with room for sums
    bool isEmpty = false;
    std::uint64_t product = 1;
    for (const std::uint64_t extent : shape) {
        isEmpty = isEmpty || extent == 0;
        const auto next = multiplied(product, extent == 0 ? 1 : extent); // [0, 2^63, 2^63] is refused too
        if (!next || *next > kLimit) {
            return std::nullopt;
        }
        product = *next;
    }
    return isEmpty ? 0 : product;
}

} // namespace lori::formats
