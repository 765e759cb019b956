// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/piece_scores.h"

#include "core/support/error.h"
#include "core/tokenizer/utf8.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace lori::tokenizer {

using nlohmann::json;

namespace {

constexpr std::size_t kLongestPiece =
    1024; ///< bytes; SentencePiece's own limit is 16 characters unless a trainer is told otherwise

[[noreturn]] void badPieces(ErrorCode code, const std::string& what)
{
    throw Exception(code, what, code == ErrorCode::Unsupported ? "choose another model" : "download the tokenizer again",
                    "the tokenizer's pieces");
}

/// One finite number for each of `count` ids.
std::vector<double> numbersOf(const json& model, const char* name, std::size_t count)
{
    const auto list = model.find(name);
    if (list == model.end() || !list->is_array() || list->size() != count) {
        badPieces(ErrorCode::BadFile, std::string("'") + name + "' is not a list of " + std::to_string(count) + " numbers");
    }
    std::vector<double> numbers;
    numbers.reserve(count);
    for (const json& value : *list) {
        if (!value.is_number() || !std::isfinite(value.get<double>())) {
            badPieces(ErrorCode::BadFile, std::string("'") + name + "' holds " + value.dump() + ", which is no number");
        }
        numbers.push_back(value.get<double>());
    }
    return numbers;
}

PieceKind kindOf(double number, const std::string& piece)
{
    if (!(number >= 1 && number <= 6) || number != std::floor(number)) {
        badPieces(ErrorCode::BadFile, "the piece '" + piece + "' has no known kind");
    }
    const auto kind = static_cast<PieceKind>(static_cast<int>(number));
    if (kind == PieceKind::Unused) {
        badPieces(ErrorCode::Unsupported, "a SentencePiece tokenizer with unused pieces ('" + piece + "') is not supported");
    }
    return kind;
}

/// score → rank, the highest first; equal scores share a rank, so that position decides.
std::map<double, std::int32_t> ranksOf(const std::vector<double>& scores)
{
    std::map<double, std::int32_t> ranks;
    for (const double score : scores) {
        ranks.emplace(score, 0);
    }
    std::int32_t rank = 0;
    for (auto entry = ranks.rbegin(); entry != ranks.rend(); ++entry) {
        entry->second = rank++;
    }
    return ranks;
}

} // namespace

void readPieceScores(Vocabulary& vocabulary, const json& model)
{
    const std::size_t count = vocabulary.tokenById.size();
    const std::vector<double> scores = numbersOf(model, "scores", count);
    const std::vector<double> kinds = numbersOf(model, "kinds", count);
    const std::map<double, std::int32_t> ranks = ranksOf(scores);
    std::unordered_map<std::string_view, std::size_t> normal;
    for (std::size_t id = 0; id < count; ++id) {
        const std::string& piece = vocabulary.tokenById[id];
        const PieceKind kind = kindOf(kinds[id], piece);
        if (kind == PieceKind::Normal && !piece.empty()) {
            if (piece.size() > kLongestPiece) {
                badPieces(ErrorCode::BadFile, "a piece is " + std::to_string(piece.size()) + " bytes long");
            }
            normal.emplace(piece, id);
        } else if (kind == PieceKind::UserDefined && !piece.empty()) {
            vocabulary.bpe.wholeSymbols.emplace_back(piece, static_cast<std::int32_t>(id));
        }
        if (kind != PieceKind::Normal && codePoints(piece).size() == 1) {
            vocabulary.bpe.tokenOfCharacter.erase(codePoints(piece)[0]);
        }
    }
    std::stable_sort(vocabulary.bpe.wholeSymbols.begin(), vocabulary.bpe.wholeSymbols.end(),
                     [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    struct Entry {
        std::int32_t left, right;
        Merge merge;
    };
    std::vector<Entry> entries;
    for (const auto& [piece, id] : normal) {
        for (std::size_t cut = characterLength(piece[0]); cut < piece.size(); cut += characterLength(piece[cut])) {
            const auto left = normal.find(piece.substr(0, cut));
            const auto right = normal.find(piece.substr(cut));
            if (left != normal.end() && right != normal.end()) {
                entries.push_back({static_cast<std::int32_t>(left->second),
                                   static_cast<std::int32_t>(right->second),
                                   {ranks.at(scores[id]), static_cast<std::int32_t>(id)}});
            }
        }
    }
    vocabulary.bpe.merges = MergeTable(entries.size());
    for (const Entry& entry : entries) {
        vocabulary.bpe.merges.insert(entry.left, entry.right, entry.merge);
    }
}

} // namespace lori::tokenizer
