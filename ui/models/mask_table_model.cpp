// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/mask_table_model.h"

#include "ui/models/mask_words.h"

#include <QLocale>

namespace lori::ui {

namespace {

using analysis::ModuleKept;

QString whole(std::int64_t number)
{
    return QLocale().toString(static_cast<qlonglong>(number));
}

double keptShare(const ModuleKept& module)
{
    return module.total > 0 ? static_cast<double>(module.kept) / static_cast<double>(module.total) : 0;
}

} // namespace

MaskTableModel::MaskTableModel(QObject* parent) : TableModel(parent)
{
    using Kind = ColumnFilter::Kind;
    const auto integer = [](const char* id, QString (*title)(), std::int64_t ModuleKept::*field) {
        return TableColumn<ModuleKept>{
            .id = QLatin1String(id),
            .title = title,
            .text = [field](const ModuleKept& module) { return whole(module.*field); },
            .value = [field](const ModuleKept& module) { return QVariant::fromValue<qlonglong>(module.*field); },
            .kind = Kind::Number};
    };
    reset({integer(
               "layer", [] { return tr("Layer"); }, &ModuleKept::layer),
           {.id = QStringLiteral("module"),
            .title = [] { return tr("Module"); },
            .text =
                [](const ModuleKept& module) {
                    return moduleTitle(module.projection);
                }},
           {.id = QStringLiteral("keptShare"),
            .title = [] { return tr("Kept"); },
            .text = [](const ModuleKept& module) { return percentText(keptShare(module)); },
            .value = [](const ModuleKept& module) { return keptShare(module); },
            .kind = Kind::Share},
           integer(
               "kept", [] { return tr("Kept entries"); }, &ModuleKept::kept),
           integer(
               "total", [] { return tr("All entries"); }, &ModuleKept::total),
           {.id = QStringLiteral("normKept"),
            .title = [] { return tr("Norm kept"); },
            .text = [](const ModuleKept& module) { return module.normKept > 0 ? percentText(module.normKept) : QString(); },
            .value = [](const ModuleKept& module) { return module.normKept > 0 ? QVariant(module.normKept) : QVariant(); },
            .kind = Kind::Share}});
}

} // namespace lori::ui
