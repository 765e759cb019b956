// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/territory_words.h"

#include "ui/models/mask_words.h"
#include "ui/services/error_text.h"

#include <QLocale>

#include <numeric>

namespace lori::ui {
namespace {

using analysis::ModuleTerritory;
using analysis::Territory;

QString whole(std::int64_t number)
{
    return QLocale().toString(static_cast<qlonglong>(number));
}

QString shareOf(std::int64_t part, const Territory& territory)
{
    return percentText(territory.entries > 0 ? static_cast<double>(part) / static_cast<double>(territory.entries) : 0);
}

TableColumn<ModuleTerritory> countColumn(const QString& id, std::function<QString()> title,
                                         std::function<std::int64_t(const ModuleTerritory&)> count)
{
    return {.id = id,
            .title = std::move(title),
            .text = [count](const ModuleTerritory& row) { return whole(count(row)); },
            .value = [count](const ModuleTerritory& row) { return QVariant::fromValue<qlonglong>(count(row)); },
            .kind = ColumnFilter::Kind::Number};
}

} // namespace

std::vector<std::int64_t> TerritoryWords::counts(const Territory& territory)
{
    std::vector<std::int64_t> counts{territory.free};
    counts.insert(counts.end(), territory.own.begin(), territory.own.end());
    counts.push_back(territory.shared);
    return counts;
}

QString TerritoryWords::sentence(const Territory& territory)
{
    const std::int64_t own = std::accumulate(territory.own.begin(), territory.own.end(), std::int64_t{0});
    return tr("Of %1 entries %2 are free, %3 belong to one mask alone, %4 to several.")
        .arg(whole(territory.entries), shareOf(territory.free, territory), shareOf(own, territory),
             shareOf(territory.shared, territory));
}

QString TerritoryWords::room(const Result<std::int64_t>& room, double sparsity)
{
    if (!room) {
        return ErrorText::sentence(room.error());
    }
    if (*room == 0) {
        return tr("Room left at %1: not one more mask without sharing.").arg(percentText(sparsity));
    }
    return tr("Room left at %1: about %n more mask(s).", nullptr, static_cast<int>(*room)).arg(percentText(sparsity));
}

QString TerritoryWords::readOut(const ModuleTerritory& module, const QStringList& masks)
{
    const std::vector<std::int64_t> found = counts(module.territory);
    QStringList parts;
    for (std::size_t group = 0; group < found.size(); ++group) {
        if (masks.size() > 1 || group + 1 < found.size()) {
            parts << tr("%1: %2 (%3)", "group, entries, share")
                         .arg(OwnerWords::group(static_cast<int>(group), masks), whole(found[group]),
                              shareOf(found[group], module.territory));
        }
    }
    return tr("layer %1 · %2, %3 entries – %4")
        .arg(module.layer)
        .arg(moduleTitle(module.projection), whole(module.territory.entries), parts.join(QStringLiteral("; ")));
}

HeatCell TerritoryWords::cell(const Territory& territory, const QPalette& palette)
{
    const std::vector<std::int64_t> found = counts(territory);
    HeatCell cell;
    cell.value = 0; // there is something here
    // Owned ground first, so that what is free shows as what is left of the cell.
    for (std::size_t i = 1; i <= found.size(); ++i) {
        const std::size_t group = i % found.size();
        if (found[group] > 0 && territory.entries > 0) {
            cell.parts.push_back({static_cast<double>(found[group]) / static_cast<double>(territory.entries),
                                  ownerLook(static_cast<int>(group), static_cast<int>(territory.own.size()), palette)});
        }
    }
    return cell;
}

void TerritoryTableModel::setTerritory(const analysis::MaskTerritory& territory, const QStringList& masks)
{
    std::vector<TableColumn<ModuleTerritory>> columns{
        countColumn(
            QStringLiteral("layer"), [] { return tr("Layer"); }, [](const ModuleTerritory& row) { return row.layer; }),
        {.id = QStringLiteral("module"),
         .title = [] { return tr("Module"); },
         .text =
             [](const ModuleTerritory& row) {
                 return moduleTitle(row.projection);
             }},
        countColumn(
            QStringLiteral("entries"), [] { return tr("All entries"); },
            [](const ModuleTerritory& row) { return row.territory.entries; }),
        countColumn(
            QStringLiteral("free"), [] { return tr("Free"); }, [](const ModuleTerritory& row) { return row.territory.free; })};
    for (std::size_t i = 0; i < territory.total.own.size(); ++i) {
        columns.push_back(countColumn(
            QStringLiteral("mask%1").arg(i), [i, masks] { return OwnerWords::group(static_cast<int>(i) + 1, masks); },
            [i](const ModuleTerritory& row) { return row.territory.own[i]; }));
    }
    columns.push_back(countColumn(
        QStringLiteral("shared"), [masks] { return OwnerWords::group(static_cast<int>(masks.size()) + 1, masks); },
        [](const ModuleTerritory& row) { return row.territory.shared; }));
    reset(std::move(columns), territory.modules);
}

} // namespace lori::ui
