// SPDX-License-Identifier: GPL-3.0-or-later
// Which base models the window knows, and what becomes of those that are added, moved or taken off the list.
#include "core/formats/model_files.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"
#include "ui/models/model_table_model.h"
#include "ui/services/model_library.h"

#include <QSignalSpy>
#include <QtTest>

using namespace lori;
using namespace lori::ui;
using namespace lori::test;

namespace {

namespace fs = std::filesystem;

/// A home in which no built-in model is found, whatever this machine has.
struct LibraryFixture {
    TestFolder folder;
    Home home;
    LibraryFixture()
    {
        qputenv("LORI_MODEL_DIR", (folder.path() / "none").c_str());
        qputenv("LORI_DEPS_DIR", (folder.path() / "none").c_str());
        home.root = folder.path() / "home";
        fs::create_directories(home.root);
    }
};

const ModelEntry& entryOf(const ModelLibrary& library, const char* name)
{
    const ModelEntry* entry = library.find(QLatin1String(name));
    if (entry == nullptr) {
        qFatal("the library has no %s", name);
    }
    return *entry;
}

class ModelLibraryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_modelDir = qgetenv("LORI_MODEL_DIR");
        m_depsDir = qgetenv("LORI_DEPS_DIR");
    }
    void cleanup()
    {
        m_modelDir.isNull() ? qunsetenv("LORI_MODEL_DIR") : qputenv("LORI_MODEL_DIR", m_modelDir);
        m_depsDir.isNull() ? qunsetenv("LORI_DEPS_DIR") : qputenv("LORI_DEPS_DIR", m_depsDir);
    }

    void aFileIsCheckedAndThenListed()
    {
        const LibraryFixture fixture;
        const fs::path file = fixture.folder.write("tiny.gguf", smallGguf().build());
        ModelLibrary library(fixture.home);
        const QSignalSpy added(&library, &ModelLibrary::added);
        library.add(file);
        QCOMPARE(entryOf(library, "tiny").state, ModelState::Checking);
        QTRY_COMPARE(added.count(), 1);
        const ModelEntry& entry = entryOf(library, "tiny");
        QCOMPARE(entry.state, ModelState::Ready);
        QVERIFY(entry.registered && entry.facts);
        QCOMPARE(entry.facts->config.family, std::string("llama"));
        QCOMPARE(entry.facts->config.shape.layers, 1);
        QCOMPARE(entry.facts->storedAs, std::string("F32"));
        QCOMPARE(entry.facts->fingerprint, formats::modelFingerprint(formats::openModel(file).value()));
        QCOMPARE(formats::resolveModel(fixture.home.root, "tiny").value(), file);
        QCOMPARE(library.withFingerprint(entry.facts->fingerprint), &entry);
        QCOMPARE(library.withFingerprint(""), nullptr);
    }

    void theConfigurationStandsForItsFolder()
    {
        const LibraryFixture fixture;
        const TestFolder model;
        writeSmallFolder(model);
        ModelLibrary library(fixture.home);
        const QSignalSpy added(&library, &ModelLibrary::added);
        library.add(model.path() / "config.json");
        QTRY_COMPARE(added.count(), 1);
        const ModelEntry* entry = library.find(added.front().front().toString());
        QVERIFY(entry != nullptr);
        QCOMPARE(entry->path, model.path());
        QCOMPARE(entry->state, ModelState::Ready);
    }

    void twoOfOneNameGetNamesOfTheirOwn()
    {
        const LibraryFixture fixture;
        const fs::path first = fixture.folder.write("a/tiny.gguf", smallGguf().build());
        const fs::path second = fixture.folder.write("b/tiny.gguf", smallGguf().build());
        ModelLibrary library(fixture.home);
        library.add(first);
        library.add(second);
        QTRY_VERIFY(!library.isBusy());
        QCOMPARE(entryOf(library, "tiny").path, first);
        QCOMPARE(entryOf(library, "tiny-2").path, second);
        library.add(first); // listed already
        QTRY_VERIFY(!library.isBusy());
        QCOMPARE(library.entries().size(), std::size_t{3});
    }

    void whatCannotBeUsedIsShownWithTheReasonAndNotListed()
    {
        const LibraryFixture fixture;
        const TestFolder bert;
        writeSmallFolder(bert);
        nlohmann::json config = smallConfig();
        config["model_type"] = "bert";
        bert.write("config.json", config.dump());
        const std::string whole = smallGguf().build();
        const fs::path cut = fixture.folder.write("cut.gguf", whole.substr(0, whole.size() / 2));
        ModelLibrary library(fixture.home);
        const QSignalSpy refused(&library, &ModelLibrary::refused);
        library.add(bert.path());
        library.add(cut);
        QTRY_COMPARE(refused.count(), 2);
        for (const auto& call : refused) {
            const ModelEntry* entry = library.find(call.front().toString());
            QVERIFY(entry != nullptr && entry->problem && !entry->registered);
            QCOMPARE(entry->state, ModelState::Refused);
            QVERIFY(ModelTableModel::stateText(*entry).startsWith(QStringLiteral("cannot be used: ")));
        }
        const QString why = ModelTableModel::stateText(*library.find(refused.front().front().toString()));
        QVERIFY2(why.contains(QStringLiteral("bert")), qPrintable(why));
        QCOMPARE(formats::registeredModels(fixture.home.root).size(), std::size_t{1});
        library.refresh(); // it stays for this session
        QVERIFY(library.find(QStringLiteral("cut")) != nullptr);
        library.remove(QStringLiteral("cut"));
        QVERIFY(library.find(QStringLiteral("cut")) == nullptr && fs::exists(cut));
        fixture.folder.overwrite("cut.gguf", whole); // mended: looked at again
        library.add(cut);
        QTRY_COMPARE(entryOf(library, "cut").state, ModelState::Ready);
    }

    void aModelWhoseFilesAreGoneIsFoundAgain()
    {
        const LibraryFixture fixture;
        const fs::path file = fixture.folder.write("tiny.gguf", smallGguf().build());
        formats::registerModel(fixture.home.root, "mine", file).value();
        ModelLibrary library(fixture.home);
        library.refresh();
        QTRY_COMPARE(entryOf(library, "mine").state, ModelState::Ready);
        const fs::path moved = fixture.folder.path() / "moved.gguf";
        fs::rename(file, moved);
        library.refresh();
        QCOMPARE(entryOf(library, "mine").state, ModelState::Missing);
        QVERIFY(entryOf(library, "mine").problem);
        const QSignalSpy failed(&library, &ModelLibrary::failed);
        library.relocate(QStringLiteral("mine"), fixture.folder.write("other.gguf", "text"));
        QTRY_COMPARE(failed.count(), 1); // no model: it is missing still
        QCOMPARE(entryOf(library, "mine").state, ModelState::Missing);
        library.relocate(QStringLiteral("mine"), moved);
        QTRY_COMPARE(entryOf(library, "mine").state, ModelState::Ready);
        QCOMPARE(formats::resolveModel(fixture.home.root, "mine").value(), moved);
    }

    void takingOffTheListLeavesTheFiles()
    {
        const LibraryFixture fixture;
        const fs::path file = fixture.folder.write("tiny.gguf", smallGguf().build());
        ModelLibrary library(fixture.home);
        library.add(file);
        QTRY_VERIFY(!library.isBusy());
        library.remove(QStringLiteral("tiny"));
        QVERIFY(library.find(QStringLiteral("tiny")) == nullptr);
        QTRY_VERIFY(!library.isBusy());
        QCOMPARE(formats::registeredModels(fixture.home.root).size(), std::size_t{1});
        QVERIFY(fs::exists(file));
        const std::size_t before = library.entries().size();
        library.remove(library.entries().front().name); // the built-in one
        QCOMPARE(library.entries().size(), before);
    }

    void removingAndAddingAgainAtOnceComesOutAsAsked()
    {
        const LibraryFixture fixture;
        const fs::path file = fixture.folder.write("tiny.gguf", smallGguf().build());
        ModelLibrary library(fixture.home);
        library.add(file);
        QTRY_VERIFY(!library.isBusy());
        library.remove(QStringLiteral("tiny")); // models.json has it still
        library.add(file);
        QTRY_VERIFY(!library.isBusy());
        QCOMPARE(entryOf(library, "tiny").state, ModelState::Ready);
        QCOMPARE(formats::registeredModels(fixture.home.root).size(), std::size_t{2});
        library.remove(QStringLiteral("tiny"));
        library.add(file);
        library.remove(QStringLiteral("tiny")); // while it is being checked
        QTRY_VERIFY(!library.isBusy());
        QVERIFY(library.find(QStringLiteral("tiny")) == nullptr);
        QCOMPARE(formats::registeredModels(fixture.home.root).size(), std::size_t{1});
    }

    void aDamagedListIsSaidAndLeftAlone()
    {
        const LibraryFixture fixture;
        const fs::path file = fixture.folder.write("tiny.gguf", smallGguf().build());
        fixture.folder.write("home/models.json", "{broken");
        ModelLibrary library(fixture.home);
        const QSignalSpy refused(&library, &ModelLibrary::refused);
        library.add(file);
        QTRY_COMPARE(refused.count(), 1);
        QVERIFY(entryOf(library, "tiny").problem->where.find("models.json") != std::string::npos);
        QCOMPARE(readTextFile(fixture.home.root / "models.json").value(), std::string("{broken"));
    }

private:
    QByteArray m_modelDir;
    QByteArray m_depsDir;
};

} // namespace

LORI_TEST(ModelLibraryTest)
#include "model_library_test.moc"
