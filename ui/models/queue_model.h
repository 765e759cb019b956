// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/queue_records.h"
#include "ui/models/table_model.h"

namespace lori::ui {

/// A job of the queue as a person sees it.
struct QueueLine {
    database::QueueEntry entry;
    QString name;
    QString kind; ///< "Training", "Merge" …
};

/// The queue in its order; one column for a list. TableRole::Id is the job's id. Waiting jobs can be dragged among each other.
class QueueModel final : public TableModel<QueueLine> {
    Q_OBJECT

public:
    explicit QueueModel(QObject* parent = nullptr);
    void setLines(std::vector<QueueLine> lines);
    [[nodiscard]] int rowOf(const QString& job) const; ///< -1 when absent
    /// Place of a row among those that wait, from 1; 0 for one that does not wait.
    [[nodiscard]] std::int64_t waitingPlace(int row) const;
    [[nodiscard]] std::int64_t waitingCount() const;

    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    [[nodiscard]] bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                                    const QModelIndex& parent) override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    [[nodiscard]] QStringList mimeTypes() const override;

    /// "waits, begins 22:00", "at work", "done", "failed: …".
    [[nodiscard]] static QString stateText(const database::QueueEntry& entry);

Q_SIGNALS:
    /// A person dragged a job to this place among those that wait, from 1.
    void moveRequested(const QString& job, std::int64_t place);

private:
    [[nodiscard]] bool isSame(const QueueLine& a, const QueueLine& b) const override { return a.entry.job == b.entry.job; }
    [[nodiscard]] QVariant rowData(const QueueLine& line, int role) const override
    {
        return role == TableRole::Id ? QVariant(QString::fromStdString(line.entry.job)) : QVariant();
    }
};

} // namespace lori::ui
