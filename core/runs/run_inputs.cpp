// SPDX-License-Identifier: Apache-2.0
#include "core/runs/run_inputs.h"

#include "core/support/sha256.h"
#include "core/tasks/task_files.h"

#include <algorithm>
#include <functional>

namespace lori::runs {

namespace {

namespace fs = std::filesystem;

using Paths = std::vector<fs::path>;

/// Gathers inputs, each file once.
class Inputs final {
public:
    /// `find` names the files; `name` gives what the configuration calls one of them.
    void add(const std::string& what, const std::function<Paths()>& find, const std::function<std::string(const fs::path&)>& name)
    {
        const auto paths = guard(find);
        for (const fs::path& path : paths ? *paths : Paths{}) {
            std::error_code ignored;
            const bool isKnown = std::any_of(m_inputs.begin(), m_inputs.end(),
                                             [&](const RunInput& input) { return input.path == path && input.what == what; });
            if (isKnown || !fs::is_regular_file(path, ignored)) {
                continue;
            }
            m_inputs.push_back(
                {what, name(path), path, static_cast<std::int64_t>(fs::file_size(path, ignored)), sha256OfFile(path).value()});
        }
    }
    void addFile(const std::string& what, const std::string& path, const std::function<Paths()>& find)
    {
        if (!path.empty()) {
            add(what, find, [&](const fs::path& file) {
                return file == fs::path(path) ? path : (fs::path(path) / file.filename()).string();
            });
        }
    }
    /// A mask file, or what is read of an adapter's folder.
    void addFolder(const std::string& what, const std::string& path)
    {
        addFile(what, path, [&] {
            std::error_code ignored;
            Paths files;
            if (!fs::is_directory(path, ignored)) {
                return Paths{path};
            }
            for (const fs::directory_entry& entry : fs::directory_iterator(path)) {
                const std::string ending = entry.path().extension().string();
                if (ending == ".safetensors" || ending == ".bin" || entry.path().filename() == "adapter_config.json") {
                    files.push_back(entry.path());
                }
            }
            std::sort(files.begin(), files.end());
            return files;
        });
    }
    void addTask(const std::string& what, const std::string& task, const std::function<Paths()>& find)
    {
        add(what, find, [&](const fs::path& file) {
            return task + "/" + (file.has_parent_path() ? file.parent_path().filename().string() + "/" : "") +
                   file.filename().string();
        });
    }
    void addSources(const std::vector<experiment::DataSource>& sources, const tasks::DataFolder& folder)
    {
        for (const experiment::DataSource& source : sources) {
            if (!source.file.empty()) {
                addFile("data", source.file, [&] { return tasks::dataFiles(source.file); });
            } else {
                addTask("task", source.task, [&] { return tasks::trainingFiles(source.task, folder); });
            }
        }
    }
    std::vector<RunInput> take() { return std::move(m_inputs); }

private:
    std::vector<RunInput> m_inputs;
};

std::string describe(const std::string& what)
{
    if (what == "mask") {
        return "the mask file";
    }
    if (what == "adapter") {
        return "the adapter that the run starts from";
    }
    return what == "evaluation" ? "the data file of an evaluation" : "the data file";
}

} // namespace

Result<std::vector<RunInput>> runInputs(const experiment::RunConfig& config)
{
    return guard([&] {
        const tasks::DataFolder folder{config.data.folder};
        Inputs inputs;
        inputs.addSources(config.data.sources, folder);
        for (const experiment::StageConfig& stage : config.stages) {
            inputs.addSources(stage.sources, folder);
            inputs.addFolder("mask", stage.maskFile);
            inputs.addFolder("adapter", stage.fromAdapter);
            for (const std::string& mask : stage.mask.avoid) {
                inputs.addFolder("mask", mask);
            }
        }
        for (const experiment::EvaluationTask& task : config.evaluation.tasks) {
            inputs.addTask("evaluation", task.task, [&] { return tasks::evaluationFiles(task.task, folder); });
        }
        return inputs.take();
    });
}

InputChanges compareInputs(const ResumeState& state, const std::vector<RunInput>& inputs)
{
    InputChanges changes;
    for (const RunInput& input : inputs) {
        const auto known = state.inputs.find({input.what, input.name});
        if (known == state.inputs.end()) {
            changes.added.push_back(input);
        } else if (known->second.sha256 != input.sha256) {
            changes.changed.push_back({input, known->second.sha256});
        }
    }
    for (const auto& [key, known] : state.inputs) {
        const bool isThere = std::any_of(inputs.begin(), inputs.end(), [&](const RunInput& input) {
            return input.what == key.first && input.name == key.second;
        });
        if (!isThere && !known.sha256.empty()) {
            changes.changed.push_back({{key.first, key.second, known.path, 0, ""}, known.sha256});
        }
    }
    return changes;
}

Error changedInputsError(const InputChanges& changes, const std::string& run)
{
    const InputChanges::Change& first = changes.changed.front();
    const std::string others =
        changes.changed.size() > 1 ? " (and " + std::to_string(changes.changed.size() - 1) + " more files)" : "";
    return {ErrorCode::Mismatch,
            describe(first.now.what) + (first.now.sha256.empty() ? " is gone" : " was changed") + " since the run began" + others,
            "put the first file back, start a new run, or go on with what is there now: lori run --resume " + run +
                " --accept-changed-data",
            first.now.path.string()};
}

} // namespace lori::runs
