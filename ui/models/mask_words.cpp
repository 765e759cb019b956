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

QString projectionMeaning(experiment::Projection projection)
{
    const auto words = [](const char* text) {
        return QCoreApplication::translate("MaskWords", text);
    };
    switch (projection) {
    case experiment::Projection::Q:
        return words(QT_TRANSLATE_NOOP("MaskWords", "q: what a token looks for in the others"));
    case experiment::Projection::K:
        return words(QT_TRANSLATE_NOOP("MaskWords", "k: by what a token is found"));
    case experiment::Projection::V:
        return words(QT_TRANSLATE_NOOP("MaskWords", "v: what a token hands on when it is found"));
    case experiment::Projection::O:
        return words(QT_TRANSLATE_NOOP("MaskWords", "o: puts together what was found"));
    case experiment::Projection::Gate:
        return words(QT_TRANSLATE_NOOP("MaskWords", "gate: which features of the layer act"));
    case experiment::Projection::Up:
        return words(QT_TRANSLATE_NOOP("MaskWords", "up: the layer's features"));
    case experiment::Projection::Down:
        return words(QT_TRANSLATE_NOOP("MaskWords", "down: what the features add to the token"));
    }
    return {};
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
