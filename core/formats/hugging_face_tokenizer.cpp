// SPDX-License-Identifier: Apache-2.0
// The tokenizer of a Hugging Face folder: tokenizer.json, or else SentencePiece's tokenizer.model with what tokenizer_config.json
// and added_tokens.json add to it.
#include "core/formats/json_fields.h"
#include "core/formats/model_layout.h"
#include "core/formats/sentencepiece.h"
#include "core/support/files.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace lori::formats {

using nlohmann::json;

namespace {

bool isThere(const std::filesystem::path& file)
{
    std::error_code ignored; // a file that cannot be seen is not there
    return std::filesystem::exists(file, ignored);
}

/// chat_template.jinja and additional_chat_templates/, which newer folders keep apart, go before what tokenizer_config.json
/// holds: a lone file is the template, several are named ones.
void readTemplates(json& config, const std::filesystem::path& folder)
{
    json named = json::array();
    const std::filesystem::path more = folder / "additional_chat_templates";
    std::error_code ignored; // a folder that cannot be seen is not there
    for (const auto& entry : std::filesystem::directory_iterator(more, ignored)) {
        if (entry.path().extension() == ".jinja") {
            named.push_back({{"name", entry.path().stem().string()}, {"template", readTextFile(entry.path()).value()}});
        }
    }
    const std::filesystem::path file = folder / "chat_template.jinja";
    if (isThere(file)) {
        named.push_back({{"name", "default"}, {"template", readTextFile(file).value()}});
    }
    if (!named.empty()) {
        config["chat_template"] = std::move(named);
    }
}

/// special_tokens_map.json of older folders: transformers reads it when the configuration does not list its added tokens.
void readSpecialTokens(json& config, const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "special_tokens_map.json";
    if (config.contains("added_tokens_decoder") || !isThere(file)) {
        return;
    }
    const json map = readJsonFile(file);
    for (const auto& [name, token] : map.items()) {
        config[name] = token;
    }
}

json readConfig(const std::filesystem::path& folder)
{
    const std::filesystem::path file = folder / "tokenizer_config.json";
    json config = isThere(file) ? readJsonFile(file) : json::object();
    readTemplates(config, folder);
    readSpecialTokens(config, folder);
    return config;
}

/// Enters an added token, or changes the one that has its id already.
void setAddedToken(json& list, const json& token)
{
    for (json& entry : list) {
        if (entry.at("id") == token.at("id")) {
            entry = token;
            return;
        }
    }
    list.push_back(token);
}

std::int64_t idOf(const std::string& text, const std::string& where)
{
    std::int64_t id = -1;
    const char* end = text.data() + text.size();
    const auto [at, problem] = std::from_chars(text.data(), end, id);
    if (at != end || problem != std::errc() || id < 0 || id >= kMaxVocabulary) {
        throw Exception(ErrorCode::BadFile, "'added_tokens_decoder' holds '" + text + "', which is no token's id",
                        "download the tokenizer again", where);
    }
    return id;
}

/// {"32000": {"content": "<pad>", "special": true, …}, …}
void addFromConfig(json& list, const json& config, const std::string& where)
{
    const auto tokens = config.find("added_tokens_decoder");
    if (tokens == config.end()) {
        return;
    }
    if (!tokens->is_object()) {
        throw Exception(ErrorCode::BadFile, "'added_tokens_decoder' must be an object", "download the tokenizer again", where);
    }
    for (const auto& [id, description] : tokens->items()) {
        if (!description.is_object()) {
            throw Exception(ErrorCode::BadFile, "the entry '" + id + "' of 'added_tokens_decoder' is not an object",
                            "download the tokenizer again", where);
        }
        const Fields fields(description, where + ": added_tokens_decoder");
        json token = {{"id", idOf(id, where)}, {"content", fields.text("content")}};
        for (const char* name : {"single_word", "lstrip", "rstrip", "normalized", "special"}) {
            token[name] = fields.flagOr(name, false);
        }
        setAddedToken(list, token);
    }
}

/// {"<pad>": 32000, …}
void addFromList(json& list, const std::filesystem::path& file)
{
    if (!isThere(file)) {
        return;
    }
    const json tokens = readJsonFile(file);
    for (const auto& [content, id] : tokens.items()) {
        const bool isKnown =
            std::any_of(list.begin(), list.end(), [&](const json& entry) { return entry.at("content") == json(content); });
        if (!isKnown) {
            setAddedToken(list, {{"id", Fields(tokens, file.string()).integer(content.c_str(), 0, kMaxVocabulary)},
                                 {"content", content},
                                 {"single_word", false},
                                 {"lstrip", false},
                                 {"rstrip", false},
                                 {"normalized", false},
                                 {"special", false}});
        }
    }
}

json readPieces(const std::filesystem::path& folder, const json& config)
{
    const std::string configFile = (folder / "tokenizer_config.json").string();
    SentencePieceModel model = readSentencePieceFile(folder / "tokenizer.model");
    const Fields fields(config, configFile);
    if (!fields.flagOr("add_prefix_space", true)) {
        model.prefix = DummyPrefix::Never;
    } else if (model.prefix == DummyPrefix::EachStretch && model.marksSpaces && !fields.flagOr("legacy", true)) {
        model.prefix = DummyPrefix::Begin;
    }
    json tokenizer = tokenizerOfPieces(model, (folder / "tokenizer.model").string());
    addFromConfig(tokenizer["added_tokens"], config, configFile);
    addFromList(tokenizer["added_tokens"], folder / "added_tokens.json");
    return tokenizer;
}

} // namespace

void readHuggingFaceTokenizer(ModelFiles& model)
{
    model.tokenizerConfig = readConfig(model.path);
    if (isThere(model.path / "tokenizer.json")) {
        model.tokenizerJson = readJsonFile(model.path / "tokenizer.json");
    } else if (isThere(model.path / "tokenizer.model")) {
        model.tokenizerJson = readPieces(model.path, model.tokenizerConfig);
    } else {
        throw Exception(ErrorCode::BadFile, "tokenizer.json is missing, and there is no tokenizer.model either",
                        "add the model's tokenizer.json", model.path.string());
    }
}

} // namespace lori::formats
