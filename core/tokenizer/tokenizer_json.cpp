// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/tokenizer_json.h"

#include "core/support/error.h"
#include "core/tokenizer/byte_alphabet.h"
#include "core/tokenizer/piece_scores.h"
#include "core/tokenizer/utf8.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace lori::tokenizer {

using nlohmann::json;

namespace {

constexpr std::int64_t kMaxId = 1 << 22;

[[noreturn]] void badTokenizer(ErrorCode code, const std::string& what)
{
    throw Exception(code, what, code == ErrorCode::Unsupported ? "choose another model" : "download the tokenizer again",
                    "tokenizer.json");
}

/// A field, or null when it is absent.
const json& field(const json& object, const char* name)
{
    static const json kNull;
    const auto place = object.find(name);
    return place == object.end() ? kNull : *place;
}

bool flag(const json& object, const char* name)
{
    const json& value = field(object, name);
    if (!value.is_null() && !value.is_boolean()) {
        badTokenizer(ErrorCode::BadFile, std::string("'") + name + "' must be true or false");
    }
    return value.is_boolean() && value.get<bool>();
}

std::int32_t idOf(const json& value, const std::string& token)
{
    const bool isUnsigned = value.is_number_unsigned(); // JSON made by a program may hold signed numbers
    if (!value.is_number_integer() || (isUnsigned ? value.get<std::uint64_t>() >= static_cast<std::uint64_t>(kMaxId)
                                                  : value.get<std::int64_t>() < 0 || value.get<std::int64_t>() >= kMaxId)) {
        badTokenizer(ErrorCode::BadFile, "the token '" + token + "' has the id " + value.dump() + ", not a whole number below " +
                                             std::to_string(kMaxId));
    }
    return value.get<std::int32_t>();
}

/// Refuses the variants of BPE that are computed otherwise.
const json& bpeModel(const json& tokenizer)
{
    const json& model = field(tokenizer, "model");
    if (!model.is_object()) {
        badTokenizer(ErrorCode::BadFile, "'model' is missing");
    }
    const json& type = field(model, "type");
    if (!type.is_null() && type != json("BPE")) {
        badTokenizer(ErrorCode::Unsupported, "the tokenizer model " + type.dump() + " is not supported (BPE is)");
    }
    for (const char* name : {"continuing_subword_prefix", "end_of_word_suffix"}) {
        if (const json& value = field(model, name); !value.is_null() && value != json("")) {
            badTokenizer(ErrorCode::Unsupported, std::string("a tokenizer with '") + name + "' is not supported");
        }
    }
    if (const json& dropout = field(model, "dropout"); !dropout.is_null() && dropout != json(0)) {
        badTokenizer(ErrorCode::Unsupported, "a tokenizer with 'dropout' is not supported");
    }
    if (!field(model, "vocab").is_object() || field(model, "vocab").empty() ||
        (!field(model, "merges").is_array() && field(model, "scores").is_null())) {
        badTokenizer(ErrorCode::BadFile, "'model.vocab' or 'model.merges' is missing");
    }
    return model;
}

/// Enters a token under its id; an id belongs to one token.
void enter(Vocabulary& vocabulary, const std::string& token, std::int32_t id)
{
    const auto index = static_cast<std::size_t>(id);
    if (vocabulary.tokenById.size() <= index) {
        vocabulary.tokenById.resize(index + 1);
        vocabulary.isSpecialById.resize(index + 1);
    }
    const auto [place, isNew] = vocabulary.idByToken.emplace(token, id);
    if (place->second != id || (isNew && !vocabulary.tokenById[index].empty())) {
        badTokenizer(ErrorCode::BadFile,
                     "the token '" + token + "' contradicts another entry about its id " + std::to_string(id));
    }
    vocabulary.tokenById[index] = token;
}

void readAddedTokens(Vocabulary& vocabulary, const json& list)
{
    if (!list.is_null() && !list.is_array()) {
        badTokenizer(ErrorCode::BadFile, "'added_tokens' must be a list");
    }
    for (const json& entry : list) {
        if (!entry.is_object() || !field(entry, "content").is_string()) {
            badTokenizer(ErrorCode::BadFile, "an entry of 'added_tokens' has no 'content'");
        }
        AddedToken token;
        token.content = field(entry, "content").get<std::string>();
        token.id = idOf(field(entry, "id"), token.content);
        token.isSpecial = flag(entry, "special");
        token.singleWord = flag(entry, "single_word");
        token.stripLeft = flag(entry, "lstrip");
        token.stripRight = flag(entry, "rstrip");
        token.isNormalized = flag(entry, "normalized");
        enter(vocabulary, token.content, token.id);
        vocabulary.isSpecialById[static_cast<std::size_t>(token.id)] = token.isSpecial;
        vocabulary.added.push_back(std::move(token));
    }
}

/// The two halves of a merge, written as a list or as one text.
std::pair<std::string, std::string> halvesOf(const json& merge)
{
    if (merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string()) {
        return {merge[0].get<std::string>(), merge[1].get<std::string>()};
    }
    const std::string text = merge.is_string() ? merge.get<std::string>() : std::string();
    const std::size_t space = text.find(' ');
    if (space == std::string::npos || text.find(' ', space + 1) != std::string::npos) {
        badTokenizer(ErrorCode::BadFile, "the merge " + merge.dump() + " is not two parts");
    }
    return {text.substr(0, space), text.substr(space + 1)};
}

void readMerges(Vocabulary& vocabulary, const json& merges)
{
    const auto require = [&](const std::string& token) {
        const auto place = vocabulary.idByToken.find(token);
        if (place == vocabulary.idByToken.end()) {
            badTokenizer(ErrorCode::BadFile, "a merge needs the token '" + token + "', which the vocabulary lacks");
        }
        return place->second;
    };
    vocabulary.bpe.merges = MergeTable(merges.size());
    std::int32_t rank = 0;
    for (const json& merge : merges) {
        const auto [left, right] = halvesOf(merge);
        const std::int32_t leftId = require(left);
        const std::int32_t rightId = require(right);
        vocabulary.bpe.merges.insert(leftId, rightId, {rank++, require(left + right)});
    }
}

/// What a word starts from: the tokens of single bytes, or those of single characters.
void readStartingTokens(Vocabulary& vocabulary, const json& model, bool isByteLevel)
{
    BpeTables& bpe = vocabulary.bpe;
    bpe.isByteLevel = isByteLevel;
    bpe.hasByteFallback = !isByteLevel && flag(model, "byte_fallback");
    for (unsigned byte = 0; byte < 256; ++byte) {
        const auto place =
            vocabulary.idByToken.find(isByteLevel ? toByteAlphabet(std::string(1, static_cast<char>(byte))) : tokenOfByte(byte));
        bpe.tokenOfByte[byte] = place == vocabulary.idByToken.end() ? -1 : place->second;
    }
    for (const auto& [token, id] : vocabulary.idByToken) {
        if (!isByteLevel && !token.empty() && characterLength(token[0]) == token.size()) {
            bpe.tokenOfCharacter.emplace(codePoints(token)[0], id);
        }
    }
}

void readUnknown(Vocabulary& vocabulary, const json& model)
{
    const json& token = field(model, "unk_token");
    if (token.is_string() && !token.get<std::string>().empty()) {
        const auto place = vocabulary.idByToken.find(token.get<std::string>());
        if (place == vocabulary.idByToken.end()) {
            badTokenizer(ErrorCode::BadFile, "the unknown token " + token.dump() + " is not in the vocabulary");
        }
        vocabulary.bpe.unknown = place->second;
    }
    vocabulary.bpe.fuseUnknown = flag(model, "fuse_unk");
}

} // namespace

Vocabulary readVocabulary(const json& tokenizerJson, bool isByteLevel)
{
    if (!tokenizerJson.is_object()) {
        badTokenizer(ErrorCode::BadFile, "this is not a tokenizer");
    }
    const json& model = bpeModel(tokenizerJson);
    Vocabulary vocabulary;
    vocabulary.idByToken.reserve(model.at("vocab").size() + 256);
    for (const auto& [token, id] : model.at("vocab").items()) {
        enter(vocabulary, token, idOf(id, token));
    }
    readStartingTokens(vocabulary, model, isByteLevel);
    readUnknown(vocabulary, model);
    if (field(model, "scores").is_null()) {
        readMerges(vocabulary, model.at("merges"));
    } else {
        readPieceScores(vocabulary, model);
    }
    vocabulary.bpe.ignoreMerges = flag(model, "ignore_merges");
    if (vocabulary.bpe.ignoreMerges) {
        for (const auto& [token, id] : vocabulary.idByToken) {
            vocabulary.bpe.tokenOfWord.emplace(isByteLevel ? bytesOfToken(token) : token, id);
        }
    }
    readAddedTokens(vocabulary, field(tokenizerJson, "added_tokens"));
    return vocabulary;
}

} // namespace lori::tokenizer
