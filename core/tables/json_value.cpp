// SPDX-License-Identifier: Apache-2.0
#include "core/tables/json_value.h"

#include <arrow/api.h>
#include <arrow/util/float16.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace lori::tables {

namespace {

template <typename Number>
void appendNumber(std::string& json, Number value)
{
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    json.append(text.data(), end);
}

void appendReal(std::string& json, double value)
{
    if (std::isfinite(value)) {
        appendNumber(json, value);
    } else {
        json += std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    }
}

void appendRange(std::string& json, const arrow::Array& values, std::int64_t start, std::int64_t length)
{
    json += '[';
    for (std::int64_t i = 0; i < length; ++i) {
        json += i == 0 ? "" : ",";
        appendJson(json, values, start + i);
    }
    json += ']';
}

template <typename List>
void appendList(std::string& json, const arrow::Array& array, std::int64_t row)
{
    const auto& list = static_cast<const List&>(array);
    appendRange(json, *list.values(), list.value_offset(row), list.value_length(row));
}

void appendStruct(std::string& json, const arrow::StructArray& array, std::int64_t row)
{
    json += '{';
    for (int i = 0; i < array.num_fields(); ++i) {
        json += i == 0 ? "" : ",";
        appendQuoted(json, array.struct_type()->field(i)->name());
        json += ':';
        appendJson(json, *array.field(i), row); // field() minds the offset of a slice
    }
    json += '}';
}

/// Keys that are text make an object; others a list of {key, value}.
void appendMap(std::string& json, const arrow::MapArray& map, std::int64_t row)
{
    const bool isText = map.keys()->type_id() == arrow::Type::STRING;
    const std::int64_t start = map.value_offset(row);
    json += isText ? '{' : '[';
    for (std::int64_t i = start; i < start + map.value_length(row); ++i) {
        json += i == start ? "" : ",";
        json += isText ? "" : "{\"key\":";
        appendJson(json, *map.keys(), i);
        json += isText ? ":" : ",\"value\":";
        appendJson(json, *map.items(), i);
        json += isText ? "" : "}";
    }
    json += isText ? '}' : ']';
}

template <typename Array>
void appendInteger(std::string& json, const arrow::Array& array, std::int64_t row)
{
    appendNumber(json, static_cast<const Array&>(array).Value(row));
}

template <typename Array>
void appendText(std::string& json, const arrow::Array& array, std::int64_t row)
{
    appendQuoted(json, static_cast<const Array&>(array).GetView(row));
}

template <typename Array>
void appendBytes(std::string& json, const arrow::Array& array, std::int64_t row)
{
    json += "{\"bytes\":";
    appendNumber(json, static_cast<const Array&>(array).GetView(row).size());
    json += '}';
}

} // namespace

void appendQuoted(std::string& json, std::string_view text)
{
    json += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (static_cast<unsigned char>(c) < 0x20U) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
            json += escape.data();
        } else {
            json += c;
        }
    }
    json += '"';
}

void appendJson(std::string& json, const arrow::Array& array, std::int64_t row)
{
    using arrow::Type;
    if (array.IsNull(row)) {
        json += "null";
        return;
    }
    switch (array.type_id()) {
    case Type::BOOL:
        json += static_cast<const arrow::BooleanArray&>(array).Value(row) ? "true" : "false";
        return;
    case Type::INT8:
        return appendNumber(json, static_cast<int>(static_cast<const arrow::Int8Array&>(array).Value(row)));
    case Type::UINT8:
        return appendNumber(json, static_cast<int>(static_cast<const arrow::UInt8Array&>(array).Value(row)));
    case Type::INT16:
        return appendInteger<arrow::Int16Array>(json, array, row);
    case Type::UINT16:
        return appendInteger<arrow::UInt16Array>(json, array, row);
    case Type::INT32:
        return appendInteger<arrow::Int32Array>(json, array, row);
    case Type::UINT32:
        return appendInteger<arrow::UInt32Array>(json, array, row);
    case Type::INT64:
        return appendInteger<arrow::Int64Array>(json, array, row);
    case Type::UINT64:
        return appendInteger<arrow::UInt64Array>(json, array, row);
    case Type::HALF_FLOAT:
        return appendReal(json,
                          arrow::util::Float16::FromBits(static_cast<const arrow::HalfFloatArray&>(array).Value(row)).ToDouble());
    case Type::FLOAT:
        return appendReal(json, static_cast<const arrow::FloatArray&>(array).Value(row));
    case Type::DOUBLE:
        return appendReal(json, static_cast<const arrow::DoubleArray&>(array).Value(row));
    case Type::STRING:
        return appendText<arrow::StringArray>(json, array, row);
    case Type::LARGE_STRING:
        return appendText<arrow::LargeStringArray>(json, array, row);
    case Type::STRING_VIEW:
        return appendText<arrow::StringViewArray>(json, array, row);
    case Type::BINARY:
        return appendBytes<arrow::BinaryArray>(json, array, row);
    case Type::LARGE_BINARY:
        return appendBytes<arrow::LargeBinaryArray>(json, array, row);
    case Type::BINARY_VIEW:
        return appendBytes<arrow::BinaryViewArray>(json, array, row);
    case Type::FIXED_SIZE_BINARY:
        return appendBytes<arrow::FixedSizeBinaryArray>(json, array, row);
    case Type::LIST:
        return appendList<arrow::ListArray>(json, array, row);
    case Type::LARGE_LIST:
        return appendList<arrow::LargeListArray>(json, array, row);
    case Type::FIXED_SIZE_LIST:
        return appendList<arrow::FixedSizeListArray>(json, array, row);
    case Type::LIST_VIEW:
        return appendList<arrow::ListViewArray>(json, array, row);
    case Type::LARGE_LIST_VIEW:
        return appendList<arrow::LargeListViewArray>(json, array, row);
    case Type::MAP:
        return appendMap(json, static_cast<const arrow::MapArray&>(array), row);
    case Type::STRUCT:
        return appendStruct(json, static_cast<const arrow::StructArray&>(array), row);
    case Type::DICTIONARY: {
        const auto& encoded = static_cast<const arrow::DictionaryArray&>(array);
        return appendJson(json, *encoded.dictionary(), encoded.GetValueIndex(row));
    }
    case Type::EXTENSION:
        return appendJson(json, *static_cast<const arrow::ExtensionArray&>(array).storage(), row);
    default: { // dates, times, decimals, unions
        const auto scalar = array.GetScalar(row);
        return appendQuoted(json, scalar.ok() ? (*scalar)->ToString() : array.type()->ToString());
    }
    }
}

} // namespace lori::tables
