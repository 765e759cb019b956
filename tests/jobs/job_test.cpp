// SPDX-License-Identifier: Apache-2.0
// Folders of jobs, and the life of a job of any kind.
#include "core/events/event_follower.h"
#include "core/jobs/job_kind.h"
#include "core/jobs/job_life.h"
#include "core/jobs/job_lock.h"
#include "core/jobs/run_folder.h"
#include "core/support/files.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace lori;
using namespace lori::jobs;
namespace fs = std::filesystem;

namespace {

/// Counts to `total`, with a file beside it that appears at the end.
class Counting final : public JobKind {
public:
    explicit Counting(std::int64_t total = 5) : m_total(total) {}
    JobPlan plan() override { return {.what = "counts", .writes = {}, .notes = {}}; }
    JobResult work(JobContext& context) override
    {
        for (std::int64_t i = 1; i <= m_total; ++i) {
            if (onStep) {
                onStep(context, i);
            }
            context.progress("counting", i, m_total);
        }
        context.madeArtifact("report", context.folder().path() / "counted", "ab", 3, {"cd"});
        JobResult result;
        result.json["counted"] = m_total;
        result.text = "counted\n";
        return result;
    }
    std::function<void(JobContext&, std::int64_t)> onStep;

private:
    std::int64_t m_total;
};

std::vector<events::Event> eventsOf(const JobFolder& folder)
{
    return events::EventFollower(folder.eventsFile()).poll().value();
}

template <typename T>
int count(const JobFolder& folder)
{
    const auto all = eventsOf(folder);
    return static_cast<int>(std::count_if(all.begin(), all.end(), [](const auto& e) { return e.template as<T>() != nullptr; }));
}

JobState stateOf(const JobFolder& folder)
{
    JobLife life;
    for (const events::Event& event : eventsOf(folder)) {
        life.fold(event);
    }
    return life.state(folder, QDateTime::currentMSecsSinceEpoch());
}

} // namespace

class JobTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_place = std::make_unique<QTemporaryDir>();
        m_home.root = fs::path(m_place->path().toStdString());
    }

    void aFolderHoldsWhatTheJobIs()
    {
        const JobFolder folder = make("Compare two");
        QVERIFY(folder.id().find("-compare-two-") != std::string::npos);
        QCOMPARE(folder.path().parent_path(), m_home.jobs());
        const JobFolder again = JobFolder::open(m_home, folder.id()).value();
        const JobRecord record = again.record().value();
        QCOMPARE(record.kind, std::string("count"));
        QCOMPARE(record.name, std::string("Compare two"));
        QCOMPARE(record.options, nlohmann::json({{"to", 5}}));
        QCOMPARE(record.key, std::string("k1"));
        QVERIFY(record.createdMs > 1'700'000'000'000);
        QCOMPARE(stateOf(folder), JobState::Waiting);
    }

    void aTrainingsFolderIsAJobToo()
    {
        experiment::RunConfig config;
        config.name = "Small";
        const auto run = RunFolder::create(m_home, config).value();
        QCOMPARE(JobFolder::open(m_home, run.id())->record()->kind, std::string("train"));
        writeFileAtomically(run.path() / "sequence.json", "{}").value();
        QCOMPARE(JobFolder::open(m_home, run.id())->record()->kind, std::string("sequence"));
    }

    void whatIsNoJobIsRefusedInASentence()
    {
        QCOMPARE(JobFolder::create(m_home, {}).error().code, ErrorCode::InvalidArgument);
        const Error none = JobFolder::open(m_home, "nothing").error();
        QCOMPARE(none.code, ErrorCode::NotFound);
        QCOMPARE(none.sentence(), std::string("nothing: there is no such job; lori job list names the jobs"));
        QCOMPARE(RunFolder::open(m_home, "nothing").error().sentence(),
                 std::string("nothing: there is no such run; lori history list names the runs"));
        fs::create_directories(m_home.jobs() / "empty");
        QCOMPARE(JobFolder::open(m_home, "empty").error().code, ErrorCode::BadFile);
        const JobFolder folder = make("x");
        writeFileAtomically(folder.path() / "job.json", "{\"version\":9,\"kind\":\"count\"}").value();
        QCOMPARE(folder.record().error().code, ErrorCode::NewerVersion);
        writeFileAtomically(folder.path() / "job.json", "[1]").value();
        QCOMPARE(folder.record().error().code, ErrorCode::BadFile);
    }

    void worksToItsResultAndGivesItAgain()
    {
        const JobFolder folder = make("x");
        Counting kind;
        const auto result = workInJob(folder, kind, {});
        QVERIFY2(result.has_value(), result ? "" : result.error().sentence().c_str());
        QCOMPARE(result->json["counted"].get<int>(), 5);
        QCOMPARE(result->json["job"].get<std::string>(), folder.id());
        QCOMPARE(count<events::Started>(folder), 1);
        QCOMPARE(count<events::Finished>(folder), 1);
        QVERIFY(count<events::Progress>(folder) >= 1);
        QCOMPARE(stateOf(folder), JobState::Finished);
        const auto all = eventsOf(folder);
        const auto made = std::find_if(all.begin(), all.end(), [](const auto& e) { return e.template as<events::Artifact>(); });
        QVERIFY(made != all.end());
        QCOMPARE(made->as<events::Artifact>()->path, std::string("counted")); // relative, because it lies inside
        const auto size = fs::file_size(folder.eventsFile());
        const auto again = workInJob(folder, kind, {});
        QCOMPARE(again->json, result->json);
        QCOMPARE(again->text, result->text);
        QCOMPARE(fs::file_size(folder.eventsFile()), size);
    }

    void stopsPausesAndGoesOn()
    {
        const JobFolder folder = make("x");
        Counting kind;
        kind.onStep = [&](JobContext&, std::int64_t step) {
            if (step == 2) {
                folder.sendCommand(Command::StopAndKeep).value();
            }
        };
        const auto stopped = workInJob(folder, kind, {});
        QCOMPARE(stopped.error().code, ErrorCode::Stopped);
        QCOMPARE(stateOf(folder), JobState::Stopped);
        QVERIFY(!fs::exists(folder.resultFile()));
        kind.onStep = [&](JobContext&, std::int64_t step) {
            if (step == 3) {
                folder.sendCommand(Command::Pause).value();
            }
        };
        WorkOptions options;
        options.observer = [&](const events::Event& event) {
            if (event.as<events::Paused>() != nullptr) {
                folder.sendCommand(Command::Continue).value();
            }
        };
        QVERIFY(workInJob(folder, kind, options).has_value());
        QCOMPARE(count<events::Paused>(folder), 1);
        QCOMPARE(count<events::Continued>(folder), 1);
        const auto all = eventsOf(folder);
        QVERIFY(std::any_of(all.begin(), all.end(), [](const auto& e) {
            const auto* started = e.template as<events::Started>();
            return started != nullptr && started->resumed;
        }));
    }

    void anInterruptEndsItAndADiscardedOneStaysEnded()
    {
        const JobFolder folder = make("x");
        std::atomic<bool> interrupt = false;
        Counting kind;
        kind.onStep = [&](JobContext&, std::int64_t) {
            interrupt = true;
        };
        WorkOptions options;
        options.interrupt = &interrupt;
        QCOMPARE(workInJob(folder, kind, options).error().code, ErrorCode::Interrupted);
        QCOMPARE(stateOf(folder), JobState::Stopped);
        kind.onStep = [&](JobContext&, std::int64_t) {
            folder.sendCommand(Command::Discard).value();
        };
        QCOMPARE(workInJob(folder, kind, {}).error().code, ErrorCode::Stopped);
        QCOMPARE(workInJob(folder, kind, {}).error().code, ErrorCode::InvalidArgument);
    }

    void aFailureIsKeptInItsParts()
    {
        const JobFolder folder = make("x");
        Counting kind;
        kind.onStep = [](JobContext&, std::int64_t) {
            throw Exception(ErrorCode::BadFile, "it is broken", "mend it", "a.bin");
        };
        QCOMPARE(workInJob(folder, kind, {}).error().code, ErrorCode::BadFile);
        const auto all = eventsOf(folder);
        const auto* failed = all.back().as<events::Failed>();
        QVERIFY(failed != nullptr);
        QCOMPARE(events::errorOf(*failed).sentence(), std::string("a.bin: it is broken; mend it"));
        kind.onStep = {};
        QVERIFY(workInJob(folder, kind, {}).has_value()); // and may be tried again
    }

    /// A callback that must not throw holds the stop back; it is not lost.
    void goOnHoldsAStopBackUntilItIsAskedFor()
    {
        const JobFolder folder = make("x");
        Counting kind(1);
        bool wentOn = true;
        kind.onStep = [&](JobContext& context, std::int64_t) {
            folder.sendCommand(Command::StopAndKeep).value();
            wentOn = context.goOn("counting", 0, 1);
            context.rethrow();
        };
        QCOMPARE(workInJob(folder, kind, {}).error().code, ErrorCode::Stopped);
        QVERIFY(!wentOn);
    }

    void oneWorkerAtATime()
    {
        const JobFolder folder = make("x");
        const JobLock lock = JobLock::acquire(folder).value();
        Counting kind;
        QCOMPARE(workInJob(folder, kind, {}).error().code, ErrorCode::Busy);
        QVERIFY(!fs::exists(folder.eventsFile()));
    }

    /// Killed at twenty moments: each time it is lost, then resumed to the same result.
    void aKilledJobIsLostAndGoesOn()
    {
        for (int moment = 0; moment < 20; ++moment) {
            const JobFolder folder = make("kill");
            const pid_t child = ::fork();
            if (child == 0) {
                Counting kind(1000);
                kind.onStep = [](JobContext&, std::int64_t) {
                    std::this_thread::sleep_for(std::chrono::microseconds(200));
                };
                static_cast<void>(workInJob(folder, kind, {}));
                ::_exit(0);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(3 * moment));
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            QVERIFY(stateOf(folder) != JobState::Running && stateOf(folder) != JobState::Finished);
            QVERIFY(!fs::exists(folder.resultFile()));
            Counting kind(5);
            const auto result = workInJob(folder, kind, {});
            QVERIFY2(result.has_value(), result ? "" : result.error().sentence().c_str());
            QCOMPARE(stateOf(folder), JobState::Finished);
            std::set<std::int64_t> numbers;
            for (const events::Event& event : eventsOf(folder)) {
                QVERIFY(numbers.insert(event.seq).second);
            }
        }
    }

private:
    JobFolder make(const std::string& name) const
    {
        return JobFolder::create(m_home, {"count", name, {{"to", 5}}, "k1", 0}).value();
    }
    std::unique_ptr<QTemporaryDir> m_place;
    Home m_home;
};

LORI_TEST(JobTest)
#include "job_test.moc"
