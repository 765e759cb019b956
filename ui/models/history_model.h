// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_life.h"
#include "database/run_records.h"
#include "ui/models/column_filter.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace lori::ui {

/// A word for a run's state, in the person's language.
[[nodiscard]] QString stateTitle(jobs::JobState state);

/// The experiment history as a table over a snapshot of database rows. Display texts are for people, SortRole holds the typed
/// values (invalid when a run lacks one), TextRole everything that a quick search looks at.
class HistoryModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Name,
        State,
        Created,
        Preset,
        BaseModel,
        Stages,
        Rank,
        Sparsity,
        Loss,
        Refused,
        Needless,
        Maths,
        Language,
        Code,
        Duration,
        Tags,
        Note,
        Purpose,
        Id,
        ColumnCount
    };
    enum Role { SortRole = Qt::UserRole + 1, TextRole, IdRole };

    explicit HistoryModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}
    /// Replaces the snapshot. Rows that only changed keep their place and selection; new runs in front are inserted; anything
    /// else is a reset.
    void setRows(std::vector<database::RunSummary> rows);
    [[nodiscard]] const std::vector<database::RunSummary>& rows() const { return m_rows; }
    [[nodiscard]] const database::RunSummary* run(const QModelIndex& index) const;
    [[nodiscard]] int rowOf(const QString& runId) const; ///< -1 when absent
    [[nodiscard]] static ColumnFilter::Kind filterKind(int column);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    /// Only names can be edited; the model asks by renameRequested() and changes when the database did.
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void renameRequested(const QString& runId, const QString& name);

private:
    [[nodiscard]] static QVariant typedValue(const database::RunSummary& run, int column);
    [[nodiscard]] static QString text(const database::RunSummary& run, int column);

    std::vector<database::RunSummary> m_rows;
    std::vector<QString> m_searchTexts; ///< one a row, made once for the quick search
};

} // namespace lori::ui
