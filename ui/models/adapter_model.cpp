// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/adapter_model.h"

#include "core/experiment/method_table.h"
#include "ui/text.h"

#include <QLocale>

namespace lori::ui {

AdapterModel::AdapterModel(QObject* parent) : TableModel(parent)
{
    using Column = TableColumn<KnownAdapter>;
    std::vector<Column> columns;
    columns.push_back({.id = QStringLiteral("name"),
                       .title = [] { return tr("Adapter"); },
                       .text = [](const KnownAdapter& adapter) { return adapter.name; },
                       .tip =
                           [](const KnownAdapter& adapter) {
                               return QString::fromStdString(adapter.folder.string());
                           }});
    columns.push_back({.id = QStringLiteral("tasks"),
                       .title = [] { return tr("Learned"); },
                       .text =
                           [](const KnownAdapter& adapter) {
                               return adapter.tasks.join(QStringLiteral(", "));
                           }});
    columns.push_back({.id = QStringLiteral("kind"), .title = [] { return tr("Kind"); }, .text = kindText});
    columns.push_back({.id = QStringLiteral("sparsity"),
                       .title = [] { return tr("Sparsity"); },
                       .text = [](const KnownAdapter& adapter) { return Text::percent(adapter.sparsity); },
                       .value = [](const KnownAdapter& adapter) { return QVariant(adapter.sparsity); },
                       .kind = ColumnFilter::Kind::Share});
    columns.push_back({.id = QStringLiteral("rank"),
                       .title = [] { return tr("Rank"); },
                       .text = [](const KnownAdapter& adapter) { return QLocale().toString(adapter.rank); },
                       .value = [](const KnownAdapter& adapter) { return QVariant::fromValue<qlonglong>(adapter.rank); },
                       .kind = ColumnFilter::Kind::Number});
    columns.push_back(
        {.id = QStringLiteral("seed"),
         .title = [] { return tr("Seed of A"); },
         .text = [](const KnownAdapter& adapter) { return adapter.hasSeed ? QString::number(adapter.seed) : QString(); },
         .right = true});
    columns.push_back({.id = QStringLiteral("base"),
                       .title = [] { return tr("Base model"); },
                       .text = [](const KnownAdapter& adapter) { return Text::model(adapter.baseModel); },
                       .tip =
                           [](const KnownAdapter& adapter) {
                               return adapter.baseModel;
                           }});
    columns.push_back({.id = QStringLiteral("made"),
                       .title = [] { return tr("Made"); },
                       .text = [](const KnownAdapter& adapter) { return Text::when(adapter.madeMs); },
                       .value =
                           [](const KnownAdapter& adapter) {
                               return QVariant::fromValue<qlonglong>(adapter.madeMs);
                           }});
    columns.push_back({.id = QStringLiteral("size"),
                       .title = [] { return tr("Size"); },
                       .text = [](const KnownAdapter& adapter) { return Text::bytes(static_cast<double>(adapter.bytes)); },
                       .value = [](const KnownAdapter& adapter) { return QVariant::fromValue<qlonglong>(adapter.bytes); },
                       .right = true});
    reset(std::move(columns));
}

void AdapterModel::setAdapters(std::vector<KnownAdapter> adapters)
{
    replaceRows(std::move(adapters));
}

int AdapterModel::rowOf(const std::filesystem::path& folder) const
{
    const auto found = std::find_if(rows().begin(), rows().end(), [&](const auto& adapter) { return adapter.folder == folder; });
    return found == rows().end() ? -1 : static_cast<int>(found - rows().begin());
}

QString AdapterModel::kindText(const KnownAdapter& adapter)
{
    if (adapter.merge) {
        return tr("merged (%1)").arg(QString::fromStdString(adapter.merge->type));
    }
    for (const experiment::MethodTraits& traits : experiment::kMethods) {
        if (adapter.method == QLatin1String(traits.name.data(), static_cast<qsizetype>(traits.name.size()))) {
            return Text::stage(traits.kind);
        }
    }
    return adapter.method.isEmpty() ? tr("made elsewhere") : adapter.method;
}

QVariant AdapterModel::rowData(const KnownAdapter& adapter, int role) const
{
    switch (role) {
    case TableRole::Id:
        return QString::fromStdString(adapter.folder.string());
    case TableRole::Search:
        return QStringList{adapter.name, adapter.tasks.join(QLatin1Char(' ')), kindText(adapter), adapter.baseModel}
            .join(QLatin1Char(' '))
            .toCaseFolded();
    default:
        return {};
    }
}

} // namespace lori::ui
