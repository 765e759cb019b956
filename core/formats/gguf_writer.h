// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_stream.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lori::formats {

/// The metadata of a GGUF file to write, in the order they were added. A key may be added once; texts must be UTF-8.
class GgufEntries final {
public:
    void addText(const std::string& key, const std::string& value);
    void addCount(const std::string& key, std::int64_t value); ///< as u32; throws InvalidArgument when it does not fit
    void addNumber(const std::string& key, double value);      ///< as f32
    void addFlag(const std::string& key, bool value);
    void addTexts(const std::string& key, const std::vector<std::string>& values);
    void addIntegers(const std::string& key, const std::vector<std::int32_t>& values);
    void addNumbers(const std::string& key, const std::vector<float>& values);
    /// An entry as another file has it: kind (of a list's entries) and bytes.
    void addRaw(const std::string& key, std::uint32_t kind, bool isList, std::uint64_t count, std::span<const std::byte> value);

    [[nodiscard]] std::uint64_t size() const { return m_count; }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    void begin(const std::string& key, std::uint32_t kind);
    void beginList(const std::string& key, std::uint32_t kind, std::uint64_t count);
    void put(std::string_view text);
    template <typename T>
    void putNumber(T value);

    std::string m_bytes;
    std::uint64_t m_count = 0;
};

/// Writes a GGUF file of version 3 (little endian, tensors aligned to 32 bytes); shapes outermost first, as everywhere here.
/// Atomic. Errors: DiskFull, Io; InvalidArgument (a type GGUF does not have, a shape that is not whole blocks); Internal when
/// `produce` hands over too few or too many bytes; whatever it throws.
[[nodiscard]] Result<void> streamGguf(const std::filesystem::path& path, const GgufEntries& entries,
                                      const std::vector<PlannedTensor>& tensors, const TensorProducer& produce);

} // namespace lori::formats
