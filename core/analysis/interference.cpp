// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/interference.h"

#include "core/analysis/interference_module.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace lori::analysis {

namespace {

double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : 0.0;
}

PairInterference measuresOf(const PairSums& sums, std::size_t first, std::size_t second, const std::vector<double>& squaredNorms)
{
    PairInterference pair;
    pair.first = first;
    pair.second = second;
    pair.cosine = ratio(sums.inner, std::sqrt(squaredNorms[first] * squaredNorms[second]));
    pair.rowOverlap = ratio(sums.overlap, sums.overlapRank);
    pair.rowChance = ratio(sums.chance, sums.overlapRank);
    pair.shared = sums.shared;
    const auto shared = static_cast<double>(sums.shared);
    const auto one = static_cast<double>(sums.firstUsed);
    const auto two = static_cast<double>(sums.secondUsed);
    pair.jaccard = ratio(shared, one + two - shared);
    pair.jaccardChance = ratio(sums.expectedShared, one + two - sums.expectedShared);
    pair.containment = ratio(shared, std::min(one, two));
    pair.signConflicts = ratio(static_cast<double>(sums.opposite), shared);
    return pair;
}

Interference measuresOf(const InterferenceSums& sums)
{
    Interference values;
    const std::size_t count = sums.squaredNorms.size();
    double apart = 0;
    for (const double norm : sums.squaredNorms) {
        apart += norm;
    }
    double together = apart;
    std::size_t place = 0;
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = i + 1; j < count; ++j) {
            const PairSums& pair = sums.pairs[place++];
            together += 2 * pair.inner;
            values.pairs.push_back(measuresOf(pair, i, j, sums.squaredNorms));
        }
    }
    together = std::max(0.0, together);
    values.energyRatio = ratio(together, apart);
    values.linearCrossTerms = std::sqrt(ratio(sums.crossTerms, together));
    return values;
}

/// Works through the modules with several threads; each module's sums land in its own place, so that the order of adding up, and
/// with it every bit of the result, is always the same.
std::vector<InterferenceSums> allSums(const std::vector<SharedModule>& modules,
                                      const std::vector<formats::AdapterFiles>& adapters, int threads,
                                      const InterferenceProgress& progress)
{
    std::vector<InterferenceSums> sums(modules.size());
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> ended = false;
    std::mutex mutex; // guards what follows
    std::int64_t done = 0;
    std::exception_ptr failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < modules.size() && !ended; i = next++) {
            try {
                sums[i] = sumsOf(modules[i], adapters);
                const std::lock_guard lock(mutex);
                ++done;
                if (progress && !progress(done, static_cast<std::int64_t>(modules.size()))) {
                    throw Exception(ErrorCode::Stopped, "the comparison was stopped", "", "");
                }
            } catch (...) {
                const std::lock_guard lock(mutex);
                failure = failure ? failure : std::current_exception();
                ended = true;
            }
        }
    };
    const auto cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    std::vector<std::thread> helpers;
    for (int i = 1; i < (threads > 0 ? threads : cores); ++i) {
        helpers.emplace_back(work);
    }
    work();
    for (std::thread& helper : helpers) {
        helper.join();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
    return sums;
}

InterferenceReport reportOf(const std::vector<SharedModule>& modules, const std::vector<InterferenceSums>& sums)
{
    InterferenceReport report;
    InterferenceSums total;
    std::map<std::int64_t, InterferenceSums> layers;
    for (std::size_t i = 0; i < modules.size(); ++i) {
        report.modules.push_back({modules[i].layer, modules[i].projection, measuresOf(sums[i])});
        layers[modules[i].layer].add(sums[i]);
        total.add(sums[i]);
    }
    for (const auto& [layer, summed] : layers) {
        report.layers.push_back({layer, measuresOf(summed)});
    }
    report.total = measuresOf(total);
    for (const double norm : total.squaredNorms) {
        report.norms.push_back(std::sqrt(std::max(0.0, norm)));
    }
    for (std::size_t i = 0; i < total.pairs.size(); ++i) {
        if (total.pairs[i].modulesInBoth > 0 && total.pairs[i].modulesWithSameA == total.pairs[i].modulesInBoth) {
            report.sameProjection.emplace_back(report.total.pairs[i].first, report.total.pairs[i].second);
        }
    }
    return report;
}

/// Whether two records say that the frozen A is the same random one.
bool haveSameSeed(const formats::AdapterFiles& one, const formats::AdapterFiles& two)
{
    if (!one.record || !two.record) {
        return false;
    }
    const auto isFrozen = [](const formats::AdapterRecord& record) {
        return record.method.starts_with("lori");
    };
    const bool sameHash = !one.record->projectionHash.empty() && one.record->projectionHash == two.record->projectionHash;
    return sameHash ||
           (isFrozen(*one.record) && isFrozen(*two.record) && one.record->projectionSeed == two.record->projectionSeed &&
            one.record->orthogonalBlock == two.record->orthogonalBlock);
}

std::vector<std::pair<std::size_t, std::size_t>> sameSeeds(const std::vector<formats::AdapterFiles>& adapters)
{
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        for (std::size_t j = i + 1; j < adapters.size(); ++j) {
            if (haveSameSeed(adapters[i], adapters[j])) {
                pairs.emplace_back(i, j);
            }
        }
    }
    return pairs;
}

} // namespace

Result<InterferenceReport> measureInterference(const std::vector<formats::AdapterFiles>& adapters, int threads,
                                               const InterferenceProgress& progress)
{
    return guard([&] {
        if (adapters.size() < 2) {
            throw Exception(ErrorCode::InvalidArgument, "interference needs two adapters or more", "name another adapter", "");
        }
        formats::checkOneBase(adapters, "compare adapters of one base model");
        const std::vector<SharedModule> modules = formats::modulesByPlace(adapters);
        if (modules.empty()) {
            throw Exception(ErrorCode::BadFile, "the adapters have no modules", "choose other adapters",
                            adapters.front().folder.string());
        }
        InterferenceReport report = reportOf(modules, allSums(modules, adapters, threads, progress));
        report.sameSeed = sameSeeds(adapters);
        return report;
    });
}

} // namespace lori::analysis
