// SPDX-License-Identifier: Apache-2.0
#include "core/runs/run_context.h"

namespace lori::runs {

void RunContext::record(events::Payload payload)
{
    applyEvent(state, payload);
    log.append(std::move(payload));
}

void RunContext::note(const std::string& level, const std::string& code, std::int64_t stage, const std::string& text,
                      nlohmann::json values)
{
    if (notesWritten.insert(code + "/" + std::to_string(stage)).second) {
        log.append(events::Note{level, code, stage, text, std::move(values)});
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
