// SPDX-License-Identifier: GPL-3.0-or-later
// Which adapters a person can choose from, and how they are chosen.
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"

#include "core/formats/adapter_record.h"
#include "ui/frame/adapter_picker.h"
#include "ui/models/table_model.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>

#include <fstream>

using namespace lori;
using namespace lori::ui;
using lori::ui::test::WindowFixture;

namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text)
{
    std::ofstream(file) << text;
}

/// A folder as the program writes it, without tensors: the catalog reads none.
void writeAdapter(const fs::path& folder, const std::string& method, double sparsity, std::uint64_t seed)
{
    fs::create_directories(folder);
    write(folder / "adapter_config.json", R"({"peft_type": "LORA", "r": 8, "base_model_name_or_path": "tiny"})");
    formats::AdapterRecord record;
    record.method = method;
    record.sparsity = sparsity;
    record.projectionSeed = seed;
    record.projectionHash = "ab";
    record.baseFingerprint = "cd";
    write(folder / "lori.json", formats::recordToJson(record).dump());
}

class AdapterCatalogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyAdapterOfARunIsKnownByTheRunsName()
    {
        WindowFixture fixture;
        experiment::RunConfig config = WindowFixture::shortConfig();
        config.name = "Capitals";
        const auto run = jobs::RunFolder::create(fixture.home, config).value();
        writeAdapter(run.path() / "adapter" / "0-lori-d", "lori-d", 0, 11);
        writeAdapter(run.path() / "adapter" / "2-lori-s", "lori-s", 0.9, 11);
        fs::create_directories(run.path() / "adapter" / "1-half-written");
        const auto found = findAdapters(fixture.home);
        QCOMPARE(found.size(), std::size_t{2});
        const auto sparse = std::find_if(found.begin(), found.end(), [](const auto& each) { return each.method == "lori-s"; });
        QVERIFY(sparse != found.end());
        QCOMPARE(sparse->name, QStringLiteral("Capitals · LoRI-S"));
        QCOMPARE(sparse->runId, QString::fromStdString(run.id()));
        QCOMPARE(sparse->rank, 8);
        QCOMPARE(sparse->sparsity, 0.9);
        QVERIFY(sparse->hasSeed && sparse->seed == 11);
        QVERIFY(sparse->bytes > 0);
        QVERIFY(!sparse->tasks.empty());
    }

    void aMergeIsNamedByTheRunsOfItsParts()
    {
        WindowFixture fixture;
        experiment::RunConfig config = WindowFixture::shortConfig();
        config.name = "Capitals";
        const auto run = jobs::RunFolder::create(fixture.home, config).value();
        const fs::path part = run.path() / "adapter" / "2-lori-s";
        writeAdapter(part, "lori-s", 0.9, 11);
        const fs::path job = fixture.home.jobs() / "20261130-120000-merge-abcd";
        writeAdapter(job / "merged", "merged", 0, 11);
        formats::AdapterRecord record;
        record.method = "merged";
        record.merge.emplace();
        record.merge->type = "concat";
        record.merge->mode = "exact";
        record.merge->adapters = {{"2-lori-s", 1, "lori-s", "ab"}, {"elsewhere", 1, "lora", "cd"}};
        formats::AdapterRecord ofThree = record;
        ofThree.merge->adapters.push_back({"third", 1, "lora", "ef"});
        write(job / "merged" / "lori.json", formats::recordToJson(record).dump());
        const auto nameOfTheMerge = [&] {
            const auto found = findAdapters(fixture.home);
            const auto merge = std::find_if(found.begin(), found.end(), [](const auto& each) { return each.merge.has_value(); });
            return merge != found.end() ? merge->name : QString();
        };
        QCOMPARE(nameOfTheMerge(), QStringLiteral("2-lori-s + elsewhere")); // a job of an older program says less
        write(job / "job.json",
              nlohmann::json{{"options", {{"adapters", {{{"folder", part.string()}}, {{"folder", 7}}}}}}}.dump());
        QCOMPARE(nameOfTheMerge(), QStringLiteral("Capitals · LoRI-S + elsewhere"));
        write(job / "merged" / "lori.json", formats::recordToJson(ofThree).dump());
        QCOMPARE(nameOfTheMerge(), QStringLiteral("Capitals · LoRI-S + … (3)"));
    }

    void aFolderThatIsNoAdapterIsSaidSo()
    {
        const QTemporaryDir folder;
        const auto none = describeAdapter(folder.path().toStdString());
        QVERIFY(!none && none.error().code == ErrorCode::Unsupported);
        write(fs::path(folder.path().toStdString()) / "adapter_config.json", "{");
        QVERIFY(!describeAdapter(folder.path().toStdString()));
    }

    void anAdapterOfLlamaCppIsKnownByItsFile()
    {
        const QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "capitals.gguf";
        lori::test::GgufBuilder builder;
        builder.setText("general.architecture", "llama");
        builder.setText("general.type", "adapter");
        builder.setText("general.base_model.0.name", "Small Llama");
        builder.setText("adapter.type", "lora");
        builder.setF32("adapter.lora.alpha", 4);
        builder.tensors.push_back({"blk.0.ffn_down.weight.lora_a", {64, 2}, 0, lori::test::zeros(512), -1});
        builder.tensors.push_back({"blk.0.ffn_down.weight.lora_b", {2, 32}, 0, lori::test::zeros(256), -1});
        write(file, builder.build());
        const auto found = describeAdapter(file);
        QVERIFY2(found.has_value(), found ? "" : found.error().sentence().c_str());
        QCOMPARE(found->folder, file);
        QCOMPARE(found->name, QStringLiteral("capitals"));
        QCOMPARE(found->rank, std::int64_t{2});
        QCOMPARE(found->baseModel, QStringLiteral("Small Llama"));
        QCOMPARE(found->bytes, static_cast<std::int64_t>(fs::file_size(file)));
        WindowFixture fixture;
        QCOMPARE(findAdapters(fixture.home, {file}).size(), std::size_t{1});
    }

    void whatIsChosenStaysChosenWhileTheSearchHidesIt()
    {
        WindowFixture fixture;
        for (const char* name : {"Capitals", "Sums"}) {
            experiment::RunConfig config = WindowFixture::shortConfig();
            config.name = name;
            writeAdapter(jobs::RunFolder::create(fixture.home, config).value().path() / "adapter" / "0-lori-d", "lori-d", 0, 1);
        }
        AdapterPicker picker(*fixture.adapters, AdapterPicker::Choice::Several);
        picker.show();
        QTRY_COMPARE(picker.table()->model()->rowCount(), 2);
        const QSignalSpy changed(&picker, &AdapterPicker::changed);
        picker.table()->setFocus();
        QTest::keyClick(picker.table(), Qt::Key_Home, Qt::ControlModifier);
        picker.table()->setCurrentIndex(picker.table()->model()->index(0, 0));
        QTest::keyClick(picker.table(), Qt::Key_Space);
        if (picker.chosen().empty()) { // the current row was selected by Home already
            QTest::keyClick(picker.table(), Qt::Key_Space);
        }
        QCOMPARE(picker.chosen().size(), std::size_t{1});
        QVERIFY(!changed.isEmpty());
        const auto first = picker.chosen();
        const QString shown = picker.table()->model()->index(0, 0).data().toString();
        auto* search = picker.findChild<QLineEdit*>(QStringLiteral("adapterSearch"));
        search->setText(shown.startsWith(QStringLiteral("Capitals")) ? QStringLiteral("sums") : QStringLiteral("capitals"));
        QCOMPARE(picker.table()->model()->rowCount(), 1);
        QCOMPARE(picker.chosen(), first);
        picker.table()->selectAll();
        QCOMPARE(picker.chosen().size(), std::size_t{2});
        QCOMPARE(picker.chosen().front(), first.front());
        search->clear();
        QCOMPARE(picker.table()->selectionModel()->selectedRows().size(), 2);
    }

    void anAdapterThatWentAwayIsNoLongerChosen()
    {
        WindowFixture fixture;
        const auto run = jobs::RunFolder::create(fixture.home, WindowFixture::shortConfig()).value();
        const fs::path folder = run.path() / "adapter" / "0-lori-d";
        writeAdapter(folder, "lori-d", 0, 1);
        AdapterPicker picker(*fixture.adapters, AdapterPicker::Choice::One);
        QTRY_VERIFY(fixture.adapters->isRead());
        picker.choose({folder, "/not/there"});
        QCOMPARE(picker.chosen(), std::vector<fs::path>{folder});
        fs::remove_all(folder);
        fixture.adapters->refresh();
        QTRY_VERIFY(picker.chosen().empty());
        QVERIFY(fixture.adapters->find(folder) == nullptr);
    }

    void foldersOpenedByHandAreKnownAfterARestart()
    {
        QTemporaryDir home;
        const fs::path elsewhere = fs::path(home.path().toStdString()) / "elsewhere" / "mine";
        writeAdapter(elsewhere, "lori-s", 0.9, 7);
        {
            const WindowFixture fixture(home.path());
            fixture.adapters->include(elsewhere);
            fixture.adapters->include(elsewhere); // once is enough
            QTRY_VERIFY(fixture.adapters->find(elsewhere) != nullptr);
        }
        fs::rename(elsewhere, elsewhere.parent_path() / "away");
        {
            const WindowFixture fixture(home.path());
            fixture.adapters->refresh();
            QTRY_VERIFY(fixture.adapters->isRead());
            QVERIFY(fixture.adapters->find(elsewhere) == nullptr); // gone, and no reason to complain
        }
        fs::rename(elsewhere.parent_path() / "away", elsewhere);
        const WindowFixture fixture(home.path());
        fixture.adapters->refresh();
        QTRY_VERIFY(fixture.adapters->find(elsewhere) != nullptr);
        QCOMPARE(fixture.adapters->adapters().size(), std::size_t{1});
    }
};

} // namespace

LORI_TEST(AdapterCatalogTest)
#include "adapter_catalog_test.moc"
