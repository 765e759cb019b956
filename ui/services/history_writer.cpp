// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/history_writer.h"

namespace lori::ui {

namespace {

constexpr int kTries = 6; // of five seconds each, the time a writer waits for the lock

} // namespace

void HistoryWriter::open()
{
    auto opened = database::History::open(m_home.historyFile());
    if (!opened) {
        Q_EMIT failedToOpen(opened.error());
        return;
    }
    m_history.emplace(std::move(*opened));
    Q_EMIT this->opened();
}

void HistoryWriter::perform(const Edit& edit)
{
    Result<void> result =
        Error{ErrorCode::Busy, "the history is not open", "try again in a moment", m_home.historyFile().string()};
    for (int i = 0; m_history && i < kTries; ++i) {
        result = edit(*m_history);
        if (result || result.error().code != ErrorCode::Busy) {
            break;
        }
    }
    Q_EMIT done(result ? std::nullopt : std::optional(result.error()));
}

} // namespace lori::ui
