// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_life.h"
#include "core/jobs/run_folder.h"

#include <QAbstractListModel>
#include <QListView>
#include <QString>

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

/// Runs, live ones first, then the newest.
class RunListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    /// Sorts the entries and tells the view only what really changed, so that selection and scroll position stay.
    void setEntries(std::vector<RunEntry> entries);
    void setState(const QString& runId, jobs::JobState state);
    [[nodiscard]] const std::vector<RunEntry>& entries() const { return m_entries; }
    [[nodiscard]] int rowOf(const QString& runId) const;
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<RunEntry> m_entries;
};

/// The list on the left of the Runs page.
class RunList final : public QListView {
    Q_OBJECT

public:
    explicit RunList(QWidget* parent = nullptr);
    [[nodiscard]] RunListModel& runs() { return *m_model; }
    [[nodiscard]] QString selectedRun() const;
    void select(const QString& runId);

Q_SIGNALS:
    void runChosen(const QString& runId);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    RunListModel* m_model = nullptr;
};

} // namespace lori::ui
