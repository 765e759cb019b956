// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/seen_rows.h"

#include "core/chat/chat_form.h"
#include "core/formats/model_files.h"
#include "core/tokenizer/tokenizer.h"

#include <filesystem>
#include <utility>

namespace lori::ui {

/// What turns text into a model's ids, without its weights.
struct SeenRows::ModelText {
    std::string key;
    std::unique_ptr<tokenizer::Tokenizer> tokenizer;
    chat::ChatForm chat;
    std::optional<std::int64_t> startId;
    std::int32_t endId = 0;
};

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

SeenRows::SeenRows(Home home, QObject* parent) : QObject(parent), m_home(std::move(home)) {}

const SeenRows::View& SeenRows::look(const experiment::RunConfig& config, std::size_t source, const DataView& data)
{
    const std::string key = config.model + '\n' + experiment::toJson(config)["data"].dump() + '\n' + std::to_string(source) +
                            '\n' + data.file.toStdString() + '\n' + data.stamp + (data.reading ? " reading" : "");
    if (key == m_key) {
        return m_view;
    }
    m_key = key;
    m_view = View{};
    m_job.start([home = m_home, config, source, rows = data.start.rows,
                 model = m_model](const BackgroundJob::Cancelled&) { return render(home, config, source, rows, model); },
                [this](Result result) {
                    m_view = std::move(result.view);
                    m_model = std::move(result.model);
                    Q_EMIT changed();
                });
    return m_view;
}

SeenRows::Result SeenRows::render(const Home& home, const experiment::RunConfig& config, std::size_t source,
                                  const std::vector<tasks::Row>& rows, std::shared_ptr<const ModelText> model)
{
    Result result;
    result.view.reading = false;
    const auto opened = guard([&]() -> std::shared_ptr<const ModelText> {
        const std::filesystem::path path = formats::resolveModel(home.root, config.model).value();
        const std::string stamp = stampOf(path);
        if (model && model->key == stamp) {
            return model;
        }
        const formats::ModelFiles files = formats::openModel(path).value();
        if (files.config.eosIds.empty()) {
            throw Exception(ErrorCode::Unsupported, "the model names no end token", "choose another model", path.string());
        }
        auto text = std::make_shared<ModelText>();
        text->key = stamp;
        text->tokenizer = tokenizer::Tokenizer::fromJson(files.tokenizerJson, files.tokenizerConfig).value();
        text->chat = chat::ChatForm::fromConfig(files.tokenizerConfig);
        text->startId = files.config.bosId;
        text->endId = static_cast<std::int32_t>(files.config.eosIds.front());
        return text;
    });
    if (!opened) {
        result.view.error = opened.error();
        return result;
    }
    result.model = opened.value();
    const tasks::RowEncoder encoder{*result.model->tokenizer, result.model->chat,
                                    config.data.addBos ? result.model->startId : std::nullopt, result.model->endId};
    for (const tasks::Row& row : rows) {
        auto seen = tasks::seenRow(row, config.data.sources.at(source).promptTemplate, config.data, encoder);
        SeenOrNot& entry = result.view.rows.emplace_back();
        if (seen) {
            entry.row = std::move(*seen);
        } else {
            entry.error = seen.error();
        }
    }
    return result;
}

} // namespace lori::ui
