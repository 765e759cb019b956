// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/home.h"
#include "core/support/result.h"

#include <QCoreApplication>
#include <QString>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lori::ui {

/// A task that the engine knows, for people.
struct TaskChoice {
    std::string name; ///< as in a configuration: "safety", "gsm8k"
    QString title;
    QString what;             ///< one plain sentence
    QString group;            ///< title of the group it is listed under; tasks of one group stand together
    bool isPublished = false; ///< its files are not part of the program
    bool trains = true;       ///< has rows to learn; all have rows to measure
};

/// Every task and published set that the engine knows, from the engine's own lists, and whether the files of the published ones
/// are there.
class TaskCatalog final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::TaskCatalog)

public:
    explicit TaskCatalog(Home home) : m_home(std::move(home)) {}

    /// In the window's language: starter tasks, then published sets by group. Starter tasks are missing when the program's
    /// resources are; problem() says so.
    [[nodiscard]] std::vector<TaskChoice> choices() const;
    [[nodiscard]] static std::optional<Error> problem();

    enum class Use { Training, Measuring };
    /// One sentence on what is missing and how to get it, for a published set whose files are not in `folder` (empty = data/ in
    /// the home); "" when all is there, for starter tasks, and for names that the engine does not know. Looks at some places on
    /// the disk.
    [[nodiscard]] QString missing(const std::string& task, Use use, const std::filesystem::path& folder) const;

private:
    [[nodiscard]] static QString howToGet(Use use, const QStringList& names, const QStringList& fetch, bool byHand,
                                          const std::filesystem::path& folder);

    Home m_home;
};

} // namespace lori::ui
