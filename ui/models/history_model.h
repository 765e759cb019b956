// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job_life.h"
#include "database/run_records.h"
#include "ui/models/score_words.h"
#include "ui/models/table_model.h"

#include <QSet>

#include <optional>
#include <vector>

namespace lori::ui {

/// A word for a run's state, in the person's language.
[[nodiscard]] QString stateTitle(jobs::JobState state);

/// A run in the history's table.
struct HistoryRow {
    database::RunSummary run;
    QString searchText; ///< made once for the quick search, case-folded
    bool isPinned = false;
    bool isBaseline = false;
};

/// The experiment history as a table over a snapshot of database rows: fixed columns, and one for each (task, metric) that any
/// run so far had a score of, which shows the newest value beside the base model's. TableRole::Sort holds typed values (invalid
/// when a run lacks one), TableRole::Search what a quick search looks at, TableRole::Id the run's id. With a baseline each score
/// has a second column: its difference to the baseline's.
class HistoryModel final : public TableModel<HistoryRow> {
    Q_OBJECT

public:
    enum Column {
        Name,
        State,
        Created,
        Data,
        Preset,
        BaseModel,
        Stages,
        Rank,
        Sparsity,
        Loss,
        Duration,
        Tags,
        Note,
        Purpose,
        Id,
        FixedCount
    };

    explicit HistoryModel(QObject* parent = nullptr);
    /// Replaces the snapshot. Rows that only changed keep their place and selection; new runs in front are inserted; anything
    /// else is a reset. Scores seen for the first time get columns behind the others; a column stays until the model goes.
    void setRows(std::vector<database::RunSummary> rows);
    /// From the next setRows() on: runs that stay on top, and the run that the others' scores are compared with ("" = none).
    void setMarks(QSet<QString> pinned, QString baseline);
    /// nullptr when the index is none of this table.
    [[nodiscard]] const database::RunSummary* run(const QModelIndex& index) const;
    [[nodiscard]] int rowOf(const QString& runId) const; ///< -1 when absent

    /// A column behind the fixed ones.
    struct ScoreColumn {
        ScoreKey key;
        bool isDifference = false; ///< to the baseline's score
        bool operator==(const ScoreColumn&) const = default;
    };
    /// In the columns' order, the first one's at FixedCount.
    [[nodiscard]] const std::vector<ScoreColumn>& scores() const { return m_scores; }
    [[nodiscard]] int scoreColumn(const std::string& task, const std::string& metric) const; ///< -1 when there is none
    [[nodiscard]] int differenceColumn(const ScoreKey& key) const;                           ///< -1 when there is none
    /// Whether any run of the snapshot has something in a score's column.
    [[nodiscard]] bool hasScores(int column) const;

    /// Only names can be edited; the model asks by renameRequested() and changes when the database did.
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// The runs of these rows, to be dragged where runs are taken.
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    [[nodiscard]] QStringList mimeTypes() const override;

Q_SIGNALS:
    void renameRequested(const QString& runId, const QString& name);

private:
    [[nodiscard]] static std::vector<TableColumn<HistoryRow>> fixedColumns();
    [[nodiscard]] static TableColumn<HistoryRow> scoreColumnOf(const ScoreKey& key);
    [[nodiscard]] TableColumn<HistoryRow> differenceColumnOf(const ScoreKey& key) const;
    /// The baseline's newest score; nullptr without a baseline, or when it has none.
    [[nodiscard]] const database::ScoreSummary* baselineScore(const ScoreKey& key) const;
    [[nodiscard]] int placeOf(const ScoreColumn& column) const;
    [[nodiscard]] bool isSame(const HistoryRow& a, const HistoryRow& b) const override { return a.run.id == b.run.id; }
    [[nodiscard]] QVariant rowData(const HistoryRow& row, int role) const override;
    [[nodiscard]] QVariant rowTitle(int /*row*/) const override { return {}; }

    std::vector<ScoreColumn> m_scores;
    QSet<QString> m_pinned;
    QString m_baselineId;
    std::optional<database::RunSummary> m_baseline; ///< as it was in the newest rows that held it
};

} // namespace lori::ui
