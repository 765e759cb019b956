// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/token_places.h"

#include "core/tokenizer/byte_alphabet.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>

namespace lori::tokenizer {

namespace {

/// Pieces of the text that a normalizer changes one by one: each begins with an ASCII character, which never joins the one
/// before.
struct Piece {
    std::size_t begin = 0;           ///< in the text
    std::size_t normalizedBegin = 0; ///< in the normalized text
};

std::vector<Piece> piecesOf(std::string_view text, const Normalizer& normalizer)
{
    std::vector<Piece> pieces;
    std::size_t normalizedAt = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin + 1;
        while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80) {
            ++end;
        }
        pieces.push_back({begin, normalizedAt});
        normalizedAt += normalizer.apply(text.substr(begin, end - begin)).size();
        begin = end;
    }
    pieces.push_back({text.size(), normalizedAt});
    return pieces;
}

} // namespace

std::vector<std::size_t> placesOfBytes(std::string_view stretch, const std::vector<std::string>& tokens,
                                       const Normalizer& normalizer)
{
    const bool isPlain = normalizer.isEmpty() || normalizer.apply(stretch) == stretch;
    const std::vector<Piece> pieces = isPlain ? std::vector<Piece>() : piecesOf(stretch, normalizer);
    std::vector<std::size_t> ends;
    std::size_t at = 0; // in the normalized text
    std::size_t piece = 0;
    for (const std::string& token : tokens) {
        at += token.size();
        if (isPlain) {
            ends.push_back(std::min(at, stretch.size()));
            continue;
        }
        while (piece + 1 < pieces.size() && pieces[piece + 1].normalizedBegin <= at) {
            ++piece;
        }
        const std::size_t limit = piece + 1 < pieces.size() ? pieces[piece + 1].begin : stretch.size();
        ends.push_back(std::min(pieces[piece].begin + (at - pieces[piece].normalizedBegin), limit));
    }
    return ends;
}

std::vector<std::size_t> placesOfPieces(std::string_view stretch, const std::vector<std::string>& tokens)
{
    constexpr std::string_view kMark = "▁";
    std::vector<std::size_t> ends;
    std::size_t at = 0;
    const auto startsWith = [&](std::string_view part) {
        return stretch.substr(at, part.size()) == part;
    };
    for (const std::string& token : tokens) {
        if (byteOfToken(token)) {
            at = std::min(at + 1, stretch.size());
            ends.push_back(at);
            continue;
        }
        bool isKnown = false;
        for (std::size_t i = 0; i < token.size();) {
            const std::string_view character = std::string_view(token).substr(i, characterLength(token[i]));
            i += character.size();
            if (startsWith(character)) {
                at += character.size();
                isKnown = true;
            } else if (character == kMark) {
                isKnown = true;
                at += startsWith(" ") ? 1 : 0; // otherwise it was put in front of the text
            }
        }
        if (!isKnown && at < stretch.size()) { // the unknown token stands for a character
            at = std::min(at + characterLength(stretch[at]), stretch.size());
        }
        ends.push_back(at);
    }
    return ends;
}

} // namespace lori::tokenizer
