// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_life.h"
#include "ui/models/table_model.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace lori::ui {

/// A run as the list on the Runs page shows it.
struct RunEntry {
    QString id;
    QString name;
    jobs::JobState state = jobs::JobState::Waiting;
    std::int64_t createdMs = 0;
    bool operator==(const RunEntry&) const = default;
};

/// Runs, live ones first, then the newest; one column for a list. TableRole::Id is the run's id.
class RunListModel final : public TableModel<RunEntry> {
    Q_OBJECT

public:
    explicit RunListModel(QObject* parent = nullptr);

    /// Sorts the entries and tells the view only what really changed, so that selection and scroll position stay.
    void setEntries(std::vector<RunEntry> entries);
    void setState(const QString& runId, jobs::JobState state);
    [[nodiscard]] const std::vector<RunEntry>& entries() const { return rows(); }
    [[nodiscard]] int rowOf(const QString& runId) const; ///< -1 when absent

private:
    [[nodiscard]] bool isSame(const RunEntry& a, const RunEntry& b) const override { return a.id == b.id; }
    [[nodiscard]] QVariant rowData(const RunEntry& entry, int role) const override
    {
        return role == TableRole::Id ? QVariant(entry.id) : QVariant();
    }
};

} // namespace lori::ui
