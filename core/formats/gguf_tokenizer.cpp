// SPDX-License-Identifier: Apache-2.0
#include "core/formats/gguf_tokenizer.h"

#include "core/formats/end_tokens.h"
#include "core/formats/sentencepiece.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace lori::formats {

using nlohmann::json;

namespace {

json byteLevel(bool useRegex)
{
    return {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", useRegex}};
}

json sequence(json first, json second)
{
    return {{"type", "Sequence"}, {"pretokenizers", json::array({std::move(first), std::move(second)})}};
}

json split(const std::string& pattern)
{
    return {{"type", "Split"}, {"pattern", {{"Regex", pattern}}}, {"behavior", "Isolated"}, {"invert", false}};
}

/// Words of Llama 3 and Qwen 2, which differ only in how many digits may stand together.
std::string wordPattern(const std::string& digits)
{
    return R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|)" + digits +
           R"(| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
}

/// Words of Mistral's newer tokenizer: a change from small to capital letters begins another one.
std::string casedPattern()
{
    const std::string upper = R"([\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}])";
    const std::string lower = R"([\p{Ll}\p{Lm}\p{Lo}\p{M}])";
    const std::string first = R"([^\r\n\p{L}\p{N}]?)";
    return first + upper + "*" + lower + "+|" + first + upper + "+" + lower + "*" +
           R"(|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
}

/// The pre-tokenizer, normalizer and merge rule that a name in tokenizer.ggml.pre stands for.
struct PreTokenizer {
    json preTokenizer;
    json normalizer;
    bool ignoreMerges = false;
};

PreTokenizer preTokenizerOf(const std::string& name, const std::string& where)
{
    const auto isOneOf = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (isOneOf({"smollm", "starcoder", "refact"})) {
        return {sequence({{"type", "Digits"}, {"individual_digits", true}}, byteLevel(true)), nullptr, false};
    }
    if (isOneOf({"gpt-2", "phi-2", "olmo", "mpt", "jais", "gigachat", "a.x-4.0", "mellum", "granite-docling"})) {
        return {byteLevel(true), nullptr, false};
    }
    if (isOneOf({"llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2"})) {
        return {sequence(split(wordPattern(R"(\p{N}{1,3})")), byteLevel(false)), nullptr, true};
    }
    if (isOneOf({"smaug-bpe", "dbrx"})) { // the same words, but a token that is one word still has to be merged
        return {sequence(split(wordPattern(R"(\p{N}{1,3})")), byteLevel(false)), nullptr, false};
    }
    if (name == "tekken") {
        return {sequence(split(casedPattern()), byteLevel(false)), nullptr, true};
    }
    if (isOneOf({"qwen2", "deepseek-r1-qwen", "kormo", "f2llmv2"})) {
        return {sequence(split(wordPattern(R"(\p{N})")), byteLevel(false)), {{"type", "NFC"}}, false};
    }
    throw Exception(ErrorCode::Unsupported, "the pre-tokenizer '" + name + "' (tokenizer.ggml.pre) is not supported",
                    "open the model as a Hugging Face folder, or choose another one", where);
}

json vocabularyOf(const std::vector<std::string_view>& tokens, const GgufMetadata& metadata)
{
    json vocabulary = json::object();
    auto& map = vocabulary.get_ref<json::object_t&>();
    for (std::size_t id = 0; id < tokens.size(); ++id) {
        if (!map.emplace(std::string(tokens[id]), id).second) {
            metadata.refuse("tokenizer.ggml.tokens", "holds '" + std::string(tokens[id]) + "' twice");
        }
    }
    return vocabulary;
}

json mergesOf(const GgufMetadata& metadata)
{
    json merges = json::array();
    for (const std::string_view merge : metadata.texts("tokenizer.ggml.merges")) {
        const std::size_t space = merge.find(' ', 1);
        if (space == std::string_view::npos || space + 1 == merge.size() ||
            merge.find(' ', space + 1) != std::string_view::npos) {
            metadata.refuse("tokenizer.ggml.merges", "holds '" + std::string(merge) + "', which is not two parts");
        }
        merges.push_back(std::string(merge));
    }
    return merges;
}

std::vector<std::int64_t> typesOf(const std::vector<std::string_view>& tokens, const GgufMetadata& metadata)
{
    std::vector<std::int64_t> types = metadata.integers("tokenizer.ggml.token_type");
    if (types.size() != tokens.size()) {
        metadata.refuse("tokenizer.ggml.token_type",
                        "has " + std::to_string(types.size()) + " entries for " + std::to_string(tokens.size()) + " tokens");
    }
    for (const std::int64_t id : endsByText(tokens)) { // as llama.cpp: special whatever the file says
        types[static_cast<std::size_t>(id)] = Piece::kControl;
    }
    return types;
}

json addedTokensOf(const std::vector<std::string_view>& tokens, const GgufMetadata& metadata)
{
    const std::vector<std::int64_t> types = typesOf(tokens, metadata);
    json added = json::array();
    for (std::size_t id = 0; id < tokens.size(); ++id) {
        if ((types[id] == Piece::kControl || types[id] == Piece::kUserDefined) && !tokens[id].empty()) {
            added.push_back({{"id", id},
                             {"content", std::string(tokens[id])},
                             {"single_word", false},
                             {"lstrip", false},
                             {"rstrip", false},
                             {"normalized", false},
                             {"special", types[id] == Piece::kControl}});
        }
    }
    return added;
}

json configOf(const std::vector<std::string_view>& tokens, const GgufMetadata& metadata)
{
    json config = {{"clean_up_tokenization_spaces", false}};
    for (const auto& [key, field] : {std::pair{"bos", "bos_token"}, {"eos", "eos_token"}, {"padding", "pad_token"}}) {
        const std::string name = std::string("tokenizer.ggml.") + key + "_token_id";
        const auto id = metadata.integer(name);
        if (id && (*id < 0 || *id >= static_cast<std::int64_t>(tokens.size()))) {
            metadata.refuse(name, "is " + std::to_string(*id) + ", but there are " + std::to_string(tokens.size()) + " tokens");
        }
        if (id) {
            config[field] = std::string(tokens[static_cast<std::size_t>(*id)]);
        }
    }
    if (const auto chat = metadata.text("tokenizer.chat_template")) {
        config["chat_template"] = *chat;
    }
    config["add_bos_token"] = metadata.flag("tokenizer.ggml.add_bos_token").value_or(false);
    return config;
}

/// SentencePiece-style BPE ("llama"): pieces with scores. As in llama.cpp, a space is put in front of every stretch of text
/// unless the file says otherwise, and user-defined tokens are found before anything else.
json pieceTokenizer(const std::vector<std::string_view>& tokens, const GgufMetadata& metadata)
{
    const std::vector<std::int64_t> types = typesOf(tokens, metadata);
    const std::vector<double> scores = metadata.numbers("tokenizer.ggml.scores");
    if (scores.size() != tokens.size()) {
        metadata.refuse("tokenizer.ggml.scores",
                        "has " + std::to_string(scores.size()) + " entries for " + std::to_string(tokens.size()) + " tokens");
    }
    SentencePieceModel model;
    for (std::size_t id = 0; id < tokens.size(); ++id) {
        model.pieces.push_back({std::string(tokens[id]), scores[id], types[id]});
        model.hasByteFallback = model.hasByteFallback || types[id] == Piece::kByte;
    }
    model.removesExtraSpaces = metadata.flag("tokenizer.ggml.remove_extra_whitespaces").value_or(false);
    const bool hasPrefix = metadata.flag("tokenizer.ggml.add_space_prefix").value_or(true);
    model.prefix = hasPrefix ? DummyPrefix::EachStretch : DummyPrefix::Never;
    json tokenizer = tokenizerOfPieces(model, metadata.where());
    for (json& token : addedTokensOf(tokens, metadata)) {
        if (token.at("special") == json(false)) {
            tokenizer["added_tokens"].push_back(std::move(token));
        }
    }
    return tokenizer;
}

json byteLevelTokenizer(const std::vector<std::string_view>& tokens, const GgufMetadata& metadata)
{
    const PreTokenizer pre = preTokenizerOf(metadata.text("tokenizer.ggml.pre").value_or(""), metadata.where());
    json tokenizer = {{"version", "1.0"},
                      {"truncation", nullptr},
                      {"padding", nullptr},
                      {"added_tokens", addedTokensOf(tokens, metadata)},
                      {"normalizer", pre.normalizer},
                      {"pre_tokenizer", pre.preTokenizer},
                      {"post_processor", nullptr},
                      {"decoder", byteLevel(true)}};
    json model = {{"type", "BPE"},
                  {"dropout", nullptr},
                  {"unk_token", nullptr},
                  {"continuing_subword_prefix", nullptr},
                  {"end_of_word_suffix", nullptr},
                  {"fuse_unk", false},
                  {"byte_fallback", false},
                  {"ignore_merges", pre.ignoreMerges}};
    model["vocab"] = vocabularyOf(tokens, metadata);
    model["merges"] = mergesOf(metadata);
    tokenizer["model"] = std::move(model);
    return tokenizer;
}

} // namespace

std::optional<std::string> preTokenizerName(const json& tokenizer)
{
    const auto essence = [](json part) { // a field that changes nothing here is left out
        if (part.is_object()) {
            part.erase("trim_offsets");
            if (part.contains("pretokenizers")) {
                for (json& inner : part["pretokenizers"]) {
                    inner.erase("trim_offsets");
                }
            }
        }
        return part;
    };
    const json wanted = essence(tokenizer.value("pre_tokenizer", json(nullptr)));
    const bool ignoresMerges = tokenizer.at("model").value("ignore_merges", false);
    for (const char* name : {"smollm", "gpt-2", "llama-bpe", "qwen2", "smaug-bpe", "tekken"}) {
        const PreTokenizer known = preTokenizerOf(name, "");
        if (essence(known.preTokenizer) == wanted && known.ignoreMerges == ignoresMerges &&
            known.normalizer == tokenizer.value("normalizer", json(nullptr))) {
            return name;
        }
    }
    return std::nullopt;
}

std::vector<std::int64_t> endTokensOf(const GgufMetadata& metadata)
{
    std::vector<std::int64_t> ids;
    const auto add = [&](std::int64_t id) {
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
            ids.push_back(id);
        }
    };
    for (const char* kind : {"eos", "eot", "eom", "fim_pad", "fim_rep", "fim_sep"}) {
        if (const auto id = metadata.integer("tokenizer.ggml." + std::string(kind) + "_token_id")) {
            add(*id);
        }
    }
    for (const std::int64_t id : endsByText(metadata.texts("tokenizer.ggml.tokens"))) {
        add(id);
    }
    return ids;
}

std::optional<std::int64_t> idOfToken(const GgufMetadata& metadata, const std::string& text)
{
    const std::vector<std::string_view> tokens = metadata.texts("tokenizer.ggml.tokens");
    const auto found = std::find(tokens.begin(), tokens.end(), text);
    return found == tokens.end() ? std::nullopt : std::optional<std::int64_t>(found - tokens.begin());
}

GgufTokenizer tokenizerOf(const GgufMetadata& metadata, std::int64_t vocabulary)
{
    const auto kind = metadata.text("tokenizer.ggml.model");
    if (!kind) {
        throw Exception(ErrorCode::BadFile, "the file carries no tokenizer ('tokenizer.ggml.model' is missing)",
                        "choose another file", metadata.where());
    }
    if (*kind != "gpt2" && *kind != "llama") {
        throw Exception(ErrorCode::Unsupported,
                        "the tokenizer kind '" + *kind +
                            "' is not supported (byte-level BPE, 'gpt2', and SentencePiece-style BPE, 'llama', are)",
                        "choose a model with one of these tokenizers", metadata.where());
    }
    const std::vector<std::string_view> tokens = metadata.texts("tokenizer.ggml.tokens");
    if (tokens.empty() || tokens.size() > static_cast<std::size_t>(vocabulary)) {
        metadata.refuse("tokenizer.ggml.tokens",
                        "has " + std::to_string(tokens.size()) + " entries for a vocabulary of " + std::to_string(vocabulary));
    }
    return {*kind == "llama" ? pieceTokenizer(tokens, metadata) : byteLevelTokenizer(tokens, metadata),
            configOf(tokens, metadata)};
}

} // namespace lori::formats
