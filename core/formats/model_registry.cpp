// SPDX-License-Identifier: Apache-2.0
#include "core/formats/json_fields.h"
#include "core/formats/messages.h"
#include "core/formats/model_files.h"
#include "core/support/files.h"

#include <algorithm>
#include <cstdlib>

namespace lori::formats {

using nlohmann::json;

namespace {

constexpr const char* kEmbeddedName = "smollm2-135m-instruct";
constexpr const char* kEmbeddedFile = "SmolLM2-135M-Instruct.Q4_1.gguf";
constexpr const char* kListFile = "models.json";

std::filesystem::path fromEnvironment(const char* name)
{
    const char* value = std::getenv(name); // NOLINT: nobody writes the environment
    return value == nullptr ? std::filesystem::path() : std::filesystem::path(value);
}

/// Where the embedded model may lie, the first choice first.
std::vector<std::filesystem::path> embeddedPlaces()
{
    std::vector<std::filesystem::path> folders;
    if (const auto folder = fromEnvironment("LORI_MODEL_DIR"); !folder.empty()) {
        folders.push_back(folder);
    }
    if (const auto folder = fromEnvironment("LORI_DEPS_DIR"); !folder.empty()) {
        folders.push_back(folder / "models");
    } else if (const auto home = fromEnvironment("HOME"); !home.empty()) {
        folders.push_back(home / ".cache/lori-workbench/deps/models");
    }
    std::error_code ignored; // without /proc there is just one place fewer
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored);
    if (!program.empty()) {
        folders.push_back(program.parent_path().parent_path() / "share/lori-workbench/models");
    }
    return folders;
}

RegisteredModel embeddedModel()
{
    RegisteredModel model;
    model.name = kEmbeddedName;
    for (const std::filesystem::path& folder : embeddedPlaces()) {
        std::error_code ignored; // an unreadable place does not hold the model
        model.present = std::filesystem::exists(folder / kEmbeddedFile, ignored);
        if (model.present || model.path.empty()) {
            model.path = folder / kEmbeddedFile;
        }
        if (model.present) {
            break;
        }
    }
    return model;
}

/// models.json: {"version": 1, "models": {name: path}}; empty when there is none. Throws BadFile.
json readList(const std::filesystem::path& file)
{
    if (!std::filesystem::exists(file)) {
        return json::object();
    }
    const json object = readJsonFile(file);
    const Fields fields(object, file.string());
    if (fields.integer("version", 1, std::int64_t{1} << 31) > 1) {
        throw Exception(ErrorCode::NewerVersion, "the list of models was written by a newer version of this program",
                        "update this program", file.string());
    }
    const json* models = fields.find("models");
    if (models == nullptr || !models->is_object()) {
        fields.refuse("models", "must be an object of names and paths");
    }
    for (const auto& [name, path] : models->items()) {
        if (!path.is_string()) {
            fields.refuse("models." + name, "must be a path");
        }
    }
    return *models;
}

void writeList(const std::filesystem::path& homeRoot, const json& models)
{
    std::filesystem::create_directories(homeRoot);
    writeFileAtomically(homeRoot / kListFile, json{{"version", 1}, {"models", models}}.dump(2) + "\n").value();
}

} // namespace

std::vector<RegisteredModel> registeredModels(const std::filesystem::path& homeRoot)
{
    std::vector<RegisteredModel> models{embeddedModel()};
    const auto list = guard([&] { return readList(homeRoot / kListFile); });
    if (list) { // a damaged list hides its entries here; registerModel names the damage and leaves the file alone
        for (const auto& [name, path] : list->items()) {
            std::error_code ignored;
            const std::filesystem::path place = path.get<std::string>();
            models.push_back({name, place, std::filesystem::exists(place, ignored)});
        }
    }
    return models;
}

Result<std::filesystem::path> resolveModel(const std::filesystem::path& homeRoot, const std::string& nameOrPath)
{
    std::string names;
    for (const RegisteredModel& model : registeredModels(homeRoot)) {
        names += (names.empty() ? "" : ", ") + model.name;
        if (model.name == nameOrPath && model.present) {
            return model.path;
        }
        if (model.name == nameOrPath) {
            const bool isEmbedded = nameOrPath == kEmbeddedName;
            return errorOf(ErrorCode::NotFound, isEmbedded ? messages::kEmbeddedModelGone : messages::kModelGone, {nameOrPath},
                           model.path.string());
        }
    }
    std::error_code ignored; // an unreadable path is one that cannot be used
    if (!nameOrPath.empty() && std::filesystem::exists(nameOrPath, ignored)) {
        return std::filesystem::path(nameOrPath);
    }
    return errorOf(ErrorCode::NotFound, messages::kUnknownModel, {nameOrPath, names});
}

Result<void> registerModel(const std::filesystem::path& homeRoot, const std::string& name, const std::filesystem::path& path)
{
    return guard([&] {
        if (name.empty() || name == kEmbeddedName || name.find('/') != std::string::npos) {
            throw Exception(ErrorCode::InvalidArgument, "'" + name + "' cannot be a model's name", "choose a name without '/'");
        }
        (void)readModelConfig(path).value(); // refuses what is no model
        json models = readList(homeRoot / kListFile);
        models[name] = std::filesystem::absolute(path).lexically_normal().string();
        writeList(homeRoot, models);
    });
}

Result<void> unregisterModel(const std::filesystem::path& homeRoot, const std::string& name)
{
    return guard([&] {
        if (name == kEmbeddedName) {
            throw Exception(ErrorCode::InvalidArgument, "the built-in model cannot be taken off the list", "it needs no removal",
                            name);
        }
        json models = readList(homeRoot / kListFile);
        if (models.erase(name) == 0) {
            throw Exception(ErrorCode::NotFound, "the list of models has no '" + name + "'", "lori model list names them",
                            (homeRoot / kListFile).string());
        }
        writeList(homeRoot, models);
    });
}

} // namespace lori::formats
