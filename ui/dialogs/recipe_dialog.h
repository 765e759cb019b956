// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"

#include <QDialog>

namespace lori::ui {

/// The complete configuration as JSON, and the command line that does the same.
class RecipeDialog final : public QDialog {
    Q_OBJECT

public:
    explicit RecipeDialog(const experiment::RunConfig& config, QWidget* parent = nullptr);

    /// `lori run --config 'name.json'`: the name made from that of the run, safe in a shell.
    [[nodiscard]] static QString fileName(const experiment::RunConfig& config);
    [[nodiscard]] static QString commandLine(const experiment::RunConfig& config);

private:
    void save(const QString& json, const QString& name);
};

} // namespace lori::ui
