// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/run_settings.h"

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
    const auto config = experiment::runConfigFromJson(nlohmann::json::parse(run.configJson, nullptr, false));
    if (!config) {
        return {};
    }
    const auto add = [&](const std::vector<experiment::DataSource>& sources) {
        for (const experiment::DataSource& source : sources) {
            names << (source.task.empty() ? QFileInfo(QString::fromStdString(source.file)).fileName()
                                          : Text::task(QString::fromStdString(source.task)));
        }
    };
    add(config->data.sources);
    for (const experiment::StageConfig& stage : config->stages) {
        add(stage.sources);
    }
    names.removeDuplicates();
    names.removeAll(QString());
    return names.join(QStringLiteral(", "));
}

} // namespace lori::ui
