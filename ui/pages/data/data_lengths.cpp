// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/data_lengths.h"

#include "ui/frame/still_progress_bar.h"
#include "ui/services/error_text.h"
#include "ui/text.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/plot_panel.h"
#include "ui/widgets/plot_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace lori::ui {

namespace {

constexpr std::int64_t kBars = 20;
constexpr int kLimitStep = 16; // tokens
constexpr double kLongestRow = 1'000'000;

} // namespace

DataLengths::DataLengths(RowLengths& lengths, QWidget* parent) : QWidget(parent), m_lengths(lengths)
{
    m_limitLabel = new QLabel(this);
    m_limitField = new NumberField(TypedNumber::Kind::Whole, this);
    m_limitField->setObjectName(QStringLiteral("lengthLimit"));
    m_limitField->setRange(1, kLongestRow);
    m_limitField->setStep(kLimitStep);
    m_limitField->setMaximumWidth(fontMetrics().averageCharWidth() * 12);
    m_limitLabel->setBuddy(m_limitField);
    m_use = new QPushButton(this);
    m_use->setObjectName(QStringLiteral("useLength"));
    m_sentence = new QLabel(this);
    m_sentence->setObjectName(QStringLiteral("lengthSentence"));
    m_sentence->setWordWrap(true);
    m_panel = new PlotPanel(QStringLiteral("lengths"), QString(), this);
    m_note = new QLabel(this);
    m_note->setObjectName(QStringLiteral("lengthNote"));
    m_note->setWordWrap(true);
    m_progress = new StillProgressBar(this);
    m_progress->setObjectName(QStringLiteral("lengthProgress"));
    m_cancel = new QPushButton(this);
    m_cancel->setObjectName(QStringLiteral("lengthCancel"));
    auto* top = new QHBoxLayout;
    top->addWidget(m_limitLabel);
    top->addWidget(m_limitField);
    top->addWidget(m_sentence, 1);
    top->addWidget(m_use);
    auto* running = new QHBoxLayout;
    running->addWidget(m_progress, 1);
    running->addWidget(m_cancel);
    auto* column = new QVBoxLayout(this);
    column->addLayout(top);
    column->addWidget(m_panel, 1);
    column->addLayout(running);
    column->addWidget(m_note);

    connect(m_limitField, &NumberField::numberTyped, this, [this] {
        m_limit = static_cast<std::int64_t>(m_limitField->number().typed());
        showState();
    });
    connect(m_limitField, &NumberField::unreadable, this,
            [this](const QString&, const QString& problem) { m_sentence->setText(problem); });
    connect(m_panel->view(), &PlotView::markMoved, this, // categories stand at 0, 1, 2 …, half a bar to each side
            [this](double x) { tryLimit((x + 0.5) * static_cast<double>(m_barWidth)); });
    connect(m_panel->view(), &PlotView::markStepped, this,
            [this](int steps) { tryLimit(static_cast<double>(m_limit + static_cast<std::int64_t>(steps) * kLimitStep)); });
    connect(m_use, &QPushButton::clicked, this, [this] { Q_EMIT useRequested(m_limit); });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_lengths.isCounting()) {
            m_lengths.clear();
        } else {
            Q_EMIT countRequested();
        }
    });
    connect(&m_lengths, &RowLengths::changed, this, &DataLengths::showState);
    connect(&m_lengths, &RowLengths::progressed, this, &DataLengths::showProgress);
    retranslate();
}

void DataLengths::setConfig(const experiment::RunConfig& config)
{
    m_model = Text::model(QString::fromStdString(config.model));
    if (m_configured != config.data.maxTokens) {
        m_configured = config.data.maxTokens;
        m_limit = m_configured;
        m_limitField->showValue(static_cast<double>(m_limit));
    }
    showState();
}

void DataLengths::tryLimit(double tokens)
{
    m_limit = std::llround(std::clamp(tokens, 1.0, kLongestRow));
    m_limitField->showValue(static_cast<double>(m_limit));
    showState();
}

void DataLengths::showProgress()
{
    m_progress->setRange(0, static_cast<int>(std::min<std::int64_t>(m_lengths.total(), 1'000'000'000)));
    m_progress->setValue(static_cast<int>(std::min<std::int64_t>(m_lengths.done(), 1'000'000'000)));
}

void DataLengths::showState()
{
    const RowLengths::View& view = m_lengths.view();
    const bool counting = m_lengths.isCounting();
    const bool gaveUp = !counting && m_lengths.total() == 0;
    m_progress->setVisible(counting);
    m_cancel->setVisible(counting || gaveUp);
    m_cancel->setText(counting ? tr("Stop counting") : tr("Count the lengths"));
    m_cancel->setAccessibleName(m_cancel->text());
    m_use->setEnabled(m_limit >= 1 && m_limit != m_configured);
    showProgress();
    if (view.error || view.lengths.empty()) {
        m_panel->view()->clear();
        m_panel->view()->setMarks({});
        m_panel->view()->setEmptyText(counting     ? tr("Counting the tokens of every row …")
                                      : view.error ? tr("The model’s tokenizer cannot be read")
                                                   : tr("The lengths are not counted yet"));
        m_sentence->setText(QString());
        m_note->setText(view.error ? ErrorText::sentence(*view.error) : QString());
        return;
    }
    const tasks::LengthStats stats = tasks::lengthStats(view.lengths, m_limit, kBars);
    m_sentence->setText(tr("%1 of %n row(s) will be cut (%2)", nullptr, static_cast<int>(stats.rows))
                            .arg(Text::count(static_cast<double>(stats.truncatedRows)),
                                 Text::percent(static_cast<double>(stats.truncatedRows) / static_cast<double>(stats.rows))));
    showBars(stats);
    QString note = tr("Tokens of %1: half of the rows have up to %2, nine in ten up to %3, the longest %4.")
                       .arg(m_model)
                       .arg(stats.median)
                       .arg(stats.percentile90)
                       .arg(stats.longest);
    if (m_limit != m_configured) {
        note += QLatin1Char(' ') + tr("The experiment is set to %1.").arg(m_configured);
    }
    if (view.refused > 0) {
        note += QLatin1Char(' ') + tr("The model’s template does not take %n row(s).", nullptr, static_cast<int>(view.refused));
    }
    m_note->setText(note);
}

void DataLengths::showBars(const tasks::LengthStats& stats)
{
    PlotSeries bars;
    bars.id = QStringLiteral("rows");
    bars.name = tr("rows");
    bars.style.shape = PlotShape::Bars;
    QStringList names;
    double x = 0;
    for (const tasks::LengthBin& bin : stats.histogram) {
        bars.points.push_back({x, static_cast<double>(bin.rows)});
        names << tr("%1–%2", "a range of lengths").arg(bin.low).arg(bin.high - 1);
        x += 1;
    }
    PlotView* view = m_panel->view();
    view->setCategories(names);
    view->setSeries(std::move(bars));
    const auto& first = stats.histogram.front();
    m_barWidth = std::max<std::int64_t>(1, first.high - first.low);
    const double place = static_cast<double>(m_limit) / static_cast<double>(m_barWidth) - 0.5;
    view->setMarks(place < x ? std::vector<PlotMark>{{place, tr("cut at %1").arg(m_limit), true}} : std::vector<PlotMark>{});
    view->refreshNow(); // the mark follows the hand
}

void DataLengths::retranslate()
{
    m_limitLabel->setText(tr("Row &length"));
    m_limitField->setAccessibleName(tr("Row length to try, in tokens"));
    m_limitField->setToolTip(tr("In tokens, 1 to 1,000,000; tried here only, the experiment keeps its own"));
    m_use->setText(tr("Use this le&ngth"));
    m_use->setAccessibleName(tr("Use this length"));
    m_use->setToolTip(tr("Opens the experiment with this row length"));
    m_panel->setTitle(tr("Tokens in a row"));
    m_panel->view()->setToolTip(tr("Drag the cut, or move it with Alt+Left and Alt+Right"));
    m_panel->view()->setAxisTitles(tr("tokens"), tr("rows"));
    m_progress->setAccessibleName(tr("Rows counted"));
    showState();
}

void DataLengths::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace lori::ui
