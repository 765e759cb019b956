// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"
#include "database/run_records.h"

#include <QCoreApplication>

namespace lori::ui {

/// A stored run's settings for a new experiment.
class RunSettings final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::RunSettings)

public:
    /// "%1 (copy)", the name that a copy of a run begins with.
    [[nodiscard]] static QString copyName(const std::string& name);
    /// The run's configuration, named as its copy and with the run as its parent. Errors: those of runConfigFromJson.
    [[nodiscard]] static Result<experiment::RunConfig> copyOf(const database::RunDetail& run);
    /// What it was trained on, for people: "Safety, capitals.csv"; "" when its configuration cannot be read.
    [[nodiscard]] static QString dataOf(const database::RunDetail& run);
};

} // namespace lori::ui
