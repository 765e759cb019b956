// SPDX-License-Identifier: Apache-2.0
#include "core/merging/ia3_merge.h"

#include "core/formats/adapter_sets.h"
#include "core/merging/plan_checks.h"

#include <ATen/Functions.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <span>

namespace lori::merging {

using formats::AdapterFiles;
using formats::AdapterModule;
using Place = std::pair<std::int64_t, Projection>;

namespace {

std::string nameOf(const Place& place)
{
    return "layer " + std::to_string(place.first) + " " + std::string(projectionName(place.second));
}

/// The l of every adapter by module, nullptr where one lacks it.
std::map<Place, std::vector<const AdapterModule*>> modulesOf(const std::vector<AdapterFiles>& adapters)
{
    std::map<Place, std::vector<const AdapterModule*>> modules;
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        for (const AdapterModule& module : adapters[i].modules) {
            auto& parts = modules[{module.layer, module.projection}];
            parts.resize(adapters.size(), nullptr);
            parts[i] = &module;
        }
    }
    return modules;
}

void checkModules(const std::vector<AdapterFiles>& adapters, MergeMode mode)
{
    for (const auto& [place, parts] : modulesOf(adapters)) {
        const AdapterModule* first = nullptr;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (parts[i] == nullptr && mode == MergeMode::Exact) {
                throw Exception(ErrorCode::Mismatch, nameOf(place) + " is missing, but another adapter has it",
                                "merge adapters of the same modules, or with the mode peft", adapters[i].folder.string());
            }
            if (first != nullptr && parts[i] != nullptr && parts[i]->scale->shape != first->scale->shape) {
                throw Exception(ErrorCode::Mismatch, nameOf(place) + " is scaled at another side or has another width",
                                "merge adapters of one base model and kind", adapters[i].folder.string());
            }
            first = first != nullptr ? first : parts[i];
        }
    }
}

at::Tensor read(const AdapterModule& module, const Place& place, const AdapterFiles& adapter)
{
    at::Tensor l = at::empty(module.scale->shape, at::kFloat);
    formats::toFloat(*module.scale, {l.mutable_data_ptr<float>(), static_cast<std::size_t>(l.numel())}).value();
    if (!at::isfinite(l).all().item<bool>()) {
        throw Exception(ErrorCode::NonFinite, nameOf(place) + " holds a NaN or infinity",
                        "train again with a smaller learning rate", adapter.folder.string());
    }
    return l.to(at::kDouble);
}

/// l − 1 of the merge, f64.
at::Tensor change(const std::vector<at::Tensor>& l, const std::vector<double>& weights, MergeMode mode)
{
    at::Tensor sum = at::zeros_like(l.front());
    for (std::size_t i = 0; i < l.size(); ++i) {
        sum.add_(mode == MergeMode::Exact ? l[i].sub(1) : l[i], weights[i]);
    }
    return mode == MergeMode::Exact ? sum : sum.sub_(1);
}

MergedModule measured(const Place& place, const at::Tensor& wanted, const at::Tensor& l)
{
    return {place.first, place.second, wanted.norm().item<double>(), l.to(at::kDouble).sub(1).sub(wanted).norm().item<double>()};
}

MergeDistance distanceOver(const std::vector<MergedModule>& modules)
{
    MergedModule all;
    MergeDistance distance;
    for (const MergedModule& module : modules) {
        all.norm = std::hypot(all.norm, module.norm);
        all.error = std::hypot(all.error, module.error);
        distance.worst = std::max(distance.worst, module.relative());
    }
    distance.total = all.relative();
    return distance;
}

} // namespace

bool areIa3(const std::vector<AdapterFiles>& adapters)
{
    std::size_t count = 0;
    for (const AdapterFiles& adapter : adapters) {
        if (adapter.kind == formats::AdapterKind::Dora) {
            throw Exception(ErrorCode::Unsupported,
                            "a DoRA adapter cannot be merged with others: the length of its rows belongs to its own change",
                            "export it into the model's weights instead", adapter.folder.string());
        }
        count += adapter.kind == formats::AdapterKind::Ia3 ? 1 : 0;
    }
    if (count != 0 && count != adapters.size()) {
        throw Exception(ErrorCode::Mismatch, "IA3 adapters cannot be merged with adapters of another kind",
                        "merge adapters of one kind", adapters.front().folder.string());
    }
    return count != 0;
}

MergePlan planIa3(const std::vector<AdapterFiles>& adapters, const MergeOptions& options)
{
    checkOptions(adapters.size(), options);
    formats::checkOneBase(adapters, "merge adapters of one base model");
    if (options.type != MergeType::Linear) {
        throw Exception(ErrorCode::Unsupported, std::string("IA3 adapters cannot be merged by ") + mergeTypeName(options.type),
                        "choose linear", adapters.front().folder.string());
    }
    checkModules(adapters, options.mode);
    checkSaved(adapters, options);
    MergePlan plan;
    plan.options = options;
    plan.repeats = options.mode == MergeMode::Peft ? kPeftVersion : "";
    plan.computedAs = MergeType::Linear;
    plan.groups = adapters.size();
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        plan.group.push_back(i);
    }
    for (const auto& [place, parts] : modulesOf(adapters)) {
        ++plan.modules;
        const auto some = std::find_if(parts.begin(), parts.end(), [](const AdapterModule* part) { return part != nullptr; });
        const std::uint64_t bytes = 4 * static_cast<std::uint64_t>((*some)->scale->count());
        plan.fileBytes += bytes;
        plan.workBytes = std::max(plan.workBytes, 4 * bytes);
    }
    plan.lossless = options.mode == MergeMode::Exact;
    plan.loses = plan.lossless ? "nothing but rounding"
                               : "the balance of the layers: weights that do not add up to 1 shrink or enlarge them";
    return plan;
}

MergeReport mergeIa3(const std::vector<AdapterFiles>& adapters, const MergeOptions& options, const std::filesystem::path* folder,
                     const formats::AdapterToWrite& description, const MergeProgress& progress)
{
    MergeReport report;
    report.plan = planIa3(adapters, options);
    formats::AdapterToWrite out = description;
    out.kind = formats::AdapterKind::Ia3;
    std::set<Projection> feedForward;
    for (const AdapterFiles& adapter : adapters) {
        feedForward.insert(adapter.feedForward.begin(), adapter.feedForward.end());
    }
    out.feedForward.assign(feedForward.begin(), feedForward.end());
    std::vector<at::Tensor> alive;
    std::vector<MergedModule> self;
    for (const auto& [place, parts] : modulesOf(adapters)) {
        std::vector<at::Tensor> l;
        std::vector<double> weights;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (parts[i] != nullptr) {
                l.push_back(read(*parts[i], place, adapters[i]));
                weights.push_back(options.weights[i]);
            }
        }
        alive.push_back(change(l, weights, options.mode).add(1).to(at::kFloat).contiguous());
        report.modules.push_back(measured(place, change(l, weights, MergeMode::Exact), alive.back()));
        self.push_back(measured(place, l.front().sub(1), change({l.front()}, {1.0}, options.mode).add(1).to(at::kFloat)));
        const at::Tensor& merged = alive.back();
        out.tensors.push_back(
            {formats::peftIa3Key(place.first, place.second), formats::DType::F32, merged.sizes().vec(),
             std::as_bytes(std::span(merged.const_data_ptr<float>(), static_cast<std::size_t>(merged.numel())))});
        if (progress && !progress(static_cast<std::int64_t>(alive.size()), report.plan.modules, report.modules.back())) {
            throw Exception(ErrorCode::Stopped, "the merge was stopped", "", "");
        }
    }
    if (folder != nullptr) {
        formats::writeAdapter(*folder, out).value();
        report.folder = *folder;
    }
    report.loss = distanceOver(report.modules);
    report.self = distanceOver(self);
    report.selfModules = static_cast<std::int64_t>(self.size());
    return report;
}

} // namespace lori::merging
