// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/run_folder.h"
#include "database/annotations.h"
#include "database/history.h"
#include "database/run_repository.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QThread;
class QTimer;
class QUndoStack;

namespace lori::ui {

class HistoryIngester;

/// The window's access to the history database. Ingest runs in a thread of its own with its own connection; look-ups and a
/// person's edits use this object's connection on the window's thread. Without a usable database every look-up gives its error.
class HistoryService final : public QObject {
    Q_OBJECT

public:
    explicit HistoryService(Home home, QObject* parent = nullptr);
    ~HistoryService() override;

    /// Opens the database and begins to ingest every run folder. Called once, after the window is on the screen.
    void open();
    void setUndoStack(QUndoStack* undo) { m_undo = undo; }

    [[nodiscard]] Result<std::vector<database::RunSummary>> list(const database::RunQuery& query = {}) const;
    [[nodiscard]] Result<database::RunDetail> find(const QString& runId) const;
    [[nodiscard]] Result<std::vector<database::MetricPoint>> series(const QString& runId, std::int64_t stage,
                                                                    const QString& key) const;
    [[nodiscard]] Result<std::vector<std::string>> tags() const;

    /// A person's edits. Each goes on the undo stack; a failure is told by failed().
    void rename(const QString& runId, const QString& name);
    void setNote(const QString& runId, const QString& note);
    void setTags(const QString& runId, const QStringList& tags);
    void moveToTrash(const QString& runId);
    void restore(const QString& runId);

    /// New events of these runs go into the database within a second, until the set is changed.
    void follow(const QStringList& runIds);
    /// Reads every run folder again in the background.
    void ingestAll();

Q_SIGNALS:
    /// Rows were added or changed, by whomever; views read again. At most four times a second.
    void changed();
    void failed(const lori::Error& error);

private:
    using Edit = std::function<Result<void>()>;
    void perform(const Edit& edit);
    void push(const QString& text, Edit redo, Edit undo);
    /// Sets what `field` shows by way of `set`, with the value of before as its undo.
    template <typename Value>
    void change(const QString& runId, const QString& text, const Value& value, Value database::RunSummary::*field,
                Result<void> (database::Annotations::*set)(const std::string&, const Value&) const);
    void watchForChanges();

    Home m_home;
    std::optional<database::History> m_history;
    Error m_notOpen;
    QUndoStack* m_undo = nullptr;
    QThread* m_thread = nullptr;
    HistoryIngester* m_ingester = nullptr; ///< lives in m_thread
    QTimer* m_timer = nullptr;
    std::int64_t m_dataVersion = 0;
};

} // namespace lori::ui
