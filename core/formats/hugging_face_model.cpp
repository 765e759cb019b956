// SPDX-License-Identifier: Apache-2.0
#include "core/formats/config_fields.h"
#include "core/formats/end_tokens.h"
#include "core/formats/hugging_face_tensors.h"
#include "core/formats/json_fields.h"
#include "core/formats/mapped_tensors.h"
#include "core/formats/messages.h"
#include "core/formats/model_layout.h"
#include "core/formats/token_text.h"
#include "core/support/files.h"

#include <algorithm>
#include <set>

namespace lori::formats {

using nlohmann::json;

namespace {

std::optional<std::int64_t> idOfToken(const json& tokenizer, const std::string& text)
{
    const auto added = tokenizer.find("added_tokens");
    if (added == tokenizer.end() || !added->is_array() || text.empty()) {
        return std::nullopt;
    }
    for (const json& token : *added) {
        if (token.is_object() && token.value("content", json()) == json(text) && token.value("id", json()).is_number_unsigned()) {
            return token.at("id").get<std::int64_t>();
        }
    }
    return std::nullopt;
}

/// All end tokens: the tokenizer's own first, because it ends a turn (Llama 3's list begins with the one that ends a document);
/// then generation_config.json's, or else config.json's.
void readEndTokens(ModelFiles& model)
{
    const std::filesystem::path generationFile = model.path / "generation_config.json";
    if (std::filesystem::exists(generationFile)) {
        const json generation = readJsonFile(generationFile);
        const std::vector<std::int64_t> ids = idsOf(Fields(generation, generationFile.string()), "eos_token_id");
        model.config.eosIds = ids.empty() ? model.config.eosIds : ids;
    }
    std::vector<std::int64_t>& ids = model.config.eosIds;
    if (const auto turnEnd = idOfToken(model.tokenizerJson, tokenText(model.tokenizerConfig, "eos_token"))) {
        ids.erase(std::remove(ids.begin(), ids.end(), *turnEnd), ids.end());
        ids.insert(ids.begin(), *turnEnd);
    }
    // A base model's folder may carry a chat template whose turns end with a token that no list names.
    model.turnEndId = turnEndOf(model.tokenizerConfig.value("chat_template", json()),
                                [&](const std::string& text) { return idOfToken(model.tokenizerJson, text); });
    if (model.turnEndId && std::find(ids.begin(), ids.end(), *model.turnEndId) == ids.end()) {
        ids.push_back(*model.turnEndId);
    }
}

} // namespace

ModelFiles openHuggingFaceModel(const std::filesystem::path& folder, Extent extent)
{
    ModelFiles model;
    model.path = folder;
    model.container = "safetensors";
    const std::filesystem::path configFile = folder / "config.json";
    if (!std::filesystem::exists(configFile)) {
        throw Exception(ErrorCode::NotFound, messages::kNoConfig, {}, folder.string());
    }
    const json config = readJsonFile(configFile);
    model.config = configOf(config, configFile);
    const bool isInner = config.contains("text_config") && config.at("text_config").is_object();
    model.modulePrefix = isInner ? "model.language_model." : "model.";
    readHuggingFaceTokenizer(model);
    readEndTokens(model);
    checkConfig(model.config, configFile.string());
    if (extent == Extent::Everything) {
        model.tensors = openHuggingFaceTensors(model.config, folder, isInner ? InnerModel::Yes : InnerModel::No);
        checkTensors(model.config, *model.tensors, folder.string());
    }
    return model;
}

} // namespace lori::formats
