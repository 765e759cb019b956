// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tokenizer/tokenizer_json.h"

#include <nlohmann/json_fwd.hpp>

namespace lori::tokenizer {

/// Kinds of pieces, by SentencePiece's number (also GGUF's tokenizer.ggml.token_type).
enum class PieceKind : std::uint8_t { Normal = 1, Unknown, Control, UserDefined, Unused, Byte };

/// The merges of a SentencePiece vocabulary, which has scores instead: two neighbours merge when together they are a piece, those
/// of the highest score first, among equals the leftmost. `model` is the "model" of a tokenizer.json made by core/formats, with
/// 'scores' and 'kinds' (one number for each id) in place of 'merges'.
/// Throws BadFile (lists of another length, a score that is no number) and Unsupported (pieces marked unused).
void readPieceScores(Vocabulary& vocabulary, const nlohmann::json& model);

} // namespace lori::tokenizer
