// SPDX-License-Identifier: Apache-2.0
#pragma once

// Small model, adapter and container files, byte by byte, so that tests can also write wrong ones.

#include "core/formats/adapter_files.h"
#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace lori::test {

// 1, 2 and −0.5 as f16.
inline constexpr std::uint16_t kHalfOne = 0x3c00;
inline constexpr std::uint16_t kHalfTwo = 0x4000;
inline constexpr std::uint16_t kHalfMinusHalf = 0xb800;

/// A folder that goes away with the test.
class TestFolder final {
public:
    [[nodiscard]] std::filesystem::path path() const { return m_folder.path().toStdString(); }
    /// Writes a file into the folder (made when needed) and returns its path.
    std::filesystem::path write(const std::string& name, const std::string& bytes) const;
    /// Writes the bytes with plain file calls: quick, for loops over thousands of variants.
    std::filesystem::path overwrite(const std::string& name, const std::string& bytes) const;

private:
    QTemporaryDir m_folder;
};

template <typename T>
std::string littleEndian(T value)
{
    return {reinterpret_cast<const char*>(&value), sizeof(T)};
}
std::string ggufText(const std::string& text); ///< u64 length and the bytes
std::string zeros(std::size_t count);

/// Builds a GGUF file; entries and tensors may be replaced, removed or made wrong.
struct GgufBuilder {
    struct Tensor {
        std::string name;
        std::vector<std::uint64_t> extents; ///< innermost first
        std::uint32_t type = 0;
        std::string bytes;
        std::int64_t offset = -1; ///< -1: right behind the one before
    };
    std::string magic = "GGUF";
    std::uint32_t version = 3;
    std::int64_t tensorCount = -1; ///< -1: the true number
    std::int64_t entryCount = -1;
    std::vector<std::pair<std::string, std::string>> entries; ///< key, kind and value
    std::vector<Tensor> tensors;

    void set(const std::string& key, const std::string& kindAndValue);
    void setText(const std::string& key, const std::string& value);
    void setU32(const std::string& key, std::uint32_t value);
    void setF32(const std::string& key, float value);
    void setTexts(const std::string& key, const std::vector<std::string>& values);
    void setIntegers(const std::string& key, const std::vector<std::int32_t>& values);
    void remove(const std::string& key);
    Tensor& tensor(const std::string& name);
    [[nodiscard]] std::string build() const;
};

/// A complete llama model: 1 layer, hidden 32, 2 heads, 1 key and value head, feed-forward 64, 8 tokens, F32.
GgufBuilder smallGguf();
/// A model of 256 hidden entries whose matrices are quantized, each in another way; all their bytes are 0.
GgufBuilder quantizedGguf();

/// The same model as a Hugging Face folder: config.json, model.safetensors, tokenizer.json, tokenizer_config.json,
/// generation_config.json.
nlohmann::json smallConfig();
nlohmann::json smallTokenizer();
/// name → shape of every tensor.
std::map<std::string, std::vector<std::int64_t>> smallShapes();
std::string safetensorsBytes(const std::map<std::string, std::vector<std::int64_t>>& shapes);
/// Any header before any data.
std::string safetensorsWithHeader(const std::string& header, const std::string& data);
void writeSmallFolder(const TestFolder& folder);

/// An adapter of rank 2 on q_proj and down_proj of layer 0; B holds 0, 0.25, 0.5 …
struct SmallAdapter {
    std::vector<std::vector<float>> values;
    formats::AdapterToWrite adapter;
};
SmallAdapter smallAdapter();
formats::Mask smallMask();

} // namespace lori::test
