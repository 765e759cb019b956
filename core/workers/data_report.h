// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/data_file.h"

#include <nlohmann/json.hpp>

#include <string>

namespace lori::workers {

/// What was found in a data file, for scripts: [{"line","field","problem"}] and [{"code","rows","text"}].
[[nodiscard]] nlohmann::ordered_json problemsJson(const tasks::DataFile& data);
[[nodiscard]] nlohmann::ordered_json notesJson(const tasks::DataFile& data);
/// Notes and the first problems, for people.
[[nodiscard]] std::string remarks(const tasks::DataFile& data);

} // namespace lori::workers
