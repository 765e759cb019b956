// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/model_text.h"

#include "core/formats/model_files.h"

#include <filesystem>
#include <utility>

namespace lori::ui {

namespace {

/// Changes when the file or one of the folder's does.
std::string stampOf(const std::filesystem::path& path)
{
    std::error_code ignored;
    std::string stamp = path.string();
    for (const char* name : {"", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "config.json"}) {
        const auto time = std::filesystem::last_write_time(path / name, ignored).time_since_epoch().count();
        stamp += '\n' + std::to_string(ignored ? 0 : time);
    }
    return stamp;
}

} // namespace

Result<std::shared_ptr<const ModelText>> openModelText(const Home& home, const std::string& model,
                                                       std::shared_ptr<const ModelText> known)
{
    return guard([&]() -> std::shared_ptr<const ModelText> {
        const std::filesystem::path path = formats::resolveModel(home.root, model).value();
        const std::string stamp = stampOf(path);
        if (known && known->stamp == stamp) {
            return known;
        }
        const formats::ModelFiles files = formats::openModel(path).value();
        if (files.config.eosIds.empty()) {
            throw Exception(ErrorCode::Unsupported, "the model names no end token", "choose another model", path.string());
        }
        auto text = std::make_shared<ModelText>();
        text->stamp = stamp;
        text->tokenizer = tokenizer::Tokenizer::fromJson(files.tokenizerJson, files.tokenizerConfig).value();
        text->chat = chat::ChatForm::fromConfig(files.tokenizerConfig);
        text->startId = files.config.bosId;
        text->endId = static_cast<std::int32_t>(files.config.eosIds.front());
        return text;
    });
}

} // namespace lori::ui
