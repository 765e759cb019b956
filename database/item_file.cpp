// SPDX-License-Identifier: Apache-2.0
#include "database/item_file.h"

#include "core/support/files.h"
#include "database/json_fields.h"

#include <sstream>

namespace lori::database {

namespace fs = std::filesystem;

namespace {

std::string fieldAsText(const nlohmann::json& row, const char* name)
{
    const auto field = row.find(name);
    if (field == row.end() || field->is_null()) {
        return {};
    }
    return field->is_string() ? field->get<std::string>() : field->dump();
}

} // namespace

std::optional<fs::path> pathInFolder(const fs::path& runFolder, const std::string& named)
{
    const fs::path relative = fs::path(named).lexically_normal();
    if (named.empty() || relative.is_absolute() || *relative.begin() == "..") {
        return std::nullopt;
    }
    return runFolder / relative;
}

std::optional<std::vector<ItemRow>> readItems(const fs::path& file)
{
    if (!fs::is_regular_file(file)) {
        return std::nullopt;
    }
    std::istringstream text(readTextFile(file).value());
    std::vector<ItemRow> rows;
    for (std::string line; std::getline(text, line);) {
        const nlohmann::json row = nlohmann::json::parse(line, nullptr, false);
        if (!row.is_object()) {
            continue;
        }
        rows.push_back({fieldAsText(row, "id"), fieldAsText(row, "prompt"), fieldAsText(row, "expected"),
                        fieldAsText(row, "answer"), fieldAsText(row, "extracted"), boolField(row, "hit", false)});
    }
    return rows;
}

} // namespace lori::database
