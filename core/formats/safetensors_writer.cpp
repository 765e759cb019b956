// SPDX-License-Identifier: Apache-2.0
#include "core/formats/checked.h"
#include "core/formats/tensor_stream.h"

#include <nlohmann/json.hpp>

#include <set>

namespace lori::formats {

namespace {

struct Header {
    std::string bytes;           ///< its length and itself
    std::uint64_t dataBytes = 0; ///< of all tensors together
};

std::uint64_t bytesOf(const PlannedTensor& tensor)
{
    const std::vector<std::uint64_t> shape(tensor.shape.begin(), tensor.shape.end());
    const auto count = entryCount(shape); // a negative extent is too large as an unsigned one
    if (!count) {
        throw Exception(ErrorCode::InvalidArgument, "cannot write a tensor of " + shapeText(tensor.shape), {}, tensor.name);
    }
    return byteSize(tensor.dtype, *count).value();
}

/// Header length and header, padded with spaces so that the data begins at a multiple of 8.
Header headerOf(const std::vector<PlannedTensor>& tensors, const std::map<std::string, std::string>& metadata)
{
    nlohmann::ordered_json tensorsOf = nlohmann::ordered_json::object();
    if (!metadata.empty()) {
        tensorsOf["__metadata__"] = metadata;
    }
    std::set<std::string> names{"__metadata__"};
    Header header;
    for (const PlannedTensor& tensor : tensors) {
        const std::uint64_t end = header.dataBytes + bytesOf(tensor);
        if (!names.insert(tensor.name).second) {
            throw Exception(ErrorCode::InvalidArgument, "cannot write two tensors of one name", {}, tensor.name);
        }
        tensorsOf[tensor.name] = {
            {"dtype", dtypeName(tensor.dtype)}, {"shape", tensor.shape}, {"data_offsets", {header.dataBytes, end}}};
        header.dataBytes = end;
    }
    std::string text = tensorsOf.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    for (unsigned i = 0; i < 8; ++i) {
        header.bytes += static_cast<char>((text.size() >> (8 * i)) & 0xffU);
    }
    header.bytes += text;
    return header;
}

} // namespace

Result<void> streamSafetensors(const std::filesystem::path& path, const std::vector<PlannedTensor>& tensors,
                               const std::map<std::string, std::string>& metadata, const TensorProducer& produce)
{
    return guard([&] {
        const Header header = headerOf(tensors, metadata);
        writeFileAtomically(path, [&](const ByteSink& sink) {
            sink(std::as_bytes(std::span(header.bytes.data(), header.bytes.size())));
            std::uint64_t written = 0;
            produce([&](std::span<const std::byte> bytes) {
                sink(bytes);
                written += bytes.size();
            });
            if (written != header.dataBytes) {
                throw Exception(ErrorCode::Internal,
                                std::to_string(written) + " bytes came for tensors of " + std::to_string(header.dataBytes) +
                                    " bytes",
                                "", path.string());
            }
        }).value();
    });
}

Result<void> writeSafetensors(const std::filesystem::path& path, const std::vector<TensorToWrite>& tensors,
                              const std::map<std::string, std::string>& metadata)
{
    return guard([&] {
        std::vector<PlannedTensor> planned;
        planned.reserve(tensors.size());
        for (const TensorToWrite& tensor : tensors) {
            planned.push_back({tensor.name, tensor.dtype, tensor.shape});
            if (bytesOf(planned.back()) != tensor.bytes.size()) {
                throw Exception(ErrorCode::InvalidArgument,
                                "cannot write " + std::to_string(tensor.bytes.size()) + " bytes as a tensor of " +
                                    shapeText(tensor.shape) + " " + dtypeName(tensor.dtype),
                                {}, tensor.name);
            }
        }
        streamSafetensors(path, planned, metadata, [&](const ByteSink& sink) {
            for (const TensorToWrite& tensor : tensors) {
                sink(tensor.bytes);
            }
        }).value();
    });
}

} // namespace lori::formats
