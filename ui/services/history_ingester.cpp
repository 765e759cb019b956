// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/history_ingester.h"

#include "database/ingest.h"

#include <QTimer>

namespace lori::ui {

void HistoryIngester::open()
{
    auto opened = database::History::open(m_home.historyFile());
    if (!opened) {
        Q_EMIT failed(opened.error());
        return;
    }
    m_history.emplace(std::move(*opened));
    m_timer = new QTimer(this);
    m_timer->setInterval(1000);
    connect(m_timer, &QTimer::timeout, this, &HistoryIngester::ingestFollowed);
    ingestAll();
}

void HistoryIngester::ingestAll()
{
    if (!m_history) {
        return;
    }
    const auto done = database::ingestHome(*m_history, m_home);
    if (!done) {
        Q_EMIT failed(done.error());
    } else if (!done->problems.empty()) {
        Q_EMIT failed(done->problems.front().error);
    }
}

void HistoryIngester::follow(const QStringList& runIds)
{
    ingestFollowed(); // the last words of runs that leave the set
    m_followed = runIds;
    if (m_timer == nullptr) {
        return;
    }
    if (m_followed.isEmpty()) {
        m_timer->stop();
    } else if (!m_timer->isActive()) {
        m_timer->start();
    }
}

void HistoryIngester::ingestFollowed()
{
    if (!m_history) {
        return;
    }
    for (const QString& id : std::as_const(m_followed)) {
        const auto done = database::ingestFolder(*m_history, m_home.runs() / id.toStdString());
        if (!done && done.error().code != ErrorCode::NotFound && done.error().code != ErrorCode::Busy) {
            Q_EMIT failed(done.error());
        }
    }
}

} // namespace lori::ui
