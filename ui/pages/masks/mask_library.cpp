// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/mask_library.h"

#include "ui/services/run_files.h"
#include "ui/text.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>

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

/// The number in front of "12-mask.safetensors" or "12-lori-d"; -1 without one.
std::int64_t stageOf(const fs::path& path)
{
    const std::string name = path.filename().string();
    std::int64_t stage = -1;
    std::from_chars(name.data(), name.data() + name.size(), stage);
    return stage;
}

void sortByStage(std::vector<fs::path>& paths)
{
    std::stable_sort(paths.begin(), paths.end(), [](const fs::path& a, const fs::path& b) { return stageOf(a) < stageOf(b); });
}

/// The adapter that a mask stage was made from, as the run's configuration says; empty when it does not.
fs::path adapterOfMask(const fs::path& run, const experiment::RunConfig& config, std::int64_t mask)
{
    if (mask < 0 || mask >= static_cast<std::int64_t>(config.stages.size())) {
        return {};
    }
    const experiment::StageConfig& stage = config.stages[static_cast<std::size_t>(mask)];
    if (!stage.fromAdapter.empty()) {
        return stage.fromAdapter;
    }
    std::int64_t source = stage.fromStage;
    for (std::int64_t i = mask - 1; i >= 0 && source < 0; --i) {
        source = config.stages[static_cast<std::size_t>(i)].kind == experiment::StageKind::LoriD ? i : -1;
    }
    if (source < 0 || source >= static_cast<std::int64_t>(config.stages.size())) {
        return {};
    }
    const auto kind = config.stages[static_cast<std::size_t>(source)].kind;
    return run / "adapter" / (std::to_string(source) + "-" + std::string(experiment::stageKindName(kind)));
}

/// What a mask stage works for: its name without what the sequence adds to it; the mask's file where it has none.
std::string taskOf(const experiment::RunConfig& config, const fs::path& mask)
{
    constexpr std::string_view kAdded = " (mask)";
    const std::int64_t stage = stageOf(mask);
    std::string name;
    if (stage >= 0 && stage < static_cast<std::int64_t>(config.stages.size())) {
        name = config.stages[static_cast<std::size_t>(stage)].name;
    }
    if (name.ends_with(kAdded)) {
        name.resize(name.size() - kAdded.size());
    }
    return name.empty() ? mask.filename().string() : name;
}

/// Each mask with the adapter that it was made from, by the stages; a dense adapter without a mask and a mask without an adapter
/// stand alone.
std::vector<MaskSource> sourcesOfRun(const fs::path& run, const std::string& name)
{
    const auto read = experiment::readRunConfig((run / "config.json").string());
    const experiment::RunConfig config = read ? *read : experiment::RunConfig{};
    std::vector<fs::path> masks = maskFilesOf(run);
    std::vector<fs::path> adapters = entriesOf(run / "adapter");
    std::erase_if(adapters, [](const fs::path& path) { return !path.filename().string().ends_with("-lori-d"); });
    sortByStage(masks);
    sortByStage(adapters);
    std::vector<MaskSource> sources;
    std::vector<fs::path> paired;
    for (const fs::path& mask : masks) {
        const std::string brief = masks.size() == 1 ? name : name + " · " + taskOf(config, mask);
        fs::path adapter = adapterOfMask(run, config, stageOf(mask));
        if (adapter.empty()) { // a configuration that says nothing of this stage: the dense adapter before it
            for (const fs::path& each : adapters) {
                adapter = stageOf(each) < stageOf(mask) ? each : adapter;
            }
        }
        std::error_code ignored; // an adapter that is no longer there cannot be shown
        if (adapter.empty() || !fs::exists(adapter, ignored)) {
            sources.push_back({name + " · " + mask.filename().string(), run.filename().string(), {}, mask, brief});
            continue;
        }
        const bool again = std::find(paired.begin(), paired.end(), adapter) != paired.end();
        const std::string shown = adapter.filename().string() + (again ? " · " + mask.filename().string() : "");
        sources.push_back({name + " · " + shown, run.filename().string(), adapter, mask, brief});
        paired.push_back(adapter);
    }
    for (const fs::path& adapter : adapters) {
        if (std::find(paired.begin(), paired.end(), adapter) == paired.end()) {
            sources.push_back({name + " · " + adapter.filename().string(), run.filename().string(), adapter, {}});
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

std::vector<MaskSource> findMaskSources(const Home& home)
{
    std::vector<MaskSource> sources;
    std::vector<fs::path> runs = entriesOf(home.runs());
    std::reverse(runs.begin(), runs.end()); // ids begin with the time
    std::map<std::string, std::string> runOfName;
    for (const fs::path& run : runs) {
        if (hasMasks(run)) {
            std::vector<MaskSource> some = sourcesOfRun(run, runName(run));
            for (MaskSource& source : some) { // an older run of the same name is told by its folder
                const bool taken = runOfName.emplace(source.name, source.runId).first->second != source.runId;
                source.name += taken && !source.name.empty() ? " (" + source.runId + ")" : "";
            }
            sources.insert(sources.end(), some.begin(), some.end());
        }
    }
    return sources;
}

QString titleWithDate(const QString& title, const std::string& runId)
{
    QDateTime made = QDateTime::fromString(QString::fromStdString(runId).left(15), QStringLiteral("yyyyMMdd-HHmmss"));
    made.setTimeZone(QTimeZone::utc());
    return made.isValid() ? title + QStringLiteral(" · ") + Text::when(made.toMSecsSinceEpoch()) : title;
}

Result<MaskSource> maskSourceFrom(const fs::path& path)
{
    return guard([&] {
        if (!fs::exists(path)) {
            throw Exception(ErrorCode::NotFound, "there is nothing", "choose another folder", path.string());
        }
        const std::string name = path.filename().string();
        if (fs::is_regular_file(path)) {
            return MaskSource{name, {}, {}, path, name};
        }
        if (fs::exists(path / "adapter_config.json")) {
            const fs::path beside = path / "mask.safetensors";
            return MaskSource{name, {}, path, fs::exists(beside) ? beside : fs::path(), name};
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
