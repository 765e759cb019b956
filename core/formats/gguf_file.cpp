// SPDX-License-Identifier: Apache-2.0
#include "core/formats/gguf_file.h"

#include "core/formats/byte_reader.h"
#include "core/formats/checked.h"
#include "core/formats/damaged_file.h"

#include <algorithm>
#include <array>
#include <bit>

// Layout (all little endian): "GGUF", u32 version, u64 tensors, u64 metadata entries; entries: text key, u32 kind, value;
// tensors: text name, u32 dimensions, u64 extents (innermost first), u32 type, u64 offset; padding to general.alignment; data. A
// text is u64 length + bytes.

namespace lori::formats {

namespace {

constexpr std::uint64_t kMaxNameBytes = 65535; // the format's own limit for keys
constexpr std::uint64_t kMaxDimensions = 4;

/// Names of the tensor types, by number; empty where a number was never given out or was taken back before files used it.
constexpr std::array<std::string_view, 42> kTypeNames{
    "F32",      "F16",    "Q4_0",  "Q4_1",       "",           "",           "Q5_0",   "Q5_1",    "Q8_0",  "Q8_1",     "Q2_K",
    "Q3_K",     "Q4_K",   "Q5_K",  "Q6_K",       "Q8_K",       "IQ2_XXS",    "IQ2_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL",   "IQ3_S",
    "IQ2_S",    "IQ4_XS", "I8",    "I16",        "I32",        "I64",        "F64",    "IQ1_M",   "BF16",  "Q4_0_4_4", "Q4_0_4_8",
    "Q4_0_8_8", "TQ1_0",  "TQ2_0", "IQ4_NL_4_4", "IQ4_NL_4_8", "IQ4_NL_8_8", "MXFP4",  "NVFP4",   "Q1_0"};

DType dtypeOf(std::uint32_t type, const std::string& tensor, const std::string& where)
{
    const std::string name(type < kTypeNames.size() ? kTypeNames[type] : "");
    if (name.empty()) {
        damagedFile("the tensor '" + tensor + "' has the unknown type number " + std::to_string(type), where);
    }
    const auto dtype = dtypeFromName(name);
    if (!dtype) {
        throw Exception(ErrorCode::Unsupported,
                        "the tensor '" + tensor + "' is quantized as " + name + ", which this program does not read",
                        "choose a file in F32, F16, BF16, Q8_0, Q2_K to Q6_K (such as Q4_K_M), Q4_0, Q4_1, Q5_0, Q5_1, IQ4_NL or "
                        "IQ4_XS",
                        where);
    }
    return *dtype;
}

/// Bytes of one value of a fixed-width kind; 0 for texts and arrays.
std::uint64_t widthOf(GgufType type)
{
    constexpr std::array<std::uint64_t, 13> kWidths{1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
    return kWidths.at(static_cast<std::size_t>(type));
}

GgufType readType(ByteReader& reader, const std::string& key)
{
    const auto type = reader.read<std::uint32_t>("the kind of a metadata value");
    if (type > static_cast<std::uint32_t>(GgufType::F64)) {
        damagedFile("the metadata '" + key + "' is of the unknown kind " + std::to_string(type), reader.where());
    }
    return static_cast<GgufType>(type);
}

GgufValue readValue(ByteReader& reader, std::span<const std::byte> all, const std::string& key)
{
    GgufValue value;
    value.type = readType(reader, key);
    if (value.type == GgufType::Array) {
        value.isArray = true;
        value.type = readType(reader, key);
        value.count = reader.read<std::uint64_t>("the length of a list");
        if (value.type == GgufType::Array) {
            damagedFile("the metadata '" + key + "' is a list of lists", reader.where());
        }
    }
    const std::uint64_t begin = reader.position();
    if (value.type == GgufType::Text) {
        for (std::uint64_t i = 0; i < value.count; ++i) { // ends at the file's end, whatever the count claims
            (void)reader.readText("a metadata text");
        }
    } else {
        const auto size = multiplied(value.count, widthOf(value.type));
        if (!size) {
            damagedFile("the metadata '" + key + "' claims " + std::to_string(value.count) + " entries", reader.where());
        }
        (void)reader.take(*size, "a metadata value");
    }
    value.bytes = all.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(reader.position() - begin));
    return value;
}

std::string readName(ByteReader& reader, const char* what)
{
    const std::string_view name = reader.readText(what);
    if (name.empty() || name.size() > kMaxNameBytes || !isUtf8(name)) {
        damagedFile(std::string(what) + " is empty, longer than " + std::to_string(kMaxNameBytes) + " bytes or not UTF-8",
                    reader.where());
    }
    return std::string(name);
}

GgufMetadata readMetadata(ByteReader& reader, std::span<const std::byte> all, std::uint64_t count)
{
    std::map<std::string, GgufValue> values;
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string key = readName(reader, "a metadata key");
        const GgufValue value = readValue(reader, all, key);
        if (!values.emplace(key, value).second) {
            damagedFile("the metadata '" + key + "' occurs twice", reader.where());
        }
    }
    return {std::move(values), reader.where()};
}

struct TensorHeader {
    TensorView view; ///< without bytes
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

TensorHeader readTensorHeader(ByteReader& reader)
{
    TensorHeader header;
    header.view.name = readName(reader, "a tensor name");
    const std::string& name = header.view.name;
    const auto dimensions = reader.read<std::uint32_t>("a tensor header");
    if (dimensions == 0 || dimensions > kMaxDimensions) {
        damagedFile("the tensor '" + name + "' has " + std::to_string(dimensions) + " dimensions, not 1 to 4", reader.where());
    }
    std::vector<std::uint64_t> extents;
    for (std::uint32_t i = 0; i < dimensions; ++i) {
        extents.push_back(reader.read<std::uint64_t>("a tensor header"));
    }
    header.view.dtype = dtypeOf(reader.read<std::uint32_t>("a tensor header"), name, reader.where());
    header.offset = reader.read<std::uint64_t>("a tensor header");
    const auto count = entryCount(extents);
    const auto size = count ? byteSize(header.view.dtype, *count) : Result<std::uint64_t>(Error{});
    if (!size || *size == 0) {
        damagedFile("the shape of the tensor '" + name + "' is empty or larger than any file", reader.where());
    }
    if (!byteSize(header.view.dtype, extents[0])) {
        damagedFile("the rows of the tensor '" + name + "' have " + std::to_string(extents[0]) + " entries, not whole " +
                        dtypeName(header.view.dtype) + " blocks",
                    reader.where());
    }
    header.size = *size;
    header.view.shape.assign(extents.rbegin(), extents.rend());
    return header;
}

std::uint64_t alignmentOf(const GgufMetadata& metadata)
{
    const std::int64_t alignment = metadata.integer("general.alignment").value_or(32);
    if (alignment < 1 || alignment > 65536 || !std::has_single_bit(static_cast<std::uint64_t>(alignment))) {
        metadata.refuse("general.alignment", "is " + std::to_string(alignment) + ", but must be a power of two up to 65536");
    }
    return static_cast<std::uint64_t>(alignment);
}

/// Reads the fixed part and returns (tensors, metadata entries).
std::pair<std::uint64_t, std::uint64_t> readCounts(ByteReader& reader)
{
    const auto magic = reader.take(4, "the file's first four bytes");
    if (std::string_view(reinterpret_cast<const char*>(magic.data()), 4) != "GGUF") {
        throw Exception(ErrorCode::BadFile, "this is not a GGUF file: it does not begin with 'GGUF'", "choose another file",
                        reader.where());
    }
    const auto version = reader.read<std::uint32_t>("the version");
    if (version != 2 && version != 3) {
        const bool isSwapped = (version & 0xffffU) == 0 && version != 0;
        throw Exception(ErrorCode::Unsupported,
                        isSwapped ? "this GGUF file is big endian"
                                  : "this is a GGUF file of version " + std::to_string(version) + ", not 2 or 3",
                        "choose a little-endian file of version 2 or 3", reader.where());
    }
    const auto tensors = reader.read<std::uint64_t>("the number of tensors");
    const auto entries = reader.read<std::uint64_t>("the number of metadata entries");
    if (tensors > reader.remaining() / 32 || entries > reader.remaining() / 13) { // the fewest bytes each of them takes
        damagedFile("the header claims " + std::to_string(tensors) + " tensors and " + std::to_string(entries) +
                        " metadata entries, but has " + std::to_string(reader.remaining()) + " bytes left",
                    reader.where());
    }
    return {tensors, entries};
}

} // namespace

std::uint32_t ggufTypeNumber(DType dtype)
{
    const auto found = std::find(kTypeNames.begin(), kTypeNames.end(), std::string_view(dtypeName(dtype)));
    if (found == kTypeNames.end()) {
        throw Exception(ErrorCode::InvalidArgument, std::string("GGUF files hold no tensors of the type ") + dtypeName(dtype),
                        "choose another type", "");
    }
    return static_cast<std::uint32_t>(found - kTypeNames.begin());
}

GgufFile openGgufPart(const std::filesystem::path& path)
{
    GgufFile result;
    result.files.push_back(MappedFile::open(path).value());
    const std::span<const std::byte> all = result.files.front().bytes();
    ByteReader reader(all, path.string());
    const auto [tensorCount, entryCount] = readCounts(reader);
    result.metadata = readMetadata(reader, all, entryCount);
    const std::uint64_t alignment = alignmentOf(result.metadata);
    std::vector<TensorHeader> headers;
    for (std::uint64_t i = 0; i < tensorCount; ++i) {
        headers.push_back(readTensorHeader(reader));
    }
    const std::uint64_t dataBegin =
        std::min<std::uint64_t>((reader.position() + alignment - 1) / alignment * alignment, all.size());
    const std::uint64_t dataSize = all.size() - dataBegin;
    std::vector<ByteRange> ranges;
    for (TensorHeader& header : headers) {
        const auto end = added(header.offset, header.size);
        if (!end || *end > dataSize) {
            damagedFile("the tensor '" + header.view.name + "' needs " + std::to_string(header.size) + " bytes at " +
                            std::to_string(header.offset) + ", but the file has only " + std::to_string(dataSize) +
                            " bytes of data",
                        path.string());
        }
        if (header.offset % alignment != 0) {
            damagedFile("the tensor '" + header.view.name + "' begins at byte " + std::to_string(header.offset) +
                            ", not a multiple of " + std::to_string(alignment),
                        path.string());
        }
        header.view.bytes =
            all.subspan(static_cast<std::size_t>(dataBegin + header.offset), static_cast<std::size_t>(header.size));
        ranges.push_back({header.offset, *end, header.view.name});
        result.tensors.push_back(std::move(header.view));
    }
    checkRanges(ranges, dataSize, Holes::Allowed, path.string());
    return result;
}

} // namespace lori::formats
