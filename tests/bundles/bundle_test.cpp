// SPDX-License-Identifier: Apache-2.0
// A bundle brings the same bytes to another home, or nothing at all.
#include "core/bundles/members.h"
#include "core/jobs/job_lock.h"
#include "tests/bundles/bundle_scene.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <set>

using namespace lori;
using namespace lori::bundles;
using namespace lori::bundles::test;
using nlohmann::json;

class BundleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSameBytesArrive_data()
    {
        QTest::addColumn<bool>("withAdapters");
        QTest::newRow("without adapters") << false;
        QTest::newRow("with adapters") << true;
    }
    void theSameBytesArrive()
    {
        QFETCH(const bool, withAdapters);
        const Scene scene;
        const Written written = scene.write({.withAdapters = withAdapters});
        const auto expected = scene.packedContent(withAdapters);
        QCOMPARE(written.files, expected.size());
        QCOMPARE(expected.contains("adapter/0-lori-d/adapter_model.safetensors"), withAdapters);
        QCOMPARE(written.fileBytes, fs::file_size(scene.file));
        QVERIFY(withAdapters || written.fileBytes < 20'000); // the answers are deflated

        const auto arrivals = readBundle(scene.there, scene.file).value();
        QCOMPARE(arrivals.size(), std::size_t(1));
        QCOMPARE(arrivals[0].outcome, Outcome::Added);
        QCOMPARE(arrivals[0].folder, scene.there.runs() / "20261121-141530-quick-look-kfqz");
        QVERIFY((arrivals[0].words == Words{"Quick look", "a **note**", {"good", "paper"}}));
        QVERIFY(contentOf(arrivals[0].folder) == expected);
        QCOMPARE(contentOf(scene.there.root).size(), expected.size()); // nothing else is left anywhere
    }

    void runsAndJobsTravelTogether()
    {
        const Scene scene;
        const auto job =
            jobs::JobFolder::create(scene.here,
                                    {.kind = "merge", .name = "Merged", .options = json::object(), .key = {}, .createdMs = 1})
                .value();
        writeText(job.path() / "result.json", "{\"sha256\":\"mm\"}");
        const auto written = writeBundle(scene.file, {{scene.run, true, {}}, {job.path(), false, {"Merged", {}, {}}}}).value();
        QCOMPARE(written.entries, std::size_t(2));
        const auto arrivals = readBundle(scene.there, scene.file).value();
        QCOMPARE(arrivals.size(), std::size_t(2));
        QCOMPARE(arrivals[1].folder, scene.there.jobs() / job.id());
        QVERIFY(contentOf(arrivals[1].folder) == contentOf(job.path()));
    }

    void whatIsThereAlreadyIsLeftAlone()
    {
        const Scene scene;
        static_cast<void>(scene.write());
        QCOMPARE(readBundle(scene.there, scene.file).value()[0].outcome, Outcome::Added);
        const auto before = contentOf(scene.there.root);
        const auto again = readBundle(scene.there, scene.file).value();
        QCOMPARE(again[0].outcome, Outcome::AlreadyThere);
        QVERIFY(contentOf(scene.there.root) == before);
        // its own home has more of it (adapters, checkpoints): still the same run
        QCOMPARE(readBundle(scene.here, scene.file).value()[0].outcome, Outcome::AlreadyThere);
    }

    void anotherRunOfTheNameStaysBesideTheNewcomer()
    {
        const Scene scene;
        static_cast<void>(scene.write());
        const fs::path other = scene.there.runs() / scene.run.filename();
        writeText(other / "config.json", "{\"mine\":true}");
        const auto first = readBundle(scene.there, scene.file).value();
        QCOMPARE(first[0].outcome, Outcome::AddedRenamed);
        QCOMPARE(first[0].id, scene.run.filename().string());
        QCOMPARE(first[0].idHere(), scene.run.filename().string() + "-2");
        QVERIFY(contentOf(first[0].folder) == scene.packedContent(false));
        QCOMPARE(readTextFile(other / "config.json").value(), std::string("{\"mine\":true}"));
        const auto second = readBundle(scene.there, scene.file).value(); // finds itself under its new name
        QCOMPARE(second[0].outcome, Outcome::AlreadyThere);
        QCOMPARE(second[0].folder, first[0].folder);
    }

    void aRunInTheTrashIsThere()
    {
        const Scene scene;
        static_cast<void>(scene.write());
        const auto first = readBundle(scene.there, scene.file).value();
        fs::create_directories(scene.there.trash());
        fs::rename(first[0].folder, scene.there.trash() / first[0].idHere());
        const auto again = readBundle(scene.there, scene.file).value();
        QCOMPARE(again[0].outcome, Outcome::AlreadyThere);
        QCOMPARE(again[0].folder.parent_path(), scene.there.trash());
        QVERIFY(fs::is_empty(scene.there.runs()));
    }

    void writingRefuses()
    {
        const Scene scene;
        const auto codeOf = [&](const std::vector<Packed>& packed) {
            const auto written = writeBundle(scene.file, packed);
            return written ? ErrorCode::Internal : written.error().code;
        };
        QCOMPARE(codeOf({}), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf({{scene.here.runs() / "gone", true, {}}}), ErrorCode::NotFound);
        QCOMPARE(codeOf({{scene.run, true, {}}, {scene.run, true, {}}}), ErrorCode::InvalidArgument);
        {
            const auto lock = jobs::JobLock::acquire(jobs::JobFolder::open(scene.here, scene.run.string()).value()).value();
            QCOMPARE(codeOf({{scene.run, true, {"Quick look", {}, {}}}}), ErrorCode::Busy);
        }
        QVERIFY(!fs::exists(scene.file));
        writeText(scene.file, "older");
        QCOMPARE(codeOf({{scene.run, true, {}}}), ErrorCode::AlreadyExists);
        QCOMPARE(readTextFile(scene.file).value(), std::string("older"));
        QVERIFY(scene.write({.replace = true}).fileBytes > 100);
    }

    void cancellingTheExportLeavesNothing_data()
    {
        QTest::addColumn<int>("after");
        QTest::newRow("at once") << 0;
        QTest::newRow("while hashing") << 2;
        QTest::newRow("while writing") << 12;
    }
    void cancellingTheExportLeavesNothing()
    {
        QFETCH(const int, after);
        const Scene scene;
        int asked = 0;
        const Progress progress{{}, [&] {
                                    return asked++ >= after;
                                }};
        const auto written = writeBundle(scene.file, {{scene.run, true, {}}}, {.withAdapters = true}, progress);
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::Stopped);
        std::set<std::string> left;
        for (const auto& entry : fs::directory_iterator(scene.root)) {
            left.insert(entry.path().filename().string());
        }
        QVERIFY2(left == std::set<std::string>{"here"}, left.empty() ? "" : left.rbegin()->c_str());
    }

    void cancellingTheImportLeavesNothing_data()
    {
        QTest::addColumn<int>("after");
        for (const int after : {0, 1, 4, 8}) {
            QTest::addRow("%d", after) << after;
        }
    }
    void cancellingTheImportLeavesNothing()
    {
        QFETCH(const int, after);
        const Scene scene;
        static_cast<void>(scene.write({.withAdapters = true}));
        int asked = 0;
        const Progress progress{{}, [&] {
                                    return asked++ >= after;
                                }};
        const auto read = readBundle(scene.there, scene.file, progress);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Stopped);
        QVERIFY(scene.nothingCame());
    }

    void progressGoesToTheEnd()
    {
        const Scene scene;
        std::uint64_t last = 0;
        std::uint64_t total = 0;
        const Progress progress{[&](std::uint64_t done, std::uint64_t all) {
                                    QVERIFY(done >= last);
                                    last = done;
                                    total = all;
                                },
                                {}};
        const auto written = writeBundle(scene.file, {{scene.run, true, {}}}, {}, progress).value();
        QCOMPARE(last, total);
        QCOMPARE(total, 2 * written.bytes);
        last = 0;
        static_cast<void>(readBundle(scene.there, scene.file, progress).value());
        QCOMPARE(last, written.bytes);
    }

    void namesAreLookedAt()
    {
        for (const char* good : {"config.json", "items/a b.jsonl", "masks/1-mask.safetensors", "报告.md", "a..b"}) {
            QVERIFY2(isMemberPath(good), good);
        }
        for (const char* bad :
             {"", "/", "a/", "/a", "a//b", ".", "..", "a/..", "../a", "a\\b", "a\nb", "x.part", "\xff", "checkpoints"}) {
            QVERIFY2(!isMemberPath(bad), bad);
        }
        QVERIFY(!isMemberPath(std::string(256, 'a')));
        QVERIFY(isEntryId("20261121-141530-quick-look-kfqz"));
        for (const char* bad : {"", ".", "..", "-a", ".a", "a/b", "a b", "ä"}) {
            QVERIFY2(!isEntryId(bad), bad);
        }
        QCOMPARE(entryIdOf("Mein Lauf (2)"), std::string("Mein-Lauf-2-"));
        QCOMPARE(entryIdOf("报告"), std::string("run"));
    }
};

LORI_TEST(BundleTest)
#include "bundle_test.moc"
