// SPDX-License-Identifier: GPL-3.0-or-later
// An experiment in five questions, by keyboard, and left half-way.
#include "core/formats/model_files.h"
#include "tests/support/test_registry.h"
#include "tests/ui/window_fixture.h"
#include "ui/pages/experiment/choices.h"
#include "ui/pages/experiment/experiment_page.h"
#include "ui/pages/experiment/experiment_wizard.h"
#include "ui/services/experiment_draft.h"
#include "ui/services/run_progress.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSlider>

using namespace lori;
using namespace lori::ui;
using ui::test::kPatience;
using ui::test::WindowFixture;

namespace {

/// The wizard over the page of a window, opened by its button.
struct OpenedWizard {
    explicit OpenedWizard(MainWindow& window) : page(pageOf<ExperimentPage>(window))
    {
        window.showPage(QStringLiteral("experiment"));
        page.findChild<QPushButton*>(QStringLiteral("stepByStep"))->click();
        wizard = page.findChild<ExperimentWizard*>();
    }
    template <typename Part>
    Part* part(const char* name) const
    {
        return wizard->findChild<Part*>(QLatin1String(name));
    }
    void next() const { QTest::mouseClick(wizard->button(QWizard::NextButton), Qt::LeftButton); }

    ExperimentPage& page;
    ExperimentWizard* wizard = nullptr;
};

} // namespace

class WizardTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        const auto known = formats::registeredModels({});
        if (known.empty() || !known.front().present) {
            QSKIP("the built-in model is not here: nothing could be started");
        }
    }

    void fiveAnswersMakeAnExperimentAndStartIt()
    {
        qputenv("FAKE_STEP_MS", "1");
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const OpenedWizard open(*window);
        QVERIFY(open.wizard != nullptr);
        auto* tasks = open.part<QListWidget>("wizardTask");
        QVERIFY(tasks->count() >= 4); // what comes with the program; no published set without its files
        for (int row = 0; row < tasks->count(); ++row) {
            if (tasks->item(row)->data(Qt::UserRole).toString() == QLatin1String("maths")) {
                tasks->setCurrentRow(row);
            }
        }
        QCOMPARE(taskOf(open.page.draft().config()), std::string("maths"));
        open.next();
        QVERIFY(open.part<QListWidget>("wizardModel")->currentItem() != nullptr);
        open.next();
        open.part<QRadioButton>("wizardSparse")->click();
        open.part<QSlider>("wizardSparsity")->setValue(800);
        QCOMPARE(sparsityOf(open.page.draft().config()), 0.8);
        open.next();
        open.part<QRadioButton>("wizardDuration0")->click();
        QVERIFY(durationOf(open.page.draft().config()) == Duration::Short);
        for (const char* time : {"wizardTime0", "wizardTime1", "wizardTime2"}) {
            QVERIFY2(open.part<QLabel>(time)->text().contains(QRegularExpression(QStringLiteral("\\d"))),
                     qPrintable(open.part<QLabel>(time)->text()));
        }
        open.next();
        auto* name = open.part<QLineEdit>("wizardName");
        QCOMPARE(name->text(), QStringLiteral("Maths")); // follows the data, and can be typed over
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("My sums"));
        auto* start = open.wizard->button(QWizard::FinishButton);
        QTRY_VERIFY2(start->isEnabled(), "the last look says what is wrong");
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(window->currentPage(), QStringLiteral("runs"), kPatience);
        QTRY_COMPARE(fixture.runs->watchedRuns().size(), qsizetype{1});
        QCOMPARE(fixture.runs->progress(fixture.runs->watchedRuns().front()).config().name, std::string("My sums"));
    }

    void anOwnFileStaysInTheListAndIsTakenAgain()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        pageOf<ExperimentPage>(*window).draft().edit({}, [](auto& config) { setDataFile(config, "capitals.csv"); });
        const OpenedWizard open(*window);
        auto* tasks = open.part<QListWidget>("wizardTask");
        const int own = tasks->currentRow();
        QCOMPARE(tasks->item(own)->text(), QStringLiteral("capitals.csv"));
        tasks->setCurrentRow(0);
        QVERIFY(!taskOf(open.page.draft().config()).empty());
        tasks->setCurrentRow(own); // a path without a folder is no task all the same
        QCOMPARE(taskOf(open.page.draft().config()), std::string());
        QCOMPARE(open.page.draft().config().data.sources.front().file, std::string("capitals.csv"));
    }

    void leavingHalfWayPutsTheFormBack()
    {
        WindowFixture fixture;
        const auto window = fixture.makeWindow();
        window->begin();
        const OpenedWizard open(*window);
        const auto before = open.page.draft().config();
        open.part<QListWidget>("wizardTask")->setCurrentRow(1);
        open.next();
        open.next();
        open.part<QRadioButton>("wizardDense")->click();
        QVERIFY(!(open.page.draft().config() == before));
        QTest::keyClick(open.wizard, Qt::Key_Escape);
        QTRY_VERIFY(open.page.findChild<ExperimentWizard*>() == nullptr);
        QVERIFY(open.page.draft().config() == before);
        QVERIFY(fixture.runs->watchedRuns().isEmpty());
    }
};

LORI_TEST(WizardTest)
#include "wizard_test.moc"
