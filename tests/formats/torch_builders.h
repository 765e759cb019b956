// SPDX-License-Identifier: Apache-2.0
#pragma once

// Files as torch.save writes them, byte by byte, so that tests can also write wrong ones.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace lori::test {

/// Pieces of a pickle.
std::string pickledText(const std::string& text);
std::string pickledInt(std::int32_t value);
std::string pickledGlobal(const std::string& module, const std::string& name);
std::string pickledTuple(const std::vector<std::int32_t>& values);

/// One tensor of a dictionary.
struct TorchTensor {
    std::string name;
    std::string storageType = "FloatStorage";
    std::string key = "0";
    std::int32_t entries = 0; ///< of the storage
    std::int32_t offset = 0;
    std::vector<std::int32_t> shape;
    std::vector<std::int32_t> strides; ///< empty: row-major
    [[nodiscard]] std::string pickled() const;
};
/// A whole pickle: {name: tensor, …}.
std::string pickledTensors(const std::vector<TorchTensor>& tensors);

/// A stored zip; fields may be made wrong.
struct ZipBuilder {
    std::vector<std::pair<std::string, std::string>> entries; ///< name, bytes
    std::uint16_t method = 0;
    std::uint16_t flags = 0;
    bool zip64 = false;
    [[nodiscard]] std::string build() const;
};
/// The new form around any pickle and storages (key, bytes).
ZipBuilder torchZip(const std::string& pickle, const std::vector<std::pair<std::string, std::string>>& storages);
/// The old form; a storage is key, number of entries, bytes.
struct OldStorage {
    std::string key;
    std::uint64_t entries = 0;
    std::string bytes;
};
std::string oldTorchFile(const std::string& pickle, const std::vector<OldStorage>& storages, bool littleEndianMachine = true);

} // namespace lori::test
