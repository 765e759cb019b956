// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_charts.h"

#include "core/experiment/config_words.h"
#include "ui/text.h"
#include "ui/widgets/crosshair_group.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"
#include "ui/widgets/run_overlays.h"
#include "ui/widgets/run_words.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QRubberBand>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QToolButton>

#include <algorithm>

namespace lori::ui {
namespace {

using Metric = RunCurves::Metric;

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
    m_dropPlace = new QRubberBand(QRubberBand::Rectangle, this);
    m_dropPlace->setObjectName(QStringLiteral("overlayDropPlace"));
    setAcceptDrops(true);
    m_timer.setSingleShot(true);
    m_timer.setInterval(PlotView::kRedrawIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, &RunCharts::updateNow);
    retranslate();
}

PlotPanel* RunCharts::makePanel(const QString& name)
{
    auto* made = new PlotPanel(name, QString(), this);
    made->view()->setWholeX(true); // there is no half step
    made->view()->setXDescription([this](double x) { return describe(x); });
    m_crosshair->add(made->view());
    auto* alone = new QToolButton(made);
    alone->setObjectName(name + QStringLiteral("Alone"));
    alone->setCheckable(true);
    alone->setAutoRaise(true);
    made->addControl(alone);
    connect(alone, &QToolButton::toggled, this, [this, made](bool on) {
        m_alone = on ? made : nullptr;
        showPanels();
    });
    m_aloneButtons.push_back(alone);
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
    m_overlays = new RunOverlays(this);
    connect(m_overlays, &RunOverlays::grown, this, &RunCharts::schedule);
    connect(m_overlays, &RunOverlays::changed, this, &RunCharts::overlaysChanged);
    row->addWidget(m_methodLabel);
    row->addWidget(m_method);
    row->addWidget(m_weight);
    row->addWidget(m_window);
    row->addWidget(m_overlays, 1);
    m_detail = new QComboBox(this);
    m_detail->setObjectName(QStringLiteral("detailMetric"));
    for (const Metric metric : {Metric::TokensPerSecond, Metric::GradientNorm, Metric::LearningRate, Metric::MemoryBytes}) {
        m_detail->addItem(QString(), static_cast<int>(metric));
    }
    m_details->addControl(m_detail);
    m_lossScale = new QComboBox(this);
    m_lossScale->setObjectName(QStringLiteral("lossScale"));
    m_lossScale->addItems({QString(), QString()});
    m_loss->addControl(m_lossScale);
    setSmoothing(Smoothing{});
    connect(m_method, &QComboBox::currentIndexChanged, this, &RunCharts::readSmoothing);
    connect(m_weight, &NumberField::numberTyped, this, &RunCharts::readSmoothing);
    connect(m_window, &NumberField::numberTyped, this, &RunCharts::readSmoothing);
    connect(m_detail, &QComboBox::currentIndexChanged, this, &RunCharts::updateDetails);
    connect(m_lossScale, &QComboBox::currentIndexChanged, this, &RunCharts::updateLoss);
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
    m_lossScale->setAccessibleName(tr("How the loss is counted"));
    m_lossScale->setItemText(0, tr("Per token"));
    m_lossScale->setItemText(1, tr("As trained"));
    m_detail->setAccessibleName(tr("What the details chart shows"));
    m_detail->setItemText(0, tr("Tokens per second"));
    m_detail->setItemText(1, tr("Gradient norm"));
    m_detail->setItemText(2, tr("Learning rate"));
    m_detail->setItemText(3, tr("Memory (GiB)"));
    for (QToolButton* alone : m_aloneButtons) {
        alone->setText(tr("Alone"));
        alone->setAccessibleName(tr("Show this chart alone"));
        alone->setToolTip(alone->accessibleName());
    }
    m_loss->setTitle(tr("Loss"));
    m_safety->setTitle(tr("Safety"));
    m_scores->setTitle(tr("Scores"));
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
    m_overlays->clear();
    for (PlotPanel* one : {m_loss, m_safety, m_scores, m_details}) {
        one->view()->clear();
    }
    m_crosshair->setX(std::nullopt);
    updateNow();
}

void RunCharts::setSubject(const QString& run)
{
    for (PlotPanel* one : {m_loss, m_safety, m_scores, m_details}) {
        one->setSubject(run);
    }
}

void RunCharts::append(const std::vector<events::Event>& events)
{
    if (!events.empty()) {
        m_curves.absorb(events);
        schedule();
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
    for (const RunOverlays::Overlay& overlay : m_overlays->all()) {
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
