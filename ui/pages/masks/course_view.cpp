// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/course_view.h"

#include "core/analysis/entry_owners.h"
#include "core/formats/adapter_files.h"
#include "ui/pages/masks/course_words.h"
#include "ui/pages/masks/module_stack.h"
#include "ui/pages/masks/overlap_words.h"
#include "ui/services/app_context.h"
#include "ui/services/error_text.h"
#include "ui/services/page_router.h"
#include "ui/widgets/fitting.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/plot_input.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"
#include "ui/widgets/wrapped_label.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace lori::ui {
namespace {

constexpr int kLookAgainMs = 5000; ///< while the training is at work
constexpr int kPlotLines = 12;
constexpr int kMapLines = 18;

} // namespace

CourseView::CourseView(AppContext& context, QWidget* parent) : QWidget(parent), m_context(context)
{
    setObjectName(QStringLiteral("maskCourse"));
    auto* content = new QWidget;
    m_text = sentenceLabel(QStringLiteral("maskCourseText"), content);
    m_action = new QPushButton(content);
    m_action->setObjectName(QStringLiteral("maskCourseAction"));
    m_body = new QWidget(content);
    m_panel = new PlotPanel(QStringLiteral("maskCoursePlot"), QString(), m_body);
    m_panel->setMinimumHeight(fontMetrics().height() * kPlotLines);
    m_stepLabel = new QLabel(m_body);
    m_step = new QSlider(Qt::Horizontal, m_body);
    m_step->setObjectName(QStringLiteral("maskCourseStep"));
    m_step->setPageStep(1);
    m_stepLabel->setBuddy(m_step);
    m_stepText = new QLabel(m_body);
    m_stepText->setObjectName(QStringLiteral("maskCourseStepText"));
    auto* line = new QHBoxLayout;
    line->addWidget(m_stepLabel);
    line->addWidget(m_step, 1);
    line->addWidget(m_stepText);
    m_model = new OverlapTableModel(this);
    m_stack = new ModuleStack(QStringLiteral("maskCourseModules"), m_model, m_body);
    m_stack->setMinimumHeight(fontMetrics().height() * kMapLines);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->addWidget(m_panel, 2);
    body->addLayout(line);
    body->addWidget(m_stack, 3);
    auto* inner = new QVBoxLayout(content);
    inner->addWidget(makeTop());
    inner->addWidget(m_text);
    inner->addWidget(m_action, 0, Qt::AlignLeft);
    inner->addWidget(m_body, 1);
    inner->addStretch(0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scrolling(content, QStringLiteral("maskCourseScroll"), this));
    connectParts();
    retranslate();
}

QWidget* CourseView::makeTop()
{
    auto* top = new QWidget(this);
    m_runLabel = new QLabel(top);
    m_run = new QComboBox(top);
    m_run->setObjectName(QStringLiteral("maskCourseRun"));
    m_run->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_run->setMinimumContentsLength(24);
    m_run->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_runLabel->setBuddy(m_run);
    auto* row = new FlowLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_runLabel);
    row->addWidget(m_run);
    return top;
}

void CourseView::connectParts()
{
    connect(m_run, &QComboBox::activated, this, &CourseView::read);
    connect(m_action, &QPushButton::clicked, this, &CourseView::act);
    connect(m_step, &QSlider::valueChanged, this, &CourseView::showMoment);
    connect(m_panel->view()->findChild<PlotInput*>(), &PlotInput::activated, this, &CourseView::chooseStep);
    connect(m_stack, &ModuleStack::moduleOpened, this, &CourseView::showMatrix);
    auto* again = new QTimer(this);
    again->setInterval(kLookAgainMs);
    connect(again, &QTimer::timeout, this, [this] {
        const bool grows = m_state == State::None || (m_course && !m_course->ended);
        if (isVisible() && grows && !isBusy()) {
            scan();
        }
    });
    again->start();
}

std::size_t CourseView::chosen() const
{
    return static_cast<std::size_t>(std::max(0, m_step->value()));
}

void CourseView::scan()
{
    m_scan.start([home = m_context.home](const BackgroundJob::Cancelled&) { return findMoments(home); },
                 [this](std::vector<MomentsSource> sources) { take(std::move(sources)); });
}

void CourseView::take(std::vector<MomentsSource> sources)
{
    const bool same = sources == m_sources && m_course && m_course->ended;
    const std::optional<MomentsSource> before = m_course ? std::optional(m_course->source) : std::nullopt;
    m_sources = std::move(sources);
    {
        const QSignalBlocker quiet(m_run);
        m_run->clear();
        for (const MomentsSource& source : m_sources) {
            m_run->addItem(source.title);
        }
        const auto kept = before ? std::find(m_sources.begin(), m_sources.end(), *before) : m_sources.end();
        m_run->setCurrentIndex(m_sources.empty() ? -1 : kept == m_sources.end() ? 0 : static_cast<int>(kept - m_sources.begin()));
    }
    m_run->setEnabled(!m_sources.empty());
    if (same) {
        showState();
    } else {
        read();
    }
}

void CourseView::read()
{
    m_read.cancel();
    const int place = m_run->currentIndex();
    if (place < 0 || place >= static_cast<int>(m_sources.size())) {
        m_course.reset();
        m_state = State::None;
        showState();
        Q_EMIT shown();
        return;
    }
    m_state = State::Reading;
    showState();
    m_read.start([home = m_context.home, source = m_sources[static_cast<std::size_t>(place)]](
                     const BackgroundJob::Cancelled& cancelled) { return readMoments(home, source, *cancelled); },
                 [this](const Result<std::shared_ptr<const MaskCourse>>& course) { taken(course); });
}

void CourseView::taken(const Result<std::shared_ptr<const MaskCourse>>& course)
{
    const bool sameRun = m_course && course && m_course->source == (*course)->source;
    const std::int64_t step = sameRun && !m_course->moments.empty() ? m_course->moments[chosen()].step : -1;
    m_course = course ? *course : nullptr;
    m_error = course ? Error{} : course.error();
    m_state = course ? State::Shown : State::Failed;
    if (m_course) {
        const QSignalBlocker quiet(m_step);
        const auto count = static_cast<int>(m_course->moments.size());
        m_step->setRange(0, std::max(0, count - 1));
        m_step->setValue(step < 0 ? count / 2 : 0);
        draw();
        if (step >= 0) {
            chooseStep(static_cast<double>(step));
        }
        showMoment();
    }
    showState();
    Q_EMIT shown();
}

void CourseView::act()
{
    if (m_state == State::None) {
        m_context.pages->go(intents::NewExperiment{});
    } else if (m_state == State::Reading) {
        m_read.cancel();
        m_state = State::Cancelled;
        showState();
    } else {
        read();
    }
}

void CourseView::showState()
{
    QString action;
    switch (m_state) {
    case State::Looking:
        say(tr("Looking for runs …"), Tone::Quiet);
        break;
    case State::None:
        say(tr("No run has kept its mask on the way yet. Set “Masks on the way” in the evaluation settings of an experiment with "
               "LoRI-D and a mask; the presets Quick look and Paper LoRI-S 90 % have it."),
            Tone::Quiet);
        action = tr("Set up an experiment");
        break;
    case State::Reading:
        say(tr("Reading the masks …"), Tone::Quiet);
        action = tr("Cancel");
        break;
    case State::Cancelled:
        say(tr("Reading was cancelled."), Tone::Quiet);
        action = tr("Read again");
        break;
    case State::Failed:
        say(ErrorText::sentence(m_error), Tone::Alarm);
        action = tr("Read again");
        break;
    case State::Shown:
        say(CourseWords::sentence(*m_course, chosen()), Tone::Quiet);
        break;
    }
    m_action->setVisible(!action.isEmpty());
    m_action->setText(action.isEmpty() ? tr("Read again") : action); // it has a name while it hides, too
    m_action->setAccessibleName(m_action->text());
    // While another run is read the last picture stays.
    m_body->setVisible(m_course && !m_course->moments.empty() && (m_state == State::Shown || m_state == State::Reading));
}

void CourseView::draw()
{
    PlotView* view = m_panel->view();
    view->clear();
    for (PlotSeries& curve : CourseWords::curves(*m_course)) {
        view->setSeries(std::move(curve));
    }
    PlotStyle dashed;
    dashed.colour = 3;
    view->setReferences({{tr("by chance"), CourseWords::chance(*m_course), dashed}});
    view->setXLimits(std::pair{0.0, static_cast<double>(m_course->steps)});
    view->refreshNow();
}

void CourseView::showMoment()
{
    if (!m_course || m_course->moments.empty()) {
        return;
    }
    const MaskMoment& moment = m_course->moments[chosen()];
    m_stepText->setText(CourseWords::moment(*m_course, chosen()));
    m_step->setAccessibleDescription(m_stepText->text());
    m_panel->view()->setMarks({{static_cast<double>(moment.step), m_stepText->text()}});
    m_model->setPair(moment.pair, tr("step %1").arg(moment.step), tr("the end"));
    std::vector<ModulePlace> places;
    for (const analysis::NamedOverlap& module : moment.pair.modules) {
        places.push_back({module.layer, module.projection});
    }
    m_stack->setModules(
        std::move(places), [&](std::size_t i) { return CourseWords::cell(moment.pair.modules[i].overlap); },
        CourseWords::scale(moment), [modules = moment.pair.modules](std::size_t i) { return CourseWords::readOut(modules[i]); });
    if (const auto opened = m_stack->opened()) {
        showMatrix(*opened);
    }
    if (m_state == State::Shown) {
        say(CourseWords::sentence(*m_course, chosen()), Tone::Quiet);
    }
}

void CourseView::chooseStep(double step)
{
    if (!m_course || m_course->moments.empty()) {
        return;
    }
    const auto nearest = std::min_element(m_course->moments.begin(), m_course->moments.end(), [&](const auto& a, const auto& b) {
        return std::abs(static_cast<double>(a.step) - step) < std::abs(static_cast<double>(b.step) - step);
    });
    m_step->setValue(static_cast<int>(nearest - m_course->moments.begin()));
}

void CourseView::showMatrix(const ModulePlace& place)
{
    const auto owners = guard([&] {
        const std::vector<formats::Mask> two{formats::readMask(m_course->moments[chosen()].file).value(),
                                             formats::readMask(m_course->end).value()};
        return analysis::entryOwners(two, place.layer, place.projection).value();
    });
    if (owners) {
        m_stack->showOwners(*owners, {m_stepText->text(), tr("the end")});
    } else {
        say(ErrorText::sentence(owners.error()), Tone::Alarm);
    }
}

void CourseView::openSomeMatrix()
{
    if (m_course && !m_course->moments.empty()) {
        const auto& modules = m_course->moments[chosen()].pair.modules;
        m_stack->open({modules[modules.size() / 2].layer, modules[modules.size() / 2].projection});
    }
}

void CourseView::say(const QString& text, Tone tone)
{
    saySentence(*m_text, text, tone);
}

void CourseView::retranslate()
{
    m_runLabel->setText(tr("R&un:"));
    m_run->setAccessibleName(tr("Run whose mask is followed"));
    m_run->setPlaceholderText(tr("No mask was kept on the way yet"));
    m_text->setAccessibleName(tr("How the mask came to be"));
    m_panel->setTitle(tr("Share of the final mask that was there already"));
    m_panel->view()->setAxisTitles(tr("Step of LoRI-D"), tr("Share"));
    m_panel->view()->setYFormat(PlotFormat::Percent);
    m_panel->view()->setYLimits(std::pair{0.0, 1.0});
    m_panel->view()->setXDescription([](double x) { return tr("step %1").arg(std::lround(x)); });
    m_panel->view()->setEmptyText(tr("One moment alone has nothing to be compared with yet."));
    m_stepLabel->setText(tr("M&oment:"));
    m_step->setAccessibleName(tr("Moment of training that is shown"));
    m_stack->setTitles(tr("Map of what was there already: layers by projections"),
                       tr("Table of what was there already, by module"));
    m_model->retranslate();
    if (m_course) {
        draw();
        showMoment();
    }
    showState();
}

void CourseView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        showState();
    }
}

void CourseView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    scan();
}

} // namespace lori::ui
