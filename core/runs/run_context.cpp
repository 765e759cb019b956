// SPDX-License-Identifier: Apache-2.0
#include "core/runs/run_context.h"

namespace lori::runs {

void RunContext::record(const std::string& type, nlohmann::json values)
{
    experiment::Event event;
    event.type = type;
    event.values = values;
    applyEvent(state, event);
    log.append(type, std::move(values));
}

void RunContext::note(const std::string& level, const std::string& code, std::int64_t stage, const std::string& text,
                      nlohmann::json values)
{
    if (notesWritten.insert(code + "/" + std::to_string(stage)).second) {
        log.append("note", {{"level", level}, {"code", code}, {"stage", stage}, {"text", text}, {"values", std::move(values)}});
    }
}

std::string stageName(const experiment::StageConfig& stage)
{
    return stage.name.empty() ? std::string(experiment::stageTitle(stage.kind)) : stage.name;
}

std::uint64_t orderSeed(const experiment::RunConfig& config, std::int64_t stage)
{
    return config.data.order == experiment::RowOrder::Reference ? config.seed : config.seed + static_cast<std::uint64_t>(stage);
}

std::int32_t eosIdOf(const model::BaseModel& base)
{
    if (base.config().eosIds.empty()) {
        throw Exception(ErrorCode::BadFile, "the model names no end-of-sequence token",
                        "choose a model with a complete tokenizer", base.files().path.string());
    }
    return static_cast<std::int32_t>(base.config().eosIds.front());
}

} // namespace lori::runs
