// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mapped_tensors.h"

#include <algorithm>
#include <tuple>

namespace lori::formats {

void MappedTensors::add(TensorView tensor, const std::string& where)
{
    const auto [place, isNew] = m_indexByName.emplace(tensor.name, m_tensors.size());
    if (!isNew) {
        throw Exception(ErrorCode::BadFile, "the tensor '" + place->first + "' occurs twice", "download the file again", where);
    }
    m_tensors.push_back(std::move(tensor));
}

const TensorView* MappedTensors::find(const std::string& name) const
{
    const auto place = m_indexByName.find(name);
    return place == m_indexByName.end() ? nullptr : &m_tensors[place->second];
}

void checkRanges(std::vector<ByteRange>& ranges, std::uint64_t size, Holes holes, const std::string& where)
{
    const std::string hint = "the file is damaged: download it again";
    std::sort(ranges.begin(), ranges.end(),
              [](const ByteRange& a, const ByteRange& b) { return std::tie(a.begin, a.end) < std::tie(b.begin, b.end); });
    std::uint64_t at = 0;
    const ByteRange* previous = nullptr;
    for (const ByteRange& range : ranges) {
        if (range.begin < at) {
            throw Exception(ErrorCode::BadFile,
                            "the tensor '" + range.name + "' begins at byte " + std::to_string(range.begin) + ", but '" +
                                previous->name + "' ends at " + std::to_string(at),
                            hint, where);
        }
        if (holes == Holes::Refused && range.begin > at) {
            throw Exception(ErrorCode::BadFile,
                            "the bytes " + std::to_string(at) + " to " + std::to_string(range.begin) + " before the tensor '" +
                                range.name + "' belong to no tensor",
                            hint, where);
        }
        at = range.end;
        previous = &range;
    }
    if (holes == Holes::Refused && at != size) {
        throw Exception(ErrorCode::BadFile,
                        "the tensors end at byte " + std::to_string(at) + " of " + std::to_string(size) + " bytes of data", hint,
                        where);
    }
}

} // namespace lori::formats
