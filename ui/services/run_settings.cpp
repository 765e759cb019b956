// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/run_settings.h"

#include <nlohmann/json.hpp>

namespace lori::ui {

Result<experiment::RunConfig> RunSettings::copyOf(const database::RunDetail& run)
{
    auto config = experiment::runConfigFromJson(nlohmann::json::parse(run.configJson, nullptr, false));
    if (config) {
        config->name = tr("%1 (copy)").arg(QString::fromStdString(run.summary.name)).toStdString();
        config->parentRun = run.summary.id;
    }
    return config;
}

} // namespace lori::ui
