// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/experiment/run_config.h"
#include "core/serving/session.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace lori::test {

/// How an adapter for a test is made; its trained values are drawn by `seed`.
struct AdapterRecipe {
    experiment::StageKind kind = experiment::StageKind::LoriD;
    std::uint64_t seed = 1;
    std::int64_t rank = 4;
    std::vector<experiment::Projection> targets{experiment::kAllProjections.begin(), experiment::kAllProjections.end()};
    bool withoutDown = false; ///< B of every down_proj is 0
};
/// Writes it and returns its folder.
std::filesystem::path writeAdapter(const std::shared_ptr<const model::BaseModel>& base, const std::filesystem::path& folder,
                                   const AdapterRecipe& recipe);

/// What `lori generate --adapter` computes: the adapter of a folder, prepared, over ids.
struct Command {
    std::unique_ptr<adapters::Method> method;
    std::unique_ptr<model::Decoder> decoder;
};
[[nodiscard]] Command openAsCommand(const std::shared_ptr<const model::BaseModel>& base, const std::filesystem::path& folder);

/// "" when an error is one sentence for a person; else what is wrong with it.
[[nodiscard]] std::string sentenceProblem(const Error& error);

} // namespace lori::test
