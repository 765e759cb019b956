// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/curves_tab.h"

#include "ui/pages/compare/compare_words.h"
#include "ui/services/error_text.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {
namespace {

QString seriesId(std::size_t place)
{
    return QStringLiteral("run%1").arg(place);
}

} // namespace

CurvesTab::CurvesTab(std::filesystem::path historyFile, QWidget* parent) : QWidget(parent), m_historyFile(std::move(historyFile))
{
    m_panel = new PlotPanel(QStringLiteral("compareCurves"), QString(), this);
    m_quantity = new QComboBox(this);
    m_quantity->setObjectName(QStringLiteral("compareQuantity"));
    m_quantity->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_quantity->setMinimumContentsLength(24);
    m_panel->addControl(m_quantity);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_panel, 1);
    connect(m_quantity, &QComboBox::activated, this, &CurvesTab::load);
}

void CurvesTab::show(const Comparison& comparison)
{
    m_runs = curveRunsOf(comparison);
    const QSignalBlocker quiet(m_quantity);
    const QString chosen = m_quantity->currentData().toString();
    m_quantity->clear();
    for (const bool scores : {false, true}) {
        for (const std::string& key : comparison.seriesKeys) {
            if (compare_words::isScore(key) == scores) {
                m_quantity->addItem(compare_words::quantity(key), QString::fromStdString(key));
            }
        }
    }
    const int loss = m_quantity->findData(QString::fromStdString(compare_words::lossKey(comparison.seriesKeys, "loss")));
    const int before = m_quantity->findData(chosen);
    m_quantity->setCurrentIndex(before >= 0 ? before : std::max(loss, 0));
    m_quantity->setEnabled(m_quantity->count() > 0);
    m_quantity->setAccessibleName(tr("What the curves show"));
    m_quantity->setToolTip(m_quantity->count() > 0 ? tr("What the curves show")
                                                   : tr("None of these runs has measured anything yet."));
    m_panel->view()->setXDescription([](double x) { return tr("step %1").arg(x, 0, 'f', 0); });
    load();
}

void CurvesTab::load()
{
    const QString key = m_quantity->currentData().toString();
    if (key.isEmpty()) {
        m_job.cancel();
        draw({});
        return;
    }
    m_job.start([file = m_historyFile, runs = m_runs, key = key.toStdString()](
                    const BackgroundJob::Cancelled& cancelled) { return readCurves(file, runs, key, cancelled); },
                [this](const Result<std::vector<std::vector<PlotPoint>>>& curves) {
                    if (curves) {
                        draw(*curves);
                    } else {
                        draw({});
                        m_panel->view()->setEmptyText(ErrorText::sentence(curves.error()));
                    }
                });
}

void CurvesTab::draw(const std::vector<std::vector<PlotPoint>>& curves)
{
    const std::string key = m_quantity->currentData().toString().toStdString();
    PlotView* view = m_panel->view();
    m_panel->setTitle(tr("Curves"));
    view->setEmptyText(tr("None of the runs has measured this."));
    view->setAxisTitles(tr("Step over all stages"), compare_words::quantity(key));
    const bool isShare = compare_words::isScore(key);
    view->setYFormat(isShare ? PlotFormat::Percent : PlotFormat::Number);
    for (std::size_t i = 0; i < m_drawn; ++i) {
        view->removeSeries(seriesId(i));
    }
    m_drawn = curves.size();
    for (std::size_t i = 0; i < curves.size(); ++i) {
        if (!curves[i].empty()) {
            PlotStyle style = compare_words::style(i);
            if (curves[i].size() > compare_words::kFewPoints) {
                style.marker = PlotMarker::None;
            }
            view->setSeries({seriesId(i), m_runs[i].title, style, curves[i], {}, true});
        }
    }
}

} // namespace lori::ui
