// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/study_list.h"

#include "core/jobs/job_lock.h"
#include "core/support/files.h"
#include "core/tasks/task.h"

#include <algorithm>
#include <map>

namespace lori::ui {

namespace fs = std::filesystem;

namespace {

/// The newest job of each recipe by the recipe's id.
std::map<std::string, std::string> newestJobs(const Home& home)
{
    std::map<std::string, std::string> newest;
    std::error_code ignored; // a home without jobs
    for (const fs::directory_entry& entry : fs::directory_iterator(home.jobs(), ignored)) {
        const auto folder = jobs::JobFolder::open(home, entry.path().string());
        const auto record = folder ? folder->record() : Result<jobs::JobRecord>(folder.error());
        if (record && record->kind == "recipe") {
            std::string& known = newest[record->name];
            known = std::max(known, folder->id()); // ids begin with the time
        }
    }
    return newest;
}

std::vector<Study> readStudies(const Home& home)
{
    std::vector<Study> found;
    const auto resources = tasks::resourceFolder();
    if (!resources) {
        return found;
    }
    const std::map<std::string, std::string> newest = newestJobs(home);
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(*resources / "recipes", ignored)) {
        const auto info = entry.path().extension() == ".json" ? experiment::readRecipeInfo(entry.path().string())
                                                              : Result<experiment::RecipeInfo>(Error{});
        if (!info) {
            continue;
        }
        Study study{*info, entry.path(), {}, false, nullptr};
        if (const auto job = newest.find(info->id); job != newest.end()) {
            study.job = QString::fromStdString(job->second);
            const auto folder = jobs::JobFolder::open(home, job->second);
            study.isLive = folder && jobs::JobLock::holder(*folder).has_value();
        }
        if (const auto text = readTextFile(home.root / "recipes" / info->id / "report.json")) {
            auto report = nlohmann::json::parse(*text, nullptr, false);
            study.report = report.is_object() ? std::move(report) : nullptr;
        }
        found.push_back(std::move(study));
    }
    std::sort(found.begin(), found.end(), [](const Study& a, const Study& b) {
        return std::pair(!a.info.id.starts_with("small"), a.info.id) < std::pair(!b.info.id.starts_with("small"), b.info.id);
    });
    return found;
}

} // namespace

StudyList::StudyList(Home home, QObject* parent) : QObject(parent), m_home(std::move(home)) {}

const Study* StudyList::find(const QString& id) const
{
    const auto found = std::find_if(m_studies.begin(), m_studies.end(), [&](const Study& study) { return study.id() == id; });
    return found == m_studies.end() ? nullptr : &*found;
}

void StudyList::refresh()
{
    m_reading.start([home = m_home](const BackgroundJob::Cancelled&) { return readStudies(home); },
                    [this](std::vector<Study> found) {
                        m_studies = std::move(found);
                        m_read = true;
                        Q_EMIT changed();
                    });
}

fs::path StudyList::reportFile(const Study& study) const
{
    return m_home.root / "recipes" / study.info.id / "report.md";
}

} // namespace lori::ui
