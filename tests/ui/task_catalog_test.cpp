// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/benchmarks.h"
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/task_catalog.h"
#include "ui/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QStandardItemModel>

#include <fstream>

using namespace lori;
using namespace lori::ui;
using ui::test::WindowFixture;

namespace {

void write(const std::filesystem::path& file, const std::string& text)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

} // namespace

/// The window offers what the engine knows, and says what is missing.
class TaskCatalogTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTaskOfTheEngineIsOfferedOnce()
    {
        const WindowFixture fixture;
        const auto choices = TaskCatalog(fixture.home).choices();
        QStringList expected;
        for (const auto& info : tasks::listTasks().value()) {
            expected << QString::fromStdString(info.name);
        }
        for (const auto& info : tasks::listBenchmarks()) {
            expected << QString::fromStdString(info.name);
        }
        QStringList offered;
        QStringList groups;
        for (const TaskChoice& choice : choices) {
            offered << QString::fromStdString(choice.name);
            QVERIFY2(!choice.title.isEmpty() && !choice.what.isEmpty() && !choice.group.isEmpty(), choice.name.c_str());
            QVERIFY2(groups.isEmpty() || groups.back() == choice.group || !groups.contains(choice.group), choice.name.c_str());
            groups << choice.group;
        }
        QCOMPARE(offered.front(), QStringLiteral("safety"));
        offered.sort();
        expected.sort();
        QCOMPARE(offered, expected);
        QVERIFY(!TaskCatalog::problem());
    }

    void aSetWithoutFilesSaysHowToGetThem()
    {
        const WindowFixture fixture;
        const TaskCatalog catalog(fixture.home);
        using Use = TaskCatalog::Use;
        QCOMPARE(catalog.missing("safety", Use::Training, {}), QString());
        QCOMPARE(catalog.missing("something else", Use::Measuring, {}), QString());
        const QString gsm8k = catalog.missing("gsm8k", Use::Measuring, {});
        QVERIFY2(gsm8k.contains(QStringLiteral("choose %1 on the Data page").arg(Text::task(QStringLiteral("gsm8k")))),
                 qPrintable(gsm8k));
        QVERIFY2(gsm8k.contains(QString::fromStdString((fixture.home.root / "data").string())), qPrintable(gsm8k));
        const QString eight = catalog.missing("nlu", Use::Measuring, {});
        QVERIFY2(eight.contains(QStringLiteral("BoolQ")) && eight.contains(QStringLiteral("OpenBookQA")), qPrintable(eight));
        const QString train = catalog.missing("piqa", Use::Training, {}); // only its test rows can be fetched
        QVERIFY2(!train.isEmpty() && !train.contains(QStringLiteral("Data page")), qPrintable(train));

        write(fixture.home.root / "data/math/gsm8k/test.jsonl", "{}\n");
        QCOMPARE(catalog.missing("gsm8k", Use::Measuring, {}), QString());
        QVERIFY(!catalog.missing("gsm8k", Use::Training, {}).isEmpty());
        QVERIFY(!catalog.missing("gsm8k", Use::Measuring, fixture.home.root / "elsewhere").isEmpty());
    }

    void aPublishedSetIsChosenAndStartsOnlyWhenItsFilesAreThere()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->showPage(QStringLiteral("experiment"));
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        QTRY_VERIFY(page.canStart());
        auto* box = page.findChild<QComboBox*>(QStringLiteral("simple.task"));
        const int title = box->findText(QStringLiteral("Published: maths"));
        QVERIFY(title >= 0);
        QVERIFY(!qobject_cast<QStandardItemModel*>(box->model())->item(title)->isEnabled());
        QCOMPARE(box->findData(QStringLiteral("humaneval")), -1); // no rows to learn
        const int gsm8k = box->findData(QStringLiteral("gsm8k"));
        QVERIFY(gsm8k > title);
        box->setCurrentIndex(gsm8k);
        Q_EMIT box->activated(gsm8k);
        QCOMPARE(page.draft().config().data.sources.front().task, std::string("gsm8k"));
        QTRY_VERIFY(!page.canStart());
        const auto* problems = page.findChild<QListWidget*>(QStringLiteral("problems"));
        QVERIFY2(problems->item(0)->text().contains(QStringLiteral("on the Data page and press Get")),
                 qPrintable(problems->item(0)->text()));

        const std::string row = R"({"question": "What is 2 + 2?", "answer": "It is 4.\n#### 4"})";
        write(fixture.home.root / "data/math/gsm8k/train.jsonl", row + "\n" + row + "\n");
        write(fixture.home.root / "data/math/gsm8k/test.jsonl", row + "\n");
        page.draft().edit(QStringLiteral("another name"), [](experiment::RunConfig& config) { config.name = "now"; });
        QTRY_VERIFY(page.canStart());
    }

    void measuredTasksAreFoundByTyping()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->showPage(QStringLiteral("experiment"));
        ExperimentPage& page = pageOf<ExperimentPage>(*window);
        page.setAdvanced(true);
        auto* find = page.findChild<QLineEdit*>(QStringLiteral("evaluation.tasks.find"));
        const auto isShown = [&](const char* task) {
            auto* box = page.findChild<QCheckBox*>(QStringLiteral("evaluation.tasks.") + QLatin1String(task));
            return box != nullptr && box->isVisibleTo(&page);
        };
        QVERIFY(isShown("maths") && isShown("gsm8k") && isShown("humaneval"));
        find->setText(QStringLiteral("gsm"));
        QVERIFY(isShown("gsm8k") && !isShown("maths") && !isShown("humaneval"));
        find->clear();
        QVERIFY(isShown("maths"));
    }
};

LORI_TEST(TaskCatalogTest)
#include "task_catalog_test.moc"
