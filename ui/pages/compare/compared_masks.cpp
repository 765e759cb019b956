// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compared_masks.h"

#include "core/analysis/mask_source.h"
#include "database/item_file.h"
#include "ui/services/error_text.h"
#include "ui/text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <numeric>

namespace lori::ui {
namespace {

class MaskPairWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::MaskPairWords)
};

QString timesChance(const analysis::MaskOverlap& overlap)
{
    return QLocale().toString(overlap.ratio(), 'f', 2) + QStringLiteral(" ×");
}

double shareOf(const std::vector<std::int64_t>& keptBy, std::int64_t count)
{
    const auto all = std::accumulate(keptBy.begin(), keptBy.end(), std::int64_t{0});
    return all > 0 ? static_cast<double>(count) / static_cast<double>(all) : 0;
}

} // namespace

std::vector<RunMask> masksOf(const Comparison& comparison)
{
    std::vector<RunMask> masks;
    for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
        const database::RunDetail& run = comparison.runs[i];
        for (const database::MaskRow& mask : run.masks) {
            if (const auto file = database::pathInFolder(run.summary.folder, mask.file)) {
                const QString title = comparison.runTitle(i);
                masks.push_back({run.masks.size() > 1 ? MaskPairWords::tr("%1, stage %2", "a run's name and a number")
                                                            .arg(title, QLocale().toString(mask.stage + 1))
                                                      : title,
                                 *file});
            }
        }
    }
    return masks;
}

const analysis::MaskPair& ComparedMasks::pairAt(std::size_t row, std::size_t column) const
{
    const auto [first, second] = std::minmax(row, column);
    return *std::find_if(overlap.pairs.begin(), overlap.pairs.end(), [first = first, second = second](const auto& pair) {
        return pair.first == first && pair.second == second;
    });
}

double ComparedMasks::keptByNone() const
{
    return overlap.keptBy.empty() ? 0 : shareOf(overlap.keptBy, overlap.keptBy.front());
}

double ComparedMasks::keptByAll() const
{
    return overlap.keptBy.empty() ? 0 : shareOf(overlap.keptBy, overlap.keptBy.back());
}

Result<ComparedMasks> compareRunMasks(const std::vector<RunMask>& masks, const BackgroundJob::Cancelled& cancelled)
{
    return guard([&] {
        ComparedMasks compared;
        std::vector<formats::Mask> read;
        for (const RunMask& mask : masks) {
            if (*cancelled) {
                throw Exception(ErrorCode::Stopped, "the comparison of the masks was stopped");
            }
            auto one = analysis::readMaskSource(mask.file);
            if (!one) {
                compared.unread << MaskPairWords::tr("%1: %2", "a run's name; why its mask cannot be read")
                                       .arg(mask.title, ErrorText::sentence(one.error()));
                continue;
            }
            compared.titles << mask.title;
            read.push_back(std::move(*one));
        }
        if (read.size() >= 2) {
            compared.overlap = analysis::compareMasks(read).value();
        }
        return compared;
    });
}

namespace mask_pair_words {

QString summary(const ComparedMasks& masks)
{
    return MaskPairWords::tr("Of all places, %1 are kept by no mask and are free for another task; %2 by every mask.")
        .arg(Text::percent(masks.keptByNone()), Text::percent(masks.keptByAll()));
}

QStringList columns()
{
    return {MaskPairWords::tr("First mask"),      MaskPairWords::tr("Second mask"),    MaskPairWords::tr("Kept by both"),
            MaskPairWords::tr("Overlap"),         MaskPairWords::tr("By chance"),      MaskPairWords::tr("Times chance"),
            MaskPairWords::tr("First in second"), MaskPairWords::tr("Second in first")};
}

QStringList row(const ComparedMasks& masks, const analysis::MaskPair& pair)
{
    const analysis::MaskOverlap& overlap = pair.total;
    return {masks.titles[static_cast<qsizetype>(pair.first)],
            masks.titles[static_cast<qsizetype>(pair.second)],
            QLocale().toString(static_cast<qlonglong>(overlap.shared)),
            Text::percent(overlap.jaccard()),
            Text::percent(overlap.jaccardChance()),
            timesChance(overlap),
            Text::percent(overlap.firstInSecond()),
            Text::percent(overlap.secondInFirst())};
}

QString readOut(const ComparedMasks& masks, const analysis::MaskPair& pair)
{
    const analysis::MaskOverlap& overlap = pair.total;
    return MaskPairWords::tr("%1 and %2: overlap %3, by chance %4")
        .arg(masks.titles[static_cast<qsizetype>(pair.first)], masks.titles[static_cast<qsizetype>(pair.second)],
             Text::percent(overlap.jaccard()), Text::percent(overlap.jaccardChance()));
}

HeatGrid grid(const ComparedMasks& masks)
{
    HeatGrid grid;
    grid.rows = masks.titles;
    grid.columns = masks.titles;
    const auto count = static_cast<std::size_t>(masks.titles.size());
    double largest = 0;
    double chance = 0;
    for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t column = 0; column < count; ++column) {
            HeatCell cell;
            if (row != column) {
                const analysis::MaskOverlap& overlap = masks.pairAt(row, column).total;
                cell.value = overlap.jaccard();
                cell.text = Text::percent(overlap.jaccard()) + QStringLiteral(" (") + timesChance(overlap) + QLatin1Char(')');
                largest = std::max(largest, overlap.jaccard());
                chance = std::max(chance, overlap.jaccardChance());
            }
            grid.cells.push_back(std::move(cell));
        }
    }
    HeatScale& scale = grid.scale;
    scale.title = MaskPairWords::tr("Overlap: kept by both ÷ kept by at least one");
    scale.high = std::max({largest, chance, 0.01});
    scale.lowText = Text::percent(0, 0);
    scale.highText = Text::percent(scale.high);
    scale.mark = chance;
    scale.markText = MaskPairWords::tr("chance: %1").arg(Text::percent(chance));
    return grid;
}

} // namespace mask_pair_words
} // namespace lori::ui
