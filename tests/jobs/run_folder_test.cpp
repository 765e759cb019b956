// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/control.h"
#include "core/jobs/job_life.h"
#include "core/jobs/job_lock.h"
#include "core/jobs/run_folder.h"
#include "core/support/files.h"
#include "tests/support/test_registry.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <fstream>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace lori;
using namespace lori::experiment;
using namespace lori::jobs;
using lori::events::Event;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kNow = 1'000'000;

Event eventOf(const std::string& type, json values = json::object(), std::int64_t timeMs = kNow)
{
    return {1, timeMs, events::payloadFrom(type, values.dump())};
}

void writeCommand(const RunFolder& folder, std::int64_t timeMs, const std::string& command)
{
    std::ofstream(folder.controlFile(), std::ios::app) << json{{"timeMs", timeMs}, {"command", command}}.dump() << "\n";
}

} // namespace

namespace {

JobState stateOf(const RunFolder& run, const std::vector<Event>& events, std::int64_t nowMs)
{
    JobLife life;
    for (const Event& event : events) {
        life.fold(event);
    }
    return life.state(run, nowMs);
}

} // namespace

class RunFolderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_home = Home{fs::path(m_folder->path().toStdString()) / "home"};
        m_config = findPreset("quick-look").value().config;
    }

    void aNewFolderHoldsTheConfigurationAndItsParts()
    {
        const RunFolder run = RunFolder::create(m_home, m_config).value();
        QVERIFY(QRegularExpression("^\\d{8}-\\d{6}-quick-look-[a-z]{4}$").match(QString::fromStdString(run.id())).hasMatch());
        QVERIFY(run.config().value() == m_config);
        for (const auto& part : {run.checkpoints(), run.masks(), run.items(), run.path() / "adapter"}) {
            QVERIFY(fs::is_directory(part));
        }
        QCOMPARE(run.adapterFolder(0, StageKind::LoriD), run.path() / "adapter" / "0-lori-d");
        QCOMPARE(std::distance(fs::directory_iterator(m_home.runs()), {}), 1);
    }

    void namesBecomePlainIds_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("slug");
        QTest::newRow("path") << "../../etc/passwd"
                              << "etc-passwd";
        QTest::newRow("other alphabet") << "安全"
                                        << "run";
        QTest::newRow("umlauts") << "Größe 1"
                                 << "gr-e-1";
        QTest::newRow("long") << QString(300, 'a') << QString(40, 'a');
    }
    void namesBecomePlainIds()
    {
        QFETCH(QString, name);
        QFETCH(QString, slug);
        m_config.name = name.toStdString();
        const QString id = QString::fromStdString(RunFolder::create(m_home, m_config).value().id());
        QCOMPARE(id.mid(16, id.size() - 21), slug);
    }

    void twoRunsOfOneNameGetTwoFolders()
    {
        std::set<std::string> ids;
        for (int i = 0; i < 20; ++i) {
            ids.insert(RunFolder::create(m_home, m_config).value().id());
        }
        QCOMPARE(ids.size(), std::size_t{20});
    }

    void aHomeThatCannotBeMadeIsAnErrorAndLeavesNothing()
    {
        std::ofstream(m_home.root.string()) << "a file";
        QVERIFY(!RunFolder::create(m_home, m_config).has_value());
    }

    void opensByIdAndByPathAndRefusesTheRest()
    {
        const RunFolder run = RunFolder::create(m_home, m_config).value();
        QCOMPARE(RunFolder::open(m_home, run.id()).value().path(), run.path());
        QCOMPARE(RunFolder::open(m_home, run.path().string() + "/").value().id(), run.id());
        QCOMPARE(RunFolder::open(m_home, "20200101-000000-none-aaaa").error().code, ErrorCode::NotFound);
        QCOMPARE(RunFolder::open(m_home, m_home.root.string()).error().code, ErrorCode::BadFile);
        QCOMPARE(RunFolder::open(m_home, "").error().code, ErrorCode::InvalidArgument);
    }

    void homeFollowsTheEnvironment()
    {
        const QByteArray own = qgetenv("LORI_HOME");
        const QByteArray xdg = qgetenv("XDG_DATA_HOME");
        qputenv("LORI_HOME", "/some/where");
        QCOMPARE(Home::fromEnvironment().runs(), fs::path("/some/where/runs"));
        qunsetenv("LORI_HOME");
        qputenv("XDG_DATA_HOME", "/data");
        QCOMPARE(Home::fromEnvironment().historyFile(), fs::path("/data/lori-workbench/history.sqlite"));
        qputenv("XDG_DATA_HOME", "relative");
        QVERIFY(Home::fromEnvironment().root.string().ends_with(".local/share/lori-workbench"));
        own.isNull() ? qunsetenv("LORI_HOME") : qputenv("LORI_HOME", own);
        xdg.isNull() ? qunsetenv("XDG_DATA_HOME") : qputenv("XDG_DATA_HOME", xdg);
    }

    void oneWorkerAtATime()
    {
        const RunFolder run = RunFolder::create(m_home, m_config).value();
        QVERIFY(!JobLock::holder(run).has_value());
        {
            const JobLock lock = JobLock::acquire(run).value();
            QCOMPARE(JobLock::holder(run).value(), std::int64_t{::getpid()});
            const auto second = JobLock::acquire(run);
            QCOMPARE(second.error().code, ErrorCode::Busy);
            QVERIFY(second.error().what.find(std::to_string(::getpid())) != std::string::npos);
        }
        QVERIFY(!JobLock::holder(run).has_value());
        QVERIFY(JobLock::acquire(run).has_value());
    }

    void anotherProcessHoldsTheLockUntilItIsKilled()
    {
        const RunFolder run = RunFolder::create(m_home, m_config).value();
        int ready[2] = {};
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            const auto lock = JobLock::acquire(run);
            const char byte = lock ? 'y' : 'n';
            static_cast<void>(!::write(ready[1], &byte, 1));
            while (true) {
                ::pause();
            }
        }
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), ssize_t{1});
        QCOMPARE(byte, 'y');
        QCOMPARE(JobLock::holder(run).value(), std::int64_t{child});
        QCOMPARE(JobLock::acquire(run).error().code, ErrorCode::Busy);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        QVERIFY(!JobLock::holder(run).has_value());
        QVERIFY(JobLock::acquire(run).has_value());
        ::close(ready[0]);
        ::close(ready[1]);
    }

    void commandsArriveOnceAndInOrder()
    {
        const RunFolder run = RunFolder::create(m_home, m_config).value();
        const JobLock lock = JobLock::acquire(run).value();
        ControlReader reader(run);
        QVERIFY(reader.poll().empty());
        run.sendCommand(Command::Pause).value();
        run.sendCommand(Command::Continue).value();
        QVERIFY((reader.poll() == std::vector{Command::Pause, Command::Continue}));
        run.sendCommand(Command::StopAndKeep).value();
        QVERIFY((reader.poll() == std::vector{Command::StopAndKeep}));
        QVERIFY(reader.poll().empty());
    }

    void everyCommandHasAWord()
    {
        const RunFolder run = RunFolder::create(m_home, m_config).value();
        ControlReader reader(run);
        const std::vector all{Command::Pause,   Command::Continue,    Command::StopAndKeep,
                              Command::Discard, Command::EvaluateNow, Command::Checkpoint};
        for (const Command command : all) {
            run.sendCommand(command).value();
        }
        QVERIFY(reader.poll() == all);
    }

    void commandsFromBeforeTheWorkerAreIgnored()
    {
        const RunFolder run = RunFolder::create(m_home, m_config).value();
        writeCommand(run, 1, "stop_and_keep");
        const JobLock lock = JobLock::acquire(run).value();
        run.sendCommand(Command::Pause).value(); // between the lock and the reader: meant for this worker
        ControlReader reader(run);
        QVERIFY((reader.poll() == std::vector{Command::Pause}));
    }

    void whatWasAskedBeforeTheLockIsOldWhateverItsTime()
    {
        const RunFolder run = RunFolder::create(m_home, m_config).value();
        // Of the millisecond in which the lock is taken, or by a clock that goes ahead.
        writeCommand(run, QDateTime::currentMSecsSinceEpoch() + 60'000, "stop_and_keep");
        const JobLock lock = JobLock::acquire(run).value();
        ControlReader reader(run);
        QVERIFY(reader.poll().empty());
        writeCommand(run, 1, "pause"); // and after it is new, by a clock that is behind
        QVERIFY((reader.poll() == std::vector{Command::Pause}));
    }

    void withoutALockWhatIsThereIsOld()
    {
        const RunFolder run = RunFolder::create(m_home, m_config).value();
        run.sendCommand(Command::StopAndKeep).value();
        ControlReader reader(run);
        QVERIFY(reader.poll().empty());
        run.sendCommand(Command::Pause).value();
        QCOMPARE(reader.poll().size(), std::size_t{1});
    }

    void brokenControlLinesDoNoHarm()
    {
        const RunFolder run = RunFolder::create(m_home, m_config).value();
        ControlReader reader(run);
        std::ofstream(run.controlFile())
            << "garbage\n{\"command\":7}\n{\"timeMs\":9,\"command\":\"dance\"}\n{\"timeMs\":9,\"comm";
        QVERIFY(reader.poll().empty());
        run.sendCommand(Command::Pause).value(); // must not be glued to the half line before it
        QVERIFY((reader.poll() == std::vector{Command::Pause}));
    }

    void stateFollowsTheLastAttempt()
    {
        const RunFolder run = RunFolder::create(m_home, m_config).value();
        QCOMPARE(stateOf(run, {}, kNow), JobState::Waiting);
        std::vector<Event> events{eventOf("started")};
        QCOMPARE(stateOf(run, events, kNow), JobState::Lost); // nobody holds the lock
        {
            const JobLock lock = JobLock::acquire(run).value();
            QCOMPARE(stateOf(run, {}, kNow), JobState::Running);
            QCOMPARE(stateOf(run, events, kNow + 30'000), JobState::Running);
            QCOMPARE(stateOf(run, events, kNow + 30'001), JobState::Lost); // silent
            events.push_back(eventOf("paused"));
            events.push_back(eventOf("heartbeat", {{"state", "paused"}}));
            QCOMPARE(stateOf(run, events, kNow), JobState::Paused);
            events.push_back(eventOf("continued"));
            QCOMPARE(stateOf(run, events, kNow), JobState::Running);
        }
        events.push_back(eventOf("stopped", {{"kept", true}}));
        QCOMPARE(stateOf(run, events, kNow + 99'999'999), JobState::Stopped);
        events.push_back(eventOf("started", {{"resumed", true}}));
        QCOMPARE(stateOf(run, events, kNow), JobState::Lost);
        events.push_back(eventOf("failed"));
        QCOMPARE(stateOf(run, events, kNow), JobState::Failed);
        events.push_back(eventOf("started", {{"resumed", true}}));
        events.push_back(eventOf("finished"));
        QCOMPARE(stateOf(run, events, kNow), JobState::Finished);
        QCOMPARE(std::string(jobStateName(JobState::Finished)), std::string("finished"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    Home m_home;
    RunConfig m_config;
};

LORI_TEST(RunFolderTest)
#include "run_folder_test.moc"
