// SPDX-License-Identifier: Apache-2.0
#include "core/runs/stored_items.h"

#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <sstream>

namespace lori::runs {

Result<std::vector<tasks::ScoredItem>> readItems(const std::filesystem::path& file)
{
    return guard([&] {
        std::istringstream lines(readTextFile(file).value());
        std::vector<tasks::ScoredItem> items;
        for (std::string line; std::getline(lines, line);) {
            const nlohmann::json row = nlohmann::json::parse(line, nullptr, false);
            if (!row.is_object() || !row.contains("id") || !row.contains("hit")) {
                throw Exception(ErrorCode::BadFile, "line " + std::to_string(items.size() + 1) + " is no judged row",
                                "score the task again", file.string());
            }
            items.push_back({row.value("id", ""), row.value("prompt", ""), row.value("expected", ""), row.value("answer", ""),
                             row.value("hit", false)});
        }
        return items;
    });
}

} // namespace lori::runs
