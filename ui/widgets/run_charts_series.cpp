// SPDX-License-Identifier: GPL-3.0-or-later
// What each of a run's charts draws: the run's own curves, and those of the runs laid over it by a drop or from the menu.
#include "ui/models/run_drag.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"
#include "ui/widgets/run_charts.h"
#include "ui/widgets/run_overlays.h"
#include "ui/widgets/run_words.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QLocale>
#include <QMimeData>
#include <QRubberBand>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace lori::ui {
namespace {

using Metric = RunCurves::Metric;

/// Adds a curve, or takes it away while it has no points, so that legends name only what can be seen.
void showSeries(PlotView* view, PlotSeries series)
{
    if (series.points.empty()) {
        view->removeSeries(series.id);
    } else {
        view->setSeries(std::move(series));
    }
}

PlotDash dashOf(std::size_t index)
{
    return static_cast<PlotDash>(index % 3);
}

} // namespace

/// One scale for all curves of the chart: a run that knows its loss only as trained has all of them shown so.
bool RunCharts::canShowLossPerToken() const
{
    return m_curves.knowsLossPerToken() &&
           std::all_of(m_overlays->all().begin(), m_overlays->all().end(),
                       [](const RunOverlays::Overlay& overlay) { return overlay.curves.knowsLossPerToken(); });
}

void RunCharts::updateLossScale(bool perToken)
{
    m_lossScale->setEnabled(canShowLossPerToken());
    m_lossScale->setToolTip(m_lossScale->isEnabled()
                                ? tr("Per token: comparable between runs. As trained: what the optimizer sees, by the loss "
                                     "setting of the experiment.")
                                : tr("A run shown here is of an older version, which kept the loss only as trained."));
    m_loss->view()->setAxisTitles(tr("Step"), perToken ? tr("Loss per token") : tr("Loss as trained"));
}

void RunCharts::updateLoss()
{
    PlotView* view = m_loss->view();
    const bool perToken = canShowLossPerToken() && m_lossScale->currentIndex() == 0;
    const Metric train = perToken ? Metric::TrainLossPerToken : Metric::TrainLoss;
    const Metric heldOut = perToken ? Metric::HeldOutLossPerToken : Metric::HeldOutLoss;
    updateLossScale(perToken);
    std::vector<PlotPoint> raw = m_curves.points(train);
    QString name;
    if (m_smoothing.method == SmoothingMethod::ExponentialAverage) {
        name = tr("Training, exponential average %1").arg(QLocale().toString(m_smoothing.weight, 'f', 2));
    } else if (m_smoothing.method == SmoothingMethod::MovingAverage) {
        name = tr("Training, moving average of %n step(s)", nullptr, static_cast<int>(m_smoothing.window));
    }
    std::vector<PlotPoint> smooth =
        name.isEmpty() ? std::vector<PlotPoint>() : smoothed(raw, m_smoothing, m_curves.stageBreaks());
    showSeries(view, {QStringLiteral("train"),
                      tr("Training, as measured"),
                      {0, PlotDash::Solid, PlotMarker::None, !name.isEmpty()},
                      std::move(raw),
                      {},
                      true});
    showSeries(
        view,
        {QStringLiteral("trainSmoothed"), name, {0, PlotDash::Solid, PlotMarker::None, false}, std::move(smooth), {}, true});
    showSeries(view, {QStringLiteral("heldout"),
                      tr("Held-out"),
                      {1, PlotDash::Dash, PlotMarker::Circle, false},
                      m_curves.points(heldOut),
                      {},
                      true});
    for (std::size_t i = 0; i < m_overlays->all().size(); ++i) {
        const RunOverlays::Overlay& overlay = m_overlays->all()[i];
        const QString id = QStringLiteral("overlay%1").arg(i);
        showSeries(view, {id + QStringLiteral("train"),
                          tr("%1: training").arg(overlay.name),
                          RunOverlays::styleOf(i),
                          smoothed(overlay.curves.points(train), m_smoothing, overlay.curves.stageBreaks()),
                          {},
                          true});
        showSeries(view, {id + QStringLiteral("heldout"),
                          tr("%1: held-out").arg(overlay.name),
                          RunOverlays::styleOf(i, PlotMarker::Circle),
                          overlay.curves.points(heldOut),
                          {},
                          true});
    }
}

void RunCharts::addScore(PlotView* view, const RunCurves& curves, const RunCurves::ScoreName& name, const QString& shown,
                         PlotStyle style, const QString& idPrefix, std::vector<PlotReference>* references) const
{
    const QString id = idPrefix + QString::fromStdString(name.first + "_" + name.second);
    showSeries(view, {id, shown, style, curves.scorePoints(name), curves.scoreIntervals(name), true});
    if (const RunCurves::Score* base = curves.baseScore(name); base != nullptr && references != nullptr) {
        references->push_back({tr("Before training: %1").arg(shown), base->value, style});
    }
}

void RunCharts::addOverlayScores(PlotView* view, bool safety) const
{
    for (std::size_t i = 0; i < m_overlays->all().size(); ++i) {
        const RunOverlays::Overlay& overlay = m_overlays->all()[i];
        int index = 0;
        for (const RunCurves::ScoreName& name : overlay.curves.scoreNames()) {
            if (isSafetyScore(name) == safety) {
                // The markers of the run itself: a side looks the same whosever it is.
                const PlotMarker marker = !safety                                  ? static_cast<PlotMarker>(1 + index % 4)
                                          : name.second == "needless_refusal_rate" ? PlotMarker::Square
                                                                                   : PlotMarker::Triangle;
                addScore(view, overlay.curves, name, tr("%1: %2", "run: curve").arg(overlay.name, scoreTitle(name)),
                         RunOverlays::styleOf(i, marker), QStringLiteral("overlay%1").arg(i), nullptr);
                ++index;
            }
        }
    }
}

void RunCharts::updateSafety()
{
    PlotView* view = m_safety->view();
    std::vector<PlotReference> references;
    for (const char* side : {"refusal_rate", "needless_refusal_rate"}) {
        const PlotStyle style = side == std::string("refusal_rate") ? PlotStyle{2, PlotDash::Solid, PlotMarker::Triangle, false}
                                                                    : PlotStyle{3, PlotDash::Dash, PlotMarker::Square, false};
        for (const RunCurves::ScoreName& name : m_curves.scoreNames()) {
            if (name.second == side) {
                addScore(view, m_curves, name, scoreTitle(name), style, {}, &references);
            }
        }
    }
    addOverlayScores(view, true);
    view->setReferences(std::move(references));
}

/// One alone, or all but the scores that there are none of.
void RunCharts::showPanels()
{
    const bool scores = !m_scores->view()->series().empty();
    for (QToolButton* button : m_aloneButtons) { // another one's button takes the place of the first
        const QSignalBlocker quiet(button);
        button->setChecked(m_alone != nullptr && button->parentWidget() == m_alone && (m_alone != m_scores || scores));
    }
    if (m_alone != nullptr && m_alone == m_scores && !scores) {
        m_alone = nullptr;
    }
    for (PlotPanel* one : {m_loss, m_safety, m_scores, m_details}) {
        one->setVisible(m_alone != nullptr ? one == m_alone : scores || one != m_scores);
    }
}

void RunCharts::updateScores()
{
    PlotView* view = m_scores->view();
    std::vector<PlotReference> references;
    int index = 0;
    for (const RunCurves::ScoreName& name : m_curves.scoreNames()) {
        if (!isSafetyScore(name)) {
            const auto marker = static_cast<PlotMarker>(1 + index % 4);
            addScore(view, m_curves, name, scoreTitle(name), {index, dashOf(static_cast<std::size_t>(index)), marker, false}, {},
                     &references);
            ++index;
        }
    }
    addOverlayScores(view, false);
    view->setReferences(std::move(references));
    showPanels();
}

void RunCharts::updateDetails()
{
    const auto metric = static_cast<Metric>(m_detail->currentData().toInt());
    const auto scaled = [metric](std::vector<PlotPoint> points) {
        if (metric == Metric::MemoryBytes) {
            for (PlotPoint& point : points) {
                point.y /= 1024.0 * 1024.0 * 1024.0;
            }
        }
        return points;
    };
    PlotView* view = m_details->view();
    m_details->setTitle(m_detail->currentText());
    showSeries(view, {QStringLiteral("detail"),
                      m_detail->currentText(),
                      {5, PlotDash::Solid, PlotMarker::None, false},
                      scaled(m_curves.points(metric)),
                      {},
                      true});
    for (std::size_t i = 0; i < m_overlays->all().size(); ++i) {
        const RunOverlays::Overlay& overlay = m_overlays->all()[i];
        showSeries(view, {QStringLiteral("overlay%1detail").arg(i),
                          tr("%1: %2", "run: curve").arg(overlay.name, m_detail->currentText()),
                          RunOverlays::styleOf(i),
                          scaled(overlay.curves.points(metric)),
                          {},
                          true});
    }
}

/// Looks and ids go by place, so the curves of all other runs are made anew.
void RunCharts::overlaysChanged()
{
    for (PlotPanel* one : {m_loss, m_safety, m_scores, m_details}) {
        const std::vector<PlotSeries> before = one->view()->series();
        for (const PlotSeries& series : before) {
            if (series.id.startsWith(QLatin1String("overlay"))) {
                one->view()->removeSeries(series.id);
            }
        }
    }
    updateNow();
}

void RunCharts::dragEnterEvent(QDragEnterEvent* event)
{
    if (!runsIn(*event->mimeData()).isEmpty()) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
        m_dropPlace->setGeometry(rect());
        m_dropPlace->show();
        m_dropPlace->raise();
    }
}

void RunCharts::dragLeaveEvent(QDragLeaveEvent* /*event*/)
{
    m_dropPlace->hide();
}

void RunCharts::dropEvent(QDropEvent* event)
{
    m_dropPlace->hide();
    event->setDropAction(Qt::CopyAction);
    event->accept();
    for (const QString& id : runsIn(*event->mimeData())) {
        Q_EMIT m_overlays->asked(id);
    }
}

} // namespace lori::ui
