// SPDX-License-Identifier: GPL-3.0-or-later
// The form says what a person changed, and where a setting is.
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/dialogs/changes_dialog.h"
#include "ui/frame/budget_bar.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/experiment/advanced_form.h"
#include "ui/pages/experiment/choices.h"
#include "ui/pages/experiment/draft_changes.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/experiment/fields.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/page_router.h"
#include "ui/services/run_name.h"

#include <QAction>
#include <QComboBox>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTableWidget>

#include <cmath>

using namespace lori;
using namespace lori::ui;
using experiment::RunConfig;
using ui::test::WindowFixture;

namespace {

/// Chooses a task in the simple form as a person does.
void chooseTask(ExperimentPage& page, const char* task)
{
    auto* box = page.findChild<QComboBox*>(QStringLiteral("simple.task"));
    const int at = box->findData(QLatin1String(task));
    box->setCurrentIndex(at);
    Q_EMIT box->activated(at);
}

bool hasRow(const QTableWidget& table, const QString& name, const QString& now)
{
    for (int row = 0; row < table.rowCount(); ++row) {
        if (table.item(row, 0)->text().contains(name) && table.item(row, 2)->text() == now) {
            return true;
        }
    }
    return false;
}

/// A window with its experiment form in the Advanced mode.
struct OpenedAdvanced {
    WindowFixture fixture;
    std::unique_ptr<MainWindow> window;
    ExperimentPage& page;

    OpenedAdvanced() : window(fixture.makeWindow()), page(shown(*window)) {}

private:
    static ExperimentPage& shown(MainWindow& window)
    {
        window.showPage(QStringLiteral("experiment"));
        auto& page = pageOf<ExperimentPage>(window);
        page.setAdvanced(true);
        return page;
    }
};

} // namespace

class FormChangesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasChangedIsListedByFieldAndSetBack()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->showPage(QStringLiteral("experiment"));
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        auto* badge = page.findChild<QPushButton*>(QStringLiteral("changedBadge"));
        QTRY_VERIFY(!badge->isVisible());
        const auto rank = page.draft().config().adapter.rank;
        page.draft().setField(QStringLiteral("adapter.rank"), QStringLiteral("12"));
        page.draft().setField(QStringLiteral("data.heldOutShare"), QStringLiteral("0.2"));
        page.draft().edit({}, [](RunConfig& config) { config.evaluation.tasks.push_back({"maths", 20}); });
        QCOMPARE(changesOf(page.draft()).size(), std::size_t{3}); // a list is one, though the recipe has two values more
        QTRY_VERIFY2(badge->isVisible() && badge->text().contains(QLatin1Char('3')), qPrintable(badge->text()));
        badge->click();
        auto* dialog = page.findChild<ChangesDialog*>();
        QVERIFY(dialog != nullptr);
        auto* table = dialog->findChild<QTableWidget*>(QStringLiteral("changes"));
        QCOMPARE(table->rowCount(), 3);
        QVERIFY(hasRow(*table, QStringLiteral("Rank"), QStringLiteral("12")));
        QVERIFY(hasRow(*table, QStringLiteral("Held-out share"), QStringLiteral("20.0 %")) ||
                hasRow(*table, QStringLiteral("Held-out share"), QStringLiteral("20 %")));
        auto* back = dialog->findChild<QPushButton*>(QStringLiteral("setBack"));
        while (table->rowCount() > 0) {
            const int before = table->rowCount();
            QVERIFY(back->isEnabled());
            back->click();
            QCOMPARE(table->rowCount(), before - 1);
        }
        QCOMPARE(page.draft().config().adapter.rank, rank);
        QVERIFY(page.draft().changedPaths().empty());
        QVERIFY(!back->isEnabled());
        dialog->reject();
        QTRY_VERIFY(!badge->isVisible());
    }

    void theChosenChangeIsGoneToInTheForm()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->showPage(QStringLiteral("experiment"));
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        page.draft().setField(QStringLiteral("optimizer.beta2"), QStringLiteral("0.99"));
        auto* badge = page.findChild<QPushButton*>(QStringLiteral("changedBadge"));
        QTRY_VERIFY(badge->isVisible());
        badge->click();
        page.findChild<ChangesDialog*>()->findChild<QPushButton*>(QStringLiteral("goToField"))->click();
        QVERIFY(page.isAdvanced());
        QTRY_VERIFY(window->focusWidget() != nullptr);
        QCOMPARE(window->focusWidget()->objectName(), QStringLiteral("optimizer.beta2"));
    }

    void aNameThatNobodyTypedFollowsTheData()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->showPage(QStringLiteral("experiment"));
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        chooseTask(page, "maths");
        QCOMPARE(page.draft().config().name, std::string("Maths"));
        auto* text = page.findChild<QLabel*>(QStringLiteral("presetExplanation"));
        QTRY_VERIFY2(text->text().contains(QStringLiteral("Maths")) && !text->text().contains(QStringLiteral("harmful")),
                     qPrintable(text->text()));
        RunConfig own = page.draft().config();
        RunConfig next = own;
        setDataFile(next, "/data/capitals of the world.jsonl.gz");
        QCOMPARE(next.name, std::string("capitals of the world"));
        own.name = "My own name";
        next.name = own.name;
        RunName::follow(next, own);
        QCOMPARE(next.name, std::string("My own name"));
        QCOMPARE(RunName::ofSources({"maths", "/a/b.csv", "safety"}), QStringLiteral("Maths and 2 more"));
        QCOMPARE(RunName::ofSources({"rows.csv"}), QStringLiteral("rows"));
        QCOMPARE(RunName::ofSources({}), QString());
    }

    void aSettingIsFoundByItsWords()
    {
        const OpenedAdvanced opened;
        ExperimentPage& page = opened.page;
        auto* form = page.findChild<ExperimentAdvancedForm*>();
        auto* find = form->findChild<QLineEdit*>(QStringLiteral("findSetting"));
        const auto isSeen = [&](const char* path) {
            return form->widgetFor(QLatin1String(path))->isVisible();
        };
        QVERIFY(isSeen("model") && isSeen("name") && isSeen("purpose") && isSeen("optimizer.warmupSteps"));
        find->setText(QStringLiteral("warm rate")); // every word, in whatever order, in name or explanation
        QVERIFY(isSeen("optimizer.warmupSteps"));
        QVERIFY(!isSeen("optimizer.beta1") && !isSeen("model"));
        QVERIFY(!form->findChild<QGroupBox*>(QStringLiteral("section.data"))->isVisible());
        find->setText(QStringLiteral("data.maxTokens")); // as the recipe calls it
        QVERIFY(isSeen("data.maxTokens") && !isSeen("optimizer.warmupSteps"));
        find->clear();
        QVERIFY(isSeen("optimizer.beta1") && form->findChild<QGroupBox*>(QStringLiteral("section.data"))->isVisible());
    }

    void sectionsAreListedAndGoneTo()
    {
        const OpenedAdvanced opened;
        ExperimentPage& page = opened.page;
        auto* form = page.findChild<ExperimentAdvancedForm*>();
        auto* list = form->findChild<QComboBox*>(QStringLiteral("goToSection"));
        const auto sections = ExperimentFields::sections(page.draft().config());
        QCOMPARE(list->count(), static_cast<int>(sections.size()) + 1);
        for (std::size_t i = 0; i < sections.size(); ++i) {
            QCOMPARE(list->itemText(static_cast<int>(i) + 1), sections[i].title);
        }
        auto* find = form->findChild<QLineEdit*>(QStringLiteral("findSetting"));
        find->setText(QStringLiteral("warm rate"));
        const auto middle = static_cast<int>(sections.size()) / 2; // one with much above and beneath it
        list->setCurrentIndex(middle + 1);
        Q_EMIT list->activated(middle + 1);
        QVERIFY(find->text().isEmpty());
        const FieldSection& wanted = sections[static_cast<std::size_t>(middle)];
        QCOMPARE(opened.window->focusWidget(), form->widgetFor(wanted.fields.front().path));
        const auto* box = form->findChild<QGroupBox*>(QStringLiteral("section.") + wanted.id);
        const auto* view = page.findChild<QScrollArea*>(QStringLiteral("formScroll"))->viewport();
        QTRY_VERIFY2(std::abs(box->mapTo(view, QPoint()).y()) < view->height() / 4,
                     qPrintable(QString::number(box->mapTo(view, QPoint()).y())));
        QCOMPARE(list->currentIndex(), 0); // it stays a way to go

        qobject_cast<QAction*>(form->findChild<QObject*>(QStringLiteral("addStage.lora")))->trigger();
        QTRY_COMPARE(list->count(), static_cast<int>(ExperimentFields::sections(page.draft().config()).size()) + 1);
        QVERIFY(list->count() > static_cast<int>(sections.size()) + 1);
    }

    void stagesComeAndGo()
    {
        const OpenedAdvanced opened;
        ExperimentPage& page = opened.page;
        const auto part = [&](const char* name) {
            return page.findChild<ExperimentAdvancedForm*>()->findChild<QObject*>(QLatin1String(name));
        };
        const std::size_t before = page.draft().config().stages.size();
        const auto last = page.draft().config().stages.back();
        qobject_cast<QAction*>(part("addStage.lora"))->trigger();
        QCOMPARE(page.draft().config().stages.size(), before + 1);
        QVERIFY(page.draft().config().stages.back().kind == experiment::StageKind::Lora);
        QCOMPARE(page.draft().config().stages.back().steps, last.steps); // with the settings of the one before
        QTRY_VERIFY(page.findChild<ExperimentAdvancedForm*>()->widgetFor(QStringLiteral("stages[3].steps")) != nullptr);
        qobject_cast<QPushButton*>(part("removeStage"))->click();
        QCOMPARE(page.draft().config().stages.size(), before);
    }

    void aZeroSaysWhatItStandsFor()
    {
        const OpenedAdvanced opened;
        ExperimentPage& page = opened.page;
        auto* form = page.findChild<ExperimentAdvancedForm*>();
        const auto unit = [&](const char* path) {
            return form->findChild<QLabel*>(QLatin1String(path) + QStringLiteral(".unit"))->text();
        };
        page.draft().setField(QStringLiteral("stages[0].steps"), QStringLiteral("0"));
        QCOMPARE(unit("stages[0].steps"), QStringLiteral("= by epochs"));
        const auto isUnused = [&] {
            return form->findChild<QLabel*>(QStringLiteral("stages[0].epochs.unused"))->isVisible();
        };
        QVERIFY(!isUnused());
        page.draft().setField(QStringLiteral("stages[0].steps"), QStringLiteral("60"));
        QCOMPARE(unit("stages[0].steps"), QStringLiteral("steps"));
        QVERIFY(isUnused()); // steps decide; it can be typed all the same
        QCOMPARE(unit("data.sources[0].maxRows"), QStringLiteral("= every row"));
        QCOMPARE(unit("threads"), QStringLiteral("= every core"));
    }

    void theBudgetShowsWhatIsTrained()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->showPage(QStringLiteral("experiment"));
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        auto* bar = page.findChild<BudgetBar*>();
        QTRY_VERIFY2(bar->accessibleDescription().contains(QStringLiteral("LoRI-S")), qPrintable(bar->accessibleDescription()));
        QVERIFY2(bar->accessibleDescription().startsWith(QStringLiteral("Base model")), qPrintable(bar->accessibleDescription()));
        const auto* legend = page.findChild<QLabel*>(QStringLiteral("budgetLegend"));
        QVERIFY2(legend->text().contains(QStringLiteral("ten times")), qPrintable(legend->text()));
        page.draft().edit({}, [](RunConfig& config) { setGoal(config, Goal::Dense); });
        QTRY_VERIFY2(!bar->accessibleDescription().contains(QStringLiteral("LoRI-S")), qPrintable(bar->accessibleDescription()));
        QVERIFY(bar->accessibleDescription().contains(QStringLiteral("LoRI-D")));
        page.draft().setField(QStringLiteral("stages[0].kind"), QStringLiteral("full"));
        QTRY_VERIFY2(bar->accessibleDescription().contains(QStringLiteral("Full fine-tuning")),
                     qPrintable(bar->accessibleDescription()));
    }

    void theLengthsOfTheBudgetAreLogarithmic()
    {
        BudgetBar bar;
        bar.setBudget({{QStringLiteral("Base model"), {1e8, {}}},
                       {QStringLiteral("LoRA"), {1e6, {}}},
                       {QStringLiteral("LoRI-S"), {1e4, {}}}});
        QCOMPARE(bar.lengthOf(1e8), 1.0);
        QCOMPARE(bar.lengthOf(1e4), 0.2); // the least is seen too
        QVERIFY(std::abs(bar.lengthOf(1e6) - 0.6) < 1e-9);
        QCOMPARE(bar.lengthOf(0), 0.0);
    }

    void aRunOfASweepIsCopiedWhole()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        RunConfig config = WindowFixture::shortConfig();
        config.adapter.rank = 12;
        setSparsity(config, 0.85);
        const auto run = jobs::RunFolder::create(fixture.home, config).value();
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        page.draft().setField(QStringLiteral("data.maxTokens"), QStringLiteral("99")); // of another experiment
        fixture.context.pages->go(intents::UseSparsity{0.85, experiment::MaskScope::Model, run.id(), {}});
        const RunConfig& copied = page.draft().config();
        QCOMPARE(sparsityOf(copied), 0.85);
        QCOMPARE(copied.adapter.rank, config.adapter.rank);
        QCOMPARE(copied.data.maxTokens, config.data.maxTokens);
        QCOMPARE(copied.parentRun, run.id());
        QVERIFY(page.draft().changedPaths().empty());
    }

    void quickLookLeavesStartToThePerson()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        fixture.context.pages->go(intents::QuickLook{});
        QCOMPARE(window->currentPage(), QStringLiteral("experiment"));
        auto* start = pageOf<ExperimentPage>(*window).findChild<QPushButton*>(QStringLiteral("startExperiment"));
        QTRY_VERIFY(!start->isEnabled() || start->hasFocus()); // without the model in the cache there is nothing to start
        QVERIFY(fixture.runs->watchedRuns().isEmpty());
    }
};

LORI_TEST(FormChangesTest)
#include "form_changes_test.moc"
