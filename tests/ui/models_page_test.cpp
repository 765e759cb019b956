// SPDX-License-Identifier: GPL-3.0-or-later
// The page of models and adapters as a person uses it.
#include "core/formats/model_files.h"
#include "tests/formats/adapter_builder.h"
#include "tests/support/test_registry.h"
#include "tests/ui/adapter_folders.h"
#include "tests/ui/window_fixture.h"
#include "ui/frame/adapter_exports.h"
#include "ui/frame/adapter_picker.h"
#include "ui/frame/message_bar.h"
#include "ui/models/table_model.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/models/fact_list.h"
#include "ui/pages/models/models_page.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/model_library.h"
#include "ui/services/page_router.h"
#include "ui/widgets/second_text.h"

#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QWizard>

using namespace lori;
using namespace lori::ui;
using namespace lori::test;
using lori::ui::test::adapterRun;
using lori::ui::test::WindowFixture;

namespace {

namespace fs = std::filesystem;

/// The window at its page of models.
struct Shown {
    WindowFixture fixture;
    TestFolder files;
    std::unique_ptr<MainWindow> window = fixture.makeWindow();
    ModelsPage* page = nullptr;

    Shown() { open(); }
    void open()
    {
        fixture.context.pages = window->findChild<PageRouter*>();
        page = &pageOf<ModelsPage>(*window);
        fixture.context.pages->go(intents::ShowAdapter{});
        page->showModels();
    }
    template <typename Widget>
    Widget* get(const char* name) const
    {
        auto* found = page->findChild<Widget*>(QLatin1String(name));
        if (found == nullptr) {
            qFatal("the page has no %s", name);
        }
        return found;
    }
    QPushButton* button(const char* name) const { return get<QPushButton>(name); }
    [[nodiscard]] QString text(const char* label) const { return get<QLabel>(label)->text(); }
    [[nodiscard]] QString said() const { return window->findChild<MessageBar*>()->text(); }
    [[nodiscard]] ModelLibrary& library() const { return page->library(); }
    [[nodiscard]] ModelState stateOf(const char* name) const
    {
        const ModelEntry* entry = library().find(QLatin1String(name));
        return entry == nullptr ? ModelState::Checking : entry->state;
    }
    [[nodiscard]] std::string chosenModel() const
    {
        const auto* table = get<QTableView>("modelTable");
        return table->currentIndex().data(TableRole::Id).toString().toStdString();
    }
};

class ModelsPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFileIsAddedAndUsedInTheExperiment()
    {
        Shown shown;
        const fs::path file = shown.files.write("tiny.gguf", smallGguf().build());
        shown.page->openFile(QString::fromStdString(file.string()));
        QTRY_COMPARE(shown.stateOf("tiny"), ModelState::Ready);
        QTRY_COMPARE(shown.chosenModel(), std::string("tiny"));
        QCOMPARE(shown.text("modelTitle"), QStringLiteral("tiny"));
        const auto* facts = shown.get<FactList>("modelFacts");
        QCOMPARE(facts->valueOf(QStringLiteral("Family")), QStringLiteral("llama"));
        QCOMPARE(facts->valueOf(QStringLiteral("Where")), QString::fromStdString(file.string()));
        QVERIFY(!facts->valueOf(QStringLiteral("Fingerprint")).isEmpty());
        QVERIFY(!shown.get<FactList>("modelCost")->valueOf(QStringLiteral("Memory")).isEmpty());
        auto& experiment = pageOf<ExperimentPage>(*shown.window);
        const std::string before = experiment.draft().config().model;
        QTest::keyClick(shown.get<QTableView>("modelTable"), Qt::Key_Return);
        QCOMPARE(experiment.draft().config().model, std::string("tiny"));
        QVERIFY(experiment.isVisible());
        const auto* choice = experiment.findChild<QComboBox*>(QStringLiteral("simple.model"));
        QVERIFY(choice != nullptr && choice->currentData().toString() == QLatin1String("tiny"));
        QTRY_VERIFY(choice->currentData(SecondTextDelegate::kRole).toString().startsWith(QStringLiteral("llama, ")));
        experiment.findChild<QPushButton*>(QStringLiteral("stepByStep"))->click();
        const auto* listed = experiment.findChild<QListWidget*>(QStringLiteral("wizardModel"));
        QVERIFY(listed != nullptr && !listed->findItems(QStringLiteral("tiny – llama, "), Qt::MatchStartsWith).isEmpty());
        experiment.findChild<QWizard*>()->reject();
        shown.fixture.undo.undo();
        QCOMPARE(experiment.draft().config().model, before);
    }

    void aRefusedModelSaysWhyAndCanBeRemoved()
    {
        Shown shown;
        TestFolder model;
        writeSmallFolder(model);
        nlohmann::json config = smallConfig();
        config["model_type"] = "bert";
        model.write("config.json", config.dump());
        const QSignalSpy refused(&shown.library(), &ModelLibrary::refused);
        shown.page->openFile(QString::fromStdString(model.path().string()));
        QTRY_COMPARE(refused.count(), 1);
        QVERIFY2(shown.text("modelState").contains(QStringLiteral("bert")), qPrintable(shown.text("modelState")));
        QVERIFY(!shown.button("useModel")->isEnabled());
        QVERIFY(shown.button("useModel")->toolTip().contains(QStringLiteral("bert")));
        const std::size_t before = shown.library().entries().size();
        shown.get<QTableView>("modelTable")->setFocus();
        QTest::keyClick(shown.get<QTableView>("modelTable"), Qt::Key_Delete);
        QCOMPARE(shown.library().entries().size(), before - 1);
        QVERIFY(fs::exists(model.path() / "config.json"));
    }

    void theListSaysHowManyRunsAModelHasAndItsTokenizer()
    {
        Shown shown;
        auto config = WindowFixture::shortConfig(3);
        const auto run = jobs::RunFolder::create(shown.fixture.home, config).value();
        shown.fixture.history->open();
        QTRY_VERIFY_WITH_TIMEOUT(shown.fixture.history->find(QString::fromStdString(run.id())).has_value(), 10'000);
        shown.window->showPage(QStringLiteral("home"));
        shown.window->showPage(QStringLiteral("models")); // counted when it is looked at
        const auto* model = shown.get<QTableView>("modelTable")->model();
        const auto cell = [&](const char* id) {
            for (int column = 0; column < model->columnCount(); ++column) {
                if (model->headerData(column, Qt::Horizontal, TableRole::ColumnId).toString() == QLatin1String(id)) {
                    return model->index(0, column).data().toString();
                }
            }
            return QString();
        };
        QTRY_VERIFY2(cell("runs").startsWith(QStringLiteral("1 run")), qPrintable(cell("runs")));
        const ModelEntry& builtIn = shown.library().entries().front();
        QTRY_COMPARE(cell("tokenizer").endsWith(QStringLiteral("tokens")), builtIn.facts != nullptr);
    }

    void removingCanBeUndone()
    {
        Shown shown;
        const fs::path file = shown.files.write("tiny.gguf", smallGguf().build());
        shown.library().add(file, QStringLiteral("mine"));
        QTRY_COMPARE(shown.stateOf("mine"), ModelState::Ready);
        QTest::mouseClick(shown.button("removeModel"), Qt::LeftButton);
        QVERIFY(shown.library().find(QStringLiteral("mine")) == nullptr && fs::exists(file));
        QVERIFY(shown.said().contains(QStringLiteral("mine")));
        auto* bar = shown.window->findChild<MessageBar*>();
        QPushButton* undo = nullptr;
        for (QPushButton* one : bar->findChildren<QPushButton*>()) {
            undo = one->text().contains(QStringLiteral("Undo")) ? one : undo;
        }
        QVERIFY(undo != nullptr);
        undo->click();
        QTRY_COMPARE(shown.stateOf("mine"), ModelState::Ready);
        QTRY_VERIFY(!shown.library().isBusy());
        QVERIFY(formats::resolveModel(shown.fixture.home.root, "mine").has_value());
    }

    void aModelWhoseFilesAreGoneOffersToFindThem()
    {
        Shown shown;
        const fs::path file = shown.files.write("tiny.gguf", smallGguf().build());
        shown.library().add(file);
        QTRY_COMPARE(shown.stateOf("tiny"), ModelState::Ready);
        QVERIFY(!shown.button("findModel")->isEnabled());
        fs::remove(file);
        shown.library().refresh();
        QCOMPARE(shown.stateOf("tiny"), ModelState::Missing);
        QVERIFY(shown.button("findModel")->isEnabled());
        QVERIFY(!shown.button("useModel")->isEnabled());
        QVERIFY(shown.text("modelState").contains(QStringLiteral("Find it")));
        QCOMPARE(shown.button("useModel")->toolTip(), QStringLiteral("not found"));
    }

    void theFormOffersToFindAModelThatIsGone()
    {
        WindowFixture fixture;
        const TestFolder files;
        const fs::path file = files.write("tiny.gguf", smallGguf().build());
        QVERIFY(formats::registerModel(fixture.home.root, "tiny", file).has_value());
        const auto window = fixture.makeWindow();
        auto& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        const auto choose = [&](const std::string& model) {
            page.draft().edit(QStringLiteral("model"), [&](experiment::RunConfig& config) { config.model = model; });
        };
        auto* notes = page.findChild<QLabel*>(QStringLiteral("previewNotes"));
        const auto find = [&](const fs::path& now) { // as the person who follows the link and chooses a file
            Q_EMIT notes->linkActivated(QStringLiteral("find-model"));
            auto* dialog = page.findChild<QFileDialog*>(QStringLiteral("findModelDialog"));
            QVERIFY(dialog != nullptr);
            Q_EMIT dialog->fileSelected(QString::fromStdString(now.string()));
            delete dialog;
        };
        choose("tiny");
        QTest::qWait(200);
        QVERIFY2(!notes->text().contains(QStringLiteral("find-model")), qPrintable(notes->text()));
        const fs::path moved = files.path() / "moved.gguf";
        fs::rename(file, moved);
        choose("smollm2-135m-instruct");
        choose("tiny");
        QTRY_VERIFY2(notes->text().contains(QStringLiteral("find-model")), qPrintable(notes->text()));
        find(moved);
        QTRY_VERIFY2(!notes->text().contains(QStringLiteral("find-model")), qPrintable(notes->text()));
        QCOMPARE(formats::resolveModel(fixture.home.root, "tiny").value(), moved);
        QCOMPARE(page.draft().config().model, std::string("tiny")); // its name goes on

        choose(file.string()); // by its path: the draft takes the new one
        QTRY_VERIFY2(notes->text().contains(QStringLiteral("find-model")), qPrintable(notes->text()));
        find(moved);
        QCOMPARE(page.draft().config().model, moved.string());
        QTRY_VERIFY2(!notes->text().contains(QStringLiteral("find-model")), qPrintable(notes->text()));
        choose("nobody"); // no path: nothing was anywhere
        QTest::qWait(200);
        QVERIFY2(!notes->text().contains(QStringLiteral("find-model")), qPrintable(notes->text()));
    }

    void theFormsModelButtonLeadsToAFolderAndToAFile()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        auto& page = pageOf<ExperimentPage>(*window);
        window->showPage(QStringLiteral("experiment"));
        page.setAdvanced(true);
        for (const char* name : {"simple.model.browse", "model.browse"}) {
            const auto* button = page.findChild<QPushButton*>(QLatin1String(name));
            QVERIFY2(button != nullptr && button->menu() != nullptr, name);
            QStringList actions;
            for (const QAction* action : button->menu()->actions()) {
                actions << action->objectName();
            }
            QCOMPARE(actions, QStringList({QStringLiteral("chooseModelFolder"), QStringLiteral("chooseModelFile")}));
        }
    }

    void arrowKeysChooseAndTheBuiltInModelStays()
    {
        Shown shown;
        shown.library().add(shown.files.write("tiny.gguf", smallGguf().build()));
        QTRY_COMPARE(shown.stateOf("tiny"), ModelState::Ready);
        auto* table = shown.get<QTableView>("modelTable");
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(shown.chosenModel(), std::string("smollm2-135m-instruct"));
        QVERIFY(shown.text("modelTitle").contains(QStringLiteral("built in")));
        QVERIFY(!shown.button("removeModel")->isEnabled());
        QVERIFY(!shown.button("removeModel")->toolTip().isEmpty());
        QTest::keyClick(table, Qt::Key_Down);
        QCOMPARE(shown.text("modelTitle"), QStringLiteral("tiny"));
    }

    void whatIsDroppedIsAdded()
    {
        Shown shown;
        QMimeData data;
        const fs::path file = shown.files.write("dropped.gguf", smallGguf().build());
        data.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(shown.page, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(shown.page, &drop);
        QTRY_COMPARE(shown.stateOf("dropped"), ModelState::Ready);
        QCOMPARE(shown.get<QTabWidget>("modelTabs")->tabText(0), QStringLiteral("Models (2)"));
    }

    void withoutAdaptersThePageSaysWhereTheyComeFrom()
    {
        Shown shown;
        shown.page->showAdapters();
        QTRY_VERIFY(shown.get<QWidget>("noAdapters")->isVisible());
        QVERIFY(!shown.button("tryAdapter")->isEnabled());
        QTest::mouseClick(shown.button("adaptersNewExperiment"), Qt::LeftButton);
        QVERIFY(pageOf<ExperimentPage>(*shown.window).isVisible());
    }

    void anAdapterIsShownWithItsRecipeAndHandedOn()
    {
        Shown shown;
        const fs::path run = adapterRun(shown.fixture.home, "Capitals", 11);
        adapterRun(shown.fixture.home, "Sums", 11);
        const fs::path sparse = run / "adapter" / "2-lori-s";
        shown.fixture.adapters->refresh();
        shown.fixture.context.pages->go(intents::ShowAdapter{sparse});
        QTRY_COMPARE(shown.text("adapterTitle"), QStringLiteral("Capitals · LoRI-S"));
        QVERIFY(shown.text("adapterRecipe").contains(QStringLiteral("→ 90.0 % → LoRI-S 8 step")));
        QVERIFY(shown.get<QLabel>("adapterSameA")->isVisible());
        QVERIFY(shown.text("adapterSameA").contains(QLatin1Char('2')));
        QCOMPARE(shown.get<FactList>("adapterFacts")->valueOf(QStringLiteral("Seed of A")), QStringLiteral("11"));
        QSignalSpy asked(shown.fixture.context.pages, &PageRouter::asked);
        const QString id = QString::fromStdString(run.filename().string());
        QTest::mouseClick(shown.button("tryAdapter"), Qt::LeftButton);
        QTest::mouseClick(shown.button("adapterMerge"), Qt::LeftButton);
        QTest::mouseClick(shown.button("adapterMasks"), Qt::LeftButton);
        QTest::mouseClick(shown.button("adapterRun"), Qt::LeftButton);
        QCOMPARE(asked.count(), 4);
        const auto intent = [&](int place) {
            return asked.at(place).at(0).value<Intent>();
        };
        QCOMPARE(std::get<intents::TryAdapters>(intent(0)).adapters, std::vector<fs::path>{sparse});
        QCOMPARE(std::get<intents::TryAdapters>(intent(0)).runId, id);
        QCOMPARE(std::get<intents::MergeAdapters>(intent(1)).adapters, std::vector<fs::path>{sparse});
        QCOMPARE(std::get<intents::ShowMasks>(intent(2)).runId, id);
        QCOMPARE(std::get<intents::OpenRun>(intent(3)).runId, id);
    }

    void anAdapterFolderFromElsewhereIsReadAndListed()
    {
        Shown shown;
        const AdapterBuilder made;
        const fs::path folder = made.write("foreign");
        shown.page->openFile(QString::fromStdString(folder.string()));
        QTRY_COMPARE(shown.text("adapterTitle"), QStringLiteral("foreign"));
        QCOMPARE(shown.get<FactList>("adapterFacts")->valueOf(QStringLiteral("Kind")), QStringLiteral("made elsewhere"));
        QVERIFY(!shown.button("adapterExport")->isEnabled()); // its base is not here
        QVERIFY(shown.button("adapterExport")->toolTip().contains(QStringLiteral("not here")));
        QVERIFY(!shown.button("adapterRun")->isEnabled());
        shown.button("adapterForget")->click();
        QTRY_VERIFY(shown.fixture.adapters->find(folder) == nullptr);
        QVERIFY(fs::exists(folder / "adapter_config.json")); // only the list forgets it
        QVERIFY2(shown.said().contains(QStringLiteral("off the list")), qPrintable(shown.said()));
        shown.window->findChild<QPushButton*>(QStringLiteral("messageAction0"))->click();
        QTRY_VERIFY(shown.fixture.adapters->find(folder) != nullptr);
    }

    void anAdapterThatCannotBeUsedIsSaidSo()
    {
        Shown shown;
        AdapterBuilder made;
        made.config["peft_type"] = "PREFIX_TUNING";
        shown.page->openFile(QString::fromStdString(made.write("prefix").string()));
        QTRY_VERIFY2(shown.said().startsWith(QStringLiteral("prefix cannot be used: ")), qPrintable(shown.said()));
        QVERIFY2(shown.said().contains(QStringLiteral("PREFIX_TUNING")), qPrintable(shown.said()));
        QTRY_VERIFY(shown.fixture.adapters->isRead());
        QVERIFY(shown.fixture.adapters->adapters().empty());
    }

    void anExportIsAJobThatNamesItsFolder()
    {
        Shown shown;
        const fs::path out = shown.files.path() / "exported";
        auto& exports = exportsOfTinyAdapter(shown);
        QVERIFY(exports.start(ExportFormat::Transformers, out));
        QVERIFY(exports.isVisible() && !shown.button("adapterExport")->isEnabled());
        QVERIFY(!exports.start(ExportFormat::Transformers, out)); // one at a time
        QTRY_VERIFY_WITH_TIMEOUT(!exports.isWorking(), 20000);
        QVERIFY2(shown.said().contains(QString::fromStdString(out.string())), qPrintable(shown.said()));
        QVERIFY(!exports.isVisible() && shown.button("adapterExport")->isEnabled());
    }

    void anExportThatFailsSaysWhy()
    {
        Shown shown;
        auto& exports = exportsOfTinyAdapter(shown);
        qputenv("FAKE_FAIL", "1");
        const bool started = exports.start(ExportFormat::GgufAdapter, shown.files.path() / "a.gguf");
        QTRY_VERIFY_WITH_TIMEOUT(!exports.isWorking(), 20000);
        qunsetenv("FAKE_FAIL");
        QVERIFY(started);
        QVERIFY2(shown.said().contains(QStringLiteral("there is no memory left")), qPrintable(shown.said()));
    }

    void everythingThatTakesTheFocusHasAName()
    {
        Shown shown;
        adapterRun(shown.fixture.home, "Capitals", 11);
        shown.fixture.adapters->refresh();
        QTRY_VERIFY(!shown.page->isBusy());
        for (QWidget* widget : shown.page->findChildren<QWidget*>()) {
            const bool isQts = widget->objectName().startsWith(QLatin1String("qt_")) || widget->inherits("QHeaderView") ||
                               widget->inherits("QTabBar") || widget->inherits("QScrollBar") || widget->inherits("QMenu") ||
                               widget->inherits("QTableCornerButton");
            if (widget->focusPolicy() != Qt::NoFocus && !isQts) {
                const QString name = QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name);
                const QByteArray where = widget->metaObject()->className() + (" " + widget->objectName()).toUtf8();
                QVERIFY2(!widget->objectName().isEmpty() && !name.isEmpty(), where.constData());
            }
        }
    }

    void theOptionsAreThoseOfTheExportJob()
    {
        KnownAdapter adapter;
        adapter.name = QStringLiteral("Capitals · LoRI-S");
        adapter.folder = "/a/b";
        QCOMPARE(exportName(adapter), QStringLiteral("Capitals-LoRI-S"));
        const jobs::JobRecord record = exportRecord(ExportFormat::GgufEightBits, adapter, QStringLiteral("tiny"), "/o/x.gguf");
        QCOMPARE(record.kind, std::string("export"));
        const nlohmann::json wanted{
            {"model", "tiny"}, {"adapter", "/a/b"}, {"out", "/o/x.gguf"}, {"format", "gguf"}, {"dtype", "q8_0"}};
        QCOMPARE(record.options.dump(), wanted.dump());
    }

private:
    /// An adapter whose base, a tiny model, is listed.
    static AdapterExports& exportsOfTinyAdapter(Shown& shown)
    {
        const fs::path file = shown.files.write("tiny.gguf", smallGguf().build());
        const std::string fingerprint = formats::modelFingerprint(formats::openModel(file).value());
        formats::registerModel(shown.fixture.home.root, "tiny", file).value();
        const fs::path run = adapterRun(shown.fixture.home, "Capitals", 11, fingerprint);
        shown.library().refresh();
        shown.fixture.adapters->refresh();
        shown.fixture.context.pages->go(intents::ShowAdapter{run / "adapter" / "0-lori-d"});
        if (!QTest::qWaitFor([&] { return shown.button("adapterExport")->isEnabled(); })) {
            qFatal("the export is not offered: %s", qPrintable(shown.button("adapterExport")->toolTip()));
        }
        return *shown.get<AdapterExports>("adapterExports");
    }
};

} // namespace

LORI_TEST(ModelsPageTest)
#include "models_page_test.moc"
