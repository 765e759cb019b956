// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/overlay_reader.h"

#include "ui/services/run_service.h"
#include "ui/widgets/run_overlays.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace lori::ui {

OverlayReader::OverlayReader(RunService& runs, RunOverlays& overlays, QObject* parent)
    : QObject(parent), m_runs(runs), m_overlays(overlays)
{
    connect(&overlays, &RunOverlays::removed, this, [this](const QString& runId) { m_readings.erase(runId); });
    connect(&runs, &RunService::eventsAppended, this, [this](const QString& runId, const std::vector<events::Event>& told) {
        const auto found = m_readings.find(runId);
        if (found == m_readings.end()) {
            return;
        }
        if (found->second->past.isReading()) { // an older line of a step must not come after a newer one
            found->second->waiting.insert(found->second->waiting.end(), told.begin(), told.end());
        } else {
            m_overlays.absorb(runId, told);
        }
    });
}

Result<void> OverlayReader::add(const QString& runId, const QString& name)
{
    const auto folder = m_runs.folder(runId);
    if (!folder) {
        return folder.error();
    }
    if (m_overlays.has(runId) || !m_overlays.add(runId, name)) {
        return {};
    }
    auto& reading = m_readings[runId];
    reading = std::make_unique<Reading>();
    std::error_code none; // a run that has told nothing yet has no file
    const std::uintmax_t size = std::filesystem::file_size(folder->eventsFile(), none);
    reading->past.read(
        folder->eventsFile(), 0, none ? 0 : size,
        [this, runId](const std::vector<events::Event>& events) { m_overlays.absorb(runId, events); },
        [this, runId](std::uint64_t) {
            const auto found = m_readings.find(runId);
            if (found != m_readings.end()) {
                m_overlays.absorb(runId, std::exchange(found->second->waiting, {}));
            }
        });
    return {};
}

bool OverlayReader::isReading() const
{
    return std::any_of(m_readings.begin(), m_readings.end(), [](const auto& each) { return each.second->past.isReading(); });
}

} // namespace lori::ui
