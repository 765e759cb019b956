// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/history_service.h"

#include "ui/services/history_ingester.h"

#include <QThread>
#include <QTimer>
#include <QUndoCommand>
#include <QUndoStack>

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

} // namespace

HistoryService::HistoryService(Home home, QObject* parent)
    : QObject(parent),
      m_home(std::move(home)),
      m_notOpen{ErrorCode::Busy, "the history is not open yet", "try again in a moment", m_home.historyFile().string()}
{
}

HistoryService::~HistoryService()
{
    if (m_thread != nullptr) {
        m_thread->quit();
        m_thread->wait();
    }
}

void HistoryService::open()
{
    auto opened = database::History::open(m_home.historyFile());
    if (!opened) {
        m_notOpen = opened.error();
        Q_EMIT failed(m_notOpen);
        return;
    }
    m_history.emplace(std::move(*opened));
    m_timer = new QTimer(this);
    connect(m_timer, &QTimer::timeout, this, &HistoryService::watchForChanges);
    m_timer->start(kLookForChangesMs);

    m_thread = new QThread(this);
    m_ingester = new HistoryIngester(m_home);
    m_ingester->moveToThread(m_thread);
    connect(m_thread, &QThread::started, m_ingester, &HistoryIngester::open);
    connect(m_thread, &QThread::finished, m_ingester, &QObject::deleteLater);
    connect(m_ingester, &HistoryIngester::failed, this, &HistoryService::failed);
    m_thread->start(QThread::LowPriority);
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
    const Result<void> done = m_history ? edit() : m_notOpen;
    if (!done) {
        Q_EMIT failed(done.error());
    }
    Q_EMIT changed(); // dataVersion() tells only about other connections
}

void HistoryService::push(const QString& text, Edit redo, Edit undo)
{
    if (m_undo == nullptr) {
        perform(redo);
        return;
    }
    m_undo->push(new EditCommand(
        text, [this, redo = std::move(redo)] { perform(redo); }, [this, undo = std::move(undo)] { perform(undo); }));
}

template <typename Value>
void HistoryService::change(const QString& runId, const QString& text, const Value& value, Value database::RunSummary::*field,
                            Result<void> (database::Annotations::*set)(const std::string&, const Value&) const)
{
    const auto before = find(runId);
    if (!before) {
        Q_EMIT failed(before.error());
        return;
    }
    const auto edit = [this, id = runId.toStdString(), set](const Value& to) -> Edit {
        return [this, id, set, to] {
            const database::Annotations annotations(*m_history, m_home);
            return (annotations.*set)(id, to);
        };
    };
    push(text, edit(value), edit(before->summary.*field));
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

void HistoryService::moveToTrash(const QString& runId)
{
    const std::string id = runId.toStdString();
    push(
        tr("move to trash"), [this, id] { return database::Annotations(*m_history, m_home).moveToTrash(id); },
        [this, id] { return database::Annotations(*m_history, m_home).restore(id); });
}

void HistoryService::restore(const QString& runId)
{
    const std::string id = runId.toStdString();
    push(
        tr("restore from trash"), [this, id] { return database::Annotations(*m_history, m_home).restore(id); },
        [this, id] { return database::Annotations(*m_history, m_home).moveToTrash(id); });
}

void HistoryService::follow(const QStringList& runIds)
{
    if (m_ingester != nullptr) {
        QMetaObject::invokeMethod(m_ingester, [ingester = m_ingester, runIds] { ingester->follow(runIds); });
    }
}

void HistoryService::ingestAll()
{
    if (m_ingester != nullptr) {
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
