// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/masks/sweep_view.h"

#include "ui/models/mask_words.h"
#include "ui/services/app_context.h"
#include "ui/services/error_text.h"
#include "ui/services/history_service.h"
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
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace lori::ui {
namespace {

constexpr int kPauseMs = 2000;
constexpr int kTableLines = 8;
constexpr int kPlotLines = 14;
constexpr double kSameShare = 1e-9;

} // namespace

SweepView::SweepView(AppContext& context, QWidget* parent) : QWidget(parent), m_context(context)
{
    setObjectName(QStringLiteral("maskSweep"));
    auto* content = new QWidget;
    auto* inner = new QVBoxLayout(content);
    inner->addWidget(makeTop());
    m_text = sentenceLabel(QStringLiteral("maskSweepText"), content);
    m_action = new QPushButton(content);
    m_action->setObjectName(QStringLiteral("maskSweepAction"));
    inner->addWidget(m_text);
    inner->addWidget(m_action, 0, Qt::AlignLeft);
    m_body = new QWidget(content);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    m_panel = new PlotPanel(QStringLiteral("maskSweepPlot"), QString(), m_body);
    m_panel->setMinimumHeight(fontMetrics().height() * kPlotLines);
    body->addWidget(m_panel, 1);
    body->addWidget(makeBottom());
    inner->addWidget(m_body, 1);
    inner->addStretch(0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scrolling(content, QStringLiteral("maskSweepScroll"), this));
    m_later = new QTimer(this);
    m_later->setSingleShot(true);
    m_later->setInterval(kPauseMs);
    connectParts();
    retranslate();
}

QWidget* SweepView::makeTop()
{
    auto* top = new QWidget(this);
    auto* line = new FlowLayout(top);
    line->setContentsMargins(0, 0, 0, 0);
    const auto combo = [&](QLabel*& label, const char* name, int letters) {
        label = new QLabel(top);
        auto* made = new QComboBox(top);
        made->setObjectName(QLatin1String(name));
        made->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        made->setMinimumContentsLength(letters);
        label->setBuddy(made);
        line->addWidget(label);
        line->addWidget(made);
        return made;
    };
    m_sweep = combo(m_sweepLabel, "maskSweepChoice", 24);
    m_score = combo(m_scoreLabel, "maskSweepScore", 16);
    return top;
}

QWidget* SweepView::makeBottom()
{
    auto* bottom = new QWidget(m_body);
    m_model = new SweepTableModel(this);
    m_table = new QTableView(bottom);
    m_table->setObjectName(QStringLiteral("maskSweepRuns"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setFixedHeight(fontMetrics().height() * kTableLines);
    m_open = new QPushButton(bottom);
    m_open->setObjectName(QStringLiteral("maskSweepOpen"));
    m_use = new QPushButton(bottom);
    m_use->setObjectName(QStringLiteral("maskSweepUse"));
    auto* buttons = new QWidget(bottom);
    auto* line = new FlowLayout(buttons);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_open);
    line->addWidget(m_use);
    auto* layout = new QVBoxLayout(bottom);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table);
    layout->addWidget(buttons);
    return bottom;
}

void SweepView::connectParts()
{
    connect(m_later, &QTimer::timeout, this, &SweepView::reload);
    if (m_context.history != nullptr) {
        connect(m_context.history, &HistoryService::changed, this, [this] {
            m_stale = true;
            if (isVisible() && !m_later->isActive()) {
                m_later->start();
            }
        });
    }
    connect(m_sweep, &QComboBox::activated, this, &SweepView::fillScores);
    connect(m_score, &QComboBox::activated, this, &SweepView::draw);
    connect(m_panel->view()->findChild<PlotInput*>(), &PlotInput::activated, this, &SweepView::openAt);
    connect(m_table, &QTableView::activated, this, &SweepView::openRow);
    connect(m_open, &QPushButton::clicked, this, &SweepView::openRow);
    connect(m_use, &QPushButton::clicked, this, &SweepView::useRow);
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (m_error) {
            reload();
        } else {
            m_context.pages->go(intents::NewExperiment{});
        }
    });
}

void SweepView::reload()
{
    m_stale = false;
    if (m_sweeps.empty()) {
        say(tr("Reading the history …"), Tone::Quiet);
        m_action->hide();
    }
    m_job.start(
        [file = m_context.home.historyFile()](const BackgroundJob::Cancelled& cancelled) { return findSweeps(file, *cancelled); },
        [this](const Result<std::vector<Sweep>>& found) { taken(found); });
}

void SweepView::taken(const Result<std::vector<Sweep>>& found)
{
    m_error = found ? std::nullopt : std::optional(found.error());
    m_sweeps = found ? *found : std::vector<Sweep>{};
    fillSweeps();
    Q_EMIT shown();
}

void SweepView::fillSweeps()
{
    const QString before = m_sweep->currentData().toString();
    {
        const QSignalBlocker quiet(m_sweep);
        m_sweep->clear();
        for (const Sweep& sweep : m_sweeps) {
            m_sweep->addItem(
                tr("%1 (%n run(s))", nullptr, static_cast<int>(sweep.runs.size())).arg(QString::fromStdString(sweep.title)),
                QString::fromStdString(sweep.runs.front().id));
        }
        m_sweep->setCurrentIndex(m_sweeps.empty() ? -1 : std::max(0, m_sweep->findData(before)));
    }
    fillScores();
}

void SweepView::fillScores()
{
    const std::optional<ScoreKey> before = key();
    {
        const QSignalBlocker quiet(m_score);
        m_score->clear();
        m_keys.clear();
        int chosen = 0;
        for (const auto& [one, higher] : sweep() != nullptr ? sweep()->higherIsBetter : std::map<ScoreKey, bool>{}) {
            if (isSecondScorer(one)) {
                continue;
            }
            chosen = before == one ? static_cast<int>(m_keys.size()) : chosen;
            m_keys.push_back(one);
            m_score->addItem(scoreTitleShort(one));
        }
        m_score->setCurrentIndex(m_keys.empty() ? -1 : chosen);
    }
    draw();
}

const Sweep* SweepView::sweep() const
{
    const int place = m_sweep->currentIndex();
    return place >= 0 && place < static_cast<int>(m_sweeps.size()) ? &m_sweeps[static_cast<std::size_t>(place)] : nullptr;
}

std::optional<ScoreKey> SweepView::key() const
{
    const int place = m_score->currentIndex();
    return place >= 0 && place < static_cast<int>(m_keys.size()) ? std::optional(m_keys[static_cast<std::size_t>(place)])
                                                                 : std::nullopt;
}

void SweepView::sayWhyThereIsNone()
{
    if (m_error) {
        say(ErrorText::sentence(*m_error), Tone::Alarm);
        m_action->setText(tr("Read again"));
    } else {
        say(tr("There is no sweep yet: two finished runs or more that differ in nothing but sparsity (and seeds). Train once "
               "with "
               "LoRI-S; then take another sparsity under “One mask”, and “Use this sparsity in a new experiment”."),
            Tone::Quiet);
        m_action->setText(tr("Set up an experiment"));
    }
    m_action->setAccessibleName(m_action->text());
}

void SweepView::fillRows(const Sweep& shown, const std::optional<ScoreKey>& what)
{
    std::vector<SweepRow> rows;
    for (const SweepRun& run : shown.runs) {
        const auto score = what ? run.scores.find(*what) : run.scores.end();
        rows.push_back({run, score == run.scores.end() ? std::nullopt : std::optional(score->second)});
    }
    m_model->setRows(std::move(rows));
    m_table->resizeColumnsToContents();
    if (!m_table->currentIndex().isValid()) {
        m_table->selectRow(0);
    }
}

void SweepView::draw()
{
    const Sweep* shown = sweep();
    const std::optional<ScoreKey> what = key();
    m_knee.reset();
    m_sweep->setEnabled(!m_sweeps.empty());
    m_score->setEnabled(!m_keys.empty());
    m_body->setVisible(shown != nullptr);
    m_action->setVisible(shown == nullptr);
    if (shown == nullptr) {
        sayWhyThereIsNone();
        return;
    }
    const std::vector<SweepPoint> points = what ? shown->points(*what) : std::vector<SweepPoint>{};
    PlotView* view = m_panel->view();
    view->setReferences({});
    view->setMarks({});
    PlotSeries curve{QStringLiteral("together"), what ? scoreTitleShort(*what) : QString(), {}, {}, {}, true};
    curve.style.marker = PlotMarker::Circle;
    std::vector<analysis::SweepScore> scores;
    for (const SweepPoint& point : points) {
        const double x = point.score.sparsity * 100;
        curve.points.push_back({x, point.score.value});
        curve.band.push_back({x, point.score.low, point.score.high});
        scores.push_back(point.score);
    }
    if (what) {
        m_knee = analysis::findKnee(scores, shown->higherIsBetter.at(*what));
        view->setSeries(std::move(curve));
        if (const auto base = shown->baseModel.find(*what); base != shown->baseModel.end()) {
            PlotStyle style;
            style.colour = 1;
            view->setReferences({{tr("before training"), base->second.value, style}});
        }
        if (m_knee->kind == analysis::SweepKnee::Kind::Found) {
            view->setMarks(
                {{scores[m_knee->place].sparsity * 100, tr("knee: %1").arg(percentText(scores[m_knee->place].sparsity))}});
        }
    }
    if (!what) {
        view->clear();
    }
    view->refreshNow();
    fillRows(*shown, what);
    say(SweepWords::sentence(m_knee, points), Tone::Quiet);
}

void SweepView::openAt(double sparsityPercent)
{
    const std::optional<ScoreKey> what = key();
    for (const SweepPoint& point : what ? sweep()->points(*what) : std::vector<SweepPoint>{}) {
        if (std::abs(point.score.sparsity * 100 - sparsityPercent) < kSameShare * 100) {
            Q_EMIT maskAsked(QString::fromStdString(sweep()->runs[point.runs.front()].id));
            return;
        }
    }
}

const SweepRow* SweepView::row() const
{
    return m_model->rowAt(m_table->currentIndex());
}

void SweepView::openRow()
{
    if (row() != nullptr) {
        Q_EMIT maskAsked(QString::fromStdString(row()->run.id));
    }
}

void SweepView::useRow()
{
    if (row() != nullptr) {
        m_context.pages->go(intents::UseSparsity{row()->run.sparsity, row()->run.scope, row()->run.id, {}});
    }
}

void SweepView::say(const QString& text, Tone tone)
{
    saySentence(*m_text, text, tone);
}

void SweepView::retranslate()
{
    m_sweepLabel->setText(tr("S&weep:"));
    m_sweep->setAccessibleName(tr("Sweep that is shown"));
    m_sweep->setPlaceholderText(tr("No sweep yet"));
    m_scoreLabel->setText(tr("S&core:"));
    m_score->setAccessibleName(tr("Score that is drawn"));
    m_panel->setTitle(tr("Score against sparsity"));
    m_panel->view()->setAxisTitles(tr("Sparsity in %"), tr("Score"));
    m_panel->view()->setYFormat(PlotFormat::Percent);
    m_panel->view()->setXDescription([](double x) { return tr("sparsity %1").arg(percentText(x / 100)); });
    m_panel->view()->setEmptyText(tr("Nothing was measured with these masks."));
    m_table->setAccessibleName(tr("Runs of the sweep"));
    m_open->setText(tr("&Open its mask"));
    m_open->setAccessibleName(tr("Open the mask of the selected run"));
    m_use->setText(tr("&Use this sparsity in the experiment"));
    m_use->setAccessibleName(tr("Use the sparsity of the selected run in the experiment"));
    m_text->setAccessibleName(tr("What the sweep shows"));
    m_action->setText(tr("Read again"));
    m_model->retranslate();
    if (!m_stale || m_error) {
        fillSweeps();
    }
}

void SweepView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        draw();
    }
}

void SweepView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale) {
        reload();
    }
}

} // namespace lori::ui
