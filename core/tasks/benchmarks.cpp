// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/benchmarks.h"

#include "core/support/home.h"
#include "core/tasks/ascii_text.h"

#include <algorithm>

namespace lori::tasks {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> allNames(const Benchmark& set)
{
    std::vector<std::string> names{set.name};
    names.insert(names.end(), set.names.begin(), set.names.end());
    return names;
}

/// Places of a split's file relative to the folder, without the ending.
std::vector<fs::path> placesOf(const Benchmark& set, const std::string& split, const fs::path& folder)
{
    const std::vector<std::string> names = allNames(set);
    std::vector<fs::path> places;
    const auto add = [&](const fs::path& in, bool single) {
        for (const std::string& name : names) {
            places.push_back(single ? in / name : in / name / split);
        }
    };
    add(set.group, false);
    if (set.rows == BenchmarkRows::Prompts) {
        places.push_back(fs::path(set.group) / split);
    }
    add("", false);
    const std::string own = lower((folder / "x").lexically_normal().parent_path().filename().string());
    if (set.rows == BenchmarkRows::Prompts ||
        std::any_of(names.begin(), names.end(), [&](const std::string& name) { return lower(name) == own; })) {
        places.emplace_back(split);
    }
    if (set.rows == BenchmarkRows::Program) {
        add(set.group, true);
        add("", true);
    }
    return places;
}

} // namespace

const std::vector<Benchmark>& benchmarks()
{
    return experiment::publishedSets();
}

const Benchmark* findBenchmark(std::string_view task)
{
    const std::string wanted = lower(task);
    for (const Benchmark& set : benchmarks()) {
        const std::vector<std::string> names = allNames(set);
        if (std::any_of(names.begin(), names.end(), [&](const std::string& name) { return lower(name) == wanted; })) {
            return &set;
        }
    }
    return nullptr;
}

std::vector<const Benchmark*> benchmarksOf(std::string_view task)
{
    std::vector<const Benchmark*> sets;
    if (lower(task) == experiment::kNlu) {
        for (const Benchmark& set : benchmarks()) {
            if (set.isInNlu) {
                sets.push_back(&set);
            }
        }
    } else if (const Benchmark* set = findBenchmark(task)) {
        sets.push_back(set);
    }
    return sets;
}

std::vector<TaskInfo> listBenchmarks()
{
    std::vector<TaskInfo> infos;
    std::size_t behindNlu = 0;
    for (const Benchmark& set : benchmarks()) {
        infos.push_back({set.name, set.title, set.description, {}, {}, 0, 0});
        behindNlu = set.isInNlu ? infos.size() : behindNlu;
    }
    infos.insert(infos.begin() + static_cast<std::ptrdiff_t>(behindNlu),
                 {std::string(experiment::kNlu),
                  "NLU, eight sets",
                  "The eight sets above together: the mean of the eight, and all rows pooled.",
                  {},
                  {},
                  0,
                  0});
    return infos;
}

fs::path benchmarkFile(const Benchmark& set, const std::string& split, const DataFolder& given)
{
    const fs::path folder = given.path.empty() ? Home::fromEnvironment().root / "data" : given.path;
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) {
        throw Exception(given.path.empty() ? ErrorCode::InvalidArgument : ErrorCode::NotFound,
                        given.path.empty() ? "the published set '" + set.name + "' needs the folder its data lies in"
                                           : "there is no such folder",
                        "name the folder of the benchmark data (--data, data.folder)", folder.string());
    }
    std::string looked;
    for (const fs::path& place : placesOf(set, split, folder)) {
        for (const char* ending : {".jsonl", ".json"}) {
            const fs::path file = folder / (place.string() + ending);
            if (fs::is_regular_file(file, ignored)) {
                return file;
            }
        }
        looked.append(looked.empty() ? "" : ", ").append(place.string());
    }
    throw Exception(ErrorCode::NotFound,
                    "no " + split + " rows of '" + set.name + "' were found; looked for " + looked + " (.jsonl, .json)",
                    "put the file there or name another folder", folder.string());
}

} // namespace lori::tasks
