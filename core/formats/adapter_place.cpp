// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_place.h"

#include "core/formats/messages.h"
#include "core/formats/torch_file.h"

#include <algorithm>
#include <string>
#include <vector>

namespace lori::formats {

namespace fs = std::filesystem;

namespace {

bool holdsAdapter(const fs::path& folder)
{
    std::error_code ignored;
    return fs::exists(folder / "adapter_config.json", ignored);
}

/// Names of the folders directly below that hold an adapter, sorted. What cannot be read holds none.
std::vector<std::string> adaptersBelow(const fs::path& folder)
{
    std::vector<std::string> names;
    std::error_code problem;
    for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem)) {
        if (holdsAdapter(entry->path())) {
            names.push_back(entry->path().filename().string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

[[noreturn]] void notFound(const std::string& what, const std::string& remedy, const fs::path& where)
{
    throw Exception(ErrorCode::NotFound, what, remedy, where.string());
}

std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t kShown = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(kShown, names.size()); ++i) {
        text += (i > 0 ? ", " : "") + names[i];
    }
    return text + (names.size() > kShown ? " …" : "");
}

} // namespace

fs::path adapterFolderAt(const fs::path& path)
{
    if (holdsAdapter(path)) {
        return path;
    }
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) {
        const std::string name = path.filename().string();
        if (fs::exists(path, ignored) && name.starts_with("adapter_") && holdsAdapter(path.parent_path())) {
            return path.has_parent_path() ? path.parent_path() : fs::path(".");
        }
        throw Exception(ErrorCode::NotFound, fs::exists(path, ignored) ? messages::kNotAnAdapter : messages::kNoAdapter, {},
                        path.string());
    }
    const std::vector<std::string> below = adaptersBelow(path);
    if (below.size() == 1) {
        return path / below.front();
    }
    if (below.size() > 1) {
        notFound("there are " + std::to_string(below.size()) + " adapters in this folder: " + listed(below),
                 "choose one of them, for instance " + (path / below.front()).string(), path);
    }
    if (fs::exists(path / "config.json", ignored)) {
        notFound("this is a model, not an adapter (adapter_config.json is missing)",
                 "name it as the model, or choose an adapter's folder", path);
    }
    notFound("there is no adapter here (adapter_config.json is missing)", "choose an adapter's folder", path);
}

namespace {

constexpr const char* kModelIndex = "model.safetensors.index.json"; // as transformers calls the index of an adapter's shards, too

bool hasShards(const fs::path& folder)
{
    return std::any_of(fs::directory_iterator(folder), fs::directory_iterator(), [](const fs::directory_entry& entry) {
        return entry.path().filename().string().starts_with("adapter_model-");
    });
}

} // namespace

std::unique_ptr<TensorFile> openAdapterTensors(const fs::path& folder)
{
    const fs::path whole = folder / "adapter_model.safetensors";
    if (fs::exists(whole)) {
        return std::move(openSafetensors(whole).value().file);
    }
    for (const char* index : {"adapter_model.safetensors.index.json", kModelIndex}) {
        if (fs::exists(folder / index) && hasShards(folder)) {
            return std::move(openSafetensors(folder / index).value().file);
        }
    }
    const fs::path older = folder / "adapter_model.bin";
    if (fs::exists(older)) {
        return std::move(openTorchFile(older)).value();
    }
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("adapter_model-") || name == "adapter_model.bin.index.json") {
            const bool isPickle = name.find(".bin") != std::string::npos;
            notFound(isPickle ? "the adapter is in several .bin files, which this program does not read"
                              : "the adapter is in several files, but adapter_model.safetensors.index.json is missing",
                     isPickle ? "save it again as safetensors" : "copy or download the whole folder", folder);
        }
    }
    notFound("adapter_model.safetensors is missing", "choose a complete adapter", folder);
}

} // namespace lori::formats
