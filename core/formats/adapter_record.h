// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/adapter_files.h"

#include <nlohmann/json.hpp>

namespace lori::formats {

/// lori.json. Reading throws BadFile and NewerVersion.
[[nodiscard]] nlohmann::json recordToJson(const AdapterRecord& record);
[[nodiscard]] AdapterRecord recordFromJson(const nlohmann::json& object, const std::string& where);

} // namespace lori::formats
