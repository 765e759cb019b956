// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/change_dialog.h"

#include "ui/services/run_progress.h"
#include "ui/widgets/fitting.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/run_words.h"
#include "ui/widgets/wrapped_label.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace lori::ui {

using experiment::Setting;

namespace {

constexpr double kMostSteps = 1e7;

} // namespace

std::optional<StageNow> stageNow(const RunProgress& progress)
{
    const auto stage = progress.stageNow();
    if (!stage) {
        return std::nullopt;
    }
    const std::int64_t done = progress.step();
    StageNow now;
    now.stage = stageTitle(std::string(experiment::stageKindName(stage->kind)), stage->name);
    now.learningRate = experiment::valueAfter(stage->changes, experiment::Setting::LearningRate, stage->learningRate, done);
    now.steps = progress.stageSteps();
    now.stepsDone = done;
    now.evaluateEvery = static_cast<std::int64_t>(experiment::valueAfter(
        stage->changes, experiment::Setting::EvaluateEvery, static_cast<double>(progress.config().evaluation.everySteps), done));
    return now;
}

ChangeDialog::ChangeDialog(Purpose purpose, const StageNow& now, const QString& name, QWidget* parent)
    : QDialog(parent), m_purpose(purpose), m_now(now)
{
    const bool isBranch = purpose == Purpose::Branch;
    setObjectName(QStringLiteral("changeDialog"));
    setWindowTitle(isBranch ? tr("Continue with other settings") : tr("Change the run at work"));
    setMinimumWidth(fontMetrics().horizontalAdvance(QLatin1Char('x')) * 64);
    auto* column = new QVBoxLayout(this);
    column->addWidget(wrappedLabel(
        isBranch
            ? tr("A new run goes on from step %1 of %2, with this run's past. This run stays as it is.")
                  .arg(now.stepsDone)
                  .arg(now.stage)
            : tr("Holds for %1 from its next step on. Every change is kept with the run and drawn on its charts, and the run's "
                 "recipe repeats it.")
                  .arg(now.stage),
        this));
    const auto labelled = [&](const QString& label, QWidget* field) {
        auto* title = new QLabel(label, this);
        title->setBuddy(field);
        column->addWidget(title);
        column->addWidget(field);
    };
    if (isBranch) {
        m_name = new QLineEdit(name, this);
        m_name->setObjectName(QStringLiteral("branchName"));
        m_name->setAccessibleName(tr("Name of the new run"));
        labelled(tr("&Name"), m_name);
        connect(m_name, &QLineEdit::textChanged, this, &ChangeDialog::check);
    }
    addField(column, tr("&Learning rate"), tr("Before the schedule's factor; values between 1e-5 and 1e-3 are usual"),
             Setting::LearningRate, now.learningRate, 1e-12, 10);
    addField(column, tr("&Steps of this stage"), tr("Those that are done are %1; with as many it ends there").arg(now.stepsDone),
             Setting::Steps, static_cast<double>(now.steps), static_cast<double>(std::max<std::int64_t>(1, now.stepsDone)),
             kMostSteps);
    addField(column, tr("Steps between &checks"), tr("Scores while it trains; 0 = only at the stage's end"),
             Setting::EvaluateEvery, static_cast<double>(now.evaluateEvery), 0, kMostSteps);
    m_problem = wrappedLabel({}, this);
    m_problem->setObjectName(QStringLiteral("changeProblem"));
    column->addWidget(m_problem);
    column->addWidget(makeButtons());
    check();
    m_fields.front().field->setFocus();
    m_fields.front().field->selectAll();
    const int wide = std::max(minimumWidth(), layout()->minimumSize().width());
    resizeWithinParent(*this, {wide, layout()->heightForWidth(wide)}); // a dialog does not ask wrapped texts by itself
}

void ChangeDialog::suggestLearningRate(double value)
{
    m_fields.front().field->showValue(value);
    m_fields.front().field->selectAll();
    check();
}

QDialogButtonBox* ChangeDialog::makeButtons()
{
    const bool isBranch = m_purpose == Purpose::Branch;
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_set = buttons->addButton(isBranch ? tr("Make the ru&n and go on") : tr("Chan&ge"), QDialogButtonBox::AcceptRole);
    m_set->setObjectName(QStringLiteral("applyChanges"));
    m_set->setDefault(true);
    if (!isBranch) {
        auto* end = buttons->addButton(tr("&End this stage now"), QDialogButtonBox::ActionRole);
        end->setObjectName(QStringLiteral("endStage"));
        end->setToolTip(
            tr("Its adapter is kept as it is, and the run goes on with its next stage: after LoRI-D it finds the mask"));
        end->setAutoDefault(false);
        connect(end, &QPushButton::clicked, this, [this] {
            accept();
            Q_EMIT chosen({{0, Setting::Steps, static_cast<double>(std::max<std::int64_t>(1, m_now.stepsDone))}}, {});
        });
    }
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const auto wanted = changes();
        const QString called = m_name != nullptr ? m_name->text().trimmed() : QString();
        accept();
        Q_EMIT chosen(wanted, called);
    });
    return buttons;
}

void ChangeDialog::addField(QBoxLayout* column, const QString& label, const QString& why, Setting what, double now, double low,
                            double high)
{
    const bool isRate = what == Setting::LearningRate;
    auto* field = new NumberField(isRate ? TypedNumber::Kind::Real : TypedNumber::Kind::Whole, this);
    static constexpr const char* kNames[] = {"learningRateField", "stepsField", "evaluateEveryField"};
    field->setObjectName(QString::fromLatin1(kNames[static_cast<std::size_t>(what)]));
    QString plain = label;
    field->setAccessibleName(plain.remove(QLatin1Char('&')));
    field->setAccessibleDescription(why);
    field->setToolTip(why);
    field->setRange(low, high);
    field->setStep(isRate ? 0 : 1);
    field->showValue(now);
    auto* name = new QLabel(label, this);
    name->setBuddy(field);
    column->addWidget(name);
    column->addWidget(field);
    column->addWidget(wrappedLabel(why, this));
    connect(field, &QLineEdit::textChanged, this, &ChangeDialog::check);
    m_fields.push_back({what, now, field});
}

std::vector<experiment::StageChange> ChangeDialog::changes() const
{
    std::vector<experiment::StageChange> result;
    for (const Field& each : m_fields) {
        const TypedNumber number = each.field->number();
        if (number.isNumber() && number.typed() != each.now) {
            result.push_back({0, each.what, number.typed()});
        }
    }
    return result;
}

void ChangeDialog::check()
{
    QString problem;
    for (const Field& each : m_fields) {
        if (!each.field->number().isNumber() && problem.isEmpty()) {
            problem = each.field->text().isEmpty()
                          ? tr("%1: a number is missing").arg(each.field->accessibleName())
                          : tr("%1: %2").arg(each.field->accessibleName(), each.field->number().problem());
        }
    }
    const auto wanted = changes();
    const bool extends = std::any_of(wanted.begin(), wanted.end(), [](const auto& each) { return each.what == Setting::Steps; });
    if (problem.isEmpty() && m_purpose == Purpose::Branch) {
        if (m_name->text().trimmed().isEmpty()) {
            problem = tr("The new run needs a name");
        } else if (!extends && m_now.stepsDone >= m_now.steps) {
            problem = tr("All steps of this stage are done: give it more");
        }
    }
    m_problem->setText(problem);
    m_set->setEnabled(problem.isEmpty() && (m_purpose == Purpose::Branch || !wanted.empty()));
}

} // namespace lori::ui
