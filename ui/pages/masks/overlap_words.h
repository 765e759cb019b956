// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/mask_comparison.h"
#include "ui/models/table_model.h"
#include "ui/theme.h"
#include "ui/widgets/heat_map.h"

#include <QCoreApplication>
#include <QString>

#include <array>
#include <cstdint>

namespace lori::ui {

/// What a map of overlaps shows.
enum class OverlapMeasure : std::uint8_t { FirstInSecond, SecondInFirst, Jaccard, TimesChance };
inline constexpr std::array kOverlapMeasures{OverlapMeasure::FirstInSecond, OverlapMeasure::SecondInFirst,
                                             OverlapMeasure::Jaccard, OverlapMeasure::TimesChance};

/// Overlaps of two masks as people read them.
class OverlapWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::OverlapWords)

public:
    [[nodiscard]] static QString verdict(analysis::OverlapVerdict verdict);
    [[nodiscard]] static Tone tone(analysis::OverlapVerdict verdict);
    /// "10.8 % of what A keeps, B keeps too (by chance 10.0 %): practically independent. …" `a`, `b`: names of the masks.
    [[nodiscard]] static QString sentence(const analysis::MaskOverlap& overlap, const QString& a, const QString& b);
    /// "layer 3 · q_proj: 12 of A's 100 are B's too, 10 by chance …"
    [[nodiscard]] static QString readOut(const analysis::NamedOverlap& module, const QString& a, const QString& b);
    [[nodiscard]] static QString measure(OverlapMeasure measure, const QString& a, const QString& b);
    [[nodiscard]] static double value(OverlapMeasure measure, const analysis::MaskOverlap& overlap);
    /// The same of independent masks; 1 for TimesChance.
    [[nodiscard]] static double chance(OverlapMeasure measure, const analysis::MaskOverlap& overlap);
    /// A cell of the map; crossed out where one of the masks keeps nothing.
    [[nodiscard]] static HeatCell cell(OverlapMeasure measure, const analysis::MaskOverlap& overlap);
    /// Full colour at a round number above all modules; the mark is chance over the whole model.
    [[nodiscard]] static HeatScale scale(OverlapMeasure measure, const analysis::MaskPair& pair);

private:
    [[nodiscard]] static QString number(OverlapMeasure measure, double value);
};

/// The map of overlaps as a table: one row a module.
class OverlapTableModel final : public TableModel<analysis::NamedOverlap> {
    Q_OBJECT

public:
    enum Column { Layer, Module, Entries, First, Second, Shared, ByChance, Jaccard, JaccardChance, Verdict };
    explicit OverlapTableModel(QObject* parent = nullptr);
    /// `a`, `b`: names of the masks, in the titles.
    void setPair(const analysis::MaskPair& pair, const QString& a, const QString& b);

private:
    [[nodiscard]] bool isSame(const analysis::NamedOverlap& x, const analysis::NamedOverlap& y) const override
    {
        return x.layer == y.layer && x.projection == y.projection;
    }
    [[nodiscard]] QVariant rowTitle(int /*row*/) const override { return {}; }

    QString m_a;
    QString m_b;
};

/// All pairs of some masks, one row each.
class PairTableModel final : public TableModel<analysis::MaskPair> {
    Q_OBJECT

public:
    enum Column { One, Other, Jaccard, JaccardChance, FirstInSecond, SecondInFirst, Verdict };
    explicit PairTableModel(QObject* parent = nullptr);
    void setPairs(std::vector<analysis::MaskPair> pairs, QStringList names);

private:
    [[nodiscard]] bool isSame(const analysis::MaskPair& x, const analysis::MaskPair& y) const override
    {
        return x.first == y.first && x.second == y.second;
    }
    [[nodiscard]] QVariant rowTitle(int /*row*/) const override { return {}; }

    QStringList m_names;
};

} // namespace lori::ui
