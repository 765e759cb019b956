// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_list_model.h"

#include "ui/icons.h"
#include "ui/services/run_service.h"
#include "ui/text.h"

#include <algorithm>

namespace lori::ui {

RunListModel::RunListModel(QObject* parent) : TableModel(parent)
{
    reset({{.id = QStringLiteral("run"),
            .title = [] { return tr("Run"); },
            .text =
                [](const RunEntry& entry) {
                    return tr("%1\n%2 · %3").arg(entry.name, Text::state(entry.state), Text::when(entry.createdMs));
                },
            .tip = [](const RunEntry& entry) { return entry.id; },
            .spoken = [](const RunEntry& entry) { return tr("%1, %2").arg(entry.name, Text::state(entry.state)); },
            .icon =
                [](const RunEntry& entry) {
                    return lori::ui::icon(Text::stateIcon(entry.state));
                }}});
}

void RunListModel::setEntries(std::vector<RunEntry> entries)
{
    std::stable_sort(entries.begin(), entries.end(), [](const RunEntry& a, const RunEntry& b) {
        const bool aLive = isLive(a.state);
        const bool bLive = isLive(b.state);
        return aLive != bLive ? aLive : a.id > b.id; // ids begin with the time of creation
    });
    if (entries != rows()) {
        replaceRows(std::move(entries));
    }
}

void RunListModel::setState(const QString& runId, jobs::JobState state)
{
    const int row = rowOf(runId);
    if (row >= 0 && entries()[static_cast<std::size_t>(row)].state != state) {
        RunEntry entry = entries()[static_cast<std::size_t>(row)];
        entry.state = state;
        replaceRow(row, std::move(entry));
    }
}

int RunListModel::rowOf(const QString& runId) const
{
    const auto found = std::find_if(rows().begin(), rows().end(), [&](const RunEntry& entry) { return entry.id == runId; });
    return found == rows().end() ? -1 : static_cast<int>(found - rows().begin());
}

} // namespace lori::ui
