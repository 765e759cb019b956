// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"
#include "core/support/files.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace lori::formats {

/// The one TensorFile: views into files that it keeps mapped, and into copies where the file has the entries in another order.
class MappedTensors final : public TensorFile {
public:
    void keep(MappedFile file) { m_files.push_back(std::move(file)); }
    void keep(std::vector<std::byte> copy) { m_copies.push_back(std::move(copy)); }
    void keep(std::unique_ptr<TensorFile> file) { m_whole.push_back(std::move(file)); }
    /// Throws BadFile when the name is already there; `where` names the file.
    void add(TensorView tensor, const std::string& where);
    [[nodiscard]] const std::vector<TensorView>& tensors() const override { return m_tensors; }
    [[nodiscard]] const TensorView* find(const std::string& name) const override;

private:
    std::vector<MappedFile> m_files;
    std::vector<std::vector<std::byte>> m_copies;
    std::vector<std::unique_ptr<TensorFile>> m_whole; ///< files whose tensors stand here under other names
    std::vector<TensorView> m_tensors;
    std::unordered_map<std::string, std::size_t> m_indexByName;
};

/// Where a tensor's bytes lie, for the check that no two share any.
struct ByteRange {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::string name;
};
enum class Holes : std::uint8_t { Allowed, Refused };
/// Sorts the ranges and throws BadFile when two overlap or, if refused, when bytes of [0, size) belong to none.
void checkRanges(std::vector<ByteRange>& ranges, std::uint64_t size, Holes holes, const std::string& where);

} // namespace lori::formats
