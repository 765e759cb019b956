// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_folder.h"

#include <QObject>
#include <QString>

namespace lori::ui {

/// The window's access to the history database: ingest runs in a thread of its own, look-ups and a person's edits go through
/// here.
class HistoryService final : public QObject {
    Q_OBJECT

public:
    explicit HistoryService(experiment::Home home, QObject* parent = nullptr);

Q_SIGNALS:
    /// Rows were added or changed; views read again (at most four times a second).
    void changed();
    void failed(const lori::Error& error);

private:
    experiment::Home m_home;
};

} // namespace lori::ui
