// SPDX-License-Identifier: Apache-2.0
#include "core/formats/byte_reader.h"
#include "core/formats/gguf_file.h"

#include <cmath>
#include <limits>

namespace lori::formats {

namespace {

/// A whole number of any width; nothing for other kinds and for a u64 beyond int64.
std::optional<std::int64_t> readInteger(GgufType type, ByteReader& reader)
{
    switch (type) {
    case GgufType::U8:
        return reader.read<std::uint8_t>("a number");
    case GgufType::I8:
        return reader.read<std::int8_t>("a number");
    case GgufType::U16:
        return reader.read<std::uint16_t>("a number");
    case GgufType::I16:
        return reader.read<std::int16_t>("a number");
    case GgufType::U32:
        return reader.read<std::uint32_t>("a number");
    case GgufType::I32:
        return reader.read<std::int32_t>("a number");
    case GgufType::I64:
        return reader.read<std::int64_t>("a number");
    case GgufType::U64: {
        const auto value = reader.read<std::uint64_t>("a number");
        if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            return std::nullopt;
        }
        return static_cast<std::int64_t>(value);
    }
    default:
        return std::nullopt;
    }
}

} // namespace

bool isUtf8(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : 4;
        if ((lead >= 0x80 && lead < 0xc2) || lead > 0xf4 || text.size() - at < length) {
            return false;
        }
        for (std::size_t i = 1; i < length; ++i) {
            const auto next = static_cast<unsigned char>(text[at + i]);
            // The second byte rules out overlong forms, surrogates and values beyond U+10FFFF.
            const unsigned low = i > 1 ? 0x80 : lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
            const unsigned high = i > 1 ? 0xbf : lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
            if (next < low || next > high) {
                return false;
            }
        }
        at += length;
    }
    return true;
}

void GgufMetadata::refuse(const std::string& key, const std::string& problem) const
{
    throw Exception(ErrorCode::BadFile, "the metadata '" + key + "' " + problem, "choose another file", m_where);
}

const GgufValue* GgufMetadata::find(const std::string& key) const
{
    const auto place = m_values.find(key);
    return place == m_values.end() ? nullptr : &place->second;
}

std::optional<std::int64_t> GgufMetadata::integer(const std::string& key) const
{
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    ByteReader reader(value->bytes, m_where);
    const auto result = value->isArray ? std::nullopt : readInteger(value->type, reader);
    if (!result) {
        refuse(key, "is not a whole number");
    }
    return result;
}

std::int64_t GgufMetadata::requireInteger(const std::string& key, std::int64_t low, std::int64_t high) const
{
    const auto value = integer(key);
    if (!value) {
        refuse(key, "is missing");
    }
    if (*value < low || *value > high) {
        refuse(key, "is " + std::to_string(*value) + ", but must be from " + std::to_string(low) + " to " + std::to_string(high));
    }
    return *value;
}

std::optional<double> GgufMetadata::number(const std::string& key) const
{
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    ByteReader reader(value->bytes, m_where);
    double result = std::numeric_limits<double>::quiet_NaN();
    if (!value->isArray && value->type == GgufType::F32) {
        result = static_cast<double>(reader.read<float>("a number"));
    } else if (!value->isArray && value->type == GgufType::F64) {
        result = reader.read<double>("a number");
    } else if (!value->isArray) {
        const auto whole = readInteger(value->type, reader);
        result = whole ? static_cast<double>(*whole) : result;
    }
    if (!std::isfinite(result)) {
        refuse(key, "is not a finite number");
    }
    return result;
}

std::optional<bool> GgufMetadata::flag(const std::string& key) const
{
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->isArray || value->type != GgufType::Bool) {
        refuse(key, "is not true or false");
    }
    return value->bytes[0] != std::byte{0};
}

std::optional<std::string> GgufMetadata::text(const std::string& key) const
{
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->isArray || value->type != GgufType::Text) {
        refuse(key, "is not text");
    }
    ByteReader reader(value->bytes, m_where);
    const std::string_view result = reader.readText("a text");
    if (!isUtf8(result)) {
        refuse(key, "is not valid UTF-8");
    }
    return std::string(result);
}

std::vector<std::string_view> GgufMetadata::texts(const std::string& key) const
{
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return {};
    }
    if (!value->isArray || value->type != GgufType::Text) {
        refuse(key, "is not a list of texts");
    }
    ByteReader reader(value->bytes, m_where);
    std::vector<std::string_view> result;
    result.reserve(static_cast<std::size_t>(value->count)); // every text took at least 8 bytes of the file
    for (std::uint64_t i = 0; i < value->count; ++i) {
        result.push_back(reader.readText("a text"));
        if (!isUtf8(result.back())) {
            refuse(key, "has an entry " + std::to_string(i) + " that is not valid UTF-8");
        }
    }
    return result;
}

std::vector<std::int64_t> GgufMetadata::integers(const std::string& key) const
{
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return {};
    }
    ByteReader reader(value->bytes, m_where);
    std::vector<std::int64_t> result;
    for (std::uint64_t i = 0; value->isArray && i < value->count; ++i) {
        const auto entry = readInteger(value->type, reader);
        if (!entry) {
            break;
        }
        result.push_back(*entry);
    }
    if (!value->isArray || result.size() != value->count) {
        refuse(key, "is not a list of whole numbers");
    }
    return result;
}

std::vector<double> GgufMetadata::numbers(const std::string& key) const
{
    const GgufValue* value = find(key);
    if (value == nullptr) {
        return {};
    }
    if (!value->isArray || value->type != GgufType::F32) {
        refuse(key, "is not a list of numbers");
    }
    ByteReader reader(value->bytes, m_where);
    std::vector<double> result;
    result.reserve(static_cast<std::size_t>(value->count)); // every number took 4 bytes of the file
    for (std::uint64_t i = 0; i < value->count; ++i) {
        result.push_back(static_cast<double>(reader.read<float>("a number")));
        if (!std::isfinite(result.back())) {
            refuse(key, "has an entry " + std::to_string(i) + " that is not a finite number");
        }
    }
    return result;
}

} // namespace lori::formats
