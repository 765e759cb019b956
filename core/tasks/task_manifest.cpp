// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/task_manifest.h"

#include "core/support/files.h"
#include "core/tasks/benchmarks.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace lori::tasks {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::array<std::pair<std::string_view, Judge>, 4> kJudges{{{"refusal", Judge::Refusal},
                                                                     {"final_number", Judge::FinalNumber},
                                                                     {"choice", Judge::Choice},
                                                                     {"unit_tests", Judge::UnitTests}}};

[[noreturn]] void badManifest(const fs::path& file, const std::string& problem)
{
    throw Exception(ErrorCode::BadFile, problem, "reinstall the program, or correct the file", file.string());
}

const json& field(const json& object, const char* name, json::value_t type, const fs::path& file)
{
    const auto it = object.is_object() ? object.find(name) : object.end();
    if (it == object.end() || it->type() != type) {
        badManifest(file, std::string("field \"") + name + "\" is missing or of the wrong kind");
    }
    return *it;
}

std::string textField(const json& object, const char* name, const fs::path& file)
{
    return field(object, name, json::value_t::string, file).get<std::string>();
}

/// A file of the task's own folder: a plain name, so that no manifest reaches outside.
fs::path memberFile(const fs::path& folder, const std::string& name, const fs::path& file)
{
    if (name.empty() || name.front() == '.' || name.find('/') != std::string::npos) {
        badManifest(file, "\"" + name + "\" is not a plain file name");
    }
    return folder / name;
}

Judge judgeOf(const std::string& word, const fs::path& file)
{
    for (const auto& [name, judge] : kJudges) {
        if (name == word) {
            return judge;
        }
    }
    badManifest(file, "there is no judge \"" + word + "\"");
}

fs::path programFolder()
{
    std::error_code ignored;
    return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}

} // namespace

Result<fs::path> resourceFolder()
{
    return guard([] {
        std::vector<fs::path> places;
        if (const char* given = std::getenv("LORI_RESOURCES");
            given != nullptr && *given != '\0') { // NOLINT(concurrency-mt-unsafe)
            places = {given};                     // who names a folder means it: no silent fallback
        } else {
            places = {programFolder().parent_path() / "share" / "lori-workbench", LORI_SOURCE_RESOURCES};
        }
        std::string looked;
        for (const fs::path& place : places) {
            std::error_code ignored;
            if (fs::is_directory(place / "tasks", ignored)) {
                return place;
            }
            looked.append(looked.empty() ? "" : ", ").append(place.string());
        }
        throw Exception(ErrorCode::NotFound, "the program's resources were not found; looked in " + looked,
                        "reinstall the program or set LORI_RESOURCES");
    });
}

std::vector<std::string> taskNames()
{
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(resourceFolder().value() / "tasks")) {
        if (fs::is_regular_file(entry.path() / "task.json")) {
            names.push_back(entry.path().filename().string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

TaskManifest readManifest(const std::string& task)
{
    const std::vector<std::string> names = taskNames();
    if (std::find(names.begin(), names.end(), task) == names.end()) {
        std::string known;
        for (const std::string& name : names) {
            known.append(known.empty() ? "" : ", ").append(name);
        }
        for (const TaskInfo& set : listBenchmarks()) {
            known.append(", ").append(set.name);
        }
        throw Exception(ErrorCode::NotFound, "there is no task \"" + task + "\"", "known tasks: " + known);
    }
    const fs::path folder = resourceFolder().value() / "tasks" / task;
    const fs::path file = folder / "task.json";
    const json object = json::parse(readTextFile(file).value(), nullptr, /*allow_exceptions=*/false);
    TaskManifest manifest;
    manifest.info.name = task;
    if (textField(object, "name", file) != task) {
        badManifest(file, "field \"name\" is not the name of the folder");
    }
    manifest.info.title = textField(object, "title", file);
    manifest.info.description = textField(object, "description", file);
    manifest.info.shows = textField(object, "shows", file);
    manifest.info.doesNotShow = textField(object, "doesNotShow", file);
    for (const json& side : field(object, "evaluation", json::value_t::array, file)) {
        manifest.evaluation.push_back(
            {textField(side, "metric", file), field(side, "higherIsBetter", json::value_t::boolean, file).get<bool>(),
             judgeOf(textField(side, "judge", file), file), memberFile(folder, textField(side, "file", file), file)});
    }
    for (const json& name : field(object, "train", json::value_t::array, file)) {
        manifest.trainFiles.push_back(memberFile(folder, name.is_string() ? name.get<std::string>() : std::string(), file));
    }
    return manifest;
}

} // namespace lori::tasks
