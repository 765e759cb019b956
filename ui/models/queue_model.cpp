// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/queue_model.h"

#include "ui/icons.h"
#include "ui/text.h"

#include <QMimeData>

#include <algorithm>

namespace lori::ui {
namespace {

constexpr const char* kMimeType = "application/x-lori-queued-job";

QString iconOf(database::QueueState state)
{
    switch (state) {
    case database::QueueState::Working:
        return QStringLiteral("running");
    case database::QueueState::Done:
        return QStringLiteral("done");
    case database::QueueState::Failed:
        return QStringLiteral("warning");
    case database::QueueState::Waiting:
        break;
    }
    return QStringLiteral("waiting");
}

bool waits(const QueueLine& line)
{
    return line.entry.state == database::QueueState::Waiting;
}

} // namespace

QueueModel::QueueModel(QObject* parent) : TableModel(parent)
{
    reset({{.id = QStringLiteral("job"),
            .title = [] { return tr("Job"); },
            .text = [](const QueueLine& line) { return tr("%1 · %2 · %3").arg(line.name, line.kind, stateText(line.entry)); },
            .tip =
                [](const QueueLine& line) {
                    return line.entry.error.empty() ? QString::fromStdString(line.entry.job)
                                                    : QString::fromStdString(line.entry.error);
                },
            .spoken = [](const QueueLine& line) { return tr("%1, %2, %3").arg(line.name, line.kind, stateText(line.entry)); },
            .icon =
                [](const QueueLine& line) {
                    return lori::ui::icon(iconOf(line.entry.state));
                }}});
}

void QueueModel::setLines(std::vector<QueueLine> lines)
{
    replaceRows(std::move(lines));
}

int QueueModel::rowOf(const QString& job) const
{
    const auto found =
        std::find_if(rows().begin(), rows().end(), [&](const QueueLine& line) { return line.entry.job == job.toStdString(); });
    return found == rows().end() ? -1 : static_cast<int>(found - rows().begin());
}

std::int64_t QueueModel::waitingPlace(int row) const
{
    if (row < 0 || row >= rowCount() || !waits(rows()[static_cast<std::size_t>(row)])) {
        return 0;
    }
    return std::count_if(rows().begin(), rows().begin() + row + 1, waits);
}

std::int64_t QueueModel::waitingCount() const
{
    return std::count_if(rows().begin(), rows().end(), waits);
}

Qt::ItemFlags QueueModel::flags(const QModelIndex& index) const
{
    const QueueLine* line = rowAt(index);
    if (line == nullptr) {
        return Qt::ItemIsDropEnabled; // between the rows
    }
    const Qt::ItemFlags flags = TableModel::flags(index);
    return waits(*line) ? flags | Qt::ItemIsDragEnabled : flags;
}

QStringList QueueModel::mimeTypes() const
{
    return {QLatin1String(kMimeType)};
}

QMimeData* QueueModel::mimeData(const QModelIndexList& indexes) const
{
    auto data = std::make_unique<QMimeData>();
    if (!indexes.isEmpty()) {
        data->setData(QLatin1String(kMimeType), indexes.front().data(TableRole::Id).toString().toUtf8());
    }
    return data.release(); // NOLINT(bugprone-unused-return-value): Qt owns it from here
}

bool QueueModel::dropMimeData(const QMimeData* data, Qt::DropAction /*action*/, int row, int /*column*/,
                              const QModelIndex& parent)
{
    const QString job = QString::fromUtf8(data->data(QLatin1String(kMimeType)));
    const int from = rowOf(job);
    if (from < 0) {
        return false;
    }
    const int before = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    const auto begin = rows().begin();
    std::int64_t place = 1 + std::count_if(begin, begin + std::min(before, rowCount()), waits);
    if (from < before) { // it leaves its own place in front
        --place;
    }
    Q_EMIT moveRequested(job, place);
    return false; // the queue itself says the new order
}

QString QueueModel::stateText(const database::QueueEntry& entry)
{
    switch (entry.state) {
    case database::QueueState::Working:
        return tr("at work");
    case database::QueueState::Done:
        return tr("done");
    case database::QueueState::Failed:
        return tr("failed");
    case database::QueueState::Waiting:
        break;
    }
    return entry.startAtMs > 0 ? tr("waits until %1").arg(Text::when(entry.startAtMs)) : tr("waits");
}

} // namespace lori::ui
