// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/adapters/method.h"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace lori::serving {

/// The method of a run as its newest checkpoint has it.
struct RunMethod {
    std::unique_ptr<adapters::Method> method;
    std::int64_t stage = 0;
    std::int64_t step = 0;
};

/// Reads a run's folder and nothing else; see openRunCheckpoint(). Internal to this room; throws.
[[nodiscard]] RunMethod methodOfRun(const std::shared_ptr<const model::BaseModel>& base, const std::filesystem::path& runFolder);

} // namespace lori::serving
