// SPDX-License-Identifier: Apache-2.0
#include "core/workers/compare_masks_job.h"

#include "core/analysis/mask_comparison.h"
#include "core/analysis/mask_source.h"
#include "core/workers/text_line.h"

#include <cstdio>

namespace lori::workers {

namespace {

using nlohmann::ordered_json;

ordered_json jsonOf(const analysis::MaskOverlap& overlap)
{
    return {{"entries", overlap.entries},
            {"first", overlap.first},
            {"second", overlap.second},
            {"shared", overlap.shared},
            {"expected", overlap.expected},
            {"jaccard", overlap.jaccard()},
            {"jaccardChance", overlap.jaccardChance()},
            {"firstInSecond", overlap.firstInSecond()},
            {"secondInFirst", overlap.secondInFirst()},
            {"ratio", overlap.ratio()},
            {"z", overlap.z()}};
}

ordered_json jsonOf(const std::vector<analysis::NamedOverlap>& overlaps)
{
    ordered_json list = ordered_json::array();
    for (const analysis::NamedOverlap& one : overlaps) {
        list.push_back({{"name", one.name}, {"overlap", jsonOf(one.overlap)}});
    }
    return list;
}

std::string textOf(const analysis::MaskComparison& comparison, const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += textLine("%zu  ", i + 1) + names[i] + "\n";
    }
    text += "\npair    shared       by chance    ratio   z         Jaccard  (chance)  1 in 2    2 in 1\n";
    for (const analysis::MaskPair& pair : comparison.pairs) {
        const analysis::MaskOverlap& all = pair.total;
        text += textLine("%zu-%-3zu  %-11lld  %-11.0f  %-6.3f  %-+8.1f  %-7.4f  %-8.4f  %-8.4f  %.4f\n", pair.first + 1,
                         pair.second + 1, static_cast<long long>(all.shared), all.expected, all.ratio(), all.z(), all.jaccard(),
                         all.jaccardChance(), all.firstInSecond(), all.secondInFirst());
    }
    text += "\nratio by projection:";
    for (const analysis::MaskPair& pair : comparison.pairs) {
        text += textLine("\n%zu-%-3zu ", pair.first + 1, pair.second + 1);
        for (const analysis::NamedOverlap& projection : pair.projections) {
            text += " " + projection.name + textLine(" %.2f", projection.overlap.ratio());
        }
    }
    text += textLine("\n\nfree for another task: %lld entries\n", static_cast<long long>(comparison.keptBy.front()));
    return text;
}

std::vector<formats::Mask> read(const std::vector<std::string>& paths)
{
    std::vector<formats::Mask> masks;
    masks.reserve(paths.size());
    for (const std::string& path : paths) {
        masks.push_back(analysis::readMaskSource(path).value());
    }
    return masks;
}

} // namespace

jobs::JobPlan CompareMasksJob::plan()
{
    return {.what = "compares " + std::to_string(read(m_options.masks).size()) + " masks", .writes = {}, .notes = {}};
}

jobs::JobResult CompareMasksJob::work(jobs::JobContext& context)
{
    context.progress("comparing masks", 0, 1);
    const analysis::MaskComparison comparison = analysis::compareMasks(read(m_options.masks)).value();
    jobs::JobResult result;
    result.json["masks"] = m_options.masks;
    result.json["keptBy"] = comparison.keptBy;
    result.json["pairs"] = ordered_json::array();
    for (const analysis::MaskPair& pair : comparison.pairs) {
        result.json["pairs"].push_back({{"first", pair.first},
                                        {"second", pair.second},
                                        {"total", jsonOf(pair.total)},
                                        {"layers", jsonOf(pair.layers)},
                                        {"projections", jsonOf(pair.projections)},
                                        {"modules", jsonOf(pair.modules)}});
    }
    result.text = textOf(comparison, m_options.masks);
    return result;
}

} // namespace lori::workers
