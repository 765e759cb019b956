// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/course_words.h"

#include "core/vocabulary/projection.h"
#include "ui/models/mask_words.h"

#include <QLocale>

#include <functional>

namespace lori::ui {
namespace {

constexpr double kSettled = 0.9; ///< most of the final mask: what is called settled

QString count(std::int64_t number)
{
    return QLocale().toString(static_cast<qlonglong>(number));
}

PlotSeries curveOf(const MaskCourse& course, const char* id, const QString& name, int colour,
                   const std::function<bool(Projection)>& belongs)
{
    PlotSeries curve{QLatin1String(id), name, {}, {}, {}, true};
    curve.style.colour = colour;
    curve.style.marker = PlotMarker::Circle;
    bool any = false;
    for (const MaskMoment& moment : course.moments) {
        analysis::MaskOverlap overlap;
        for (const analysis::NamedOverlap& module : moment.pair.modules) {
            if (belongs(module.projection)) {
                overlap.add(module.overlap);
            }
        }
        any = any || overlap.second > 0;
        curve.points.push_back({static_cast<double>(moment.step), overlap.secondInFirst()});
    }
    if (!any) {
        curve.points.clear();
    } else if (course.steps > course.moments.back().step) {
        curve.points.push_back({static_cast<double>(course.steps), 1});
    }
    return curve;
}

} // namespace

QString CourseWords::sentence(const MaskCourse& course, std::size_t chosen)
{
    if (course.moments.empty()) {
        return tr("One moment alone has nothing to be compared with yet.");
    }
    const std::size_t from = settledFrom(course, kSettled);
    const QString steps = count(course.steps);
    QString settled;
    if (!course.ended) {
        settled = tr("LoRI-D is still being trained: what is kept is compared with the newest moment, step %1.").arg(steps);
    } else if (from == course.moments.size()) {
        settled = tr("Up to the last moment the mask changed: less than %1 of its entries were there before the end.")
                      .arg(percentText(kSettled));
    } else {
        settled =
            tr("From step %1 of %2 on, at least %3 of the final mask's entries are in the mask: calibrating there would have "
               "given nearly the same one.")
                .arg(count(course.moments[from].step), steps, percentText(kSettled));
    }
    const analysis::MaskOverlap& then = course.moments[chosen].pair.total;
    return settled + QLatin1Char(' ') +
           tr("At step %1: %2 (by chance %3).")
               .arg(count(course.moments[chosen].step), percentText(then.secondInFirst()), percentText(chance(course)));
}

QString CourseWords::moment(const MaskCourse& course, std::size_t chosen)
{
    return tr("Step %1 of %2").arg(count(course.moments[chosen].step), count(course.steps));
}

std::vector<PlotSeries> CourseWords::curves(const MaskCourse& course)
{
    std::vector<PlotSeries> curves;
    if (course.moments.empty()) {
        return curves;
    }
    const auto isAttention = [](Projection projection) {
        return projection <= Projection::O;
    };
    curves.push_back(curveOf(course, "all", tr("whole model"), 0, [](Projection) { return true; }));
    curves.push_back(curveOf(course, "attention", tr("attention"), 1, isAttention));
    curves.push_back(curveOf(course, "mlp", tr("MLP"), 2, [&](Projection projection) { return !isAttention(projection); }));
    std::erase_if(curves, [](const PlotSeries& curve) { return curve.points.empty(); });
    return curves;
}

double CourseWords::chance(const MaskCourse& course)
{
    if (course.moments.empty() || course.moments.back().pair.total.second == 0) {
        return 0;
    }
    const analysis::MaskOverlap& last = course.moments.back().pair.total;
    return last.expected / static_cast<double>(last.second);
}

HeatCell CourseWords::cell(const analysis::MaskOverlap& overlap)
{
    return {overlap.secondInFirst(), percentText(overlap.secondInFirst()), overlap.second == 0};
}

HeatScale CourseWords::scale(const MaskMoment& moment)
{
    HeatScale scale;
    scale.title = tr("Of the final mask");
    scale.lowText = percentText(0);
    scale.highText = percentText(1);
    scale.mark = moment.pair.total.secondInFirst();
    scale.markText = tr("whole model: %1 (bar)").arg(percentText(*scale.mark));
    return scale;
}

QString CourseWords::readOut(const analysis::NamedOverlap& module)
{
    const analysis::MaskOverlap& overlap = module.overlap;
    return tr("layer %1 · %2: %3 of the %4 entries of the final mask were kept then (%5); %6 others were, too")
        .arg(module.layer)
        .arg(moduleTitle(module.projection), count(overlap.shared), count(overlap.second), percentText(overlap.secondInFirst()),
             count(overlap.first - overlap.shared));
}

} // namespace lori::ui
