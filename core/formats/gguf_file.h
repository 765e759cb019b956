// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mapped_tensors.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lori::formats {

/// Kinds of metadata values, by their number in the file.
enum class GgufType : std::uint32_t { U8, I8, U16, I16, U32, I32, F32, Bool, Text, Array, U64, I64, F64 };

/// One metadata value: a view into the mapped file, checked to be complete when the file was opened.
struct GgufValue {
    GgufType type = GgufType::U8; ///< of the value, or of the entries of an array
    bool isArray = false;
    std::uint64_t count = 1;          ///< entries of an array
    std::span<const std::byte> bytes; ///< the value or all entries, as in the file
};

/// The metadata of a GGUF file. Every getter throws BadFile, naming the key, when the value is of another kind.
class GgufMetadata final {
public:
    GgufMetadata() = default;
    GgufMetadata(std::map<std::string, GgufValue> values, std::string where)
        : m_values(std::move(values)), m_where(std::move(where))
    {
    }

    [[nodiscard]] bool has(const std::string& key) const { return m_values.contains(key); }
    [[nodiscard]] std::optional<std::int64_t> integer(const std::string& key) const; ///< any whole kind; nothing when absent
    [[nodiscard]] std::int64_t requireInteger(const std::string& key, std::int64_t low, std::int64_t high) const;
    [[nodiscard]] std::optional<double> number(const std::string& key) const; ///< any finite number
    [[nodiscard]] std::optional<bool> flag(const std::string& key) const;
    [[nodiscard]] std::optional<std::string> text(const std::string& key) const;     ///< valid UTF-8
    [[nodiscard]] std::vector<std::string_view> texts(const std::string& key) const; ///< valid UTF-8; empty when absent
    [[nodiscard]] std::vector<std::int64_t> integers(const std::string& key) const;  ///< empty when absent
    [[nodiscard]] std::vector<double> numbers(const std::string& key) const;         ///< f32, finite; empty when absent
    [[nodiscard]] const std::map<std::string, GgufValue>& values() const { return m_values; }
    [[nodiscard]] const std::string& where() const { return m_where; }
    [[noreturn]] void refuse(const std::string& key, const std::string& problem) const;

private:
    [[nodiscard]] const GgufValue* find(const std::string& key) const;

    std::map<std::string, GgufValue> m_values;
    std::string m_where;
};

/// A GGUF file of version 2 or 3, or all parts of one, mapped; tensors under GGUF's names with shapes outermost first.
struct GgufFile {
    std::vector<MappedFile> files;
    GgufMetadata metadata;           ///< views into `files`
    std::vector<TensorView> tensors; ///< views into `files`, in the order of the headers
};
/// A file, or a model in several parts by the name of any of them.
/// Throws NotFound (a part too, by name), BadFile (every inconsistency, with both numbers) and Unsupported (version, byte order,
/// tensor type by name).
[[nodiscard]] GgufFile openGguf(const std::filesystem::path& path);
/// One file alone, whatever it is a part of. Throws as openGguf.
[[nodiscard]] GgufFile openGgufPart(const std::filesystem::path& path);

/// The number of a tensor type in GGUF files. Throws InvalidArgument for a type that they do not have (Bool, U8).
[[nodiscard]] std::uint32_t ggufTypeNumber(DType dtype);

/// True when the text is valid UTF-8 (no surrogates, no overlong forms).
[[nodiscard]] bool isUtf8(std::string_view text);

} // namespace lori::formats
