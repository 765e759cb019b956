// SPDX-License-Identifier: Apache-2.0
#pragma once

// SentencePiece vocabularies (tokenizer.model, GGUF's tokenizer kind "llama"). Internal to this room.

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace lori::formats {

/// A piece; kinds by SentencePiece's number, which GGUF uses too.
struct Piece {
    static constexpr std::int64_t kNormal = 1;
    static constexpr std::int64_t kUnknown = 2;
    static constexpr std::int64_t kControl = 3;
    static constexpr std::int64_t kUserDefined = 4;
    static constexpr std::int64_t kByte = 6;
    std::string text; ///< valid UTF-8
    double score = 0;
    std::int64_t kind = kNormal;
};

/// Where the mark of a space is put in front although the text has none.
enum class DummyPrefix : std::uint8_t {
    EachStretch, ///< of text between special tokens (transformers' "legacy", llama.cpp)
    Begin,       ///< only at the beginning of the text
    Never,
};

/// A BPE vocabulary of SentencePiece with what its normalizer does; only the identity rule is known.
struct SentencePieceModel {
    std::vector<Piece> pieces; ///< by id
    bool hasByteFallback = false;
    bool removesExtraSpaces = false; ///< spaces at both ends, and all but one of several
    bool marksSpaces = true;         ///< spaces become ▁
    DummyPrefix prefix = DummyPrefix::EachStretch;
};

/// Reads a tokenizer.model (a protobuf message, read field by field without trusting its lengths).
/// Throws BadFile and Unsupported (another model than BPE, a text normalizer with rules of its own, by name).
[[nodiscard]] SentencePieceModel readSentencePieceModel(std::span<const std::byte> bytes, const std::string& where);
[[nodiscard]] SentencePieceModel readSentencePieceFile(const std::filesystem::path& file);

/// The equivalent tokenizer.json; its model has 'scores' and 'kinds', one for each id, where others have 'merges'.
/// Throws BadFile (a piece twice, no unknown piece without byte pieces, a byte piece missing).
[[nodiscard]] nlohmann::json tokenizerOfPieces(const SentencePieceModel& model, const std::string& where);

} // namespace lori::formats
