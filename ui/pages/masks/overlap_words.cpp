// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/overlap_words.h"

#include "ui/models/mask_words.h"

#include <QLocale>

#include <algorithm>

namespace lori::ui {
namespace {

using analysis::MaskOverlap;
using analysis::MaskPair;
using analysis::NamedOverlap;
using analysis::OverlapVerdict;

QString whole(double number)
{
    return QLocale().toString(number, 'f', 0);
}

double ratioOf(double part, double all)
{
    return all > 0 ? part / all : 0;
}

/// The next round number above, so that the legend ends at a readable one.
double roundUp(double value, double most)
{
    for (const double end : {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2,  0.3,  0.4,  0.5,
                             0.6,   0.8,   1.0,   1.5,  2.0,  3.0,  5.0, 10.0, 20.0, 50.0, 100.0}) {
        if (value <= end) {
            return std::min(end, most);
        }
    }
    return std::max(value, 1.0);
}

template <typename Row>
TableColumn<Row> numberColumn(const char* id, QString (*title)(), std::function<double(const Row&)> value,
                              QString (*text)(double))
{
    return {.id = QLatin1String(id),
            .title = title,
            .text = [value, text](const Row& row) { return text(value(row)); },
            .value = [value](const Row& row) { return QVariant(value(row)); },
            .kind = ColumnFilter::Kind::Number};
}

} // namespace

QString OverlapWords::verdict(OverlapVerdict verdict)
{
    switch (verdict) {
    case OverlapVerdict::Nothing:
        return tr("one of them keeps nothing");
    case OverlapVerdict::Dense:
        return tr("so dense that they must meet");
    case OverlapVerdict::Apart:
        return tr("less alike than chance");
    case OverlapVerdict::Independent:
        return tr("practically independent");
    case OverlapVerdict::Alike:
        break;
    }
    return tr("more alike than chance");
}

Tone OverlapWords::tone(OverlapVerdict verdict)
{
    switch (verdict) {
    case OverlapVerdict::Alike:
        return Tone::Caution;
    case OverlapVerdict::Independent:
    case OverlapVerdict::Apart:
        return Tone::Good;
    case OverlapVerdict::Nothing:
    case OverlapVerdict::Dense:
        break;
    }
    return Tone::Quiet;
}

QString OverlapWords::sentence(const MaskOverlap& overlap, const QString& a, const QString& b)
{
    const QString first = tr("%1 of the entries that “%2” keeps, “%3” keeps too (by chance %4): %5.")
                              .arg(percentText(overlap.firstInSecond()), a, b,
                                   percentText(chance(OverlapMeasure::FirstInSecond, overlap)), verdict(overlap.verdict()));
    const QString second = tr("The other way round: %1 (by chance %2). Jaccard: %3 (by chance %4). Both keep %5 entries.")
                               .arg(percentText(overlap.secondInFirst()),
                                    percentText(chance(OverlapMeasure::SecondInFirst, overlap)), percentText(overlap.jaccard()),
                                    percentText(overlap.jaccardChance()), whole(static_cast<double>(overlap.shared)));
    return first + QLatin1Char(' ') + second;
}

QString OverlapWords::readOut(const NamedOverlap& module, const QString& a, const QString& b)
{
    const MaskOverlap& overlap = module.overlap;
    return tr("layer %1 · %2: “%3” keeps %4, “%5” %6, both %7 (by chance %8): %9")
        .arg(module.layer)
        .arg(moduleTitle(module.projection), a, whole(static_cast<double>(overlap.first)), b,
             whole(static_cast<double>(overlap.second)), whole(static_cast<double>(overlap.shared)), whole(overlap.expected),
             verdict(overlap.verdict()));
}

QString OverlapWords::measure(OverlapMeasure measure, const QString& a, const QString& b)
{
    switch (measure) {
    case OverlapMeasure::FirstInSecond:
        return tr("Share of “%1” that “%2” keeps too").arg(a, b);
    case OverlapMeasure::SecondInFirst:
        return tr("Share of “%1” that “%2” keeps too").arg(b, a);
    case OverlapMeasure::Jaccard:
        return tr("Jaccard: kept by both ÷ kept by either");
    case OverlapMeasure::TimesChance:
        break;
    }
    return tr("Overlap ÷ chance (1 = independent)");
}

double OverlapWords::value(OverlapMeasure measure, const MaskOverlap& overlap)
{
    switch (measure) {
    case OverlapMeasure::FirstInSecond:
        return overlap.firstInSecond();
    case OverlapMeasure::SecondInFirst:
        return overlap.secondInFirst();
    case OverlapMeasure::Jaccard:
        return overlap.jaccard();
    case OverlapMeasure::TimesChance:
        break;
    }
    return overlap.ratio();
}

double OverlapWords::chance(OverlapMeasure measure, const MaskOverlap& overlap)
{
    switch (measure) {
    case OverlapMeasure::FirstInSecond:
        return ratioOf(overlap.expected, static_cast<double>(overlap.first));
    case OverlapMeasure::SecondInFirst:
        return ratioOf(overlap.expected, static_cast<double>(overlap.second));
    case OverlapMeasure::Jaccard:
        return overlap.jaccardChance();
    case OverlapMeasure::TimesChance:
        break;
    }
    return 1;
}

QString OverlapWords::number(OverlapMeasure measure, double value)
{
    return measure == OverlapMeasure::TimesChance ? tr("× %1", "times chance").arg(QLocale().toString(value, 'f', 2))
                                                  : percentText(value);
}

HeatCell OverlapWords::cell(OverlapMeasure measure, const MaskOverlap& overlap)
{
    const double shown = value(measure, overlap);
    return {shown, number(measure, shown), overlap.first == 0 || overlap.second == 0};
}

HeatScale OverlapWords::scale(OverlapMeasure measure, const MaskPair& pair)
{
    double largest = chance(measure, pair.total);
    for (const NamedOverlap& module : pair.modules) {
        largest = std::max(largest, value(measure, module.overlap));
    }
    HeatScale scale;
    scale.high = roundUp(largest, measure == OverlapMeasure::TimesChance ? 100 : 1);
    scale.title = tr("Overlap");
    scale.lowText = number(measure, 0);
    scale.highText = number(measure, scale.high);
    scale.mark = chance(measure, pair.total);
    scale.markText = tr("by chance: %1 (bar)").arg(number(measure, *scale.mark));
    return scale;
}

OverlapTableModel::OverlapTableModel(QObject* parent) : TableModel(parent)
{
    using Row = NamedOverlap;
    const auto count = [](std::int64_t MaskOverlap::*field) {
        return std::function([field](const Row& row) { return static_cast<double>(row.overlap.*field); });
    };
    reset({numberColumn<Row>(
               "layer", [] { return tr("Layer"); }, [](const Row& row) { return static_cast<double>(row.layer); }, whole),
           {.id = QStringLiteral("module"),
            .title = [] { return tr("Module"); },
            .text =
                [](const Row& row) {
                    return moduleTitle(row.projection);
                }},
           numberColumn<Row>(
               "entries", [] { return tr("All entries"); }, count(&MaskOverlap::entries), whole),
           {.id = QStringLiteral("first"),
            .title = [this] { return m_a; },
            .text = [](const Row& row) { return whole(static_cast<double>(row.overlap.first)); },
            .value = [](const Row& row) { return QVariant::fromValue<qlonglong>(row.overlap.first); },
            .kind = ColumnFilter::Kind::Number},
           {.id = QStringLiteral("second"),
            .title = [this] { return m_b; },
            .text = [](const Row& row) { return whole(static_cast<double>(row.overlap.second)); },
            .value = [](const Row& row) { return QVariant::fromValue<qlonglong>(row.overlap.second); },
            .kind = ColumnFilter::Kind::Number},
           numberColumn<Row>(
               "shared", [] { return tr("Both"); }, count(&MaskOverlap::shared), whole),
           numberColumn<Row>(
               "expected", [] { return tr("Both, by chance"); }, [](const Row& row) { return row.overlap.expected; }, whole),
           numberColumn<Row>(
               "jaccard", [] { return tr("Jaccard"); }, [](const Row& row) { return row.overlap.jaccard(); }, percentText),
           numberColumn<Row>(
               "jaccardChance", [] { return tr("Jaccard, by chance"); },
               [](const Row& row) { return row.overlap.jaccardChance(); }, percentText),
           {.id = QStringLiteral("verdict"),
            .title = [] { return tr("Says"); },
            .text =
                [](const Row& row) {
                    return OverlapWords::verdict(row.overlap.verdict());
                }}});
}

void OverlapTableModel::setPair(const MaskPair& pair, const QString& a, const QString& b)
{
    m_a = a;
    m_b = b;
    replaceRows(pair.modules);
    retranslate();
}

PairTableModel::PairTableModel(QObject* parent) : TableModel(parent)
{
    using Row = MaskPair;
    reset({{.id = QStringLiteral("one"),
            .title = [] { return tr("One mask"); },
            .text =
                [this](const Row& row) {
                    return m_names.value(static_cast<qsizetype>(row.first));
                }},
           {.id = QStringLiteral("other"),
            .title = [] { return tr("The other"); },
            .text =
                [this](const Row& row) {
                    return m_names.value(static_cast<qsizetype>(row.second));
                }},
           numberColumn<Row>(
               "jaccard", [] { return tr("Jaccard"); }, [](const Row& row) { return row.total.jaccard(); }, percentText),
           numberColumn<Row>(
               "jaccardChance", [] { return tr("By chance"); }, [](const Row& row) { return row.total.jaccardChance(); },
               percentText),
           numberColumn<Row>(
               "firstInSecond", [] { return tr("One in the other"); }, [](const Row& row) { return row.total.firstInSecond(); },
               percentText),
           numberColumn<Row>(
               "secondInFirst", [] { return tr("The other in one"); }, [](const Row& row) { return row.total.secondInFirst(); },
               percentText),
           {.id = QStringLiteral("verdict"),
            .title = [] { return tr("Says"); },
            .text =
                [](const Row& row) {
                    return OverlapWords::verdict(row.total.verdict());
                }}});
}

void PairTableModel::setPairs(std::vector<MaskPair> pairs, QStringList names)
{
    m_names = std::move(names);
    replaceRows(std::move(pairs));
    retranslate();
}

} // namespace lori::ui
