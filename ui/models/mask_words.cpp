// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/mask_words.h"

#include <QCoreApplication>
#include <QLocale>

namespace lori::ui {

QString projectionTitle(experiment::Projection projection)
{
    const QString name = moduleTitle(projection);
    return name.section(QLatin1Char('_'), 0, 0);
}

QString moduleTitle(experiment::Projection projection)
{
    const std::string_view name = experiment::projectionName(projection);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QString percentText(double share)
{
    const int digits = share > 0 && share < 0.001 ? 3 : share > 0 && share < 0.01 ? 2 : share == 0 || share == 1 ? 0 : 1;
    return QCoreApplication::translate("MaskWords", "%1 %", "a percentage").arg(QLocale().toString(share * 100, 'f', digits));
}

QString moduleReadOut(const analysis::ModuleKept& module, double wholeShare)
{
    const double share = module.total > 0 ? static_cast<double>(module.kept) / static_cast<double>(module.total) : 0;
    return QCoreApplication::translate("MaskWords", "layer %1 · %2: %3 kept, %4 of %5 entries (whole model %6)")
        .arg(module.layer)
        .arg(moduleTitle(module.projection), percentText(share), QLocale().toString(static_cast<qlonglong>(module.kept)),
             QLocale().toString(static_cast<qlonglong>(module.total)), percentText(wholeShare));
}

} // namespace lori::ui
