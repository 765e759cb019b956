// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/scores_part.h"

#include "ui/frame/still_progress_bar.h"
#include "ui/pages/merge/merge_measuring.h"
#include "ui/pages/merge/merge_score_matrix.h"
#include "ui/pages/merge/score_tasks.h"
#include "ui/text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/number_field.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace lori::ui {

MergeScoresPart::MergeScoresPart(const Home& home, QWidget* parent) : MergePart(parent)
{
    setObjectName(QStringLiteral("mergeScores"));
    m_intro = makeLine("scoreIntro");
    column()->addWidget(m_intro);
    m_tasks = new MergeScoreTasks(home, body());
    connect(m_tasks, &MergeScoreTasks::changed, this, &MergeScoresPart::refresh);
    column()->addWidget(m_tasks);
    column()->addWidget(makeLineOfMeasuring());
    m_hint = makeLine("scoreHint");
    column()->addWidget(m_hint);
    m_bar = new StillProgressBar(body());
    m_bar->setObjectName(QStringLiteral("scoreBar"));
    m_cancel = new QPushButton(body());
    m_cancel->setObjectName(QStringLiteral("scoreCancel"));
    auto* barLine = new QHBoxLayout;
    barLine->addWidget(m_bar, 1);
    barLine->addWidget(m_cancel);
    column()->addLayout(barLine);
    m_state = makeLine("scoreState");
    column()->addWidget(m_state);
    m_matrix = new MergeScoreMatrix(body());
    column()->addWidget(m_matrix);
    m_copy = new QPushButton(body());
    m_copy->setObjectName(QStringLiteral("scoreCopy"));
    column()->addWidget(m_copy, 0, Qt::AlignLeft);
    const auto copy = [this] {
        QGuiApplication::clipboard()->setText(tabSeparated(m_scores));
    };
    connect(m_copy, &QPushButton::clicked, this, copy);
    connect(m_matrix, &MergeScoreMatrix::copyAsked, this, copy);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false); // until the worker has heard it
        Q_EMIT cancelRequested();
    });
    m_bar->hide();
    m_cancel->hide();
    retranslate();
}

QWidget* MergeScoresPart::makeLineOfMeasuring()
{
    auto* place = new QWidget(body());
    auto* line = new FlowLayout(place);
    line->setContentsMargins(0, 0, 0, 0);
    m_limitLabel = new QLabel(place);
    m_limit = new NumberField(TypedNumber::Kind::Whole, place);
    m_limit->setObjectName(QStringLiteral("scoreLimit"));
    m_limit->setRange(1, 100'000);
    m_limit->setStep(10);
    m_limit->showValue(static_cast<double>(MergeScores::kUsualLimit));
    m_limitLabel->setBuddy(m_limit);
    m_measure = new QPushButton(place);
    m_measure->setObjectName(QStringLiteral("scoreMeasure"));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_limitLabel, m_limit, m_measure}) {
        line->addWidget(widget);
    }
    connect(m_limit, &NumberField::numberTyped, this, [this] {
        m_limitTyped = true;
        refresh();
        Q_EMIT limitChanged();
    });
    connect(m_limit, &NumberField::unreadable, this, &MergeScoresPart::refresh);
    connect(m_measure, &QPushButton::clicked, this, &MergeScoresPart::measureRequested);
    return place;
}

std::vector<std::string> MergeScoresPart::tasks() const
{
    return m_tasks->chosen();
}

std::optional<std::int64_t> MergeScoresPart::limit() const
{
    const TypedNumber typed = m_limit->number();
    return m_limitTyped && typed.isNumber() ? std::optional(static_cast<std::int64_t>(typed.typed())) : std::nullopt;
}

QString MergeScoresPart::nameOf(std::size_t variant, const std::string& task) const
{
    return tr("%1 on %2", "an adapter and a task")
        .arg(m_scores.variants.at(variant).name, Text::task(QString::fromStdString(task)));
}

void MergeScoresPart::show(MergeScores scores, const QString& mergeId)
{
    m_scores = std::move(scores);
    m_mergeId = mergeId;
    std::vector<std::filesystem::path> adapters;
    for (const MergeVariant& variant : m_scores.variants) {
        if (!variant.isMerge()) {
            adapters.push_back(variant.folder);
        }
    }
    if (adapters != m_adapters) {
        m_adapters = std::move(adapters);
        chooseTasks();
    }
    if (!m_limitTyped) {
        m_limit->showValue(static_cast<double>(m_scores.limit));
    }
    refreshMatrix();
    refresh();
}

void MergeScoresPart::chooseTasks()
{
    std::set<std::string> wanted;
    for (const MergeVariant& variant : m_scores.variants) {
        wanted.insert(variant.learned.begin(), variant.learned.end());
    }
    for (const auto& [key, higherIsBetter] : m_scores.columns) {
        wanted.insert(key.task);
    }
    m_tasks->choose(wanted);
}

void MergeScoresPart::showMeasuring(const MergeMeasuring& measuring)
{
    if (measuring.isWorking() && !m_working) {
        m_cancel->setEnabled(true);
    }
    m_working = measuring.isWorking();
    m_failures = measuring.failures();
    m_cancelled = measuring.isCancelled();
    m_done = measuring.done();
    m_bar->setVisible(m_working);
    m_cancel->setVisible(m_working);
    if (m_working) {
        constexpr int kSteps = 1000; // of one measurement
        const auto progress = measuring.progress();
        const bool known = progress && progress->total > 0;
        const double share = known ? static_cast<double>(progress->done) / static_cast<double>(progress->total) : 0;
        m_bar->setRange(0, static_cast<int>(measuring.total()) * kSteps);
        m_bar->setValue(static_cast<int>((static_cast<double>(measuring.place()) + share) * kSteps));
        const QLocale locale;
        QString text = tr("Measuring %1 of %2: %3")
                           .arg(locale.toString(static_cast<qulonglong>(measuring.place() + 1)),
                                locale.toString(static_cast<qulonglong>(measuring.total())), measuring.name());
        if (known) {
            text = tr("%1, %2 of %3 questions")
                       .arg(text, locale.toString(static_cast<qlonglong>(progress->done)),
                            locale.toString(static_cast<qlonglong>(progress->total)));
        }
        if (const double left = measuring.secondsLeft(); left >= 1) {
            text = tr("%1, %2 left").arg(text, Text::duration(left));
        }
        say(m_cancelled ? tr("Stopping …") : text, Tone::Accent);
    }
    refresh();
}

void MergeScoresPart::sayOutcome()
{
    if (!m_failures.isEmpty()) {
        say(tr("%n measurement(s) failed; Measure tries again.", nullptr, static_cast<int>(m_failures.size())) +
                QLatin1Char('\n') + m_failures.join(QLatin1Char('\n')),
            Tone::Alarm);
    } else if (m_cancelled) {
        say(tr("Stopped. What was measured is kept; Measure goes on with the rest."), Tone::Caution);
    } else if (m_done > 0 && missing().empty()) {
        say(tr("Measured. Numbers in brackets are 95 % intervals; a difference is called clear when chance hardly explains it."),
            Tone::Good);
    } else if (m_scores.columns.empty()) {
        say(tr("Nothing was measured yet."), Tone::Quiet);
    } else {
        say(QString(), Tone::Quiet);
    }
}

QString MergeScoresPart::hindrance() const
{
    if (m_working) {
        return tr("It is being measured.");
    }
    if (m_scores.variants.empty()) {
        return tr("Select a merge in part 4.");
    }
    if (m_scores.model.empty()) {
        return tr("The base model is not at hand; add it under Models.");
    }
    if (tasks().empty()) {
        return tr("Choose a task.");
    }
    if (const TypedNumber typed = m_limit->number(); !typed.isNumber()) {
        return typed.problem();
    }
    return missing().empty() ? tr("All of this is measured already.") : QString();
}

void MergeScoresPart::refresh()
{
    const QString why = hindrance();
    m_measure->setEnabled(why.isEmpty());
    m_measure->setToolTip(why);
    m_measure->setAccessibleDescription(why);
    const int todo = why.isEmpty() ? static_cast<int>(missing().size()) : 0;
    m_hint->setText(why.isEmpty()
                        ? tr("%n measurement(s) to do: the adapters, and the merge that is selected in part 4. What was measured "
                             "before is not done again.",
                             nullptr, todo)
                        : why);
    m_hint->setVisible(!m_working);
    if (!m_working) {
        sayOutcome();
    }
    m_state->setVisible(!m_state->text().isEmpty());
}

void MergeScoresPart::refreshMatrix()
{
    const bool any = !m_scores.columns.empty();
    if (any) {
        m_matrix->show(m_scores, m_mergeId);
    }
    m_matrix->setVisible(any);
    m_copy->setVisible(any);
}

void MergeScoresPart::say(const QString& text, Tone tone)
{
    m_tone = tone;
    m_state->setText(text);
    paint(m_state, tone);
}

void MergeScoresPart::recolour()
{
    if (m_matrix != nullptr) {
        paint(m_state, m_tone);
        refreshMatrix();
    }
}

void MergeScoresPart::retranslate()
{
    setTitle(tr("5 · Scores"));
    m_intro->setText(tr("What is left of each task: every adapter and the merge answer the same questions."));
    const auto set = [](QPushButton* button, const QString& text, const QString& name) {
        button->setText(text);
        button->setAccessibleName(name);
    };
    set(m_measure, tr("Meas&ure"), tr("Measure the adapters and the merge"));
    set(m_cancel, tr("Stop"), tr("Stop measuring"));
    set(m_copy, tr("&Copy table"), tr("Copy the scores as a table"));
    m_limitLabel->setText(tr("&Questions of each task:"));
    m_limit->setAccessibleName(tr("Questions of each task"));
    m_limit->setToolTip(tr("The first so many of each kind of question. More make the intervals narrower and take longer."));
    m_bar->setAccessibleName(tr("Progress of measuring"));
    m_tasks->retranslate();
    refreshMatrix();
    refresh();
}

} // namespace lori::ui
