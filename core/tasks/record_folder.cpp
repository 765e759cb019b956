// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/record_folder.h"

#include "core/support/files.h"
#include "core/tasks/file_kind.h"
#include "core/tasks/json_text.h"

#include <algorithm>
#include <map>
#include <string>

namespace lori::tasks {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuseFolder(const std::string& what, const std::string& hint, const fs::path& folder)
{
    throw Exception(ErrorCode::InvalidArgument, what, hint, folder.string());
}

/// Names of the folder's entries that `wanted` likes, sorted.
template <typename Wanted>
std::vector<fs::path> entries(const fs::path& folder, const Wanted& wanted)
{
    std::vector<fs::path> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (wanted(entry)) {
            found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<fs::path> filesWith(const fs::path& folder, std::string_view ending)
{
    return entries(folder, [&](const fs::directory_entry& entry) {
        std::error_code ignored;
        return entry.is_regular_file(ignored) && endingOf(entry.path()) == ending;
    });
}

std::string listed(const std::vector<fs::path>& paths)
{
    constexpr std::size_t kShown = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(kShown, paths.size()); ++i) {
        text.append(text.empty() ? "" : ", ").append(paths[i].filename().string());
    }
    return paths.size() > kShown ? text + " …" : text;
}

/// The files that state.json of a saved data set lists, in its order; nothing when there is no such list.
std::vector<fs::path> savedOrder(const fs::path& folder)
{
    const auto text = readTextFile(folder / "state.json");
    if (!text) {
        return {};
    }
    const nlohmann::json state = parseJson(*text).value;
    const auto list = state.is_object() ? state.find("_data_files") : state.end();
    std::vector<fs::path> files;
    if (!state.is_object() || list == state.end() || !list->is_array()) {
        return {};
    }
    for (const nlohmann::json& file : *list) {
        const std::string name = file.is_object() && file.contains("filename") && file["filename"].is_string()
                                     ? file["filename"].get<std::string>()
                                     : std::string();
        std::error_code ignored;
        if (name.empty() || name.find('/') != std::string::npos || !fs::is_regular_file(folder / name, ignored)) {
            throw Exception(ErrorCode::BadFile, "state.json names the file \"" + name + "\", which is not there",
                            "copy the whole folder again", folder.string());
        }
        files.push_back(folder / name);
    }
    return files;
}

/// "train" of train-00000-of-00002.parquet and of train.parquet.
std::string splitOf(const fs::path& shard)
{
    const std::string stem = shard.stem().string();
    return stem.substr(0, stem.find('-'));
}

std::vector<fs::path> oneSplit(const std::vector<fs::path>& shards, const fs::path& folder, DataNotes& notes)
{
    std::map<std::string, std::vector<fs::path>> splits;
    for (const fs::path& shard : shards) {
        const std::string split = splitOf(shard);
        const bool isNumber = split.find_first_not_of("0123456789") == std::string::npos || split == "part";
        splits[isNumber ? "" : split].push_back(shard); // 0000.parquet, part-0.parquet: shards without a split
    }
    if (splits.size() == 1) {
        return splits.begin()->second;
    }
    std::string others;
    for (const auto& [name, files] : splits) {
        if (name != "train") {
            others.append(others.empty() ? "" : ", ").append(name);
        }
    }
    if (const auto train = splits.find("train"); train != splits.end()) {
        notes.addFile("other_splits", "the rows of the split train were taken; not used: " + others);
        return train->second;
    }
    refuseFolder("the folder holds several splits (" + others + ")", "choose one of its files", folder);
}

} // namespace

std::vector<fs::path> tablesOf(const fs::path& folder, DataNotes& notes)
{
    std::error_code ignored;
    const auto holdsSet = [](const fs::directory_entry& entry) {
        std::error_code none;
        return entry.is_directory(none) && fs::exists(entry.path() / "dataset_info.json", none);
    };
    if (fs::exists(folder / "dataset_dict.json", ignored) || !entries(folder, holdsSet).empty()) {
        refuseFolder("the folder holds several splits", "choose one of the folders in it: " + listed(entries(folder, holdsSet)),
                     folder);
    }
    if (std::vector<fs::path> saved = savedOrder(folder); !saved.empty()) {
        return saved;
    }
    if (std::vector<fs::path> arrow = filesWith(folder, ".arrow"); !arrow.empty()) {
        return oneSplit(arrow, folder, notes);
    }
    for (const fs::path& place : {folder, folder / "data"}) {
        if (!fs::is_directory(place, ignored)) {
            continue;
        }
        if (const std::vector<fs::path> shards = filesWith(place, ".parquet"); !shards.empty()) {
            return oneSplit(shards, folder, notes);
        }
    }
    const std::vector<fs::path> files = entries(folder, [](const fs::directory_entry& entry) {
        constexpr std::string_view kKnown = ".jsonl .json .csv .tsv .ndjson .gz ";
        const std::string ending = endingOf(entry.path());
        return !ending.empty() && kKnown.find(ending + " ") != std::string_view::npos;
    });
    refuseFolder("this is a folder without tables",
                 files.empty() ? "choose a file of rows" : "choose one of its files: " + listed(files), folder);
}

} // namespace lori::tasks
