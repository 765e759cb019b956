// SPDX-License-Identifier: Apache-2.0
#include "app/lori/string_list.h"

#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace lori::app {

std::vector<std::string> readStrings(const std::string& file)
{
    const nlohmann::json list = nlohmann::json::parse(readTextFile(file).value(), nullptr, false);
    const bool strings =
        list.is_array() && std::all_of(list.begin(), list.end(), [](const nlohmann::json& entry) { return entry.is_string(); });
    if (!strings) {
        throw Exception(ErrorCode::BadFile, "this is not a JSON list of strings", R"(write it as ["first", "second"])", file);
    }
    return list.get<std::vector<std::string>>();
}

} // namespace lori::app
