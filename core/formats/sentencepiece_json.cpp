// SPDX-License-Identifier: Apache-2.0
#include "core/formats/sentencepiece.h"

#include "core/support/error.h"

#include <array>
#include <charconv>

namespace lori::formats {

using nlohmann::json;

namespace {

constexpr const char* kMark = "\xe2\x96\x81"; // ▁

[[noreturn]] void damagedPieces(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::BadFile, what, "download the tokenizer again", where);
}

json replace(const char* kind, const std::string& pattern, const std::string& content)
{
    return {{"type", "Replace"}, {"pattern", {{kind, pattern}}}, {"content", content}};
}

/// What SentencePiece's normalizer does, in its order: extra spaces go, the prefix comes, spaces become marks.
json normalizerOf(const SentencePieceModel& model)
{
    json steps = json::array();
    if (model.removesExtraSpaces) {
        steps.push_back(replace("Regex", "\\A +| +\\z", ""));
        steps.push_back(replace("Regex", " {2,}", " "));
    }
    if (model.prefix == DummyPrefix::EachStretch) {
        steps.push_back({{"type", "Prepend"}, {"prepend", model.marksSpaces ? kMark : " "}});
    }
    if (model.marksSpaces && model.prefix != DummyPrefix::Begin) {
        steps.push_back(replace("String", " ", kMark));
        if (model.removesExtraSpaces) { // SentencePiece trims the end last of all: marks of the text and the prefix count too
            steps.push_back(replace("Regex", std::string("(?:") + kMark + ")+\\z", ""));
        }
    }
    return {{"type", "Sequence"}, {"normalizers", std::move(steps)}};
}

json preTokenizerOf(const SentencePieceModel& model)
{
    if (model.prefix != DummyPrefix::Begin) {
        return nullptr;
    }
    return {{"type", "Metaspace"}, {"replacement", kMark}, {"prepend_scheme", "first"}, {"split", false}};
}

json decoderOf(const SentencePieceModel& model)
{
    json steps = json::array({replace("String", kMark, " "), {{"type", "ByteFallback"}}, {{"type", "Fuse"}}});
    if (model.prefix != DummyPrefix::Never || model.removesExtraSpaces) {
        constexpr int kMany = 64; // where extra spaces are removed, none is left at the beginning
        steps.push_back({{"type", "Strip"}, {"content", " "}, {"start", model.removesExtraSpaces ? kMany : 1}, {"stop", 0}});
    }
    return {{"type", "Sequence"}, {"decoders", std::move(steps)}};
}

std::string byteName(unsigned byte)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    return std::string("<0x") + kDigits[byte / 16] + kDigits[byte % 16] + ">";
}

/// SentencePiece itself demands all 256 byte pieces; without one, or without an unknown piece, text would vanish unnoticed.
void checkCompleteness(const SentencePieceModel& model, const json& vocabulary, const json& unknown, const std::string& where)
{
    for (unsigned byte = 0; model.hasByteFallback && byte < 256; ++byte) {
        if (!vocabulary.contains(byteName(byte))) {
            damagedPieces("the piece '" + byteName(byte) + "' is missing, although single bytes are to be pieces", where);
        }
    }
    if (!model.hasByteFallback && unknown.is_null()) {
        damagedPieces("the tokenizer has neither a piece for unknown characters nor pieces for single bytes", where);
    }
}

} // namespace

json tokenizerOfPieces(const SentencePieceModel& model, const std::string& where)
{
    json vocabulary = json::object();
    auto& map = vocabulary.get_ref<json::object_t&>();
    json scores = json::array();
    json kinds = json::array();
    json added = json::array();
    json unknown;
    for (std::size_t id = 0; id < model.pieces.size(); ++id) {
        const Piece& piece = model.pieces[id];
        if (piece.text.empty() || !map.emplace(piece.text, id).second) {
            damagedPieces("the piece " + std::to_string(id) + " is empty or '" + piece.text + "' twice", where);
        }
        scores.push_back(piece.score);
        kinds.push_back(piece.kind);
        if (piece.kind == Piece::kUnknown && unknown.is_null()) {
            unknown = piece.text;
        }
        if (piece.kind == Piece::kUnknown || piece.kind == Piece::kControl) {
            added.push_back({{"id", id},
                             {"content", piece.text},
                             {"single_word", false},
                             {"lstrip", false},
                             {"rstrip", false},
                             {"normalized", false},
                             {"special", true}});
        }
    }
    checkCompleteness(model, vocabulary, unknown, where);
    return {{"version", "1.0"},
            {"truncation", nullptr},
            {"padding", nullptr},
            {"added_tokens", std::move(added)},
            {"normalizer", normalizerOf(model)},
            {"pre_tokenizer", preTokenizerOf(model)},
            {"post_processor", nullptr},
            {"decoder", decoderOf(model)},
            {"model",
             {{"type", "BPE"},
              {"unk_token", unknown},
              {"fuse_unk", true},
              {"byte_fallback", model.hasByteFallback},
              {"ignore_merges", false},
              {"vocab", std::move(vocabulary)},
              {"scores", std::move(scores)},
              {"kinds", std::move(kinds)}}}};
}

} // namespace lori::formats
