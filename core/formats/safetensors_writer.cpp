// SPDX-License-Identifier: Apache-2.0
#include "core/formats/checked.h"
#include "core/formats/tensor_file.h"
#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <set>

namespace lori::formats {

namespace {

/// Header length and header, padded with spaces so that the data begins at a multiple of 8.
std::string headerBytes(const std::vector<TensorToWrite>& tensors, const std::map<std::string, std::string>& metadata)
{
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty()) {
        header["__metadata__"] = metadata;
    }
    std::set<std::string> names{"__metadata__"};
    std::uint64_t at = 0;
    for (const TensorToWrite& tensor : tensors) {
        const std::vector<std::uint64_t> shape(tensor.shape.begin(), tensor.shape.end());
        const auto count = entryCount(shape); // a negative extent is too large as an unsigned one
        if (!names.insert(tensor.name).second || !count || byteSize(tensor.dtype, *count).value() != tensor.bytes.size()) {
            throw Exception(ErrorCode::InvalidArgument,
                            "cannot write " + std::to_string(tensor.bytes.size()) + " bytes as a tensor of " +
                                shapeText(tensor.shape) + " " + dtypeName(tensor.dtype) + ", or its name occurs twice",
                            {}, tensor.name);
        }
        header[tensor.name] = {
            {"dtype", dtypeName(tensor.dtype)}, {"shape", tensor.shape}, {"data_offsets", {at, at + tensor.bytes.size()}}};
        at += tensor.bytes.size();
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    std::string bytes;
    for (unsigned i = 0; i < 8; ++i) {
        bytes += static_cast<char>((text.size() >> (8 * i)) & 0xffU);
    }
    return bytes + text;
}

} // namespace

Result<void> writeSafetensors(const std::filesystem::path& path, const std::vector<TensorToWrite>& tensors,
                              const std::map<std::string, std::string>& metadata)
{
    return guard([&] {
        const std::string header = headerBytes(tensors, metadata);
        writeFileAtomically(path, [&](const ByteSink& sink) {
            sink(std::as_bytes(std::span(header.data(), header.size())));
            for (const TensorToWrite& tensor : tensors) {
                sink(tensor.bytes);
            }
        }).value();
    });
}

} // namespace lori::formats
