// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/trash_keeper.h"

#include "ui/services/history_service.h"
#include "ui/services/preferences.h"

#include <QDateTime>
#include <QTimer>

#include <algorithm>

namespace lori::ui {

namespace {

constexpr int kLookAgainMs = 6 * 3600 * 1000; // windows stay open for days

} // namespace

TrashKeeper::TrashKeeper(HistoryService& history, Preferences& preferences, QObject* parent)
    : QObject(parent), m_history(history), m_preferences(preferences)
{
    if (m_preferences.trashRuleSinceMs() == 0) {
        m_preferences.setTrashRule(m_preferences.trashDays(), QDateTime::currentMSecsSinceEpoch());
    }
    connect(&m_history, &HistoryService::changed, this, [this] {
        if (!m_looked && m_history.snapshot() != nullptr) {
            look(QDateTime::currentMSecsSinceEpoch());
        }
    });
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, [this] { look(QDateTime::currentMSecsSinceEpoch()); });
    timer->start(kLookAgainMs);
}

QStringList TrashKeeper::over(std::int64_t nowMs) const
{
    QStringList runs;
    const int days = m_preferences.trashDays();
    if (days <= 0) {
        return runs;
    }
    database::RunQuery query;
    query.trash = database::TrashFilter::OnlyTrash;
    query.limit = 100'000;
    if (const auto trashed = m_history.list(query)) {
        for (const database::RunSummary& run : *trashed) {
            const std::int64_t begin = std::max(run.trashedMs.value_or(nowMs), m_preferences.trashRuleSinceMs());
            if (nowMs - begin > days * kDayMs) {
                runs.append(QString::fromStdString(run.id));
            }
        }
    }
    return runs;
}

void TrashKeeper::look(std::int64_t nowMs)
{
    m_looked = true;
    const QStringList runs = over(nowMs);
    if (!runs.isEmpty()) {
        m_history.deleteForever(runs);
        Q_EMIT deleting(static_cast<int>(runs.size()), m_preferences.trashDays());
    }
}

} // namespace lori::ui
