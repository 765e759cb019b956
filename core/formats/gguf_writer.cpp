// SPDX-License-Identifier: Apache-2.0
#include "core/formats/gguf_writer.h"

#include "core/formats/checked.h"
#include "core/formats/gguf_file.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace lori::formats {

namespace {

constexpr std::uint64_t kAlignment = 32;

template <typename T>
void append(std::string& bytes, T value)
{
    std::array<char, sizeof(T)> raw{};
    std::memcpy(raw.data(), &value, sizeof(T));
    bytes.append(raw.data(), raw.size());
}

std::uint64_t paddedTo(std::uint64_t size)
{
    return (size + kAlignment - 1) / kAlignment * kAlignment;
}

std::uint32_t kindNumber(GgufType type)
{
    return static_cast<std::uint32_t>(type);
}

std::uint64_t bytesOf(const PlannedTensor& tensor)
{
    const std::vector<std::uint64_t> shape(tensor.shape.begin(), tensor.shape.end());
    const auto count = entryCount(shape); // a negative extent is too large as an unsigned one
    if (!count || *count == 0 || !byteSize(tensor.dtype, shape.back())) {
        throw Exception(ErrorCode::InvalidArgument,
                        std::string("a tensor of ") + shapeText(tensor.shape) + " cannot be written as " +
                            dtypeName(tensor.dtype),
                        "choose another type", tensor.name);
    }
    return byteSize(tensor.dtype, *count).value();
}

/// Everything in front of the tensors' bytes.
std::string headerOf(const GgufEntries& entries, const std::vector<PlannedTensor>& tensors)
{
    std::string header = "GGUF";
    append<std::uint32_t>(header, 3);
    append<std::uint64_t>(header, tensors.size());
    append<std::uint64_t>(header, entries.size());
    header += entries.bytes();
    std::uint64_t offset = 0;
    for (const PlannedTensor& tensor : tensors) {
        append<std::uint64_t>(header, tensor.name.size());
        header += tensor.name;
        append(header, static_cast<std::uint32_t>(tensor.shape.size()));
        for (auto extent = tensor.shape.rbegin(); extent != tensor.shape.rend(); ++extent) {
            append(header, static_cast<std::uint64_t>(*extent));
        }
        append(header, ggufTypeNumber(tensor.dtype));
        append(header, offset);
        offset += paddedTo(bytesOf(tensor));
    }
    header.resize(paddedTo(header.size()), '\0');
    return header;
}

/// Passes bytes on and puts padding behind each tensor.
class PaddingSink final {
public:
    PaddingSink(const std::vector<PlannedTensor>& tensors, const ByteSink& sink) : m_sink(sink)
    {
        for (const PlannedTensor& tensor : tensors) {
            m_sizes.push_back(bytesOf(tensor));
        }
    }
    void take(std::span<const std::byte> bytes)
    {
        while (!bytes.empty() && m_at < m_sizes.size()) {
            const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), m_sizes[m_at] - m_done));
            m_sink(bytes.first(part));
            bytes = bytes.subspan(part);
            m_done += part;
            if (m_done == m_sizes[m_at]) {
                constexpr std::array<std::byte, kAlignment> kZeros{};
                m_sink(std::span(kZeros).first(static_cast<std::size_t>(paddedTo(m_done) - m_done)));
                m_done = 0;
                ++m_at;
            }
        }
        m_isTooMuch = m_isTooMuch || !bytes.empty();
    }
    [[nodiscard]] bool isComplete() const { return m_at == m_sizes.size() && !m_isTooMuch; }

private:
    const ByteSink& m_sink;
    std::vector<std::uint64_t> m_sizes;
    std::size_t m_at = 0;     ///< the tensor being written
    std::uint64_t m_done = 0; ///< bytes of it
    bool m_isTooMuch = false;
};

} // namespace

template <typename T>
void GgufEntries::putNumber(T value)
{
    append(m_bytes, value);
}

void GgufEntries::put(std::string_view text)
{
    if (!isUtf8(text)) {
        throw Exception(ErrorCode::InvalidArgument, "a text of the file's metadata is not UTF-8", "choose another name", "");
    }
    putNumber<std::uint64_t>(text.size());
    m_bytes += text;
}

void GgufEntries::begin(const std::string& key, std::uint32_t kind)
{
    put(key);
    putNumber(kind);
    ++m_count;
}

void GgufEntries::beginList(const std::string& key, std::uint32_t kind, std::uint64_t count)
{
    begin(key, kindNumber(GgufType::Array));
    putNumber(kind);
    putNumber(count);
}

void GgufEntries::addText(const std::string& key, const std::string& value)
{
    begin(key, kindNumber(GgufType::Text));
    put(value);
}

void GgufEntries::addCount(const std::string& key, std::int64_t value)
{
    if (value < 0 || value > std::numeric_limits<std::uint32_t>::max()) {
        throw Exception(ErrorCode::InvalidArgument, std::to_string(value) + " does not fit into a GGUF file", "", key);
    }
    begin(key, kindNumber(GgufType::U32));
    putNumber(static_cast<std::uint32_t>(value));
}

void GgufEntries::addNumber(const std::string& key, double value)
{
    begin(key, kindNumber(GgufType::F32));
    putNumber(static_cast<float>(value));
}

void GgufEntries::addFlag(const std::string& key, bool value)
{
    begin(key, kindNumber(GgufType::Bool));
    putNumber<std::uint8_t>(value ? 1 : 0);
}

void GgufEntries::addTexts(const std::string& key, const std::vector<std::string>& values)
{
    beginList(key, kindNumber(GgufType::Text), values.size());
    for (const std::string& value : values) {
        put(value);
    }
}

void GgufEntries::addIntegers(const std::string& key, const std::vector<std::int32_t>& values)
{
    beginList(key, kindNumber(GgufType::I32), values.size());
    for (const std::int32_t value : values) {
        putNumber(value);
    }
}

void GgufEntries::addNumbers(const std::string& key, const std::vector<float>& values)
{
    beginList(key, kindNumber(GgufType::F32), values.size());
    for (const float value : values) {
        putNumber(value);
    }
}

void GgufEntries::addRaw(const std::string& key, std::uint32_t kind, bool isList, std::uint64_t count,
                         std::span<const std::byte> value)
{
    if (isList) {
        beginList(key, kind, count);
    } else {
        begin(key, kind);
    }
    m_bytes.append(reinterpret_cast<const char*>(value.data()), value.size());
}

Result<void> streamGguf(const std::filesystem::path& path, const GgufEntries& entries, const std::vector<PlannedTensor>& tensors,
                        const TensorProducer& produce)
{
    return guard([&] {
        const std::string header = headerOf(entries, tensors);
        writeFileAtomically(path, [&](const ByteSink& sink) {
            sink(std::as_bytes(std::span(header.data(), header.size())));
            PaddingSink padding(tensors, sink);
            produce([&](std::span<const std::byte> bytes) { padding.take(bytes); });
            if (!padding.isComplete()) {
                throw Exception(ErrorCode::Internal, "the tensors of the file did not come whole", "", path.string());
            }
        }).value();
    });
}

} // namespace lori::formats
