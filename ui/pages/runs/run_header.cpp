// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/run_header.h"

#include "core/jobs/job_life.h"
#include "core/tasks/benchmarks.h"
#include "ui/frame/stage_strip.h"
#include "ui/frame/still_progress_bar.h"
#include "ui/icons.h"
#include "ui/models/score_words.h"
#include "ui/services/run_name.h"
#include "ui/services/run_service.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/flow_layout.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

using jobs::JobState;

namespace {

constexpr std::int64_t kQuietMs = 5000; // after this long without a sign of life the header says so

QPushButton* button(QWidget* parent, const char* name, const QString& iconName)
{
    auto* made = new QPushButton(parent);
    made->setObjectName(QString::fromLatin1(name));
    made->setIcon(icon(iconName));
    return made;
}

/// What a task is about: a starter task and the published sets beside it share it, as maths and GSM8K do.
std::string subjectOf(const std::string& task)
{
    const auto sets = tasks::benchmarksOf(task);
    const std::string subject = sets.empty() ? task : sets.front()->group;
    return subject == "maths" ? "math" : subject; // the folder of the published one
}

} // namespace

RunHeader::RunHeader(QWidget* parent) : Card(parent)
{
    setObjectName(QStringLiteral("runHeader"));
    build();
    retranslate();
}

void RunHeader::build()
{
    m_title = new QLabel(this);
    m_title->setObjectName(QStringLiteral("runTitle"));
    m_title->setTextFormat(Qt::PlainText);
    QFont big = m_title->font();
    big.setPointSizeF(big.pointSizeF() * 1.3);
    big.setBold(true);
    m_title->setFont(big);
    m_stateIcon = new QLabel(this);
    m_stateText = new QLabel(this);
    m_stateText->setObjectName(QStringLiteral("runState"));
    m_purpose = new QLabel(this);
    m_purpose->setTextFormat(Qt::PlainText);
    m_purpose->setWordWrap(true);
    m_strip = new StageStrip(this);
    m_bar = new StillProgressBar(this);
    m_bar->setObjectName(QStringLiteral("runBar"));
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(true);
    m_figures = new QLabel(this);
    m_figures->setObjectName(QStringLiteral("runFigures"));
    m_figures->setWordWrap(true);
    m_seal = new QLabel(this);
    m_seal->setObjectName(QStringLiteral("runSeal"));
    m_seal->setWordWrap(true);
    m_fold = new QToolButton(this);
    m_fold->setObjectName(QStringLiteral("foldHeader"));
    m_fold->setAutoRaise(true);
    connect(m_fold, &QToolButton::clicked, this, [this] {
        setFolded(!m_folded);
        Q_EMIT foldedByHand(m_folded);
    });
    buildButtons();

    auto* top = new QHBoxLayout;
    top->addWidget(m_title);
    top->addSpacing(fontMetrics().height() / 2);
    top->addWidget(m_stateIcon);
    top->addWidget(m_stateText);
    top->addStretch(1);
    top->addWidget(m_fold);
    auto* buttons = new FlowLayout;
    for (QPushButton* each :
         {m_pause, m_stop, m_change, m_acceptData, m_resume, m_branch, m_try, m_masks, m_duplicate, m_discard}) {
        buttons->addWidget(each);
    }
    auto* column = new QVBoxLayout(this);
    column->addLayout(top);
    column->addWidget(m_purpose);
    column->addWidget(m_strip);
    column->addWidget(m_bar);
    column->addWidget(m_figures);
    column->addWidget(m_seal);
    column->addLayout(buttons);
    column->addWidget(buildNext());
}

QWidget* RunHeader::buildNext()
{
    m_next = new QWidget(this);
    m_next->setObjectName(QStringLiteral("runNext"));
    m_nextText = new QLabel(m_next);
    m_nextText->setObjectName(QStringLiteral("runNextText"));
    m_nextText->setTextFormat(Qt::PlainText);
    m_nextText->setWordWrap(true);
    m_nextButton = new QPushButton(m_next);
    m_nextButton->setObjectName(QStringLiteral("runNextStep"));
    connect(m_nextButton, &QPushButton::clicked, this, &RunHeader::nextRequested);
    auto* row = new QHBoxLayout(m_next);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_nextText, 1);
    row->addWidget(m_nextButton);
    m_next->hide();
    return m_next;
}

void RunHeader::buildButtons()
{
    m_pause = button(this, "pauseButton", QStringLiteral("pause"));
    m_stop = button(this, "stopButton", QStringLiteral("stop"));
    m_resume = button(this, "resumeButton", QStringLiteral("start"));
    m_acceptData = button(this, "acceptChangedData", QStringLiteral("start"));
    connect(m_acceptData, &QPushButton::clicked, this, &RunHeader::changedDataAccepted);
    m_masks = button(this, "masksButton", QStringLiteral("masks"));
    m_change = button(this, "changeButton", QStringLiteral("runs"));
    m_branch = button(this, "branchButton", QStringLiteral("sequence"));
    m_duplicate = button(this, "duplicateButton", QStringLiteral("experiment"));
    m_discard = button(this, "discardButton", QStringLiteral("discard"));
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_state == JobState::Paused) {
            Q_EMIT continueRequested();
        } else {
            Q_EMIT pauseRequested();
        }
    });
    connect(m_stop, &QPushButton::clicked, this, &RunHeader::stopRequested);
    connect(m_resume, &QPushButton::clicked, this, &RunHeader::resumeRequested);
    connect(m_masks, &QPushButton::clicked, this, &RunHeader::masksRequested);
    connect(m_change, &QPushButton::clicked, this, &RunHeader::changeRequested);
    connect(m_branch, &QPushButton::clicked, this, &RunHeader::branchRequested);
    m_try = button(this, "tryButton", QStringLiteral("try"));
    connect(m_try, &QPushButton::clicked, this, &RunHeader::tryRequested);
    connect(m_duplicate, &QPushButton::clicked, this, &RunHeader::duplicateRequested);
    connect(m_discard, &QPushButton::clicked, this, &RunHeader::discardRequested);
}

void RunHeader::show(const QString& name, JobState state, const RunProgress& progress)
{
    if (state != m_state) {
        m_asked.clear();
    }
    m_name = name;
    m_state = state;
    m_progress = &progress;
    refresh();
}

void RunHeader::setAsked(const QString& text)
{
    m_asked = text;
    refresh();
}

void RunHeader::setDataChanged(bool changed)
{
    m_dataChanged = changed;
    showButtons();
}

void RunHeader::setHasMasks(bool has)
{
    m_masks->setEnabled(has);
    m_masks->setToolTip(has ? tr("Which entries of B were kept, layer by layer")
                            : tr("This run has made neither a LoRI-D adapter nor a mask"));
}

void RunHeader::setNext(const QString& text, const QString& button)
{
    m_hasNext = !text.isEmpty();
    m_nextText->setText(tr("Next: %1").arg(text));
    m_nextButton->setText(button);
    m_nextButton->setAccessibleName(m_hasNext ? button : tr("Next step"));
    m_next->setVisible(m_hasNext && !m_folded);
}

void RunHeader::setFolded(bool folded)
{
    m_folded = folded;
    showFold();
    refresh();
}

void RunHeader::showFold()
{
    m_strip->setVisible(!m_folded);
    m_next->setVisible(m_hasNext && !m_folded);
    m_fold->setArrowType(m_folded ? Qt::DownArrow : Qt::UpArrow);
    m_fold->setAccessibleName(m_folded ? tr("Show more about the run") : tr("Show less about the run"));
    m_fold->setToolTip(m_fold->accessibleName());
}

void RunHeader::refresh()
{
    if (m_progress == nullptr) {
        return;
    }
    const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
    m_title->setText(m_name);
    if (m_shownState != m_state) { // anew only when it is another: a label that is set lays the header out again
        m_shownState = m_state;
        const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
        m_stateIcon->setPixmap(icon(Text::stateIcon(m_state)).pixmap(QSize(side, side), devicePixelRatioF()));
        QPalette colours = palette();
        colours.setColor(QPalette::WindowText, toneColour(toneOf(m_state), palette()));
        m_stateText->setPalette(colours);
    }
    const bool discarded = m_state == JobState::Stopped && m_progress->isDiscarded();
    const QString state = discarded ? tr("Discarded") : Text::state(m_state);
    m_stateText->setText(m_asked.isEmpty() ? state : tr("%1 – %2").arg(state, m_asked));
    QStringList about; // what it learns, where its name does not say so already, and what for
    if (const QString learned = RunName::ofData(m_progress->config()); !learned.isEmpty() && learned != m_name) {
        about.append(tr("learns: %1").arg(learned));
    }
    if (const std::string& purpose = m_progress->config().purpose; !purpose.empty()) {
        about.append(QString::fromStdString(purpose));
    }
    m_purpose->setText(about.join(QStringLiteral(" · ")));
    m_purpose->setVisible(!about.isEmpty() && !m_folded);
    m_strip->setSteps(m_progress->strip(m_state, now));
    showFigures(now);
    showSeal();
    showButtons();
}

QStringList RunHeader::liveParts(std::int64_t nowMs) const
{
    QStringList parts;
    if (const double eta = m_progress->etaSeconds(nowMs); eta >= 0 && m_state == JobState::Running) {
        parts.append(tr("%1 left").arg(Text::about(eta)));
    }
    const bool paused = m_state == JobState::Paused && m_progress->pausedSinceMs() > 0;
    if (paused) {
        parts.append(tr("paused at step %1 of %2 since %3")
                         .arg(m_progress->step())
                         .arg(m_progress->stageSteps())
                         .arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(m_progress->pausedSinceMs()).time(),
                                                 QLocale::ShortFormat)));
        if (const double eta = m_progress->etaSeconds(nowMs); eta >= 0) {
            parts.append(tr("%1 of work left").arg(Text::about(eta)));
        }
    } else if (!m_progress->activity().empty() && m_progress->shareBeforeSteps() < 0) { // else the bar says it
        parts.append(m_progress->activityText(nowMs));
    }
    if (m_progress->lastEventMs() > 0 && nowMs - m_progress->lastEventMs() > kQuietMs) {
        parts.append(
            tr("no sign of life for %1").arg(Text::duration(static_cast<double>(nowMs - m_progress->lastEventMs()) / 1000)));
    }
    return parts;
}

/// "harmful requests refused 40 % → 83 % [74–90] of 150": what a run that ended has changed of what it learned; at most two. What
/// it was not taught, and the rest, stands under Scores: after a file of capitals, refusals are no result.
QStringList RunHeader::resultParts() const
{
    constexpr qsizetype kMostResults = 2;
    const auto& sources = m_progress->config().data.sources;
    const auto isLearned = [&](const std::string& task) {
        return std::any_of(sources.begin(), sources.end(),
                           [&](const auto& source) { return !source.task.empty() && subjectOf(source.task) == subjectOf(task); });
    };
    QStringList aims;
    QStringList prices;
    for (const auto& [what, change] : m_progress->changes()) {
        if (!change.before || !change.now || isSecondScorer({what.first, what.second}) || !isLearned(what.first)) {
            continue;
        }
        QStringList& side = change.now->higherIsBetter ? aims : prices;
        side.append(tr("%1 %2 → %3", "measure, before, after")
                        .arg(Text::metric(QString::fromStdString(what.second)), Text::percent(change.before->value, 0),
                             Text::rate(change.now->value, change.now->low, change.now->high, change.now->n)));
    }
    return (aims + prices).mid(0, kMostResults); // the aim first, its price after it
}

void RunHeader::showFigures(std::int64_t nowMs)
{
    const double share = m_progress->share();
    const double part = m_progress->shareBeforeSteps();
    m_bar->setVisible(isLive(m_state));
    m_bar->setRange(0, share < 0 && part < 0 ? 0 : 1000); // without a range Qt shows no text: the figures say what is done
    m_bar->setValue(static_cast<int>(1000 * std::max({0.0, share, part})));
    m_bar->setFormat(part >= 0    ? m_progress->activityText(nowMs)
                     : share >= 0 ? tr("%1 of all steps").arg(Text::percent(share, 0))
                                  : tr("preparing"));

    QStringList parts = isLive(m_state) ? liveParts(nowMs) : resultParts();
    if (m_progress->step() > 0 && m_state != JobState::Paused) {
        parts.append(tr("step %1 of %2").arg(m_progress->step()).arg(m_progress->stageSteps()));
    }
    if (m_progress->loss()) {
        parts.append(tr("loss %1").arg(Text::number(*m_progress->loss())));
    }
    if (m_progress->tokensPerSecond() > 0) {
        parts.append(tr("%1 tokens/s").arg(Text::count(m_progress->tokensPerSecond())));
    }
    if (m_progress->memoryBytes() > 0) {
        parts.append(tr("%1 memory").arg(Text::bytes(m_progress->memoryBytes())));
    }
    if (!m_progress->device().empty()) {
        parts.append(m_progress->device() == "cpu" ? tr("on the processor") : QString::fromStdString(m_progress->device()));
    }
    m_figures->setText(parts.join(QStringLiteral(" · ")));
    m_figures->setVisible(!parts.isEmpty() && !m_folded);
}

void RunHeader::showSeal()
{
    const auto& seals = m_progress->seals();
    const bool holds = std::all_of(seals.begin(), seals.end(), [](const events::Seal& seal) { return seal.holds(); });
    m_seal->setVisible(!seals.empty() && (!m_folded || !holds)); // a broken one is never out of sight
    if (seals.empty()) {
        return;
    }
    m_seal->setText(
        holds && m_progress->hasMask()
            ? tr("✓ Frozen means frozen: A and the base weights are unchanged, and everything outside the mask is exactly 0.")
        : holds ? tr("✓ Frozen means frozen: A and the base weights are unchanged.")
                : tr("✗ The seal is broken: something that must stay frozen has changed. Do not use this adapter."));
    m_seal->setToolTip(tr("Hash of A: %1").arg(QString::fromStdString(seals.back().aHash)));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, toneColour(holds ? Tone::Good : Tone::Alarm, palette()));
    m_seal->setPalette(colours);
}

void RunHeader::showButtons()
{
    const bool live = isLive(m_state);
    const bool paused = m_state == JobState::Paused;
    m_pause->setVisible(live);
    m_pause->setEnabled(m_asked.isEmpty() && m_state != JobState::Waiting);
    m_pause->setText(paused ? tr("&Continue") : tr("&Pause"));
    m_pause->setAccessibleName(paused ? tr("Continue") : tr("Pause"));
    m_pause->setIcon(icon(paused ? QStringLiteral("start") : QStringLiteral("pause")));
    m_stop->setVisible(live);
    m_stop->setEnabled(m_state != JobState::Waiting); // also while a pause was asked for: stopping is quicker
    const bool ended = m_state == JobState::Lost || m_state == JobState::Stopped || m_state == JobState::Failed;
    m_resume->setVisible(ended && m_progress != nullptr && !m_progress->isDiscarded());
    m_acceptData->setVisible(m_state == JobState::Failed && m_dataChanged);
    m_masks->setVisible(!live);
    m_change->setVisible(live);
    m_change->setEnabled(m_progress != nullptr && m_state != JobState::Waiting && m_progress->step() > 0 &&
                         m_progress->stageNow().has_value());
    m_branch->setVisible(!live || paused);
    m_try->setVisible(m_branch->isVisibleTo(this));
    m_try->setEnabled(m_progress != nullptr && !m_progress->isDiscarded() && m_progress->step() > 0);
    m_branch->setEnabled(m_progress != nullptr && !m_progress->isDiscarded() && m_progress->step() > 0);
    m_duplicate->setVisible(!live);
    m_discard->setText(live ? tr("&Discard…") : tr("M&ove to trash"));
    m_discard->setAccessibleName(live ? tr("Discard") : tr("Move to trash"));
    m_discard->setToolTip(live ? tr("End the run and throw away what it made") : tr("Undo brings it back"));
}

void RunHeader::retranslate()
{
    m_stop->setText(tr("Stop and &keep"));
    m_stop->setAccessibleName(tr("Stop and keep"));
    m_stop->setToolTip(tr("Save a checkpoint and end; the run can be resumed later"));
    m_pause->setToolTip(tr("Holds after the current step; the model stays loaded"));
    m_resume->setText(tr("Res&ume"));
    m_resume->setAccessibleName(tr("Resume"));
    m_resume->setToolTip(tr("Go on from the last checkpoint"));
    m_acceptData->setText(tr("&Go on with the changed data"));
    m_acceptData->setAccessibleName(tr("Go on with the changed data"));
    m_acceptData->setToolTip(tr("The run records that its files changed; its numbers are then of two data sets"));
    m_masks->setText(tr("Show &masks"));
    m_masks->setAccessibleName(tr("Show masks"));
    m_change->setText(tr("Ch&ange…"));
    m_change->setAccessibleName(tr("Change the run at work"));
    m_change->setToolTip(
        tr("Learning rate, length and checks from the next step on; kept with the run and repeated by its recipe"));
    m_try->setText(tr("Tr&y it"));
    m_try->setAccessibleName(tr("Try it"));
    m_try->setToolTip(tr("Ask the model with what was learned so far, beside the base model"));
    m_branch->setText(tr("&Branch…"));
    m_branch->setAccessibleName(tr("Continue with other settings"));
    m_branch->setToolTip(tr("A new run goes on from this one's newest checkpoint: longer, or with another learning rate"));
    m_duplicate->setText(tr("Duplicate as &new"));
    m_duplicate->setAccessibleName(tr("Duplicate as new"));
    m_duplicate->setToolTip(tr("Fill the experiment form with these settings"));
    m_bar->setAccessibleName(tr("Progress of the run"));
    m_nextButton->setAccessibleName(m_hasNext ? m_nextButton->text() : tr("Next step"));
    showFold();
    showButtons();
    refresh();
}

void RunHeader::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        m_shownState.reset();
        refresh();
    }
}

} // namespace lori::ui
