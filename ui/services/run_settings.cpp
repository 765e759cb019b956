// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/run_settings.h"

#include "ui/services/run_name.h"
#include "ui/text.h"

#include <QFileInfo>
#include <QStringList>

#include <nlohmann/json.hpp>

namespace lori::ui {

QString RunSettings::copyName(const std::string& name)
{
    return tr("%1 (copy)").arg(QString::fromStdString(name));
}

Result<experiment::RunConfig> RunSettings::copyOf(const database::RunDetail& run)
{
    auto config = experiment::runConfigFromJson(nlohmann::json::parse(run.configJson, nullptr, false));
    if (config) {
        config->name = copyName(run.summary.name).toStdString();
        config->parentRun = run.summary.id;
    }
    return config;
}

QString RunSettings::dataOf(const database::RunDetail& run)
{
    QStringList names;
    for (const std::string& source : run.summary.data) {
        const QString name = QString::fromStdString(source);
        names << (RunName::isFile(source) ? QFileInfo(name).fileName() : Text::task(name));
    }
    return names.join(QStringLiteral(", "));
}

} // namespace lori::ui
