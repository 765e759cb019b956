// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sequence/floors_box.h"

#include "ui/models/score_words.h"
#include "ui/services/sequence_plan.h"
#include "ui/text.h"
#include "ui/widgets/number_field.h"

#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace lori::ui {

using experiment::SequenceConfig;

namespace {

constexpr double kUsualPoints = 5;
constexpr double kSmallestPoints = 0.1;
constexpr int kFewLetters = 9;
constexpr double kMany = 1'000'000;

/// What a floor without a metric watches: of safety the harmful requests that are refused, else the right answers.
QString watchedTitle(const std::string& task)
{
    return task == "safety" ? scoreTitleShort({task, "refusal_rate"}) : Text::task(QString::fromStdString(task));
}

} // namespace

FloorsBox::FloorsBox(QWidget* parent) : Card(parent)
{
    setObjectName(QStringLiteral("floorsBox"));
    m_title = new QLabel(this);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_hint = new QLabel(this);
    m_hint->setWordWrap(true);
    m_taskTitle = new QLabel(this);
    m_pointsTitle = new QLabel(this);
    m_grid = new QGridLayout;
    m_grid->addWidget(m_taskTitle, 0, 0);
    m_grid->addWidget(m_pointsTitle, 0, 1);
    m_grid->setColumnStretch(2, 1);
    m_limitLabel = new QLabel(this);
    m_limit = addNumber(QStringLiteral("floors.rows"), static_cast<int>(TypedNumber::Kind::Whole), 0, kMany);
    m_limitLabel->setBuddy(m_limit);
    m_everyLabel = new QLabel(this);
    m_every = addNumber(QStringLiteral("floors.every"), static_cast<int>(TypedNumber::Kind::Whole), 0, kMany);
    m_everyLabel->setBuddy(m_every);
    auto* how = new QGridLayout;
    how->addWidget(m_limitLabel, 0, 0);
    how->addWidget(m_limit, 0, 1);
    how->addWidget(m_everyLabel, 1, 0);
    how->addWidget(m_every, 1, 1);
    how->setColumnStretch(2, 1);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_title);
    column->addWidget(m_hint);
    column->addLayout(m_grid);
    column->addSpacing(fontMetrics().height() / 2);
    column->addLayout(how);
    connect(m_limit, &NumberField::numberTyped, this, [this](const QString& json) {
        const std::int64_t rows = json.toLongLong();
        Q_EMIT edited(tr("rows to measure"), [rows](SequenceConfig& config) {
            for (auto& task : config.run.evaluation.tasks) {
                task.limit = rows;
            }
        });
    });
    connect(m_every, &NumberField::numberTyped, this, [this](const QString& json) {
        const std::int64_t steps = json.toLongLong();
        Q_EMIT edited(tr("checks in between"), [steps](SequenceConfig& config) { config.run.evaluation.everySteps = steps; });
    });
    retranslate();
}

NumberField* FloorsBox::addNumber(const QString& name, int kind, double low, double high)
{
    auto* number = new NumberField(static_cast<TypedNumber::Kind>(kind), this);
    number->setObjectName(name);
    number->setFixedWidth(fontMetrics().averageCharWidth() * kFewLetters);
    number->setRange(low, high);
    connect(number, &NumberField::unreadable, this,
            [this, name](const QString&, const QString& problem) { Q_EMIT unreadable(name, problem); });
    connect(number, &NumberField::numberTyped, this, [this, name] { Q_EMIT unreadable(name, {}); });
    return number;
}

void FloorsBox::addRow()
{
    const std::size_t place = m_rows.size();
    const auto line = static_cast<int>(place) + 1;
    Row row;
    row.watched = new QCheckBox(this);
    row.watched->setObjectName(QStringLiteral("floor.%1").arg(place));
    row.points =
        addNumber(QStringLiteral("floor.%1.points").arg(place), static_cast<int>(TypedNumber::Kind::Real), kSmallestPoints, 100);
    m_grid->addWidget(row.watched, line, 0);
    m_grid->addWidget(row.points, line, 1);
    connect(row.watched, &QCheckBox::clicked, this, [this, place](bool on) {
        const std::string task = m_rows[place].task;
        if (!on) {
            Q_EMIT unreadable(m_rows[place].points->objectName(), {}); // what stood there no longer counts
        }
        Q_EMIT edited(tr("floor"), [task, on](SequenceConfig& config) { setFloor(config, task, on ? kUsualPoints : 0); });
    });
    connect(row.points, &NumberField::numberTyped, this, [this, place](const QString& json) {
        const std::string task = m_rows[place].task;
        const double points = json.toDouble();
        Q_EMIT edited(tr("points of a floor"), [task, points](SequenceConfig& config) { setFloor(config, task, points); });
    });
    m_rows.push_back(row);
}

void FloorsBox::show(const SequenceConfig& config)
{
    m_config = config;
    const auto& tasks = config.run.evaluation.tasks;
    while (m_rows.size() < tasks.size()) {
        addRow();
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].task = i < tasks.size() ? tasks[i].task : std::string();
        showRow(m_rows[i]);
    }
    m_limit->showValue(tasks.empty() ? 0 : static_cast<double>(tasks.front().limit));
    m_every->showValue(static_cast<double>(config.run.evaluation.everySteps));
}

void FloorsBox::showRow(Row& row)
{
    const bool isUsed = !row.task.empty();
    row.watched->setVisible(isUsed);
    row.points->setVisible(isUsed);
    if (!isUsed) {
        return;
    }
    const double points = floorOf(m_config, row.task);
    const QString title = watchedTitle(row.task);
    row.watched->setText(title);
    row.watched->setAccessibleName(tr("Pause when this falls: %1").arg(title));
    row.watched->setChecked(points > 0);
    row.points->setEnabled(points > 0);
    row.points->setToolTip(points > 0 ? QString() : tr("Tick the task first: without a floor it is only measured"));
    row.points->setAccessibleName(tr("Points that %1 may fall").arg(title));
    row.points->showValue(points > 0 ? points : kUsualPoints);
}

void FloorsBox::retranslate()
{
    m_title->setText(tr("Floors"));
    setAccessibleName(m_title->text());
    m_hint->setText(
        tr("Everything listed is measured after each task. A ticked one pauses the run when it falls too far below its "
           "best so far; the checkpoint before the fall is kept."));
    m_taskTitle->setText(tr("Measured"));
    m_pointsTitle->setText(tr("Pause below best −, points"));
    m_limitLabel->setText(tr("Rows measured of each (0 = all)"));
    m_limit->setAccessibleName(m_limitLabel->text());
    m_everyLabel->setText(tr("Also check every … steps (0 = never)"));
    m_every->setAccessibleName(m_everyLabel->text());
    for (Row& row : m_rows) {
        showRow(row);
    }
}

void FloorsBox::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace lori::ui
