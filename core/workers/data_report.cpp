// SPDX-License-Identifier: Apache-2.0
#include "core/workers/data_report.h"

#include <algorithm>

namespace lori::workers {

nlohmann::ordered_json problemsJson(const tasks::DataFile& data)
{
    nlohmann::ordered_json problems = nlohmann::ordered_json::array();
    for (const tasks::RowProblem& problem : data.problems) {
        problems.push_back({{"line", problem.line}, {"field", problem.field}, {"problem", problem.problem}});
    }
    return problems;
}

nlohmann::ordered_json notesJson(const tasks::DataFile& data)
{
    nlohmann::ordered_json notes = nlohmann::ordered_json::array();
    for (const tasks::DataNote& note : data.notes) {
        notes.push_back({{"code", note.code}, {"rows", note.rows}, {"text", note.text}});
    }
    return notes;
}

std::string remarks(const tasks::DataFile& data)
{
    constexpr std::size_t kShown = 5;
    std::string text;
    for (const tasks::DataNote& note : data.notes) {
        text += "note: " + note.text + "\n";
    }
    for (std::size_t i = 0; i < std::min(kShown, data.problems.size()); ++i) {
        const tasks::RowProblem& problem = data.problems[i];
        text += "left out: " + data.unit + " " + std::to_string(problem.line) + ", " +
                (problem.field.empty() ? "it " : "field \"" + problem.field + "\" ") + problem.problem + "\n";
    }
    if (data.problems.size() > kShown) {
        text += "left out: " + std::to_string(data.problems.size() - kShown) + " more, listed by --json\n";
    }
    return text;
}

} // namespace lori::workers
