// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"
#include "database/run_records.h"

#include <QString>
#include <QStringList>

#include <string>
#include <utility>
#include <vector>

namespace lori::ui {

/// What one run was set to: (path as in the recipe, value as text), in the configuration's order.
struct SettingColumn {
    std::vector<std::pair<std::string, std::string>> settings;
    std::vector<std::pair<std::string, std::string>> inputs; ///< (file as the run calls it, SHA-256) of what it read
    std::string fingerprint;                                 ///< SHA-256 of the base model, "" when no stage was sealed
    std::string program;                                     ///< name and version of the worker
    std::string computer;
};

/// Every field that the configuration's visitor names, entries of lists by their place: ("stages[0].learningRate", "5e-05").
[[nodiscard]] std::vector<std::pair<std::string, std::string>> settingsOf(const experiment::RunConfig& config);
/// The same of a stored run, and what it read and ran on. A configuration that this program cannot read gives its JSON's values.
[[nodiscard]] SettingColumn settingsOf(const database::RunDetail& run);

/// A row of the settings table: a value per run, "" where a run has no such setting.
struct SettingRow {
    QString name;
    QStringList values;
    [[nodiscard]] bool differs() const;
};

/// One row per setting that any of the runs has, in the configuration's order; what was read and what it ran on come last.
[[nodiscard]] std::vector<SettingRow> settingRows(const std::vector<SettingColumn>& columns);

} // namespace lori::ui
