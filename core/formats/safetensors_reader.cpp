// SPDX-License-Identifier: Apache-2.0
#include "core/formats/checked.h"
#include "core/formats/json_fields.h"
#include "core/formats/mapped_tensors.h"

#include <algorithm>
#include <cstring>
#include <set>

// Layout: u64 little-endian length of the header, the header as JSON {"name": {"dtype", "shape", "data_offsets": [begin, end]},
// …,
// "__metadata__": {text: text}}, then the data; offsets count from the end of the header.

namespace lori::formats {

using nlohmann::json;

namespace {

constexpr std::uint64_t kMaxHeaderBytes = 100'000'000; // the limit of the safetensors library
constexpr const char* kDamaged = "the file is damaged: download it again";

[[noreturn]] void badSafetensors(const std::string& what, const std::string& where, ErrorCode code = ErrorCode::BadFile)
{
    throw Exception(code, what, code == ErrorCode::Unsupported ? "convert the model to F32, F16 or BF16" : kDamaged, where);
}

/// The header's text; checks the length against the file before touching it.
std::string_view headerText(std::span<const std::byte> bytes, const std::string& where)
{
    if (bytes.size() < 8) {
        badSafetensors("the file has " + std::to_string(bytes.size()) + " bytes, too few for a safetensors header", where);
    }
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    if (length > kMaxHeaderBytes || length > bytes.size() - 8) {
        badSafetensors("the header claims " + std::to_string(length) + " bytes, but the file has " + std::to_string(bytes.size()),
                       where);
    }
    return {reinterpret_cast<const char*>(bytes.data()) + 8, static_cast<std::size_t>(length)};
}

std::vector<std::uint64_t> unsignedList(const json& entry, const char* field, const std::string& name, const std::string& where)
{
    const auto list = entry.find(field);
    if (list == entry.end() || !list->is_array()) {
        badSafetensors("'" + std::string(field) + "' of the tensor '" + name + "' is not a list", where);
    }
    std::vector<std::uint64_t> values;
    for (const json& value : *list) {
        if (!value.is_number_unsigned()) {
            badSafetensors("'" + std::string(field) + "' of the tensor '" + name + "' holds " + value.dump() +
                               ", which is not a count",
                           where);
        }
        values.push_back(value.get<std::uint64_t>());
    }
    return values;
}

DType dtypeOf(const json& entry, const std::string& name, const std::string& where)
{
    static const std::set<std::string> kKnownElsewhere{"F8_E4M3", "F8_E5M2", "F8_E8M0", "F4", "U16", "U32", "U64", "C64"};
    const auto field = entry.find("dtype");
    const std::string text = field != entry.end() && field->is_string() ? field->get<std::string>() : "";
    const auto dtype = dtypeFromName(text);
    if (!dtype || isQuantized(*dtype)) {
        const bool isKnown = kKnownElsewhere.contains(text);
        badSafetensors("the tensor '" + name + "' has the type '" + text + "', which " +
                           (isKnown ? "this program does not read" : "safetensors does not know"),
                       where, isKnown ? ErrorCode::Unsupported : ErrorCode::BadFile);
    }
    return *dtype;
}

TensorView viewOf(const std::string& name, const json& entry, std::span<const std::byte> data, const std::string& where)
{
    if (!entry.is_object()) {
        badSafetensors("the entry of the tensor '" + name + "' is not an object", where);
    }
    TensorView view;
    view.name = name;
    view.dtype = dtypeOf(entry, name, where);
    const std::vector<std::uint64_t> shape = unsignedList(entry, "shape", name, where);
    const auto count = entryCount(shape);
    const auto needed = count ? byteSize(view.dtype, *count) : Result<std::uint64_t>(Error{});
    if (!needed) {
        badSafetensors("the shape of the tensor '" + name + "' is larger than any file", where);
    }
    const std::vector<std::uint64_t> offsets = unsignedList(entry, "data_offsets", name, where);
    if (offsets.size() != 2 || offsets[0] > offsets[1]) {
        badSafetensors("'data_offsets' of the tensor '" + name + "' is not a pair of rising numbers", where);
    }
    if (offsets[1] > data.size()) {
        badSafetensors("the tensor '" + name + "' ends at byte " + std::to_string(offsets[1]) +
                           " of the data, but the file has only " + std::to_string(data.size()),
                       where);
    }
    if (offsets[1] - offsets[0] != *needed) {
        badSafetensors("the tensor '" + name + "' has " + std::to_string(offsets[1] - offsets[0]) +
                           " bytes, but its shape needs " + std::to_string(*needed),
                       where);
    }
    view.shape.assign(shape.begin(), shape.end());
    view.bytes = data.subspan(static_cast<std::size_t>(offsets[0]), static_cast<std::size_t>(*needed));
    return view;
}

std::map<std::string, std::string> metadataOf(const json& header, const std::string& where)
{
    std::map<std::string, std::string> metadata;
    const auto field = header.find("__metadata__");
    if (field == header.end()) {
        return metadata;
    }
    if (!field->is_object()) {
        badSafetensors("'__metadata__' is not an object", where);
    }
    for (const auto& [name, value] : field->items()) {
        if (!value.is_string()) {
            badSafetensors("'__metadata__." + name + "' is not text", where);
        }
        metadata[name] = value.get<std::string>();
    }
    return metadata;
}

/// One file's tensors in file order, with its metadata.
struct Shard {
    MappedFile file;
    std::vector<TensorView> tensors;
    std::map<std::string, std::string> metadata;
};

Shard openShard(const std::filesystem::path& path)
{
    Shard shard;
    shard.file = MappedFile::open(path).value();
    const std::string where = path.string();
    const std::string_view text = headerText(shard.file.bytes(), where);
    const std::span<const std::byte> data = shard.file.bytes().subspan(8 + text.size());
    const json header = parseObject(text, where);
    shard.metadata = metadataOf(header, where);
    std::vector<ByteRange> ranges;
    for (const auto& [name, entry] : header.items()) {
        if (name != "__metadata__") {
            shard.tensors.push_back(viewOf(name, entry, data, where));
            const auto begin = static_cast<std::uint64_t>(shard.tensors.back().bytes.data() - data.data());
            ranges.push_back({begin, begin + shard.tensors.back().bytes.size(), name});
        }
    }
    checkRanges(ranges, data.size(), Holes::Refused, where);
    std::stable_sort(shard.tensors.begin(), shard.tensors.end(),
                     [](const TensorView& a, const TensorView& b) { return a.bytes.data() < b.bytes.data(); });
    return shard;
}

/// weight_map of an index: tensor name → file name.
std::map<std::string, std::string> weightMap(const std::filesystem::path& path)
{
    const json index = readJsonFile(path);
    const auto field = index.find("weight_map");
    if (field == index.end() || !field->is_object() || field->empty()) {
        badSafetensors("'weight_map' is missing or empty", path.string());
    }
    std::map<std::string, std::string> map;
    for (const auto& [name, file] : field->items()) {
        const std::filesystem::path part = file.is_string() ? file.get<std::string>() : std::string();
        if (part.empty() || part != part.filename() || part == "." || part == "..") {
            badSafetensors("the tensor '" + name + "' names " + file.dump() + ", which is not a file beside the index",
                           path.string());
        }
        map[name] = part.string();
    }
    return map;
}

SafetensorsFile openIndex(const std::filesystem::path& path)
{
    const std::map<std::string, std::string> fileOfTensor = weightMap(path);
    std::set<std::string> names;
    for (const auto& [tensor, file] : fileOfTensor) {
        names.insert(file);
    }
    for (const std::string& name : names) {
        if (!std::filesystem::exists(path.parent_path() / name)) {
            throw Exception(ErrorCode::NotFound,
                            "the index names '" + name + "', which is not in the folder; " + std::to_string(names.size()) +
                                " files belong to it",
                            "download the missing file, or remove an index that belongs to other files", path.string());
        }
    }
    SafetensorsFile result;
    auto tensors = std::make_unique<MappedTensors>();
    for (const std::string& name : names) {
        Shard shard = openShard(path.parent_path() / name);
        for (TensorView& tensor : shard.tensors) {
            const auto place = fileOfTensor.find(tensor.name);
            if (place == fileOfTensor.end() || place->second != name) {
                badSafetensors("the tensor '" + tensor.name + "' of " + name + " is not listed for that file", path.string());
            }
            tensors->add(std::move(tensor), name);
        }
        tensors->keep(std::move(shard.file));
        result.metadata.merge(shard.metadata);
    }
    for (const auto& [tensor, file] : fileOfTensor) {
        if (tensors->find(tensor) == nullptr) {
            badSafetensors("the tensor '" + tensor + "' is not in " + file, path.string());
        }
    }
    result.file = std::move(tensors);
    return result;
}

} // namespace

Result<SafetensorsFile> openSafetensors(const std::filesystem::path& path)
{
    return guard([&]() -> SafetensorsFile {
        if (path.extension() == ".json") {
            return openIndex(path);
        }
        Shard shard = openShard(path);
        SafetensorsFile result;
        auto tensors = std::make_unique<MappedTensors>();
        for (TensorView& tensor : shard.tensors) {
            tensors->add(std::move(tensor), path.string());
        }
        tensors->keep(std::move(shard.file));
        result.file = std::move(tensors);
        result.metadata = std::move(shard.metadata);
        return result;
    });
}

} // namespace lori::formats
