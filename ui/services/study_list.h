// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/recipe.h"
#include "core/support/home.h"
#include "ui/services/background_job.h"

#include <nlohmann/json.hpp>

#include <QObject>
#include <QString>

#include <filesystem>
#include <vector>

namespace lori::ui {

/// A whole experiment as a recipe file, and what this home has of it.
struct Study {
    experiment::RecipeInfo info;
    std::filesystem::path file;
    QString job;           ///< id of the newest job that does it, "" for none
    bool isLive = false;   ///< a worker holds that job
    nlohmann::json report; ///< recipes/<id>/report.json, null while there is none
    [[nodiscard]] QString id() const { return QString::fromStdString(info.id); }
};

/// The recipes that the program brings, with their jobs and reports, read in another thread. What cannot be read is left out.
class StudyList final : public QObject {
    Q_OBJECT

public:
    explicit StudyList(Home home, QObject* parent = nullptr);

    /// Small ones first.
    [[nodiscard]] const std::vector<Study>& studies() const { return m_studies; }
    [[nodiscard]] const Study* find(const QString& id) const;
    [[nodiscard]] bool isRead() const { return m_read; }
    /// Looks again; changed() comes when that is done.
    void refresh();
    /// recipes/<id>/report.md
    [[nodiscard]] std::filesystem::path reportFile(const Study& study) const;

Q_SIGNALS:
    void changed();

private:
    Home m_home;
    std::vector<Study> m_studies;
    bool m_read = false;
    BackgroundJob m_reading;
};

} // namespace lori::ui
