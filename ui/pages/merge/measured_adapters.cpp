// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/measured_adapters.h"

#include "core/formats/adapter_sets.h"

#include <algorithm>
#include <thread>

namespace lori::ui {
namespace {

/// One core stays with the window.
int measuringThreads()
{
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()) - 1);
}

void compareModules(MeasuredAdapters& measured, const std::vector<formats::AdapterFiles>& adapters)
{
    for (const formats::AdapterFiles& adapter : adapters) {
        measured.modules.push_back(static_cast<std::int64_t>(adapter.modules.size()));
    }
    for (const formats::SharedModule& module : formats::modulesByPlace(adapters)) {
        if (std::find(module.parts.begin(), module.parts.end(), nullptr) == module.parts.end()) {
            ++measured.sharedModules;
        } else if (measured.unshared.empty()) {
            measured.unshared =
                "layer " + std::to_string(module.layer) + " " + std::string(experiment::projectionName(module.projection));
        }
    }
}

} // namespace

Result<MeasuredAdapters> measureAdapters(const std::vector<std::filesystem::path>& folders,
                                         const BackgroundJob::Cancelled& cancelled)
{
    return guard([&] {
        MeasuredAdapters measured;
        measured.folders = folders;
        std::vector<formats::AdapterFiles> adapters;
        for (const std::filesystem::path& folder : folders) {
            if (*cancelled) {
                throw Exception(ErrorCode::Stopped, "the comparison was stopped");
            }
            adapters.push_back(formats::openAnyAdapter(folder).value());
        }
        compareModules(measured, adapters);
        const auto other = std::find_if(adapters.begin(), adapters.end(),
                                        [](const auto& adapter) { return adapter.kind != formats::AdapterKind::LowRank; });
        if (other != adapters.end()) {
            formats::checkOneBase(adapters, "choose adapters of one base model");
            measured.notMeasured = Error{ErrorCode::Unsupported, "this adapter is no sum of B · A (it is DoRA or IA3)",
                                         "choose LoRA or LoRI adapters to see how they meet", other->folder.string()};
            return measured;
        }
        measured.report = analysis::measureInterference(adapters, measuringThreads(), [&](std::int64_t, std::int64_t) {
                              return !*cancelled;
                          }).value();
        return measured;
    });
}

MergedEnergy energyOf(const analysis::InterferenceReport& report, const std::vector<double>& weights)
{
    MergedEnergy energy;
    double apart = 0;
    for (std::size_t i = 0; i < report.norms.size(); ++i) {
        const double size = weights.at(i) * report.norms[i];
        energy.shares.push_back(size * size);
        apart += size * size;
    }
    double together = apart;
    for (const analysis::PairInterference& pair : report.total.pairs) {
        together += 2 * weights.at(pair.first) * weights.at(pair.second) * pair.cosine * report.norms[pair.first] *
                    report.norms[pair.second];
    }
    if (apart > 0) {
        energy.ratio = std::max(0.0, together) / apart;
        for (double& share : energy.shares) {
            share /= apart;
        }
    }
    return energy;
}

std::vector<double> balancedWeights(const analysis::InterferenceReport& report, double sum)
{
    double all = 0;
    for (const double norm : report.norms) {
        if (norm <= 0) {
            return {};
        }
        all += 1 / norm;
    }
    std::vector<double> weights;
    for (const double norm : report.norms) {
        weights.push_back(sum / (norm * all));
    }
    return weights;
}

} // namespace lori::ui
