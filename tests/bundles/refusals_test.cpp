// SPDX-License-Identifier: Apache-2.0
// What somebody made by hand, or broke, is refused whole and in one sentence.
#include "core/support/sha256.h"
#include "tests/bundles/bundle_scene.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <sys/stat.h>
#include <zip.h>

using namespace lori;
using namespace lori::bundles;
using namespace lori::bundles::test;
using nlohmann::json;

namespace {

/// A zip made by hand. `unixMode` of the last file added, 0 for none.
class HandmadeZip {
public:
    explicit HandmadeZip(const fs::path& file)
    {
        int code = 0;
        m_zip = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    }
    HandmadeZip(const HandmadeZip&) = delete;
    HandmadeZip& operator=(const HandmadeZip&) = delete;
    ~HandmadeZip() { zip_close(m_zip); }
    void add(const std::string& name, const std::string& text, zip_uint32_t unixMode = 0)
    {
        m_texts.push_back(std::make_unique<std::string>(text));
        zip_source_t* source = zip_source_buffer(m_zip, m_texts.back()->data(), m_texts.back()->size(), 0);
        const auto index = static_cast<zip_uint64_t>(zip_file_add(m_zip, name.c_str(), source, ZIP_FL_ENC_UTF_8));
        if (unixMode != 0) {
            zip_file_set_external_attributes(m_zip, index, 0, ZIP_OPSYS_UNIX, unixMode << 16U);
        }
    }

private:
    std::vector<std::unique_ptr<std::string>> m_texts;
    zip_t* m_zip = nullptr;
};

json memberOf(const std::string& path, const std::string& text)
{
    return {{"path", path}, {"bytes", text.size()}, {"sha256", sha256Hex(text)}};
}

/// A manifest of one run "r" with these members.
json manifestOf(const json& members)
{
    const json entry{{"type", "run"},         {"id", "r"},         {"kind", "train"},   {"name", "R"}, {"note", ""},
                     {"tags", json::array()}, {"adapters", false}, {"members", members}};
    return {{"format", "lori-bundle"}, {"version", 1}, {"createdMs", 1}, {"entries", json::array({entry})}};
}

std::string configText()
{
    QTemporaryDir folder;
    const Home home{folder.path().toStdString()};
    return readTextFile(
               jobs::RunFolder::createOrOpen(home, experiment::findPreset("quick-look").value().config, "r").value().path() /
               "config.json")
        .value();
}

} // namespace

class BundleRefusalsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void foreignFilesAreRefused()
    {
        const Scene scene;
        const auto refusal = [&] {
            const auto read = readBundle(scene.there, scene.file);
            return read ? std::string("read") : read.error().message;
        };
        QCOMPARE(readBundle(scene.there, scene.root / "none.lori").error().code, ErrorCode::NotFound);
        writeText(scene.file, "");
        QVERIFY(refusal() == "bundle_not_a_zip" ||
                refusal() == "bundle_foreign_zip"); // libzip takes an empty file for an empty zip
        writeText(scene.file, std::string(5000, 'x'));
        QCOMPARE(refusal(), std::string("bundle_not_a_zip"));
        QCOMPARE(readBundle(scene.there, scene.root).error().message, std::string("bundle_not_a_zip"));
        HandmadeZip(scene.file).add("word/document.xml", "<w/>");
        QCOMPARE(refusal(), std::string("bundle_foreign_zip"));
        HandmadeZip(scene.file).add("lori-bundle.json", "{\"format\":\"something\"}");
        QCOMPARE(refusal(), std::string("bundle_foreign_zip"));
        static_cast<void>(scene.write({.replace = true}));
        fs::resize_file(scene.file, fs::file_size(scene.file) / 2); // a download that broke off
        QCOMPARE(refusal(), std::string("bundle_not_a_zip"));
        QVERIFY(scene.nothingCame());
    }

    void badManifestsAreRefused_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const char* pointer, const char* value, const char* code) {
            QTest::newRow(name) << QString::fromLatin1(pointer) << QString::fromLatin1(value) << QString::fromLatin1(code);
        };
        row("newer version", "/version", "2", "bundle_newer");
        row("no version", "/version", "0", "bundle_manifest");
        row("negative version", "/version", "-1", "bundle_manifest");
        row("entries no list", "/entries", "{}", "bundle_manifest");
        row("no entries", "/entries", "[]", "bundle_manifest");
        row("type", "/entries/0/type", "\"folder\"", "bundle_manifest");
        row("id leaves", "/entries/0/id", "\"..\"", "bundle_unsafe_path");
        row("id with slash", "/entries/0/id", "\"a/b\"", "bundle_unsafe_path");
        row("tags", "/entries/0/tags", "3", "bundle_manifest");
        row("path up", "/entries/0/members/0/path", "\"../x\"", "bundle_unsafe_path");
        row("absolute path", "/entries/0/members/0/path", "\"/etc/passwd\"", "bundle_unsafe_path");
        row("bytes negative", "/entries/0/members/0/bytes", "-5", "bundle_manifest");
        row("bytes other", "/entries/0/members/0/bytes", "5", "bundle_damaged");
        row("bytes huge", "/entries/0/members/0/bytes", "18446744073709551615", "bundle_damaged");
        row("hash short", "/entries/0/members/0/sha256", "\"00\"", "bundle_manifest");
        row("hash differs", "/entries/0/members/0/sha256", ("\"" + std::string(64, '0') + "\"").c_str(), "bundle_damaged");
        row("no such member", "/entries/0/members/0/path", "\"other.json\"", "bundle_missing");
    }
    void badManifestsAreRefused()
    {
        QFETCH(const QString, pointer);
        QFETCH(const QString, value);
        QFETCH(const QString, code);
        const Scene scene;
        const std::string config = configText();
        json manifest = manifestOf(json::array({memberOf("config.json", config)}));
        manifest[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
        {
            HandmadeZip zip(scene.file);
            zip.add("lori-bundle.json", manifest.dump());
            zip.add("runs/r/config.json", config);
        }
        const auto read = readBundle(scene.there, scene.file);
        QVERIFY(!read);
        QCOMPARE(QString::fromStdString(read.error().message), code);
        QVERIFY(!read.error().hint.empty());
        QVERIFY(scene.nothingCame());
    }

    void theHandmadeBundleIsGoodWithoutItsFault()
    {
        const Scene scene;
        const std::string config = configText();
        {
            HandmadeZip zip(scene.file);
            zip.add("lori-bundle.json", manifestOf(json::array({memberOf("config.json", config)})).dump());
            zip.add("runs/r/config.json", config, S_IFREG | 0644U);
        }
        QCOMPARE(readBundle(scene.there, scene.file).value()[0].outcome, Outcome::Added);
    }

    void membersThatAreNotWhatTheyShouldBeAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<uint>("mode");
        QTest::addColumn<bool>("listed");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* what, const char* name, unsigned mode, bool listed, const char* code) {
            QTest::newRow(what) << QString::fromLatin1(name) << mode << listed << QString::fromLatin1(code);
        };
        row("up", "runs/r/../../../x", 0, false, "bundle_unsafe_path");
        row("up from the top", "../x", 0, false, "bundle_unsafe_path");
        row("absolute", "/tmp/x", 0, false, "bundle_unsafe_path");
        row("backslash", "runs/r/..\\..\\x", 0, false, "bundle_unsafe_path");
        row("beside the run", "settings.json", 0, false, "bundle_unsafe_path");
        row("lock", "runs/r/run.lock", 0, false, "bundle_unsafe_path");
        row("commands", "runs/r/control.jsonl", 0, false, "bundle_unsafe_path");
        row("checkpoint", "runs/r/checkpoints/a.safetensors", 0, false, "bundle_unsafe_path");
        row("hidden", "runs/r/.bashrc", 0, false, "bundle_unsafe_path");
        row("link", "runs/r/report.md", S_IFLNK | 0777U, true, "bundle_not_plain");
        row("device", "runs/r/report.md", S_IFCHR | 0666U, true, "bundle_not_plain");
        row("not listed", "runs/r/report.md", 0, false, "bundle_unlisted");
        row("of a run that is not listed", "runs/s/report.md", 0, false, "bundle_unlisted");
    }
    void membersThatAreNotWhatTheyShouldBeAreRefused()
    {
        QFETCH(const QString, name);
        QFETCH(const uint, mode);
        QFETCH(const bool, listed);
        QFETCH(const QString, code);
        const Scene scene;
        const std::string config = configText();
        const std::string text = "/etc/hostname";
        json members = json::array({memberOf("config.json", config)});
        if (listed) {
            members.push_back(memberOf("report.md", text));
        }
        {
            HandmadeZip zip(scene.file);
            zip.add("lori-bundle.json", manifestOf(members).dump());
            zip.add("runs/r/config.json", config);
            zip.add(name.toStdString(), text, mode);
        }
        const auto read = readBundle(scene.there, scene.file);
        QVERIFY(!read);
        QCOMPARE(QString::fromStdString(read.error().message), code);
        QCOMPARE(read.error().arguments.at(0), name.toStdString());
        QVERIFY(scene.nothingCame());
        QVERIFY(!fs::exists(scene.root / "x"));
    }

    void whatIsTooLargeIsRefusedBeforeItIsUnpacked()
    {
        const Scene scene;
        const Written written = scene.write();
        const auto refusal = [&](const Limits& limits) {
            const auto read = readBundle(scene.there, scene.file, {}, limits);
            return read ? std::string("read") : read.error().message;
        };
        QCOMPARE(refusal({.bytes = written.bytes - 1}), std::string("bundle_too_large"));
        QCOMPARE(refusal({.files = written.files}), std::string("bundle_too_many")); // the list itself is one more
        QCOMPARE(refusal({.manifestBytes = 100}), std::string("bundle_too_large"));
        QVERIFY(scene.nothingCame());
        QCOMPARE(refusal({.bytes = written.bytes, .files = written.files + 1}), std::string("read"));
    }

    void aFolderThatIsNoRunRefusesTheWholeFile()
    {
        const Scene scene;
        const std::string config = configText();
        json manifest = manifestOf(json::array({memberOf("config.json", config)}));
        json second = manifest["entries"][0];
        second["id"] = "s";
        second["members"] = json::array({memberOf("config.json", "{]")});
        manifest["entries"].push_back(second);
        {
            HandmadeZip zip(scene.file);
            zip.add("lori-bundle.json", manifest.dump());
            zip.add("runs/r/config.json", config);
            zip.add("runs/s/config.json", "{]");
        }
        QVERIFY(!readBundle(scene.there, scene.file));
        QVERIFY(scene.nothingCame()); // not even the good one
    }
};

LORI_TEST(BundleRefusalsTest)
#include "refusals_test.moc"
