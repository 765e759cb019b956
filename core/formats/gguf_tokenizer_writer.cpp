// SPDX-License-Identifier: Apache-2.0
// The tokenizer of a model as GGUF metadata: as the model's own GGUF file has it, or made from tokenizer.json.
#include "core/formats/gguf_file.h"
#include "core/formats/gguf_model_writer.h"
#include "core/formats/gguf_tokenizer.h"
#include "core/formats/sentencepiece.h"
#include "core/formats/token_text.h"

#include <algorithm>
#include <map>

namespace lori::formats {

using nlohmann::json;

namespace {

[[noreturn]] void cannotWriteTokenizer(const std::string& what, const std::string& where)
{
    throw Exception(ErrorCode::Unsupported, what,
                    "write a Hugging Face folder, and convert that with llama.cpp's convert_hf_to_gguf.py", where);
}

/// Tokens by id, with GGUF's types.
struct Vocabulary {
    std::vector<std::string> tokens;
    std::vector<std::int32_t> types;
};

/// Ids that no token has are filled, as the model's head has rows for them.
Vocabulary vocabularyOf(const json& tokenizer, std::int64_t size, const std::string& where)
{
    constexpr std::int32_t kNormal = 1;
    constexpr std::int32_t kUnused = 5;
    const auto count = static_cast<std::size_t>(size);
    Vocabulary vocabulary{std::vector<std::string>(count), std::vector<std::int32_t>(count, kUnused)};
    const auto set = [&](const std::string& token, const json& id, std::int32_t type) {
        if (!id.is_number_unsigned() || id.get<std::uint64_t>() >= count) {
            cannotWriteTokenizer("the token '" + token + "' has no row in the model", where);
        }
        vocabulary.tokens[id.get<std::size_t>()] = token;
        vocabulary.types[id.get<std::size_t>()] = type;
    };
    for (const auto& [token, id] : tokenizer.at("model").at("vocab").items()) {
        set(token, id, kNormal);
    }
    for (const json& token : tokenizer.value("added_tokens", json::array())) {
        const bool isSpecial = token.value("special", false);
        set(token.at("content").get<std::string>(), token.at("id"),
            static_cast<std::int32_t>(isSpecial ? Piece::kControl : Piece::kUserDefined));
    }
    for (std::size_t id = 0; id < count; ++id) {
        if (vocabulary.types[id] == kUnused) {
            vocabulary.tokens[id] = "[PAD" + std::to_string(id) + "]";
        }
    }
    return vocabulary;
}

/// "a b", or in newer files ["a", "b"].
std::vector<std::string> mergesOf(const json& model)
{
    std::vector<std::string> merges;
    for (const json& merge : model.at("merges")) {
        merges.push_back(merge.is_string() ? merge.get<std::string>()
                                           : merge.at(0).get<std::string>() + " " + merge.at(1).get<std::string>());
    }
    return merges;
}

/// Pieces with the scores that make llama.cpp merge in the order of the list.
void addPieces(GgufEntries& entries, const json& tokenizer, Vocabulary vocabulary, const std::string& where)
{
    constexpr std::int32_t kUnknown = 2;
    constexpr std::int32_t kByte = 6;
    const json& model = tokenizer.at("model");
    std::map<std::string, float> scores;
    float rank = 0;
    for (const std::string& merge : mergesOf(model)) {
        const std::size_t space = merge.find(' ', 1);
        scores.emplace(merge.substr(0, space) + merge.substr(space + 1), rank); // the first rule that makes a piece counts
        rank -= 1;
    }
    std::vector<float> list;
    const json unknown = model.value("unk_token", json(nullptr));
    for (std::size_t id = 0; id < vocabulary.tokens.size(); ++id) {
        const std::string& token = vocabulary.tokens[id];
        if (token.size() == 6 && token.starts_with("<0x") && token.ends_with(">")) {
            vocabulary.types[id] = kByte;
        }
        if (unknown.is_string() && unknown.get_ref<const std::string&>() == token) {
            vocabulary.types[id] = kUnknown;
        }
        const auto score = scores.find(token);
        list.push_back(score == scores.end() ? rank - 1 : score->second);
    }
    const std::string normalizer = tokenizer.value("normalizer", json(nullptr)).dump();
    const std::string preTokenizer = tokenizer.value("pre_tokenizer", json(nullptr)).dump();
    const bool prepends =
        normalizer.find("\"Prepend\"") != std::string::npos ||
        (preTokenizer.find("\"Metaspace\"") != std::string::npos && preTokenizer.find("\"never\"") == std::string::npos);
    if (normalizer.find("▁") == std::string::npos && preTokenizer.find("▁") == std::string::npos) {
        cannotWriteTokenizer("the tokenizer splits text in a way that GGUF files have no name for", where);
    }
    entries.addText("tokenizer.ggml.model", "llama");
    entries.addText("tokenizer.ggml.pre", "default");
    entries.addTexts("tokenizer.ggml.tokens", vocabulary.tokens);
    entries.addNumbers("tokenizer.ggml.scores", list);
    entries.addIntegers("tokenizer.ggml.token_type", vocabulary.types);
    entries.addFlag("tokenizer.ggml.add_space_prefix", prepends);
}

void addByteLevel(GgufEntries& entries, const json& tokenizer, const Vocabulary& vocabulary, const std::string& where)
{
    const auto name = preTokenizerName(tokenizer);
    if (!name) {
        cannotWriteTokenizer("the tokenizer splits text in a way that this program has no GGUF name for", where);
    }
    entries.addText("tokenizer.ggml.model", "gpt2");
    entries.addText("tokenizer.ggml.pre", *name);
    entries.addTexts("tokenizer.ggml.tokens", vocabulary.tokens);
    entries.addIntegers("tokenizer.ggml.token_type", vocabulary.types);
    entries.addTexts("tokenizer.ggml.merges", mergesOf(tokenizer.at("model")));
}

void addSpecialTokens(GgufEntries& entries, const ModelFiles& model, const Vocabulary& vocabulary)
{
    const auto idOf = [&](const char* name) -> std::optional<std::int64_t> {
        const std::string text = tokenText(model.tokenizerConfig, name);
        const auto found = std::find(vocabulary.tokens.begin(), vocabulary.tokens.end(), text);
        return text.empty() || found == vocabulary.tokens.end() ? std::nullopt : std::optional(found - vocabulary.tokens.begin());
    };
    const auto bos = idOf("bos_token");
    const auto add = [&](const char* key, const std::optional<std::int64_t>& id) {
        if (id) {
            entries.addCount(std::string("tokenizer.ggml.") + key + "_token_id", *id);
        }
    };
    add("bos", bos ? bos : model.config.bosId);
    add("eos", model.config.eosIds.empty() ? std::nullopt : std::optional(model.config.eosIds.front()));
    add("eot", model.turnEndId);
    add("unknown", idOf("unk_token"));
    add("padding", idOf("pad_token"));
    const json flag = model.tokenizerConfig.value("add_bos_token", json(nullptr));
    const std::string after = model.tokenizerJson.value("post_processor", json(nullptr)).dump();
    const std::string bosText = tokenText(model.tokenizerConfig, "bos_token");
    const bool isAdded = !bosText.empty() && after.find(json(bosText).dump()) != std::string::npos;
    entries.addFlag("tokenizer.ggml.add_bos_token", flag.is_boolean() ? flag.get<bool>() : isAdded);
    const json chat = model.tokenizerConfig.value("chat_template", json(nullptr));
    if (chat.is_string()) {
        entries.addText("tokenizer.chat_template", chat.get<std::string>());
    }
}

} // namespace

void addTokenizer(GgufEntries& entries, const ModelFiles& model)
{
    const std::string where = model.path.string();
    if (model.container == "gguf") {
        const GgufFile file = openGguf(model.path);
        for (const auto& [key, value] : file.metadata.values()) {
            if (key.starts_with("tokenizer.")) {
                entries.addRaw(key, static_cast<std::uint32_t>(value.type), value.isArray, value.count, value.bytes);
            }
        }
        return;
    }
    try {
        const json& core = model.tokenizerJson.at("model");
        if (core.value("type", "BPE") != "BPE") {
            cannotWriteTokenizer("the tokenizer is of the kind " + core.at("type").dump() + ", not BPE", where);
        }
        const Vocabulary vocabulary = vocabularyOf(model.tokenizerJson, model.config.shape.vocabulary, where);
        if (core.value("byte_fallback", false)) {
            addPieces(entries, model.tokenizerJson, vocabulary, where);
        } else {
            addByteLevel(entries, model.tokenizerJson, vocabulary, where);
        }
        addSpecialTokens(entries, model, vocabulary);
    } catch (const json::exception&) {
        throw Exception(ErrorCode::BadFile, "tokenizer.json lacks a field that the GGUF file needs",
                        "download the tokenizer again", where);
    }
}

} // namespace lori::formats
