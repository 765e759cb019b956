// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_charts.h"

#include "core/experiment/config_words.h"
#include "ui/text.h"
#include "ui/widgets/crosshair_group.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"
#include "ui/widgets/run_words.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
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

std::vector<PlotMark> stageMarks(const RunCurves& curves)
{
    std::vector<PlotMark> marks;
    double offset = 0;
    for (const auto& [index, stage] : curves.stages()) {
        const QString title = stageTitle(stage.kind, stage.name);
        if (!marks.empty() && marks.back().x == offset) { // the mask takes no steps: it shares its place with the next stage
            marks.back().label = RunCharts::tr("%1 → %2", "one stage after another").arg(marks.back().label, title);
        } else {
            marks.push_back({offset, title});
        }
        offset += static_cast<double>(stage.steps);
    }
    return marks;
}

QString changeText(const RunCurves::Changed& changed)
{
    const QString value = Text::number(changed.value);
    if (changed.what == wordOf(experiment::Setting::LearningRate)) {
        return RunCharts::tr("rate %1").arg(value);
    }
    return changed.what == wordOf(experiment::Setting::Steps) ? RunCharts::tr("%1 steps in all").arg(value)
                                                              : RunCharts::tr("checks every %1 steps").arg(value);
}

std::vector<PlotSpan> pauseSpans(const RunCurves& curves)
{
    std::vector<PlotSpan> spans;
    for (const double x : curves.pauses()) {
        spans.push_back({x, x, RunCharts::tr("paused")});
    }
    for (const RunCurves::Changed& changed : curves.changes()) {
        spans.push_back({changed.x, changed.x, changeText(changed)});
    }
    return spans;
}

PlotDash dashOf(std::size_t index)
{
    return static_cast<PlotDash>(index % 3);
}

} // namespace

RunCharts::RunCharts(QWidget* parent) : QWidget(parent), m_crosshair(new CrosshairGroup(this))
{
    setObjectName(QStringLiteral("runCharts"));
    m_loss = makePanel(QStringLiteral("loss"));
    m_safety = makePanel(QStringLiteral("safety"));
    m_scores = makePanel(QStringLiteral("scores"));
    m_details = makePanel(QStringLiteral("details"));
    for (PlotPanel* rates : {m_safety, m_scores}) {
        rates->view()->setYFormat(PlotFormat::Percent);
        rates->view()->setYLimits(std::pair(0.0, 1.0));
    }

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(makeControls());
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setObjectName(QStringLiteral("runChartsSplitter"));
    splitter->setChildrenCollapsible(false);
    for (PlotPanel* one : {m_loss, m_safety, m_scores, m_details}) {
        splitter->addWidget(one);
    }
    for (const auto& [index, share] : {std::pair(0, 4), std::pair(1, 4), std::pair(2, 3), std::pair(3, 2)}) {
        splitter->setStretchFactor(index, share);
    }
    m_scores->hide();
    auto* scroll = new QScrollArea(this); // small windows scroll instead of squeezing the charts
    scroll->setObjectName(QStringLiteral("runChartsScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(splitter);
    layout->addWidget(scroll, 1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(PlotView::kRedrawIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, &RunCharts::updateNow);
    retranslate();
}

PlotPanel* RunCharts::makePanel(const QString& name)
{
    auto* made = new PlotPanel(name, QString(), this);
    made->view()->setXDescription([this](double x) { return describe(x); });
    m_crosshair->add(made->view());
    return made;
}

QHBoxLayout* RunCharts::makeControls()
{
    auto* row = new QHBoxLayout;
    m_methodLabel = new QLabel(this);
    m_method = new QComboBox(this);
    m_method->setObjectName(QStringLiteral("smoothingMethod"));
    for (const SmoothingMethod method :
         {SmoothingMethod::None, SmoothingMethod::ExponentialAverage, SmoothingMethod::MovingAverage}) {
        m_method->addItem(QString(), static_cast<int>(method));
    }
    m_methodLabel->setBuddy(m_method);
    m_weight = new NumberField(TypedNumber::Kind::Real, this);
    m_weight->setObjectName(QStringLiteral("smoothingWeight"));
    m_weight->setRange(0, 0.99);
    m_weight->setStep(0.05);
    m_window = new NumberField(TypedNumber::Kind::Whole, this);
    m_window->setObjectName(QStringLiteral("smoothingWindow"));
    m_window->setRange(1, 1000);
    m_overlayBar = new QWidget(this);
    m_overlayBar->setObjectName(QStringLiteral("overlayBar"));
    new FlowLayout(m_overlayBar);
    row->addWidget(m_methodLabel);
    row->addWidget(m_method);
    row->addWidget(m_weight);
    row->addWidget(m_window);
    row->addWidget(m_overlayBar, 1);
    m_detail = new QComboBox(this);
    m_detail->setObjectName(QStringLiteral("detailMetric"));
    for (const Metric metric : {Metric::TokensPerSecond, Metric::GradientNorm, Metric::LearningRate, Metric::MemoryBytes}) {
        m_detail->addItem(QString(), static_cast<int>(metric));
    }
    m_details->addControl(m_detail);
    setSmoothing(Smoothing{});
    connect(m_method, &QComboBox::currentIndexChanged, this, &RunCharts::readSmoothing);
    connect(m_weight, &NumberField::numberTyped, this, &RunCharts::readSmoothing);
    connect(m_window, &NumberField::numberTyped, this, &RunCharts::readSmoothing);
    connect(m_detail, &QComboBox::currentIndexChanged, this, &RunCharts::updateDetails);
    return row;
}

void RunCharts::retranslate()
{
    setAccessibleName(tr("Charts of the run"));
    m_methodLabel->setText(tr("&Smoothing:"));
    m_method->setAccessibleName(tr("Smoothing of the loss"));
    m_method->setItemText(0, tr("None"));
    m_method->setItemText(1, tr("Exponential average"));
    m_method->setItemText(2, tr("Moving average"));
    m_weight->setAccessibleName(tr("Weight of the past in the exponential average"));
    m_weight->setToolTip(m_weight->accessibleName());
    m_window->setAccessibleName(tr("Number of steps in the moving average"));
    m_window->setToolTip(m_window->accessibleName());
    m_overlayBar->setAccessibleName(tr("Other runs in these charts"));
    m_detail->setAccessibleName(tr("What the details chart shows"));
    m_detail->setItemText(0, tr("Tokens per second"));
    m_detail->setItemText(1, tr("Gradient norm"));
    m_detail->setItemText(2, tr("Learning rate"));
    m_detail->setItemText(3, tr("Memory (GiB)"));
    m_loss->setTitle(tr("Loss"));
    m_safety->setTitle(tr("Safety"));
    m_scores->setTitle(tr("Scores"));
    m_loss->view()->setAxisTitles(tr("Step"), tr("Loss"));
    m_safety->view()->setAxisTitles(tr("Step"), tr("Answers"));
    m_scores->view()->setAxisTitles(tr("Step"), tr("Score"));
    m_details->view()->setAxisTitles(tr("Step"), QString());
    for (PlotPanel* one : {m_loss, m_details}) {
        one->view()->setEmptyText(tr("First point after step 1"));
    }
    m_safety->view()->setEmptyText(tr("The safety scores appear after the first check"));
    updateNow();
}

void RunCharts::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void RunCharts::setSmoothing(const Smoothing& smoothing)
{
    m_smoothing = smoothing;
    const QSignalBlocker a(m_method);
    const QSignalBlocker b(m_weight);
    const QSignalBlocker c(m_window);
    m_method->setCurrentIndex(m_method->findData(static_cast<int>(smoothing.method)));
    m_weight->showValue(smoothing.weight);
    m_window->showValue(static_cast<double>(smoothing.window));
    m_weight->setVisible(smoothing.method == SmoothingMethod::ExponentialAverage);
    m_window->setVisible(smoothing.method == SmoothingMethod::MovingAverage);
    schedule();
}

void RunCharts::readSmoothing()
{
    const TypedNumber weight = m_weight->number(); // half a number changes nothing
    const TypedNumber window = m_window->number();
    setSmoothing({static_cast<SmoothingMethod>(m_method->currentData().toInt()),
                  weight.isNumber() ? weight.typed() : m_smoothing.weight,
                  window.isNumber() ? static_cast<std::size_t>(window.typed()) : m_smoothing.window});
}

void RunCharts::reset()
{
    m_curves.clear();
    for (PlotPanel* one : {m_loss, m_safety, m_scores, m_details}) {
        one->view()->clear();
    }
    m_crosshair->setX(std::nullopt);
    updateNow();
}

void RunCharts::append(const std::vector<events::Event>& events)
{
    if (!events.empty()) {
        m_curves.absorb(events);
        schedule();
    }
}

bool RunCharts::addOverlay(const QString& runName, const std::vector<events::Event>& events)
{
    removeOverlay(runName);
    if (m_overlays.size() >= kMaxOverlays) {
        return false;
    }
    Overlay overlay{runName, {}};
    overlay.curves.absorb(events);
    m_overlays.push_back(std::move(overlay));
    rebuildOverlayButtons();
    updateNow();
    return true;
}

void RunCharts::removeOverlay(const QString& runName)
{
    if (std::erase_if(m_overlays, [&](const Overlay& o) { return o.name == runName; }) == 0) {
        return;
    }
    // Colours and ids go by position, so the series of all overlays are made anew.
    for (PlotPanel* one : {m_loss, m_safety, m_scores, m_details}) {
        const std::vector<PlotSeries> before = one->view()->series();
        for (const PlotSeries& series : before) {
            if (series.id.startsWith(QLatin1String("overlay"))) {
                one->view()->removeSeries(series.id);
            }
        }
    }
    rebuildOverlayButtons();
    updateNow();
    Q_EMIT overlayRemoved(runName);
}

void RunCharts::rebuildOverlayButtons()
{
    qDeleteAll(m_overlayBar->findChildren<QToolButton*>());
    for (const Overlay& overlay : m_overlays) {
        auto* button = new QToolButton(m_overlayBar);
        button->setObjectName(QStringLiteral("removeOverlay_") + overlay.name);
        button->setText(tr("%1 ✕", "button that takes another run's curve away").arg(overlay.name));
        button->setAccessibleName(tr("Remove %1 from the charts").arg(overlay.name));
        button->setToolTip(button->accessibleName());
        // Queued: the button must not be deleted while its own click is being handled.
        connect(
            button, &QToolButton::clicked, this, [this, name = overlay.name] { removeOverlay(name); }, Qt::QueuedConnection);
        m_overlayBar->layout()->addWidget(button);
        button->show();
    }
}

void RunCharts::schedule()
{
    m_dirty = true;
    if (isVisible() && !m_timer.isActive()) {
        m_timer.start();
    }
}

void RunCharts::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_dirty) {
        updateNow();
    }
}

void RunCharts::updateNow()
{
    m_timer.stop();
    m_dirty = false;
    const std::vector<PlotMark> marks = stageMarks(m_curves);
    const std::vector<PlotSpan> spans = pauseSpans(m_curves);
    double end = m_curves.lastX();
    for (const Overlay& overlay : m_overlays) {
        end = std::max(end, overlay.curves.lastX());
    }
    for (PlotPanel* one : {m_loss, m_safety, m_scores, m_details}) {
        one->view()->setMarks(marks);
        one->view()->setSpans(spans);
        one->view()->setXLimits(std::pair(0.0, std::max(1.0, end))); // the same x everywhere, also where there is one point yet
    }
    updateLoss();
    updateSafety();
    updateScores();
    updateDetails();
}

void RunCharts::updateLoss()
{
    PlotView* view = m_loss->view();
    std::vector<PlotPoint> raw = m_curves.points(Metric::TrainLoss);
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
                      m_curves.points(Metric::HeldOutLoss),
                      {},
                      true});
    for (std::size_t i = 0; i < m_overlays.size(); ++i) {
        const Overlay& overlay = m_overlays[i];
        const QString id = QStringLiteral("overlay%1").arg(i);
        const PlotStyle style{static_cast<int>(i) + 2, dashOf(i + 1), PlotMarker::None, false};
        showSeries(view, {id + QStringLiteral("train"),
                          tr("%1: training").arg(overlay.name),
                          style,
                          smoothed(overlay.curves.points(Metric::TrainLoss), m_smoothing, overlay.curves.stageBreaks()),
                          {},
                          true});
        showSeries(view, {id + QStringLiteral("heldout"),
                          tr("%1: held-out").arg(overlay.name),
                          {style.colour, PlotDash::Dot, PlotMarker::Diamond, false},
                          overlay.curves.points(Metric::HeldOutLoss),
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
    for (std::size_t i = 0; i < m_overlays.size(); ++i) {
        for (const RunCurves::ScoreName& name : m_overlays[i].curves.scoreNames()) {
            if (isSafetyScore(name) == safety) {
                const bool needless = name.second == "needless_refusal_rate";
                addScore(view, m_overlays[i].curves, name, tr("%1: %2", "run: curve").arg(m_overlays[i].name, scoreTitle(name)),
                         {static_cast<int>(i) + 4, needless ? PlotDash::Dot : PlotDash::Dash,
                          needless ? PlotMarker::Square : PlotMarker::Diamond, false},
                         QStringLiteral("overlay%1").arg(i), nullptr);
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
    m_scores->setVisible(!view->series().empty());
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
    for (std::size_t i = 0; i < m_overlays.size(); ++i) {
        showSeries(view, {QStringLiteral("overlay%1detail").arg(i),
                          tr("%1: %2", "run: curve").arg(m_overlays[i].name, m_detail->currentText()),
                          {static_cast<int>(i) + 2, dashOf(i + 1), PlotMarker::None, false},
                          scaled(m_overlays[i].curves.points(metric)),
                          {},
                          true});
    }
}

QString RunCharts::describe(double x) const
{
    const StepKey key = m_curves.keyAt(x);
    const QString step = QLocale().toString(x, 'g', 10);
    const auto stage = m_curves.stages().find(key.stage);
    return stage == m_curves.stages().end() ? tr("Step %1").arg(step)
                                            : tr("Step %1 (%2, step %3)")
                                                  .arg(step, stageTitle(stage->second.kind, stage->second.name),
                                                       QLocale().toString(static_cast<qlonglong>(key.step)));
}

PlotPanel* RunCharts::panel(const QString& name) const
{
    return findChild<PlotPanel*>(name);
}

} // namespace lori::ui
