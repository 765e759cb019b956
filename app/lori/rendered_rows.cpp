// SPDX-License-Identifier: Apache-2.0
#include "app/lori/rendered_rows.h"

#include "core/experiment/config_words.h"
#include "core/formats/model_files.h"
#include "core/tasks/row_tokens.h"

#include <algorithm>

namespace lori::app {

void RenderedOptions::addTo(CLI::App& command)
{
    command.add_flag("--rendered", isOn, "Show the rows as the model sees them; [[ ]] marks what is learned");
    command.add_option("--template", form, "With --rendered: " + experiment::wordList<experiment::PromptTemplate>())
        ->capture_default_str();
    command.add_option("--learned-turns", learned, "With --rendered, several turns: all answers, or the last")
        ->check(CLI::IsMember({"all", "last"}))
        ->capture_default_str();
    command.add_option("--max-tokens", maxTokens, "With --rendered: longer rows are cut")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_flag("--add-bos", addBos, "With --rendered: as data.addBos");
    command.add_flag("--end-after-cut", endAfterCut, "With --rendered: as data.endAfterCut");
}

void addRenderedRows(Answer& answer, const Context& context, const std::string& model, const std::vector<tasks::Row>& rows,
                     std::size_t limit, const RenderedOptions& options)
{
    const formats::ModelFiles files = formats::openModel(formats::resolveModel(context.home.root, model).value()).value();
    const auto tokenizer = tokenizer::Tokenizer::fromJson(files.tokenizerJson, files.tokenizerConfig).value();
    const auto chat = chat::ChatForm::fromConfig(files.tokenizerConfig);
    if (files.config.eosIds.empty()) {
        throw Exception(ErrorCode::Unsupported, "the model names no end token", "choose another model", model);
    }
    const tasks::RowEncoder encoder{*tokenizer, chat, options.addBos ? files.config.bosId : std::nullopt,
                                    static_cast<std::int32_t>(files.config.eosIds.front())};
    experiment::DataConfig config;
    config.maxTokens = options.maxTokens;
    config.endAfterCut = options.endAfterCut;
    config.learnedTurns = options.learned == "last" ? experiment::LearnedTurns::Last : experiment::LearnedTurns::All;
    const auto form = experiment::fromWord<experiment::PromptTemplate>(options.form).value();
    answer.json["rendered"] = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < std::min(limit, rows.size()); ++i) {
        const Result<tasks::SeenRow> result = tasks::seenRow(rows[i], form, config, encoder);
        if (!result) {
            Error error = result.error();
            error.where = "row " + std::to_string(i + 1) + (error.where.empty() ? "" : ", " + error.where);
            throw Exception(error);
        }
        const tasks::SeenRow& seen = result.value();
        nlohmann::ordered_json parts = nlohmann::ordered_json::array();
        answer.text += "\n--- row " + std::to_string(i + 1) + " as the model sees it\n";
        for (const tasks::SeenPart& part : seen.parts) {
            parts.push_back({{"text", part.text}, {"tokens", part.tokens}, {"learned", part.isLearned}});
            answer.text += part.isLearned ? "[[" + part.text + "]]" : part.text;
        }
        answer.json["rendered"].push_back({{"parts", std::move(parts)},
                                           {"cut_prompt", seen.cut.prompt},
                                           {"cut_answer", seen.cut.answer},
                                           {"rewritten_answers", seen.rewritten}});
        answer.text += std::string("\n") + (seen.cut.prompt ? "(the prompt is cut)\n" : "") +
                       (seen.cut.answer ? "(the answer is cut)\n" : "") +
                       (seen.rewritten > 0 ? "(earlier answers that the template changes are not learned)\n" : "");
    }
}

} // namespace lori::app
