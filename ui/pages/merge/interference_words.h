// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/interference.h"
#include "ui/theme.h"
#include "ui/widgets/heat_map.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace lori::ui {

/// What the map of pairs shows.
enum class PairMeasure : std::uint8_t { Cosine, MaskOverlap, SignConflicts };

/// A row of the table: one pair in the whole model or in one layer.
struct PairRow {
    QString where;
    QString cosine;
    QString overlap;
    QString chance; ///< of the overlap
    QString conflicts;
};

/// A report of interference as people read it.
class InterferenceWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::InterferenceWords)

public:
    [[nodiscard]] static QString title(PairMeasure measure);
    /// n × n, the same above and below the diagonal, which is empty. `names` has one for each adapter of the report.
    [[nodiscard]] static HeatGrid grid(const analysis::InterferenceReport& report, PairMeasure measure, const QStringList& names);
    /// The whole model first, then each layer.
    [[nodiscard]] static std::vector<PairRow> rows(const analysis::InterferenceReport& report, std::size_t pair);
    [[nodiscard]] static QStringList columns();
    /// "A and B: cosine +0.02, …", with the chance of each.
    [[nodiscard]] static QString readOut(const analysis::PairInterference& pair, const QStringList& names);
    /// What the numbers mean for a merge, in a sentence or two.
    struct Verdict {
        Tone tone = Tone::Good;
        QString text;
    };
    [[nodiscard]] static Verdict verdict(const analysis::InterferenceReport& report, const QStringList& names);
    /// What the sum of the changes keeps: "the changes cancel each other: 40 % of their energy is left".
    [[nodiscard]] static QString energy(double ratio);
    [[nodiscard]] static Tone energyTone(double ratio);
    /// Where the pair of two different adapters stands in a report's list of pairs.
    [[nodiscard]] static std::size_t pairAt(const analysis::Interference& values, std::size_t one, std::size_t two);
};

} // namespace lori::ui
