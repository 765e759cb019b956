// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/job_lock.h"
#include "core/support/files.h"
#include "database/annotations.h"
#include "database/ingest.h"
#include "database/run_repository.h"
#include "tests/database/run_fixture.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace lori;
using namespace lori::database;
namespace fs = std::filesystem;

namespace {

/// Three runs: "a" of a maths kind, "b" of a safety kind, "c" with neither.
struct Scene {
    test::HomeFixture fixture;
    History history = fixture.openHistory();
    Annotations annotations{history, fixture.home()};
    RunRepository repository{history};
    Scene()
    {
        add("20261121-100000-a", "Maths look", 0.25);
        add("20261121-110000-b", "Safety 100%", 0.75);
        add("20261121-120000-c", "plain", std::nullopt);
    }
    void add(const std::string& id, const std::string& name, std::optional<double> score) const
    {
        const fs::path folder = fixture.makeRun(id, name);
        test::EventLog log(folder);
        if (score) {
            log.score(0, 1, "refusal_rate", *score, true, "");
        }
        static_cast<void>(ingestFolder(history, folder).value());
    }
    /// The letters of the listed runs, in order.
    [[nodiscard]] std::string listed(const RunQuery& query) const
    {
        std::string letters;
        const auto runs = repository.list(query).value();
        for (const RunSummary& run : runs) {
            letters += run.id.back();
        }
        return letters;
    }
};

constexpr const char* kA = "20261121-100000-a";
constexpr const char* kB = "20261121-110000-b";

} // namespace

class AnnotationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsNewestFirst() { QCOMPARE(Scene().listed({}), std::string("cba")); }

    void filtersByEveryWordInAnyField()
    {
        const Scene scene;
        QVERIFY(scene.annotations.setNote(kA, "compare with 中文 baseline").has_value());
        QVERIFY(scene.annotations.setTags(kB, {"paper"}).has_value());
        QCOMPARE(scene.listed({.text = "SAFETY"}), std::string("b"));
        QCOMPARE(scene.listed({.text = "中文 maths"}), std::string("a"));
        QCOMPARE(scene.listed({.text = "pape"}), std::string("b"));
        QCOMPARE(scene.listed({.text = "100%"}), std::string("b"));
        QCOMPARE(scene.listed({.text = "1000%"}), std::string());
        QCOMPARE(scene.listed({.text = "'; DROP TABLE runs; --"}), std::string());
        QCOMPARE(scene.listed({.tags = {"paper"}}), std::string("b"));
        QCOMPARE(scene.listed({.text = "quick-look", .limit = 1, .offset = 1}), std::string("b"));
    }

    void sortsByScoreWithMissingOnesLast()
    {
        const Scene scene;
        RunQuery query{.sort = SortKey::Score, .scoreTask = "safety", .scoreMetric = "refusal_rate"};
        QCOMPARE(scene.listed(query), std::string("bac"));
        query.order = SortOrder::Ascending;
        QCOMPARE(scene.listed(query), std::string("abc"));
    }

    void sortsByEveryKey()
    {
        const Scene scene;
        for (int key = 0; key <= static_cast<int>(SortKey::Score); ++key) {
            QCOMPARE(scene.listed({.sort = static_cast<SortKey>(key)}).size(), std::size_t{3});
        }
        QCOMPARE(scene.listed({.sort = SortKey::Name, .order = SortOrder::Ascending}), std::string("acb"));
    }

    void resolvesWhatAPersonMeans()
    {
        const Scene scene;
        QCOMPARE(scene.repository.resolve("20261121-10").value(), std::string(kA));
        QCOMPARE(scene.repository.resolve("Safety 100%").value(), std::string(kB));
        QCOMPARE(scene.repository.resolve("last").value(), std::string("20261121-120000-c"));
        QCOMPARE(scene.repository.resolve("20261121").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(scene.repository.resolve("nothing").error().code, ErrorCode::NotFound);
    }

    void editsAreInTheHistoryAndInTheBackup()
    {
        const Scene scene;
        QVERIFY(scene.annotations.rename(kA, "  First  ").has_value());
        QVERIFY(scene.annotations.setNote(kA, "line 1\nline 2").has_value());
        QVERIFY(scene.annotations.setTags(kA, {"x", "x", " y "}).has_value());
        const RunSummary run = scene.repository.find(kA).value().summary;
        QCOMPARE(run.name, std::string("First"));
        QCOMPARE(run.note, std::string("line 1\nline 2"));
        QCOMPARE(run.tags, (std::vector<std::string>{"x", "y"}));
        const auto saved = nlohmann::json::parse(readTextFile(scene.history.annotationsFile()).value());
        QCOMPARE(saved["runs"][kA]["note"].get<std::string>(), std::string("line 1\nline 2"));
        QCOMPARE(saved["runs"][kA]["name"].get<std::string>(), std::string("First"));
        QVERIFY(scene.annotations.rename(kA, "").has_value());
        QVERIFY(scene.annotations.setTags(kA, {}).has_value());
        QCOMPARE(scene.repository.find(kA).value().summary.name, std::string("Maths look"));
        QVERIFY(scene.repository.tags().value().empty());
    }

    void refusesWhatIsNotATagOrName()
    {
        const Scene scene;
        QCOMPARE(scene.annotations.setTags(kA, {"ok", "  "}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(scene.annotations.rename(kA, "two\nlines").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(scene.annotations.rename(kA, std::string(201, 'x')).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(scene.annotations.setNote("unknown", "x").error().code, ErrorCode::NotFound);
        QVERIFY(scene.repository.tags().value().empty());
        QVERIFY(!fs::exists(scene.history.annotationsFile()));
    }

    void anEditWhoseBackupFailsIsNotMade()
    {
        const Scene scene;
        fs::create_directories(scene.history.annotationsFile() / "in the way");
        QVERIFY(!scene.annotations.setNote(kA, "lost?").has_value());
        QCOMPARE(scene.repository.find(kA).value().summary.note, std::string());
    }

    void aDamagedBackupIsMovedAside()
    {
        const Scene scene;
        test::writeText(scene.history.annotationsFile(), "{ half");
        QVERIFY(scene.annotations.setNote(kA, "new").has_value());
        int kept = 0;
        for (const auto& entry : fs::directory_iterator(scene.history.file().parent_path())) {
            kept += entry.path().filename().string().rfind("annotations.json.damaged-", 0) == 0 ? 1 : 0;
        }
        QCOMPARE(kept, 1);
    }

    void theTrashTakesTheFolderAndGivesItBack()
    {
        const Scene scene;
        const fs::path folder = scene.fixture.home().runs() / kA;
        QVERIFY(scene.annotations.moveToTrash(kA).has_value());
        QVERIFY(!fs::exists(folder));
        QVERIFY(fs::exists(scene.fixture.home().trash() / kA / "config.json"));
        QCOMPARE(scene.listed({}), std::string("cb"));
        QCOMPARE(scene.listed({.trash = TrashFilter::OnlyTrash}), std::string("a"));
        QVERIFY(scene.annotations.restore(kA).has_value());
        QVERIFY(fs::exists(folder / "config.json"));
        QCOMPARE(scene.listed({}), std::string("cba"));
    }

    void theTrashRefusesARunAtWork()
    {
        const Scene scene;
        const auto folder = jobs::RunFolder::open(scene.fixture.home(), kA).value();
        const auto lock = jobs::JobLock::acquire(folder);
        QCOMPARE(scene.annotations.moveToTrash(kA).error().code, ErrorCode::Busy);
        QVERIFY(fs::exists(folder.path()));
    }

    void theTrashRefusesARunThatAnotherStartsFrom()
    {
        const Scene scene;
        const fs::path child = scene.fixture.home().runs() / "child";
        const std::string adapter = (scene.fixture.home().runs() / kA / "adapter" / "0-lori-d").string();
        const nlohmann::json config{{"name", "Child"}, {"stages", {{{"kind", "lori-s"}, {"fromAdapter", adapter}}}}};
        test::writeText(child / "config.json", config.dump());
        static_cast<void>(ingestFolder(scene.history, child).value());
        const auto refused = scene.annotations.moveToTrash(kA);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::Mismatch);
        QVERIFY(refused.error().what.find("'child'") != std::string::npos);
    }

    void onlyTheTrashIsEverDeleted()
    {
        const Scene scene;
        QCOMPARE(scene.annotations.deleteForever(kA).error().code, ErrorCode::InvalidArgument);
        QVERIFY(scene.annotations.setNote(kA, "gone soon").has_value());
        QVERIFY(scene.annotations.moveToTrash(kA).has_value());
        QVERIFY(scene.annotations.deleteForever(kA).has_value());
        QVERIFY(!fs::exists(scene.fixture.home().trash() / kA));
        QCOMPARE(scene.repository.find(kA).error().code, ErrorCode::NotFound);
        QVERIFY(readTextFile(scene.history.annotationsFile()).value().find("gone soon") == std::string::npos);
    }

    void aReadOnlyHistoryTakesNoEdits()
    {
        const Scene scene;
        const History readOnly = History::open(scene.history.file(), History::Access::ReadOnly).value();
        const Annotations annotations(readOnly, scene.fixture.home());
        QCOMPARE(annotations.setNote(kA, "x").error().code, ErrorCode::Unsupported);
        QCOMPARE(annotations.moveToTrash(kA).error().code, ErrorCode::Unsupported);
    }
};

LORI_TEST(AnnotationsTest)
#include "annotations_test.moc"
