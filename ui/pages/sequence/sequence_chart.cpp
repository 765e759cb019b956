// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sequence/sequence_chart.h"

#include "ui/models/score_words.h"
#include "ui/services/sequence_plan.h"
#include "ui/widgets/plot_view.h"

#include <algorithm>

namespace lori::ui {

namespace {

constexpr int kDashes = 3;
constexpr int kMarkers = 4; // PlotMarker without None

PlotSeries seriesOf(const SequenceScore& score, int place)
{
    PlotSeries series;
    series.id = QString::fromStdString(score.task + "." + score.metric);
    series.name = scoreTitleShort({score.task, score.metric});
    series.style.colour = place;
    series.style.dash = static_cast<PlotDash>(place % kDashes);
    series.style.marker = static_cast<PlotMarker>(1 + place % kMarkers);
    for (std::size_t i = 0; i < score.rates.size(); ++i) {
        if (score.rates[i]) {
            const auto x = static_cast<double>(i);
            series.points.push_back({x, score.rates[i]->value});
            series.band.push_back({x, score.rates[i]->low, score.rates[i]->high});
        }
    }
    return series;
}

/// The best since training began, as the engine's floors have it: the base model counts too.
std::optional<double> best(const SequenceScore& score)
{
    std::optional<double> found;
    for (const auto& rate : score.rates) {
        if (rate) {
            found = std::max(found.value_or(rate->value), rate->value);
        }
    }
    return found;
}

} // namespace

void showScores(PlotView& plot, const SequenceOutcome& outcome, const experiment::SequenceConfig& config)
{
    plot.setCategories(QStringList(SequenceOutcome::tr("Base")) + outcome.tasks());
    plot.setYFormat(PlotFormat::Percent);
    plot.setYLimits(std::pair(0.0, 1.0));
    QStringList names;
    std::vector<PlotReference> floors;
    int place = 0;
    for (const SequenceScore& score : outcome.scores()) {
        PlotSeries series = seriesOf(score, place++);
        names.append(series.id);
        const double points = score.higherIsBetter ? floorOf(config, score.task) : 0;
        if (const auto top = best(score); top && points > 0) {
            PlotReference floor;
            floor.name = SequenceOutcome::tr("floor: %1").arg(series.name);
            floor.y = std::max(0.0, *top - points / 100);
            floor.style = series.style;
            floors.push_back(floor);
        }
        plot.setSeries(std::move(series));
    }
    std::vector<QString> gone;
    for (const PlotSeries& series : plot.series()) {
        if (!names.contains(series.id)) {
            gone.push_back(series.id);
        }
    }
    for (const QString& id : gone) {
        plot.removeSeries(id);
    }
    plot.setReferences(std::move(floors));
}

} // namespace lori::ui
