// SPDX-License-Identifier: Apache-2.0
// The protobuf wire format, as far as sentencepiece_model.proto needs it: a message is a list of (field number, wire type,
// value).
#include "core/formats/byte_reader.h"
#include "core/formats/gguf_file.h"
#include "core/formats/sentencepiece.h"
#include "core/support/files.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace lori::formats {

namespace {

enum class Wire : std::uint8_t { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

/// One field of a message. A number is in `value` (a Fixed32 as its bits), text or a message in `bytes`.
struct WireField {
    std::uint64_t number = 0;
    Wire wire = Wire::Varint;
    std::uint64_t value = 0;
    std::span<const std::byte> bytes;
};

[[noreturn]] void damagedModel(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::BadFile, what, "the file is damaged or no SentencePiece model: download it again", where);
}

[[noreturn]] void unsupported(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::Unsupported, what, "add the model's tokenizer.json, or choose another model", where);
}

std::uint64_t readVarint(ByteReader& reader)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const auto byte = reader.read<std::uint8_t>("a number");
        value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        if ((byte & 0x80U) == 0) {
            return value;
        }
    }
    damagedModel("a number at byte " + std::to_string(reader.position()) + " has no end", reader.where());
}

/// Calls `each` for every field of a message. Groups, which no SentencePiece model has, are refused.
template <typename Each>
void forEachField(std::span<const std::byte> message, const std::string& where, const Each& each)
{
    ByteReader reader(message, where);
    while (reader.remaining() > 0) {
        const std::uint64_t key = readVarint(reader);
        WireField field;
        field.number = key >> 3U;
        field.wire = static_cast<Wire>(key & 7U);
        switch (field.wire) {
        case Wire::Varint:
            field.value = readVarint(reader);
            break;
        case Wire::Fixed64:
            field.value = reader.read<std::uint64_t>("a number");
            break;
        case Wire::Bytes:
            field.bytes = reader.take(readVarint(reader), "a field");
            break;
        case Wire::Fixed32:
            field.value = reader.read<std::uint32_t>("a number");
            break;
        default:
            damagedModel("the field at byte " + std::to_string(reader.position()) + " has the unknown form " +
                             std::to_string(key & 7U),
                         where);
        }
        if (field.number == 0) {
            damagedModel("there is a field with the number 0", where);
        }
        each(field);
    }
}

void expect(const WireField& field, Wire wire, const char* name, const std::string& where)
{
    if (field.wire != wire) {
        damagedModel(std::string("the field '") + name + "' has the wrong form", where);
    }
}

std::string textOf(const WireField& field, const char* name, const std::string& where)
{
    expect(field, Wire::Bytes, name, where);
    const std::string text(reinterpret_cast<const char*>(field.bytes.data()), field.bytes.size());
    if (!isUtf8(text)) {
        damagedModel(std::string("the field '") + name + "' is not valid UTF-8", where);
    }
    return text;
}

bool flagOf(const WireField& field, const char* name, const std::string& where)
{
    expect(field, Wire::Varint, name, where);
    return field.value != 0;
}

Piece readPiece(const WireField& message, const std::string& where)
{
    expect(message, Wire::Bytes, "pieces", where);
    Piece piece;
    forEachField(message.bytes, where, [&](const WireField& field) {
        if (field.number == 1) {
            piece.text = textOf(field, "piece", where);
        } else if (field.number == 2) {
            expect(field, Wire::Fixed32, "score", where);
            piece.score = static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(field.value)));
        } else if (field.number == 3) {
            expect(field, Wire::Varint, "type", where);
            piece.kind = static_cast<std::int64_t>(std::min<std::uint64_t>(field.value, 255));
        }
    });
    if (!std::isfinite(piece.score)) {
        damagedModel("the piece '" + piece.text + "' has a score that is no number", where);
    }
    return piece;
}

void readTrainerSpec(SentencePieceModel& model, const WireField& message, const std::string& where)
{
    constexpr std::uint64_t kBpe = 2;
    expect(message, Wire::Bytes, "trainer_spec", where);
    std::uint64_t kind = 1; // what the format means when the field is left out
    forEachField(message.bytes, where, [&](const WireField& field) {
        if (field.number == 3) {
            expect(field, Wire::Varint, "model_type", where);
            kind = field.value;
        } else if (field.number == 24 && flagOf(field, "treat_whitespace_as_suffix", where)) {
            unsupported("a SentencePiece model that marks spaces behind words is not supported", where);
        } else if (field.number == 35) {
            model.hasByteFallback = flagOf(field, "byte_fallback", where);
        }
    });
    if (kind != kBpe) {
        const char* name = kind == 1 ? "unigram" : kind == 3 ? "word" : kind == 4 ? "character" : "unknown";
        unsupported(std::string("the SentencePiece model is of the kind ") + name + "; only BPE is supported", where);
    }
}

void readNormalizerSpec(SentencePieceModel& model, const WireField& message, const std::string& where)
{
    expect(message, Wire::Bytes, "normalizer_spec", where);
    std::string name = "a rule of its own";
    bool hasRules = false;
    forEachField(message.bytes, where, [&](const WireField& field) {
        switch (field.number) {
        case 1:
            name = "'" + textOf(field, "name", where) + "'";
            break;
        case 2:
        case 6:
            expect(field, Wire::Bytes, "precompiled_charsmap", where);
            hasRules = hasRules || !field.bytes.empty();
            break;
        case 3:
            model.prefix = flagOf(field, "add_dummy_prefix", where) ? DummyPrefix::EachStretch : DummyPrefix::Never;
            break;
        case 4:
            model.removesExtraSpaces = flagOf(field, "remove_extra_whitespaces", where);
            break;
        case 5:
            model.marksSpaces = flagOf(field, "escape_whitespaces", where);
            break;
        default:
            break;
        }
    });
    if (hasRules) {
        unsupported("the SentencePiece model normalizes text by " + name + "; only 'identity' is supported", where);
    }
}

} // namespace

SentencePieceModel readSentencePieceModel(std::span<const std::byte> bytes, const std::string& where)
{
    SentencePieceModel model;
    model.removesExtraSpaces = true; // the format's default
    bool hasTrainerSpec = false;
    forEachField(bytes, where, [&](const WireField& field) {
        if (field.number == 1) {
            model.pieces.push_back(readPiece(field, where));
        } else if (field.number == 2) {
            readTrainerSpec(model, field, where);
            hasTrainerSpec = true;
        } else if (field.number == 3) {
            readNormalizerSpec(model, field, where);
        } else if (field.number == 5 && !field.bytes.empty()) {
            unsupported("a SentencePiece model that changes decoded text is not supported", where);
        }
    });
    if (!hasTrainerSpec || model.pieces.empty()) {
        damagedModel("this is no SentencePiece model: it has " + std::to_string(model.pieces.size()) + " pieces and " +
                         (hasTrainerSpec ? "a" : "no") + " trainer_spec",
                     where);
    }
    return model;
}

SentencePieceModel readSentencePieceFile(const std::filesystem::path& file)
{
    const MappedFile mapped = MappedFile::open(file).value();
    return readSentencePieceModel(mapped.bytes(), file.string());
}

} // namespace lori::formats
