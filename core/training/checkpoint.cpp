// SPDX-License-Identifier: Apache-2.0
#include "core/training/checkpoint.h"

#include "core/formats/tensor_file.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <span>
#include <tuple>

namespace lori::training {

namespace {

std::string fileName(std::int64_t stage, std::int64_t step)
{
    return "stage-" + std::to_string(stage) + "-step-" + std::to_string(step) + ".safetensors";
}

std::string goodName(std::int64_t stage)
{
    return "good-" + std::to_string(stage) + ".safetensors";
}

/// Checkpoint files by (stage, step), oldest first; names that are not ours are left alone.
std::vector<std::tuple<std::int64_t, std::int64_t, std::filesystem::path>> checkpointFiles(const std::filesystem::path& folder)
{
    std::vector<std::tuple<std::int64_t, std::int64_t, std::filesystem::path>> files;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        long long stage = 0;
        long long step = 0;
        const std::string name = entry.path().filename().string();
        if (std::sscanf(name.c_str(), "stage-%lld-step-%lld.safetensors", &stage, &step) == 2 &&
            name == fileName(stage, step)) { // NOLINT
            files.emplace_back(stage, step, entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

CheckpointPosition positionFrom(const std::map<std::string, std::string>& metadata)
{
    const nlohmann::json stored = nlohmann::json::parse(metadata.at("position"));
    return {stored.at("stage"), stored.at("step"), stored.at("gemmBackend"), stored.at("threads"), stored.at("configHash")};
}

constexpr const char* kPrefixes[3] = {"value/", "first/", "second/"};

} // namespace

Result<std::filesystem::path> writeCheckpoint(const std::filesystem::path& folder, const CheckpointPosition& position,
                                              adapters::Method& method, const Optimizer& optimizer)
{
    return guard([&] {
        std::filesystem::create_directory(folder); // the run's own folder is never made anew
        std::vector<at::Tensor> alive;
        std::vector<formats::TensorToWrite> tensors;
        const auto add = [&](const std::string& name, const at::Tensor& tensor) {
            alive.push_back(tensor.to(at::kCPU).contiguous());
            const at::Tensor& t = alive.back();
            tensors.push_back({name, formats::DType::F32, t.sizes().vec(),
                               std::as_bytes(std::span(t.const_data_ptr<float>(), static_cast<std::size_t>(t.numel())))});
        };
        const std::vector<adapters::Parameter>& parameters = method.parameters();
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            add(kPrefixes[0] + parameters[i].name, parameters[i].value);
            add(kPrefixes[1] + parameters[i].name, optimizer.moments()[i].first);
            add(kPrefixes[2] + parameters[i].name, optimizer.moments()[i].second);
        }
        const nlohmann::json stored{{"stage", position.stage},
                                    {"step", position.step},
                                    {"gemmBackend", position.gemmBackend},
                                    {"threads", position.threads},
                                    {"configHash", position.configHash},
                                    {"optimizerSteps", optimizer.stepsDone()},
                                    {"method", method.name()},
                                    {"projectionHash", method.frozenCheck().projectionHash}};
        std::filesystem::path file = folder / fileName(position.stage, position.step);
        formats::writeSafetensors(file, tensors, {{"position", stored.dump()}}).value();
        return file;
    });
}

std::optional<FoundCheckpoint> newestCheckpoint(const std::filesystem::path& folder)
{
    auto files = checkpointFiles(folder);
    std::reverse(files.begin(), files.end());
    for (const auto& [stage, step, file] : files) {
        const auto position = guard([&, &file = file] { return positionFrom(formats::openSafetensors(file).value().metadata); });
        if (position) {
            return FoundCheckpoint{file, *position};
        }
    }
    return std::nullopt;
}

Result<void> restoreCheckpoint(const std::filesystem::path& file, adapters::Method& method, Optimizer& optimizer)
{
    return guard([&] {
        const formats::SafetensorsFile source = formats::openSafetensors(file).value();
        const nlohmann::json stored = nlohmann::json::parse(source.metadata.at("position"));
        const auto mismatch = [&](const std::string& what) {
            throw Exception(ErrorCode::Mismatch, what, "start the run again", file.string());
        };
        if (stored.at("method") != method.name() || stored.at("projectionHash") != method.frozenCheck().projectionHash) {
            mismatch("the checkpoint belongs to another adapter");
        }
        std::vector<adapters::Parameter>& parameters = method.parameters();
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            at::Tensor* const targets[3] = {&parameters[i].value, &optimizer.moments()[i].first, &optimizer.moments()[i].second};
            for (std::size_t part = 0; part < 3; ++part) {
                const formats::TensorView* view = source.file->find(kPrefixes[part] + parameters[i].name);
                if (view == nullptr || view->count() != targets[part]->numel()) {
                    mismatch("the checkpoint has no fitting '" + parameters[i].name + "'");
                }
                at::Tensor host = at::empty({view->count()}, at::kFloat);
                formats::toFloat(*view, {host.mutable_data_ptr<float>(), static_cast<std::size_t>(host.numel())}).value();
                targets[part]->copy_(host);
            }
        }
        optimizer.setStepsDone(stored.at("optimizerSteps"));
        method.parametersChanged();
    });
}

Result<void> copyCheckpoint(const FoundCheckpoint& checkpoint, const std::filesystem::path& folder, const std::string& configHash)
{
    return guard([&] {
        const formats::SafetensorsFile source = formats::openSafetensors(checkpoint.file).value();
        nlohmann::json position = nlohmann::json::parse(source.metadata.at("position"));
        position["configHash"] = configHash;
        std::vector<formats::TensorToWrite> tensors;
        for (const formats::TensorView& view : source.file->tensors()) {
            tensors.push_back({view.name, view.dtype, view.shape, view.bytes});
        }
        formats::writeSafetensors(folder / fileName(checkpoint.position.stage, checkpoint.position.step), tensors,
                                  {{"position", position.dump()}})
            .value();
    });
}

Result<std::filesystem::path> keepGoodCheckpoint(const std::filesystem::path& checkpoint, std::int64_t stage)
{
    return guard([&] {
        std::filesystem::path good = checkpoint.parent_path() / goodName(stage);
        const std::filesystem::path fresh = good.string() + ".tmp";
        std::filesystem::remove(fresh);
        std::error_code noLinks;
        std::filesystem::create_hard_link(checkpoint, fresh, noLinks);
        if (noLinks) { // a file system without hard links
            std::filesystem::copy_file(checkpoint, fresh);
        }
        std::filesystem::rename(fresh, good);
        return good;
    });
}

std::optional<FoundCheckpoint> goodCheckpoint(const std::filesystem::path& folder, std::int64_t stage)
{
    const std::filesystem::path file = folder / goodName(stage);
    if (!std::filesystem::exists(file)) {
        return std::nullopt;
    }
    const auto position = guard([&] { return positionFrom(formats::openSafetensors(file).value().metadata); });
    return position ? std::optional(FoundCheckpoint{file, *position}) : std::nullopt;
}

Result<CheckpointPosition> rewindToGoodCheckpoint(const std::filesystem::path& folder)
{
    return guard([&] {
        const auto newest = newestCheckpoint(folder);
        // Earlier stages are finished: nothing to go back to.
        if (const auto good = newest ? goodCheckpoint(folder, newest->position.stage) : std::nullopt) {
            CheckpointPosition position = good->position;
            const std::filesystem::path place = folder / fileName(position.stage, position.step);
            if (!std::filesystem::exists(place)) {
                std::filesystem::copy_file(good->file, place);
            }
            for (const auto& [fileStage, step, file] : checkpointFiles(folder)) {
                if (std::tie(fileStage, step) > std::tie(position.stage, position.step)) {
                    std::filesystem::remove(file);
                }
            }
            return position;
        }
        throw Exception(ErrorCode::NotFound, "no checkpoint of this stage was kept from before a fall", "resume the run as it is",
                        folder.string());
    });
}

void pruneCheckpoints(const std::filesystem::path& folder, std::int64_t keep)
{
    const auto files = checkpointFiles(folder);
    for (std::size_t i = 0; i + static_cast<std::size_t>(std::max<std::int64_t>(1, keep)) < files.size(); ++i) {
        std::error_code ignored;
        std::filesystem::remove(std::get<2>(files[i]), ignored);
    }
}

} // namespace lori::training
