// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace lori::test {

/// Rows that a tiny model can learn a little of: "say 3" → "it is 21".
inline void writeTinyRows(const std::filesystem::path& file, int count)
{
    std::string rows;
    for (int i = 0; i < count; ++i) {
        rows += nlohmann::json{{"instruction", "say " + std::to_string(i)}, {"output", "it is " + std::to_string(i * 7)}}.dump() +
                "\n";
    }
    writeFileAtomically(file, rows).value();
}

/// LoRI-D, mask and LoRI-S of eight steps each with the tiny model, nothing measured, a checkpoint every three steps: a second of
/// work that goes through everything a run does.
inline experiment::RunConfig tinyRun(const std::filesystem::path& model, const std::filesystem::path& data)
{
    experiment::RunConfig c;
    c.name = "small";
    c.model = model.string();
    c.device = experiment::Device::Cpu;
    c.adapter.rank = 4;
    c.adapter.alpha = 8;
    experiment::DataSource source;
    source.file = data.string();
    c.data.sources = {source};
    experiment::StageConfig dense;
    dense.steps = 8;
    dense.batchRows = 4;
    dense.learningRate = 1e-2;
    experiment::StageConfig mask;
    mask.kind = experiment::StageKind::Mask;
    mask.mask.sparsity = 0.7;
    experiment::StageConfig sparse = dense;
    sparse.kind = experiment::StageKind::LoriS;
    c.stages = {dense, mask, sparse};
    c.evaluation.tasks.clear();
    c.evaluation.heldOutEverySteps = 4;
    c.checkpoint.everySteps = 3;
    return c;
}

} // namespace lori::test
