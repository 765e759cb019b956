// SPDX-License-Identifier: Apache-2.0
#include "core/merging/merge.h"

#include "core/merging/ia3_merge.h"
#include "core/merging/module_merge.h"
#include "core/merging/module_runner.h"
#include "core/support/fast_hash.h"

#include <ATen/Functions.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

namespace lori::merging {

using formats::AdapterFiles;

namespace {

/// Relative distances of sums over modules.
class DistanceSums final {
public:
    void add(const MergedModule& module)
    {
        m_squaredNorm += module.norm * module.norm;
        m_squaredError += module.error * module.error;
        m_worst = std::max(m_worst, module.relative());
    }
    [[nodiscard]] MergeDistance result() const
    {
        return {MergedModule{0, {}, std::sqrt(m_squaredNorm), std::sqrt(m_squaredError)}.relative(), m_worst};
    }

private:
    double m_squaredNorm = 0;
    double m_squaredError = 0;
    double m_worst = 0;
};

std::vector<formats::PlannedTensor> plannedTensors(const MergePlan& plan, const std::vector<ModulePlace>& modules)
{
    std::vector<formats::PlannedTensor> tensors;
    for (const ModulePlace& module : modules) {
        tensors.push_back({formats::peftKey(module.layer, module.projection, 'A'), formats::DType::F32, {plan.rank, module.in}});
        tensors.push_back({formats::peftKey(module.layer, module.projection, 'B'), formats::DType::F32, {module.out, plan.rank}});
    }
    return tensors;
}

/// All modules, unless every layer has all `targets` of them; 0 targets: whatever the layers have.
std::vector<formats::ModuleToWrite> modulesToWrite(const std::vector<AdapterFiles>& adapters, std::int64_t rank,
                                                   std::size_t targets)
{
    std::set<std::pair<std::int64_t, Projection>> places;
    for (const AdapterFiles& adapter : adapters) {
        for (const formats::AdapterModule& module : adapter.modules) {
            places.emplace(module.layer, module.projection);
        }
    }
    std::vector<formats::ModuleToWrite> modules;
    if (places.size() == static_cast<std::size_t>(places.rbegin()->first + 1) * targets) {
        return modules;
    }
    for (const auto& [layer, projection] : places) {
        modules.push_back({layer, projection, rank, static_cast<double>(rank)});
    }
    return modules;
}

/// Everything of the merged adapter but its tensors.
formats::AdapterToWrite descriptionOf(const std::vector<AdapterFiles>& adapters, const MergePlan& plan)
{
    const MergeOptions& options = plan.options;
    formats::AdapterToWrite out;
    out.rank = plan.rank;
    out.alpha = static_cast<double>(plan.rank); // all scalings are in B, so that the merged one is 1
    std::set<Projection> targets;
    formats::MergeRecord merge{mergeTypeName(options.type),
                               mergeModeName(options.mode),
                               traitsOf(options.type).prunes() ? options.density : 1.0,
                               traitsOf(options.type).electsSigns ? signMethodName(options.signs) : "",
                               options.seed,
                               {},
                               plan.repeats};
    bool everyLayer = true;
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        const AdapterFiles& adapter = adapters[i];
        targets.insert(adapter.targets.begin(), adapter.targets.end());
        everyLayer = everyLayer && adapter.everyLayer;
        out.baseModel = out.baseModel.empty() ? adapter.baseModel : out.baseModel;
        merge.adapters.push_back({adapter.folder.filename().string(), options.weights[i],
                                  adapter.record ? adapter.record->method : "", adapterFingerprint(adapter)});
        out.place = out.place ? out.place : adapter.place;
        if (adapter.record && out.record.baseFingerprint.empty()) {
            out.record.baseFingerprint = adapter.record->baseFingerprint;
        }
    }
    out.targets.assign(targets.begin(), targets.end());
    out.modules = modulesToWrite(adapters, plan.rank, everyLayer ? targets.size() : 0);
    out.record.method = "merged";
    out.record.program = std::string("lori ") + LORI_VERSION;
    out.record.merge = std::move(merge);
    const bool keepsA = options.mode == MergeMode::Exact && plan.groups == 1 && !traitsOf(plan.computedAs).decomposes;
    if (keepsA && adapters.front().record) {
        out.record.projectionSeed = adapters.front().record->projectionSeed;
        out.record.orthogonalBlock = adapters.front().record->orthogonalBlock;
        out.record.projectionHash = adapters.front().record->projectionHash;
    }
    return out;
}

void refuseInput(const std::vector<AdapterFiles>& adapters, const std::filesystem::path& folder)
{
    const auto same = [](const std::filesystem::path& path) {
        std::filesystem::path canonical = std::filesystem::weakly_canonical(std::filesystem::absolute(path));
        return canonical.has_filename() ? canonical : canonical.parent_path();
    };
    for (const AdapterFiles& adapter : adapters) {
        if (same(adapter.folder) == same(folder)) {
            throw Exception(ErrorCode::InvalidArgument, "the merged adapter would replace one of those that are merged",
                            "choose another folder", folder.string());
        }
    }
}

/// Opens what was written: it must be an adapter with the very bytes that were handed over.
void readBack(const std::filesystem::path& folder, const std::vector<std::uint64_t>& sums)
{
    const AdapterFiles written = formats::openAdapter(folder).value();
    bool same = sums.size() == 2 * written.modules.size();
    for (std::size_t i = 0; same && i < written.modules.size(); ++i) {
        same = fastHash(written.modules[i].a->bytes) == sums[2 * i] && fastHash(written.modules[i].b->bytes) == sums[2 * i + 1];
        formats::releasePages(*written.modules[i].a);
        formats::releasePages(*written.modules[i].b);
    }
    if (!same) {
        throw Exception(ErrorCode::Io, "the merged adapter reads back differently from what was written", "check the disk",
                        folder.string());
    }
}

MergeReport run(const std::vector<AdapterFiles>& adapters, const MergeOptions& options, const std::filesystem::path* folder,
                const MergeProgress& progress, const MaskSource& masks)
{
    const auto begin = std::chrono::steady_clock::now();
    if (areIa3(adapters)) {
        if (folder != nullptr) {
            refuseInput(adapters, *folder);
        }
        return mergeIa3(adapters, options, folder, descriptionOf(adapters, planIa3(adapters, options)), progress);
    }
    MergeReport report;
    report.plan = planMerge(adapters, options).value();
    const std::vector<ModulePlace> places = placesOf(adapters);
    const MaskSource source = masks ? masks : seededMasks(options.seed);
    ModuleRunner runner(adapters, report.plan, places, source, progress);
    if (folder == nullptr) {
        runner.run([](std::span<const std::byte>) {});
    } else {
        refuseInput(adapters, *folder);
        const formats::AdapterToWrite description = descriptionOf(adapters, report.plan);
        formats::streamAdapter(*folder, description, plannedTensors(report.plan, places), [&](const ByteSink& sink) {
            runner.run(sink);
        }).value();
        readBack(*folder, runner.hashes());
        formats::useNamesOfClass(*folder, description).value();
        report.folder = *folder;
    }
    DistanceSums loss;
    DistanceSums self;
    for (const MergedModule& module : runner.merged()) {
        loss.add(module);
    }
    for (const MergedModule& module : runner.self()) {
        self.add(module);
    }
    report.modules = runner.merged();
    report.loss = loss.result();
    report.self = self.result();
    report.selfModules = static_cast<std::int64_t>(runner.self().size());
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return report;
}

} // namespace

double MergedModule::relative() const
{
    return norm > 0 ? error / norm : (error > 0 ? 1.0 : 0.0);
}

Result<MergeReport> mergeAdapters(const std::vector<AdapterFiles>& adapters, const MergeOptions& options,
                                  const std::filesystem::path& folder, const MergeProgress& progress, const MaskSource& masks)
{
    return guard([&] { return run(adapters, options, &folder, progress, masks); });
}

Result<MergeReport> measureMerge(const std::vector<AdapterFiles>& adapters, const MergeOptions& options,
                                 const MergeProgress& progress, const MaskSource& masks)
{
    return guard([&] { return run(adapters, options, nullptr, progress, masks); });
}

} // namespace lori::merging
