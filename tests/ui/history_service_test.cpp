// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/event_writer.h"
#include "core/jobs/run_folder.h"
#include "tests/support/test_registry.h"
#include "ui/services/history_service.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThread>
#include <QUndoStack>
#include <QtTest>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace lori;
using namespace lori::ui;

namespace {

/// Holds the lock that all writers of a history wait for, as another program does in a long write.
class OtherProgram final {
public:
    explicit OtherProgram(const std::filesystem::path& history)
        : m_file(::open((history.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644))
    {
        m_holds = m_file >= 0 && ::flock(m_file, LOCK_EX | LOCK_NB) == 0;
    }
    OtherProgram(const OtherProgram&) = delete;
    OtherProgram& operator=(const OtherProgram&) = delete;
    ~OtherProgram() { ::close(m_file); }
    [[nodiscard]] bool holds() const { return m_holds; }

private:
    int m_file;
    bool m_holds = false;
};

} // namespace

/// Edits happen in their order, somewhere else; the window never waits for them, and none is lost.
class HistoryServiceTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    Home m_home;
    std::unique_ptr<QUndoStack> m_undo;
    std::unique_ptr<HistoryService> m_history;
    QString m_run;

    void openService()
    {
        m_history = std::make_unique<HistoryService>(m_home);
        m_history->setUndoStack(m_undo.get());
        m_history->open();
        QTRY_VERIFY_WITH_TIMEOUT(m_history->find(m_run).has_value(), 10000);
    }
    [[nodiscard]] QString name() const { return QString::fromStdString(m_history->find(m_run)->summary.name); }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_home.root = m_folder->path().toStdString();
        experiment::RunConfig config;
        config.name = "at first";
        config.stages = {experiment::StageConfig{}};
        const auto run = jobs::RunFolder::create(m_home, config).value();
        const auto writer = events::EventWriter::open(run.eventsFile()).value();
        writer->append(events::Started{.pid = 1, .host = "here"});
        writer->append(events::Finished{1.0});
        m_run = QString::fromStdString(run.id());
        m_undo = std::make_unique<QUndoStack>();
        openService();
    }
    void cleanup()
    {
        m_history.reset();
        m_undo.reset();
    }

    void lookUpsBeforeTheDatabaseIsOpenSaySo()
    {
        const HistoryService closed(m_home);
        QVERIFY(!closed.list().has_value());
        QCOMPARE(closed.list().error().code, ErrorCode::Busy);
    }

    void editsAreCarriedOutInTheirOrderAndUndoneOneByOne()
    {
        for (const char* next : {"one", "two", "three"}) { // each undo must find what the edit before it made
            m_history->rename(m_run, QLatin1String(next));
        }
        QTRY_COMPARE(name(), QStringLiteral("three"));
        m_undo->undo();
        QTRY_COMPARE(name(), QStringLiteral("two"));
        m_undo->undo();
        QTRY_COMPARE(name(), QStringLiteral("one"));
        m_undo->redo();
        QTRY_COMPARE(name(), QStringLiteral("two"));
        m_undo->setIndex(0);
        QTRY_COMPARE(name(), QStringLiteral("at first"));
        QTRY_VERIFY(!m_history->isWriting());
    }

    void theWindowDoesNotWaitForALockThatAnotherProgramHolds()
    {
        QSignalSpy failed(m_history.get(), &HistoryService::failed);
        auto other = std::make_unique<OtherProgram>(m_home.historyFile());
        const auto holds = [&] { // the window's own ingest may be at it
            other = other->holds() ? std::move(other) : std::make_unique<OtherProgram>(m_home.historyFile());
            return other->holds();
        };
        QTRY_VERIFY(holds());
        m_history->setNote(m_run, QStringLiteral("a note"));
        QVERIFY(m_history->isWriting());
        QCOMPARE(m_history->find(m_run)->summary.note, std::string()); // answered at once, from the snapshot
        QVERIFY(m_history->list().has_value());
        QTest::qWait(300);
        QVERIFY(m_history->isWriting()); // it still waits, and nobody with it
        other.reset();
        QTRY_COMPARE_WITH_TIMEOUT(m_history->find(m_run)->summary.note, std::string("a note"), 10000);
        QTRY_VERIFY(!m_history->isWriting());
        QCOMPARE(failed.count(), 0);
    }

    void aFailedEditIsToldAndItsUndoDoesNothing()
    {
        QSignalSpy failed(m_history.get(), &HistoryService::failed);
        m_history->rename(m_run, QStringLiteral("two\nlines"));
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.front().front().value<Error>().code, ErrorCode::InvalidArgument);
        m_undo->undo();
        QTRY_VERIFY(!m_history->isWriting());
        QCOMPARE(failed.count(), 1);
        QCOMPARE(name(), QStringLiteral("at first"));

        m_history->moveToTrash(QStringLiteral("no such run"));
        QTRY_COMPARE(failed.count(), 2);
        QCOMPARE(failed.back().front().value<Error>().code, ErrorCode::NotFound);
        m_undo->undo();
        QTRY_VERIFY(!m_history->isWriting());
        QCOMPARE(failed.count(), 2);
    }

    void aTrashedRunIsToldOnceItIsThere()
    {
        QSignalSpy trashed(m_history.get(), &HistoryService::trashed);
        m_history->moveToTrash(m_run);
        QTRY_COMPARE(trashed.count(), 1);
        QCOMPARE(trashed.front().front().toString(), m_run);
        QVERIFY(m_history->find(m_run)->summary.trashedMs.has_value());
        m_undo->undo();
        QTRY_VERIFY(!m_history->find(m_run)->summary.trashedMs.has_value());
        QVERIFY(std::filesystem::exists(m_home.runs() / m_run.toStdString()));
    }

    void whatWasTypedLastIsWrittenBeforeTheServiceGoes()
    {
        for (int i = 0; i < 20; ++i) {
            m_history->setNote(m_run, QStringLiteral("note %1").arg(i));
        }
        m_history.reset();
        m_undo->clear();
        openService();
        QCOMPARE(m_history->find(m_run)->summary.note, std::string("note 19"));
    }
};

LORI_TEST(HistoryServiceTest)
#include "history_service_test.moc"
