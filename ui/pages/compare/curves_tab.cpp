// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/curves_tab.h"
#include "ui/services/error_text.h"

#include "database/run_repository.h"
#include "ui/pages/compare/compare_words.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <cmath>

namespace lori::ui {
namespace {

constexpr std::size_t kFewPoints = 40; ///< with more, markers would hide the curve

QString seriesId(std::size_t place)
{
    return QStringLiteral("run%1").arg(place);
}

/// The stages of a run one behind the other. Before the first stage is x = 0.
std::vector<PlotPoint> curveOf(const database::RunRepository& repository, const std::string& run,
                               const std::vector<std::int64_t>& stageSteps, const std::string& key)
{
    std::vector<PlotPoint> points;
    std::int64_t offset = 0;
    for (std::int64_t stage = -1; stage < static_cast<std::int64_t>(stageSteps.size()); ++stage) {
        const auto series = repository.series(run, stage, key);
        for (const database::MetricPoint& point : series.value()) {
            if (std::isfinite(point.value)) {
                points.push_back({static_cast<double>(offset + (stage < 0 ? 0 : point.step)), point.value});
            }
        }
        offset += stage < 0 ? 0 : stageSteps[static_cast<std::size_t>(stage)];
    }
    return points;
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
    m_runs.clear();
    for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
        Run run{comparison.runTitle(i), comparison.runs[i].summary.id, {}};
        for (const database::StageRow& stage : comparison.runs[i].stages) {
            run.stageSteps.push_back(stage.steps);
        }
        m_runs.push_back(std::move(run));
    }
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
    const int loss = m_quantity->findData(QStringLiteral("loss"));
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
    using Curves = Result<std::vector<std::vector<PlotPoint>>>;
    m_job.start(
        [file = m_historyFile, runs = m_runs, key = key.toStdString()](const BackgroundJob::Cancelled& cancelled) -> Curves {
            return guard([&] {
                const auto history = database::History::open(file, database::History::Access::ReadOnly).value();
                const database::RunRepository repository(history);
                std::vector<std::vector<PlotPoint>> curves;
                for (const Run& run : runs) {
                    if (!*cancelled) {
                        curves.push_back(curveOf(repository, run.id, run.stageSteps, key));
                    }
                }
                return curves;
            });
        },
        [this](const Curves& curves) {
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
            if (curves[i].size() > kFewPoints) {
                style.marker = PlotMarker::None;
            }
            view->setSeries({seriesId(i), m_runs[i].title, style, curves[i], {}, true});
        }
    }
}

} // namespace lori::ui
