// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/mask_library.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace lori::ui {
namespace {

namespace fs = std::filesystem;

/// Names in a folder, sorted; empty when there is no such folder.
std::vector<fs::path> entriesOf(const fs::path& folder)
{
    std::vector<fs::path> paths;
    std::error_code ignored; // a folder that cannot be read has nothing to show
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
        paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::vector<fs::path> maskFilesOf(const fs::path& run)
{
    std::vector<fs::path> files;
    for (const fs::path& path : entriesOf(run / "masks")) {
        if (path.extension() == ".safetensors") {
            files.push_back(path);
        }
    }
    return files;
}

std::vector<MaskSource> sourcesOfRun(const fs::path& run, const std::string& name)
{
    std::vector<MaskSource> sources;
    const std::vector<fs::path> masks = maskFilesOf(run);
    for (const fs::path& adapter : entriesOf(run / "adapter")) {
        if (adapter.filename().string().ends_with("-lori-d")) {
            const std::size_t index = std::min(sources.size(), masks.empty() ? 0 : masks.size() - 1);
            sources.push_back({name + " · " + adapter.filename().string(), run.filename().string(), adapter,
                               masks.empty() ? fs::path() : masks[index]});
        }
    }
    if (sources.empty()) {
        for (const fs::path& mask : masks) {
            sources.push_back({name + " · " + mask.filename().string(), run.filename().string(), {}, mask});
        }
    }
    return sources;
}

std::string runName(const fs::path& run)
{
    const auto config = experiment::readRunConfig((run / "config.json").string());
    return config ? config->name : run.filename().string();
}

Exception moduleMissing(std::int64_t layer, experiment::Projection projection)
{
    return Exception(ErrorCode::NotFound,
                     "there is no " + std::string(experiment::projectionName(projection)) + " in layer " + std::to_string(layer));
}

void stopIf(const std::atomic_bool& cancelled)
{
    if (cancelled) {
        throw Exception(ErrorCode::Stopped, "loading was cancelled");
    }
}

const formats::AdapterModule* findModule(const LoadedMasks& masks, std::int64_t layer, experiment::Projection projection)
{
    if (!masks.adapter) {
        return nullptr;
    }
    const auto& modules = masks.adapter->modules;
    const auto found = std::find_if(modules.begin(), modules.end(),
                                    [&](const auto& module) { return module.layer == layer && module.projection == projection; });
    return found == modules.end() ? nullptr : &*found;
}

/// |B| without a mask; empty values when only the mask is known.
BMatrix magnitudesOf(const LoadedMasks& masks, std::int64_t layer, experiment::Projection projection)
{
    BMatrix matrix;
    matrix.layer = layer;
    matrix.projection = projection;
    if (const formats::AdapterModule* module = findModule(masks, layer, projection)) {
        matrix.out = module->b->shape.at(0);
        matrix.rank = module->b->shape.at(1);
        matrix.magnitude = masks.index->magnitudes(layer, projection);
    }
    return matrix;
}

} // namespace

std::vector<MaskSource> findMaskSources(const experiment::Home& home)
{
    std::vector<MaskSource> sources;
    std::vector<fs::path> runs = entriesOf(home.runs());
    std::reverse(runs.begin(), runs.end()); // ids begin with the time
    for (const fs::path& run : runs) {
        if (std::error_code ignored; fs::exists(run / "adapter", ignored) || fs::exists(run / "masks", ignored)) {
            const std::vector<MaskSource> some = sourcesOfRun(run, runName(run));
            sources.insert(sources.end(), some.begin(), some.end());
        }
    }
    return sources;
}

Result<MaskSource> maskSourceFrom(const fs::path& path)
{
    return guard([&] {
        if (!fs::exists(path)) {
            throw Exception(ErrorCode::NotFound, "there is nothing", "choose another folder", path.string());
        }
        const std::string name = path.filename().string();
        if (fs::is_regular_file(path)) {
            return MaskSource{name, {}, {}, path};
        }
        if (fs::exists(path / "adapter_config.json")) {
            const fs::path beside = path / "mask.safetensors";
            return MaskSource{name, {}, path, fs::exists(beside) ? beside : fs::path()};
        }
        std::vector<MaskSource> ofRun = sourcesOfRun(path, runName(path));
        if (ofRun.empty()) {
            throw Exception(ErrorCode::Unsupported, "the folder holds neither an adapter nor a run with masks",
                            "choose a folder with adapter_config.json, or a run's folder", path.string());
        }
        return ofRun.front();
    });
}

Result<std::shared_ptr<const LoadedMasks>> loadMasks(const MaskSource& source, const std::function<void(LoadStage)>& report,
                                                     const std::atomic_bool& cancelled)
{
    return guard([&]() -> std::shared_ptr<const LoadedMasks> {
        auto loaded = std::make_shared<LoadedMasks>();
        loaded->source = source;
        if (!source.adapter.empty()) {
            report(LoadStage::OpeningAdapter);
            loaded->adapter = std::make_unique<formats::AdapterFiles>(std::move(formats::openAdapter(source.adapter).value()));
            loaded->rank = loaded->adapter->rank;
            stopIf(cancelled);
            report(LoadStage::SortingMagnitudes);
            loaded->index = std::move(analysis::MagnitudeIndex::build(*loaded->adapter).value());
        }
        stopIf(cancelled);
        if (!source.maskFile.empty()) {
            report(LoadStage::ReadingMask);
            loaded->mask = std::move(formats::readMask(source.maskFile).value());
            loaded->stored = analysis::summarize(*loaded->mask);
        }
        stopIf(cancelled);
        return loaded;
    });
}

Result<BMatrix> storedMatrix(const LoadedMasks& masks, std::int64_t layer, experiment::Projection projection)
{
    return guard([&] {
        const auto found = !masks.mask ? nullptr : [&]() -> const formats::ModuleMask* {
            for (const formats::ModuleMask& module : masks.mask->modules) {
                if (module.layer == layer && module.projection == projection) {
                    return &module;
                }
            }
            return nullptr;
        }();
        if (found == nullptr) {
            throw moduleMissing(layer, projection);
        }
        BMatrix matrix = magnitudesOf(masks, layer, projection);
        if (matrix.out != found->out || matrix.rank != found->rank) { // no adapter, or another one: the mask alone can be shown
            matrix.out = found->out;
            matrix.rank = found->rank;
            matrix.magnitude.clear();
        }
        matrix.kept.resize(static_cast<std::size_t>(matrix.out * matrix.rank));
        for (std::int64_t i = 0; i < matrix.out * matrix.rank; ++i) {
            matrix.kept[static_cast<std::size_t>(i)] = found->test(i) ? 1 : 0;
        }
        return matrix;
    });
}

Result<BMatrix> previewMatrix(const LoadedMasks& masks, const analysis::ModuleKept& module)
{
    return guard([&] {
        BMatrix matrix = magnitudesOf(masks, module.layer, module.projection);
        if (matrix.magnitude.empty()) {
            throw moduleMissing(module.layer, module.projection);
        }
        matrix.kept.assign(matrix.magnitude.size(), 0);
        const auto count =
            std::min<std::size_t>(matrix.magnitude.size(), static_cast<std::size_t>(std::max<std::int64_t>(0, module.kept)));
        if (count == 0) {
            return matrix;
        }
        // A whole B lies in one pool of every scope, so what is kept of it are its largest entries.
        std::vector<float> sorted = matrix.magnitude;
        std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(count - 1), sorted.end(), std::greater<>());
        const float threshold = sorted[count - 1];
        for (std::size_t i = 0; i < matrix.magnitude.size(); ++i) {
            matrix.kept[i] = matrix.magnitude[i] >= threshold ? 1 : 0;
        }
        return matrix;
    });
}

} // namespace lori::ui
