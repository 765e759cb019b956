// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/sequence_list.h"

#include "core/support/files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <utility>

namespace lori::ui {

namespace fs = std::filesystem;

namespace {

constexpr const char* kSequenceFile = "sequence.json";
constexpr const char* kTransferFile = "transfer.json";

std::vector<KnownSequence> read(const Home& home)
{
    std::vector<fs::path> folders;
    std::error_code ignored; // no folder: no runs
    for (const auto& entry : fs::directory_iterator(home.runs(), ignored)) {
        if (fs::exists(entry.path() / kSequenceFile, ignored)) {
            folders.push_back(entry.path());
        }
    }
    std::sort(folders.begin(), folders.end(), std::greater<>()); // ids begin with the time
    std::vector<KnownSequence> found;
    for (const fs::path& folder : folders) {
        if (const auto config = experiment::readSequence((folder / kSequenceFile).string())) {
            found.push_back({QString::fromStdString(folder.filename().string()), QString::fromStdString(config->run.name)});
        }
    }
    return found;
}

} // namespace

SequenceList::SequenceList(Home home, QObject* parent) : QObject(parent), m_home(std::move(home)) {}

void SequenceList::refresh()
{
    m_reading.start([home = m_home](const BackgroundJob::Cancelled&) { return read(home); },
                    [this](std::vector<KnownSequence> found) {
                        m_sequences = std::move(found);
                        m_read = true;
                        Q_EMIT changed();
                    });
}

Result<QString> SequenceList::make(const experiment::SequenceConfig& config) const
{
    const auto run = experiment::expandSequence(config);
    if (!run) {
        return run.error();
    }
    const auto made = jobs::RunFolder::create(m_home, *run, {{kSequenceFile, experiment::toJson(config).dump(2) + "\n"}});
    return made ? Result<QString>(QString::fromStdString(made->id())) : Result<QString>(made.error());
}

Result<experiment::SequenceConfig> SequenceList::config(const QString& runId) const
{
    const auto folder = jobs::RunFolder::open(m_home, runId.toStdString());
    return folder ? experiment::readSequence((folder->path() / kSequenceFile).string())
                  : Result<experiment::SequenceConfig>(folder.error());
}

nlohmann::json SequenceList::transfer(const QString& runId) const
{
    const auto folder = jobs::RunFolder::open(m_home, runId.toStdString());
    const auto text = folder ? readTextFile(folder->path() / kTransferFile) : Result<std::string>(folder.error());
    auto parsed = text ? nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false) : nlohmann::json();
    return parsed.is_discarded() ? nlohmann::json() : parsed;
}

} // namespace lori::ui
