// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"

#include <QCoreApplication>
#include <QString>

#include <string>
#include <vector>

namespace lori::ui {

/// Words for what a run learns, which also name an experiment before somebody types a name.
class RunName final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::RunName)

public:
    /// Whether something to learn is a file; tasks' names have neither folders nor endings.
    [[nodiscard]] static bool isFile(const std::string& source);
    /// "Maths", "capitals" (a file without folder and ending), "Maths and 2 more"; "" without data. Each is a task's name or a
    /// file's path.
    [[nodiscard]] static QString ofSources(const std::vector<std::string>& sources);
    /// The same of an experiment; at most 200 characters.
    [[nodiscard]] static QString ofData(const experiment::RunConfig& config);
    /// A name that nobody typed – a preset's, or that of the data before – becomes that of the new data; another one stays.
    static void follow(experiment::RunConfig& changed, const experiment::RunConfig& before);
};

} // namespace lori::ui
