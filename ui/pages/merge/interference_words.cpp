// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/interference_words.h"

#include "ui/models/score_difference.h"
#include "ui/text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace lori::ui {

using analysis::Interference;
using analysis::InterferenceReport;
using analysis::PairInterference;

namespace {

constexpr double kSmallCosine = 0.05;  ///< below it changes count as at right angles
constexpr double kEnergyMargin = 0.05; ///< about 1, where nothing cancels and nothing adds up
constexpr double kManyConflicts = 0.6; ///< chance is one half
constexpr double kDense = 0.95;        ///< masks that leave hardly anything out say nothing

double valueOf(const PairInterference& pair, PairMeasure measure)
{
    switch (measure) {
    case PairMeasure::Cosine:
        return pair.cosine;
    case PairMeasure::MaskOverlap:
        return pair.jaccard;
    case PairMeasure::SignConflicts:
        return pair.signConflicts;
    }
    return 0;
}

/// Full colour at a round number, so that the legend can be read.
double roundUp(double value)
{
    for (const double end : {0.01, 0.02, 0.05, 0.1, 0.2, 0.5}) {
        if (value <= end) {
            return end;
        }
    }
    return 1;
}

} // namespace

QString InterferenceWords::title(PairMeasure measure)
{
    switch (measure) {
    case PairMeasure::Cosine:
        return tr("Cosine of the changes");
    case PairMeasure::MaskOverlap:
        return tr("Overlap of the masks");
    case PairMeasure::SignConflicts:
        return tr("Sign conflicts");
    }
    return {};
}

HeatGrid InterferenceWords::grid(const InterferenceReport& report, PairMeasure measure, const QStringList& names)
{
    HeatGrid grid;
    const auto count = static_cast<std::size_t>(names.size());
    for (std::size_t i = 0; i < count; ++i) {
        grid.rows.append(QStringLiteral("%1  %2").arg(i + 1).arg(names[static_cast<qsizetype>(i)]));
        grid.columns.append(QString::number(i + 1));
    }
    grid.cells.resize(count * count);
    double largest = 0;
    double chance = 0;
    for (const PairInterference& pair : report.total.pairs) {
        const double value = valueOf(pair, measure);
        const QString text = measure == PairMeasure::Cosine ? signedNumber(value, 3) : Text::percent(value);
        for (const std::size_t place : {pair.first * count + pair.second, pair.second * count + pair.first}) {
            grid.cells[place] = {value, text};
        }
        largest = std::max(largest, std::abs(value));
        chance += pair.jaccardChance / static_cast<double>(report.total.pairs.size());
    }
    HeatScale& scale = grid.scale;
    if (measure == PairMeasure::Cosine) {
        scale.kind = HeatScale::Kind::Diverging;
        scale.high = roundUp(std::max(largest, kSmallCosine));
        scale.low = -scale.high;
        scale.mark = 0;
        scale.markText = tr("0: at right angles");
        scale.lowText = signedNumber(scale.low, 3);
        scale.highText = signedNumber(scale.high, 3);
        return grid;
    }
    const bool conflicts = measure == PairMeasure::SignConflicts;
    chance = conflicts ? 0.5 : chance;
    scale.high = conflicts ? 1 : roundUp(std::max(largest, chance));
    scale.lowText = Text::percent(0, 0);
    scale.highText = Text::percent(scale.high, 0);
    scale.mark = chance;
    scale.markText = tr("chance: %1").arg(Text::percent(chance));
    return grid;
}

QStringList InterferenceWords::columns()
{
    return {tr("Where"), tr("Cosine"), tr("Overlap"), tr("By chance"), tr("Sign conflicts")};
}

std::vector<PairRow> InterferenceWords::rows(const InterferenceReport& report, std::size_t pair)
{
    const auto row = [&](const QString& where, const Interference& values) {
        const PairInterference& found = values.pairs.at(pair);
        return PairRow{where, signedNumber(found.cosine, 3), Text::percent(found.jaccard), Text::percent(found.jaccardChance),
                       found.shared > 0 ? Text::percent(found.signConflicts) : QStringLiteral("–")};
    };
    std::vector<PairRow> rows{row(tr("Whole model"), report.total)};
    for (const analysis::LayerInterference& layer : report.layers) {
        rows.push_back(row(tr("Layer %1").arg(layer.layer), layer.values));
    }
    return rows;
}

QString InterferenceWords::readOut(const PairInterference& pair, const QStringList& names)
{
    return tr("%1 and %2: cosine %3 · masks overlap %4 (chance %5) · signs conflict in %6 of what both use (chance 50 %)")
        .arg(names.value(static_cast<qsizetype>(pair.first)), names.value(static_cast<qsizetype>(pair.second)),
             signedNumber(pair.cosine, 3), Text::percent(pair.jaccard), Text::percent(pair.jaccardChance),
             Text::percent(pair.signConflicts));
}

QString InterferenceWords::energy(double ratio)
{
    if (ratio < 1 - kEnergyMargin) {
        return tr("The changes cancel each other in part: the sum has %1 of their energy.").arg(Text::percent(ratio));
    }
    if (ratio > 1 + kEnergyMargin) {
        return tr("The changes point the same way in part: the sum has %1 of their energy.").arg(Text::percent(ratio));
    }
    return tr("Nothing cancels: the sum has %1 of their energy.").arg(Text::percent(ratio));
}

Tone InterferenceWords::energyTone(double ratio)
{
    return std::abs(ratio - 1) <= kEnergyMargin ? Tone::Good : Tone::Caution;
}

InterferenceWords::Verdict InterferenceWords::verdict(const InterferenceReport& report, const QStringList& names)
{
    const auto& pairs = report.total.pairs;
    const auto above = [](const PairInterference& pair) {
        return pair.jaccard - pair.jaccardChance;
    };
    const PairInterference& most =
        *std::max_element(pairs.begin(), pairs.end(), [&](const auto& a, const auto& b) { return above(a) < above(b); });
    const PairInterference& closest = *std::max_element(
        pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return std::abs(a.cosine) < std::abs(b.cosine); });
    // All of one lies in the other, and no more of it than chance gives: the other uses everything.
    const auto coversTheOther = [](const PairInterference& pair) {
        constexpr double kAll = 0.9999;
        return pair.containment >= kAll && pair.jaccard <= 1.01 * pair.jaccardChance;
    };
    Verdict verdict;
    QStringList text;
    if (most.jaccardChance > kDense) {
        text << tr("The adapters are dense: no mask keeps them apart.");
    } else if (std::any_of(pairs.begin(), pairs.end(), coversTheOther)) {
        text << tr("One adapter is dense: it uses every entry that another one has, and no mask keeps those two apart.");
    } else if (most.shared == 0) {
        text << tr("The masks share no entry.");
    } else if (most.jaccard <= 1.5 * most.jaccardChance) {
        text << tr("Masks overlap by %1 at most, chance %2: as good as independent.")
                    .arg(Text::percent(most.jaccard), Text::percent(most.jaccardChance));
    } else {
        verdict.tone = Tone::Caution;
        text << tr("The masks of %1 and %2 overlap by %3, chance %4: both want the same entries.")
                    .arg(names.value(static_cast<qsizetype>(most.first)), names.value(static_cast<qsizetype>(most.second)),
                         Text::percent(most.jaccard), Text::percent(most.jaccardChance));
    }
    if (!report.sameProjection.empty() && most.shared > 0) {
        verdict.tone = Tone::Caution;
        if (most.signConflicts >= kManyConflicts) {
            text << tr("They have the same A, and %1 of the shared entries have opposite signs.")
                        .arg(Text::percent(most.signConflicts));
        }
    }
    if (std::abs(closest.cosine) < kSmallCosine) {
        text << tr("The changes are nearly at right angles (cosine %1 at most).").arg(signedNumber(closest.cosine, 3));
    } else {
        verdict.tone = Tone::Caution;
        text << (closest.cosine < 0 ? tr("%1 and %2 work against each other (cosine %3).")
                                    : tr("%1 and %2 change the model in a similar way (cosine %3)."))
                    .arg(names.value(static_cast<qsizetype>(closest.first)), names.value(static_cast<qsizetype>(closest.second)),
                         signedNumber(closest.cosine, 3));
    }
    verdict.text = text.join(QLatin1Char(' '));
    return verdict;
}

std::size_t InterferenceWords::pairAt(const Interference& values, std::size_t one, std::size_t two)
{
    const auto found = std::find_if(values.pairs.begin(), values.pairs.end(), [&](const PairInterference& pair) {
        return pair.first == std::min(one, two) && pair.second == std::max(one, two);
    });
    return found == values.pairs.end() ? 0 : static_cast<std::size_t>(found - values.pairs.begin());
}

} // namespace lori::ui
