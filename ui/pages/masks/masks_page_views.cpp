// SPDX-License-Identifier: GPL-3.0-or-later
// The views of the masks page side by side: what each is called, when it is busy, what pictures show.
#include "ui/pages/masks/compare_view.h"
#include "ui/pages/masks/course_view.h"
#include "ui/pages/masks/masks_page.h"
#include "ui/pages/masks/sweep_view.h"
#include "ui/pages/masks/territory_view.h"

#include <QTabWidget>

namespace lori::ui {
namespace {

constexpr std::int64_t kPictureLayer = 12; // one B from the middle of the model

} // namespace

void MasksPage::makeTabs()
{
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(QStringLiteral("maskTabs"));
    m_compare = new CompareView(m_context, m_tabs);
    m_tabs->addTab(makeOne(), QString());
    m_tabs->addTab(m_compare, QString());
    m_territory = new TerritoryView(m_context, m_tabs);
    m_tabs->addTab(m_territory, QString());
    m_sweep = new SweepView(m_context, m_tabs);
    m_tabs->addTab(m_sweep, QString());
    m_course = new CourseView(m_context, m_tabs);
    m_tabs->addTab(m_course, QString());
    connect(m_sweep, &SweepView::maskAsked, this, &MasksPage::showRun);
}

void MasksPage::retranslateTabs()
{
    m_tabs->setAccessibleName(tr("Views of masks"));
    m_tabs->setTabText(OneTab, tr("One mas&k"));
    m_tabs->setTabText(CompareTab, tr("Co&mpare"));
    m_tabs->setTabText(TerritoryTab, tr("Terr&itory"));
    m_tabs->setTabText(SweepTab, tr("Sparsit&y sweep"));
    m_tabs->setTabText(CourseTab, tr("Through trainin&g"));
}

void MasksPage::take(const Intent& intent)
{
    if (const auto* masks = std::get_if<intents::ShowMasks>(&intent)) {
        showRun(masks->runId);
    }
}

bool MasksPage::isBusy() const
{
    return isLoading() || m_compare->isBusy() || m_territory->isBusy() || m_sweep->isBusy() || m_course->isBusy();
}

std::vector<PageView> MasksPage::views(const QString& runId)
{
    const auto tab = [this](Tab place) {
        return [this, place] {
            m_tabs->setCurrentIndex(place);
        };
    };
    return {{QString(),
             [this, runId] {
                 showRun(runId);
             }},
            {QStringLiteral("matrix"),
             [this] {
                 openCell({kPictureLayer, experiment::Projection::V});
             }},
            {QStringLiteral("compare"), tab(CompareTab)},
            {QStringLiteral("compare-matrix"),
             [this] {
                 m_compare->openSomeMatrix();
             }},
            {QStringLiteral("territory"), tab(TerritoryTab)},
            {QStringLiteral("territory-matrix"),
             [this] {
                 m_territory->openSomeMatrix();
             }},
            {QStringLiteral("sweep"), tab(SweepTab)},
            {QStringLiteral("course"), tab(CourseTab)},
            {QStringLiteral("course-matrix"), [this] {
                 m_course->openSomeMatrix();
             }}};
}

} // namespace lori::ui
