// SPDX-License-Identifier: GPL-3.0-or-later
// A mask on its way: what is read, what the curve and the sentence say, and how a step is chosen.
#include "core/events/event_writer.h"
#include "tests/support/test_registry.h"
#include "tests/ui/mask_runs.h"
#include "tests/ui/masks_page_fixture.h"
#include "ui/pages/masks/course_view.h"
#include "ui/pages/masks/module_stack.h"
#include "ui/widgets/plot_view.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QtTest>

using namespace lori;
using namespace lori::ui;
using namespace lori::ui::test;

namespace {

/// Every module keeps 8 of its 40 entries; 8 − `late` of them are those of the end, which keeps the first 8.
formats::Mask maskLate(std::size_t late)
{
    return maskOfBits(ones(late, 8), ones(late, 8), ones(late, 8), ones(late, 8));
}

/// Moments at steps 10, 20 and 30 of 40 with 2, 7 and 8 of the end's 8 entries a module.
std::filesystem::path makeCourse(const Home& home, const std::string& name, bool ended)
{
    const std::filesystem::path end = makeMaskRun(home, name, ended ? 1 : 2, maskLate(0));
    const std::filesystem::path run = end.parent_path().parent_path();
    const auto writer = events::EventWriter::open(run / "events.jsonl").value();
    std::filesystem::create_directories(run / "masks" / "moments");
    for (const auto& [step, late] : std::vector<std::pair<std::int64_t, std::size_t>>{{10, 6}, {20, 1}, {30, 0}}) {
        const std::string file = "masks/moments/1-" + std::to_string(step) + ".safetensors";
        formats::writeMask(run / file, maskLate(late)).value();
        writer->append(events::MaskMoment{0, step, 1, file, 32, 160});
    }
    if (ended) {
        writer->append(events::Adapter{0, "adapter/0-lori-d", "lori-d", 160, 40, 1, "ab"});
    } else {
        std::filesystem::remove(end);
    }
    return run;
}

} // namespace

class MaskCourseTest : public ui::test::MasksPageFixture {
    Q_OBJECT

private:
    CourseView* m_view = nullptr;

    template <typename Part>
    Part* part(const char* name) const
    {
        return m_view->findChild<Part*>(QLatin1String(name));
    }
    [[nodiscard]] QString text() const { return part<QLabel>("maskCourseText")->text(); }
    [[nodiscard]] const std::vector<PlotSeries>& curves() const { return m_view->findChild<PlotView*>()->series(); }
    void openPage()
    {
        makePage();
        m_view = m_page->courseView();
        QSignalSpy shown(m_view, &CourseView::shown);
        showTab(m_view);
        QVERIFY(shown.wait(5000));
    }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void init() { makeHome(); }
    void cleanup() { m_page.reset(); }

    void theCurveIsTheShareOfTheEndThatWasThereAlready()
    {
        makeCourse(m_context.home, "capitals", true);
        openPage();
        QCOMPARE(curves().size(), std::size_t{2}); // q and v are attention: no curve of the MLP
        QCOMPARE(curves().front().points, (std::vector<PlotPoint>{{10, 0.25}, {20, 0.875}, {30, 1}, {40, 1}}));
        QCOMPARE(m_view->findChild<PlotView*>()->references().front().y, 0.2); // 8 of 40
        QVERIFY2(text().contains(QStringLiteral("From step 30 of 40 on, at least 90.0 % of the final mask's entries")),
                 qPrintable(text()));
        QVERIFY2(text().contains(QStringLiteral("At step 20: 87.5 % (by chance 20.0 %).")), qPrintable(text()));
        QVERIFY(!m_view->grab().isNull());
    }

    void sliderAndCurveChooseTheStep()
    {
        makeCourse(m_context.home, "capitals", true);
        openPage();
        auto* slider = part<QSlider>("maskCourseStep");
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Home);
        QVERIFY2(text().contains(QStringLiteral("At step 10: 25.0 %")), qPrintable(text()));
        QCOMPARE(part<QLabel>("maskCourseStepText")->text(), QStringLiteral("Step 10 of 40"));
        const auto* stack = m_view->findChild<ModuleStack*>();
        QCOMPARE(stack->map()->grid().cells.front().value.value(), 0.25);
        auto* plot = m_view->findChild<PlotView*>();
        plot->setFocus();
        plot->pointAt(30);
        QTest::keyClick(plot, Qt::Key_Return);
        QVERIFY2(text().contains(QStringLiteral("At step 30: 100")), qPrintable(text()));
        QCOMPARE(stack->map()->grid().cells.front().value.value(), 1.0);
        m_view->openSomeMatrix(); // one B, entry by entry: whose they are then and at the end
        QVERIFY(stack->opened().has_value());
    }

    void whileItTrainsTheNewestMomentStandsForTheEnd()
    {
        makeCourse(m_context.home, "capitals", false);
        openPage();
        QVERIFY2(text().contains(QStringLiteral("still being trained")) && text().contains(QStringLiteral("step 30")),
                 qPrintable(text()));
        QCOMPARE(curves().front().points, (std::vector<PlotPoint>{{10, 0.25}, {20, 0.875}, {30, 1}}));
    }

    void theNewestRunComesFirstAndAnotherCanBeChosen()
    {
        makeCourse(m_context.home, "old", true);
        makeCourse(m_context.home, "new", false);
        openPage();
        auto* runs = part<QComboBox>("maskCourseRun");
        QCOMPARE(runs->count(), 2);
        QVERIFY2(runs->currentText().startsWith(QStringLiteral("new · ")), qPrintable(runs->currentText()));
        runs->setFocus();
        QTest::keyClick(runs, Qt::Key_Down);
        QTRY_VERIFY(m_view->course() != nullptr && m_view->course()->ended);
    }

    void withoutMomentsThePageSaysHowToGetThem()
    {
        makeMaskRun(m_context.home, "plain", 1, maskLate(0));
        openPage();
        QVERIFY(text().contains(QStringLiteral("Masks on the way")));
        QVERIFY(part<QPushButton>("maskCourseAction")->isVisible());
        QVERIFY(!m_view->findChild<PlotView*>()->isVisible());
    }

    void aDamagedMomentIsNamed()
    {
        const auto run = makeCourse(m_context.home, "capitals", true);
        std::filesystem::resize_file(run / "masks" / "moments" / "1-20.safetensors", 20);
        openPage();
        QVERIFY2(text().contains(QStringLiteral("1-20.safetensors")), qPrintable(text()));
        QVERIFY(part<QPushButton>("maskCourseAction")->isVisible());
    }
};

LORI_TEST(MaskCourseTest)
#include "mask_course_test.moc"
