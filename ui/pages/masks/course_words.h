// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/masks/mask_moments.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/plot_view.h"

#include <QCoreApplication>

#include <vector>

namespace lori::ui {

/// A mask on its way, as people read it.
class CourseWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::CourseWords)

public:
    /// "From step 120 of 240 on, 90 % of the final mask's entries are in it … At step 60: 71 % (by chance 10 %)." `chosen`: a
    /// place in the course's moments.
    [[nodiscard]] static QString sentence(const MaskCourse& course, std::size_t chosen);
    /// "Step 60 of 240"
    [[nodiscard]] static QString moment(const MaskCourse& course, std::size_t chosen);
    /// Share of the end's entries over steps, of the whole model, attention and MLP; those that the adapter has.
    [[nodiscard]] static std::vector<PlotSeries> curves(const MaskCourse& course);
    /// The same by chance, over the whole model: 0 to 1.
    [[nodiscard]] static double chance(const MaskCourse& course);
    /// A module at a moment; crossed out where the end keeps nothing.
    [[nodiscard]] static HeatCell cell(const analysis::MaskOverlap& overlap);
    [[nodiscard]] static HeatScale scale(const MaskMoment& moment);
    [[nodiscard]] static QString readOut(const analysis::NamedOverlap& module);
};

} // namespace lori::ui
