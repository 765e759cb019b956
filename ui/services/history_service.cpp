// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/history_service.h"

#include "ui/services/history_ingester.h"

#include <QThread>
#include <QTimer>
#include <QUndoCommand>
#include <QUndoStack>

#include <functional>
#include <utility>

namespace lori::ui {

namespace {

constexpr int kLookForChangesMs = 250;

/// An edit and its way back.
class EditCommand final : public QUndoCommand {
public:
    EditCommand(const QString& text, std::function<void()> redoEdit, std::function<void()> undoEdit)
        : QUndoCommand(text), m_redo(std::move(redoEdit)), m_undo(std::move(undoEdit))
    {
    }
    void redo() override { m_redo(); }
    void undo() override { m_undo(); }

private:
    std::function<void()> m_redo;
    std::function<void()> m_undo;
};

std::vector<std::string> toStd(const QStringList& list)
{
    std::vector<std::string> words;
    for (const QString& word : list) {
        words.push_back(word.toStdString());
    }
    return words;
}

/// The same two, but the way back does nothing when the way there failed. Both run in the writer's thread only.
std::pair<HistoryWriter::Edit, HistoryWriter::Edit> pairOf(HistoryWriter::Edit redo, HistoryWriter::Edit undo)
{
    const auto done = std::make_shared<bool>(false);
    return {[redo = std::move(redo), done](const database::History& history) {
                const Result<void> result = redo(history);
                *done = result.has_value();
                return result;
            },
            [undo = std::move(undo), done](const database::History& history) -> Result<void> {
                return std::exchange(*done, false) ? undo(history) : Result<void>();
            }};
}

/// Lets what was queued for `worker` happen, then ends its thread.
void finish(QThread* thread, QObject* worker)
{
    if (thread != nullptr) {
        QMetaObject::invokeMethod(worker, [thread] { thread->quit(); });
        thread->wait();
    }
}

} // namespace

HistoryService::HistoryService(Home home, QObject* parent)
    : QObject(parent),
      m_home(std::move(home)),
      m_notOpen{ErrorCode::Busy, "the history is not open yet", "try again in a moment", m_home.historyFile().string()}
{
}

HistoryService::~HistoryService()
{
    finish(m_writerThread, m_writer);
    finish(m_ingestThread, m_ingester);
}

void HistoryService::open()
{
    m_writerThread = new QThread(this);
    m_writer = new HistoryWriter(m_home);
    m_writer->moveToThread(m_writerThread);
    connect(m_writerThread, &QThread::started, m_writer, &HistoryWriter::open);
    connect(m_writerThread, &QThread::finished, m_writer, &QObject::deleteLater);
    connect(m_writer, &HistoryWriter::opened, this, &HistoryService::start);
    connect(m_writer, &HistoryWriter::failedToOpen, this, [this](const Error& error) {
        m_notOpen = error;
        Q_EMIT failed(error);
    });
    connect(m_writer, &HistoryWriter::done, this, [this](const std::optional<Error>& error) {
        --m_pending;
        if (error) {
            Q_EMIT failed(*error);
        }
        Q_EMIT changed();
    });
    m_writerThread->start();
}

/// The database is there, with the schema of this program.
void HistoryService::start()
{
    auto opened = database::History::open(m_home.historyFile(), database::History::Access::ReadOnly);
    if (!opened) {
        m_notOpen = opened.error();
        Q_EMIT failed(m_notOpen);
        return;
    }
    m_history.emplace(std::move(*opened));
    m_timer = new QTimer(this);
    connect(m_timer, &QTimer::timeout, this, &HistoryService::watchForChanges);
    m_timer->start(kLookForChangesMs);

    m_ingestThread = new QThread(this);
    m_ingester = new HistoryIngester(m_home);
    m_ingester->moveToThread(m_ingestThread);
    connect(m_ingestThread, &QThread::started, m_ingester, &HistoryIngester::open);
    connect(m_ingestThread, &QThread::finished, m_ingester, &QObject::deleteLater);
    connect(m_ingester, &HistoryIngester::failed, this, &HistoryService::failed);
    m_ingestThread->start(QThread::LowPriority);
    follow(m_followed);
    Q_EMIT changed();
}

Result<std::vector<database::RunSummary>> HistoryService::list(const database::RunQuery& query) const
{
    return m_history ? database::RunRepository(*m_history).list(query) : m_notOpen;
}

Result<database::RunDetail> HistoryService::find(const QString& runId) const
{
    return m_history ? database::RunRepository(*m_history).find(runId.toStdString()) : m_notOpen;
}

Result<std::vector<database::MetricPoint>> HistoryService::series(const QString& runId, std::int64_t stage,
                                                                  const QString& key) const
{
    return m_history ? database::RunRepository(*m_history).series(runId.toStdString(), stage, key.toStdString()) : m_notOpen;
}

Result<std::vector<std::string>> HistoryService::tags() const
{
    return m_history ? database::RunRepository(*m_history).tags() : m_notOpen;
}

void HistoryService::perform(const Edit& edit)
{
    if (m_writer == nullptr) {
        Q_EMIT failed(m_notOpen);
        return;
    }
    ++m_pending;
    QMetaObject::invokeMethod(m_writer, [writer = m_writer, edit] { writer->perform(edit); });
}

void HistoryService::push(const QString& text, const Edit& redo, const Edit& undo)
{
    if (m_undo == nullptr) {
        perform(redo);
        return;
    }
    m_undo->push(new EditCommand(
        text, [this, redo] { perform(redo); }, [this, undo] { perform(undo); }));
}

template <typename Value>
void HistoryService::change(const QString& runId, const QString& text, const Value& value, Value database::RunSummary::*field,
                            Result<void> (database::Annotations::*set)(const std::string&, const Value&) const)
{
    // The writer alone knows what an edit finds: others may be waiting in front of it. Only its thread touches `before`.
    const auto before = std::make_shared<std::optional<Value>>();
    const auto redo = [home = m_home, id = runId.toStdString(), value, field, set,
                       before](const database::History& history) -> Result<void> {
        const auto found = database::RunRepository(history).find(id);
        if (!found) {
            return found.error();
        }
        const Result<void> done = (database::Annotations(history, home).*set)(id, value);
        if (done) {
            *before = found->summary.*field;
        }
        return done;
    };
    const auto undo = [home = m_home, id = runId.toStdString(), set, before](const database::History& history) -> Result<void> {
        return *before ? (database::Annotations(history, home).*set)(id, *std::exchange(*before, std::nullopt)) : Result<void>();
    };
    push(text, redo, undo);
}

void HistoryService::rename(const QString& runId, const QString& name)
{
    change(runId, tr("change of name"), name.toStdString(), &database::RunSummary::name, &database::Annotations::rename);
}

void HistoryService::setNote(const QString& runId, const QString& note)
{
    change(runId, tr("change of note"), note.toStdString(), &database::RunSummary::note, &database::Annotations::setNote);
}

void HistoryService::setTags(const QString& runId, const QStringList& tagList)
{
    change(runId, tr("change of tags"), toStd(tagList), &database::RunSummary::tags, &database::Annotations::setTags);
}

HistoryService::Edit HistoryService::trash(const QString& runId)
{
    return [this, home = m_home, runId](const database::History& history) {
        const Result<void> done = database::Annotations(history, home).moveToTrash(runId.toStdString());
        if (done) { // this object outlives the writer; told in its own thread
            QMetaObject::invokeMethod(
                this, [this, runId] { Q_EMIT trashed(runId); }, Qt::QueuedConnection);
        }
        return done;
    };
}

HistoryService::Edit HistoryService::untrash(const QString& runId) const
{
    return [home = m_home, id = runId.toStdString()](const database::History& history) {
        return database::Annotations(history, home).restore(id);
    };
}

void HistoryService::moveToTrash(const QString& runId)
{
    const auto [redo, undo] = pairOf(trash(runId), untrash(runId));
    push(tr("move to trash"), redo, undo);
}

void HistoryService::restore(const QString& runId)
{
    const auto [redo, undo] = pairOf(untrash(runId), trash(runId));
    push(tr("restore from trash"), redo, undo);
}

void HistoryService::deleteForever(const QStringList& runIds)
{
    for (const QString& runId : runIds) {
        perform([home = m_home, id = runId.toStdString()](const database::History& history) {
            return database::Annotations(history, home).deleteForever(id);
        });
    }
}

void HistoryService::follow(const QStringList& runIds)
{
    m_followed = runIds;
    if (m_ingester != nullptr) {
        QMetaObject::invokeMethod(m_ingester, [ingester = m_ingester, runIds] { ingester->follow(runIds); });
    }
}

void HistoryService::ingestAll()
{
    if (m_ingester != nullptr) { // else it does so when it opens
        QMetaObject::invokeMethod(m_ingester, [ingester = m_ingester] { ingester->ingestAll(); });
    }
}

void HistoryService::watchForChanges()
{
    const auto version = m_history->dataVersion();
    if (version && *version != m_dataVersion) {
        m_dataVersion = *version;
        Q_EMIT changed();
    }
}

} // namespace lori::ui
