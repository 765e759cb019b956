// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/seed_uses.h"

#include <algorithm>

namespace lori::ui {

namespace {

constexpr std::size_t kLooked = 500; // newest runs

bool hasFrozenA(const experiment::RunConfig& config)
{
    return std::any_of(config.stages.begin(), config.stages.end(),
                       [](const auto& stage) { return experiment::traitsOf(stage.kind).frozen.a; });
}

} // namespace

SeedUses::SeedUses(Home home, QObject* parent) : QObject(parent), m_home(std::move(home)) {}

std::vector<SeedUses::Use> SeedUses::read(const Home& home, std::vector<Use> known)
{
    std::vector<std::filesystem::path> folders;
    std::error_code ignored; // no folder: no runs
    for (const auto& entry : std::filesystem::directory_iterator(home.runs(), ignored)) {
        folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end(), std::greater<>()); // ids begin with the time
    folders.resize(std::min(folders.size(), kLooked));
    std::vector<Use> uses;
    for (const auto& folder : folders) {
        const std::string id = folder.filename().string();
        const auto before = std::find_if(known.begin(), known.end(), [&](const Use& use) { return use.run == id; });
        if (before != known.end()) { // a run's configuration never changes
            uses.push_back(*before);
        } else if (const auto config = experiment::readRunConfig((folder / "config.json").string());
                   config && hasFrozenA(*config)) {
            uses.push_back({id, config->name, config->model, config->adapter.projectionSeed, config->adapter.rank,
                            config->adapter.orthogonalBlock});
        }
    }
    return uses;
}

void SeedUses::refresh()
{
    m_job.start([home = m_home, known = m_uses](const BackgroundJob::Cancelled&) { return read(home, known); },
                [this](std::vector<Use> uses) {
                    m_uses = std::move(uses);
                    Q_EMIT changed();
                });
}

QStringList SeedUses::sharing(const experiment::RunConfig& config) const
{
    QStringList names;
    if (hasFrozenA(config)) {
        for (const Use& use : m_uses) {
            if (use.seed == config.adapter.projectionSeed && use.rank == config.adapter.rank &&
                use.block == config.adapter.orthogonalBlock && use.model == config.model) {
                names.append(QString::fromStdString(use.name));
            }
        }
    }
    return names;
}

} // namespace lori::ui
