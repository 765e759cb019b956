// SPDX-License-Identifier: Apache-2.0
// Who keeps a run out of the trash because it reads from its folder.
#include "core/jobs/job_lock.h"
#include "database/annotations.h"
#include "database/ingest.h"
#include "database/job_ingest.h"
#include "database/run_repository.h"
#include "database/sqlite_support.h"
#include "tests/database/run_fixture.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace lori;
using namespace lori::database;
using lori::test::kJob;
using lori::test::kRun;
namespace fs = std::filesystem;

namespace {

/// A home with one run, whose adapter and mask others read.
struct TrashScene {
    test::HomeFixture fixture;
    History history = fixture.openHistory();
    Annotations annotations{history, fixture.home()};
    fs::path run = fixture.makeRun(kRun);
    std::string adapter = (run / "adapter" / "0-lori-d").string();
    std::string mask = (run / "masks" / "1.safetensors").string();
    TrashScene() { static_cast<void>(ingestFolder(history, run).value()); }
    void addRun(const nlohmann::json& stage, const std::string& id = "child") const
    {
        const fs::path child = fixture.home().runs() / id;
        test::writeText(child / "config.json", nlohmann::json{{"name", "Child"}, {"stages", {stage}}}.dump());
        static_cast<void>(ingestFolder(history, child).value());
    }
    /// A job of this kind with these options, as far as its events say.
    [[nodiscard]] fs::path addJob(const std::string& kind, const nlohmann::json& options) const
    {
        const fs::path job = fixture.home().jobs() / kJob;
        test::writeText(job / "job.json", nlohmann::json{{"version", 1},
                                                         {"kind", kind},
                                                         {"name", "Both"},
                                                         {"options", options},
                                                         {"key", ""},
                                                         {"createdMs", 1'763'733'500'000}}
                                              .dump());
        ingest(job);
        return job;
    }
    void ingest(const fs::path& job) const { static_cast<void>(ingestJob(history, job).value()); }
    /// What refuses the trash; "" when it takes the run, which is brought back then.
    [[nodiscard]] std::string refusal() const
    {
        const auto moved = annotations.moveToTrash(kRun);
        if (!moved) {
            return moved.error().code == ErrorCode::Mismatch && fs::exists(run) ? moved.error().what : "another error";
        }
        static_cast<void>(annotations.restore(kRun).value());
        return {};
    }
    [[nodiscard]] nlohmann::json merge() const { return {{"adapters", {{{"folder", adapter}}}}, {"method", "ties"}}; }
};

void begin(test::EventLog& log)
{
    log.add("started", {{"pid", 1}, {"host", "box"}, {"program", "lori 0.1.0"}});
}

} // namespace

class TrashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunThatNeedsAnotherIsNamedWithWhatItNeeds()
    {
        const TrashScene scene;
        scene.addRun({{"kind", "lori-s"}, {"fromAdapter", scene.adapter}});
        QCOMPARE(scene.refusal(), std::string("the run 'child' (Child) starts from this run's adapter"));
        scene.addRun({{"kind", "lori-s"}, {"maskFile", scene.mask}}, "later");
        QCOMPARE(scene.refusal(), std::string("the run 'child' (Child) starts from this run's adapter, and one other needs it"));
        QVERIFY(scene.annotations.moveToTrash("child").has_value());
        QCOMPARE(scene.refusal(), std::string("the run 'later' (Child) trains within this run's mask"));
        QVERIFY(scene.annotations.moveToTrash("later").has_value());
        QCOMPARE(scene.refusal(), std::string());
    }

    void aMaskThatAnotherRunKeepsFreeOfStays()
    {
        const TrashScene scene;
        scene.addRun({{"kind", "mask"}, {"mask", {{"avoid", {"/elsewhere/mask.safetensors", scene.mask}}}}});
        QCOMPARE(scene.refusal(), std::string("the run 'child' (Child) keeps free of this run's mask"));
    }

    void aPathThroughALinkIsTheSameFile()
    {
        const TrashScene scene;
        const fs::path link = scene.fixture.home().root / "link";
        fs::create_directory_symlink(scene.fixture.home().runs(), link);
        scene.addRun({{"kind", "lori-s"}, {"fromAdapter", (link / "." / kRun / "adapter" / "0-lori-d").string()}});
        QVERIFY(!scene.refusal().empty());
    }

    void aRunThatOnlyMentionsItOrReadsFromANeighbourDoesNotNeedIt()
    {
        const TrashScene scene;
        scene.addRun({{"kind", "lori-s"}, {"name", std::string("after ") + kRun}});
        scene.addRun({{"kind", "lori-s"}, {"fromAdapter", scene.run.string() + "-02/adapter/0-lori-d"}}, "other");
        QCOMPARE(scene.refusal(), std::string());
    }

    void aMergeNeedsItsAdaptersUntilItIsFinished()
    {
        const TrashScene scene;
        const fs::path job = scene.addJob("merge", scene.merge());
        const std::string needed = std::string("the merge '") + kJob + "' (Both) is not finished and reads from this run";
        QCOMPARE(scene.refusal(), needed);
        test::EventLog log(job);
        begin(log);
        log.add("failed", {{"error", {{"code", "disk_full"}, {"what", "the disk is full"}}}});
        scene.ingest(job);
        QCOMPARE(scene.refusal(), needed); // it may be worked in again
        begin(log);
        log.add("finished", {{"seconds", 3}});
        QCOMPARE(scene.refusal(), std::string()); // also when the history has not heard of it yet
        scene.ingest(job);
        QCOMPARE(scene.refusal(), std::string());
    }

    void aDiscardedJobAndOneWhoseFolderIsGoneNeedNothing()
    {
        const TrashScene scene;
        const fs::path job = scene.addJob("interference", {{"adapters", {scene.adapter, "/elsewhere"}}});
        QVERIFY(!scene.refusal().empty());
        {
            test::EventLog log(job);
            begin(log);
            log.add("stopped", {{"kept", false}});
        }
        QCOMPARE(scene.refusal(), std::string());
        fs::remove(job / "events.jsonl");
        QVERIFY(!scene.refusal().empty());
        fs::remove_all(job);
        QCOMPARE(scene.refusal(), std::string());
    }

    void aRecipeThatWaitsNeedsWhatItsStepsBeginWith()
    {
        const TrashScene scene;
        const nlohmann::json step{{"config", {{"stages", {{{"kind", "lori-s"}, {"fromAdapter", scene.adapter}}}}}}};
        static_cast<void>(scene.addJob("recipe", {{"recipe", {{"steps", {step}}}}}));
        QVERIFY(scene.refusal().find("the recipe") == 0);
    }

    void aSweepAtWorkNeedsTheRunsThatItMade()
    {
        const TrashScene scene;
        const fs::path job = scene.addJob("sweep", {{"config", nlohmann::json::object()}});
        QCOMPARE(scene.refusal(), std::string());
        test::EventLog log(job, nowMs());
        begin(log);
        log.add("child", {{"node", "a"}, {"kind", "train"}, {"state", "done"}, {"folder", scene.run.string()}});
        const auto lock = jobs::JobLock::acquire(jobs::JobFolder::open(scene.fixture.home(), kJob).value());
        QVERIFY(lock.has_value());
        QCOMPARE(scene.refusal(), std::string("the sweep '") + kJob + "' (Both) made this run and is at work");
        log.add("stopped", {{"kept", true}});
        QCOMPARE(scene.refusal(), std::string());
    }
};

LORI_TEST(TrashTest)
#include "trash_test.moc"
