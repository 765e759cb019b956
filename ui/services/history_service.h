// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/run_folder.h"
#include "database/annotations.h"
#include "database/history.h"
#include "database/run_repository.h"
#include "ui/services/history_writer.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

class QThread;
class QTimer;
class QUndoStack;

namespace lori::ui {

class HistoryIngester;

/// The window's access to the history database, none of which waits for a lock on the window's thread. Look-ups read the newest
/// snapshot through a read-only connection; a person's edits are carried out in their order by a writer in a thread of its own,
/// ingest by another. Without a usable database every look-up gives its error.
class HistoryService final : public QObject {
    Q_OBJECT

public:
    explicit HistoryService(Home home, QObject* parent = nullptr);
    /// Waits until every edit made so far is written.
    ~HistoryService() override;

    /// Opens the database in the background and then begins to ingest every run folder; changed() or failed() tells. Called once.
    void open();
    void setUndoStack(QUndoStack* undo) { m_undo = undo; }

    [[nodiscard]] Result<std::vector<database::RunSummary>> list(const database::RunQuery& query = {}) const;
    [[nodiscard]] Result<database::RunDetail> find(const QString& runId) const;
    [[nodiscard]] Result<std::vector<database::MetricPoint>> series(const QString& runId, std::int64_t stage,
                                                                    const QString& key) const;
    [[nodiscard]] Result<std::vector<std::string>> tags() const;

    /// A person's edits. Each goes on the undo stack at once and into the database soon; look-ups show it from the next changed()
    /// on. A failure is told by failed(), and its undo does nothing.
    void rename(const QString& runId, const QString& name);
    void setNote(const QString& runId, const QString& note);
    void setTags(const QString& runId, const QStringList& tags);
    void moveToTrash(const QString& runId);
    void restore(const QString& runId);
    /// Deletes these runs, which lie in the trash, with everything that is known of them. There is no undo; one that cannot be
    /// deleted is told by failed() and the others go.
    void deleteForever(const QStringList& runIds);
    /// True while look-ups may not yet show an edit that was made.
    [[nodiscard]] bool isWriting() const { return m_pending > 0; }

    /// For the services beside this one. An edit in its turn among the others, without undo; failed() and changed() tell.
    void write(const HistoryWriter::Edit& edit) { perform(edit); }
    /// The newest snapshot; nullptr while the database is not open. For the window's thread.
    [[nodiscard]] const database::History* snapshot() const { return m_history ? &*m_history : nullptr; }
    /// Why there is no snapshot.
    [[nodiscard]] const Error& notOpen() const { return m_notOpen; }

    /// New events of these runs go into the database within a second, until the set is changed.
    void follow(const QStringList& runIds);
    /// Reads every run folder again in the background.
    void ingestAll();

Q_SIGNALS:
    /// Rows were added or changed, by whomever; views read again. At most four times a second, and after each edit.
    void changed();
    void failed(const lori::Error& error);
    /// The run lies in the trash now.
    void trashed(const QString& runId);

private:
    using Edit = HistoryWriter::Edit;
    void start();
    void perform(const Edit& edit);
    void push(const QString& text, const Edit& redo, const Edit& undo);
    /// Sets what `field` shows by way of `set`; its undo is the value that the writer found before.
    template <typename Value>
    void change(const QString& runId, const QString& text, const Value& value, Value database::RunSummary::*field,
                Result<void> (database::Annotations::*set)(const std::string&, const Value&) const);
    [[nodiscard]] Edit trash(const QString& runId);
    [[nodiscard]] Edit untrash(const QString& runId) const;
    void watchForChanges();

    Home m_home;
    std::optional<database::History> m_history; ///< read-only
    Error m_notOpen;
    QUndoStack* m_undo = nullptr;
    QThread* m_writerThread = nullptr;
    HistoryWriter* m_writer = nullptr; ///< lives in m_writerThread
    int m_pending = 0;                 ///< edits that the writer has not answered
    QThread* m_ingestThread = nullptr;
    HistoryIngester* m_ingester = nullptr; ///< lives in m_ingestThread
    QStringList m_followed;                ///< asked for before the ingester was there
    QTimer* m_timer = nullptr;
    std::int64_t m_dataVersion = 0;
};

} // namespace lori::ui
