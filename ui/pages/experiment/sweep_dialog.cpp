// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/sweep_dialog.h"

#include "ui/services/error_text.h"
#include "ui/services/lori_answer.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/fitting.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/wrapped_label.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace lori::ui {

namespace {

constexpr int kWaitMs = 300; ///< after the last key, before the engine is asked
constexpr int kMostRepetitions = 20;

/// The sparsities to begin with, when the configuration finds a mask: those of the usual curve.
bool findsMask(const experiment::RunConfig& config)
{
    return std::any_of(config.stages.begin(), config.stages.end(),
                       [](const auto& stage) { return stage.kind == experiment::StageKind::Mask; });
}

} // namespace

SweepDialog::SweepDialog(const experiment::RunConfig& config, QWidget* parent)
    : QDialog(parent), m_config(config), m_wait(new QTimer(this))
{
    setObjectName(QStringLiteral("sweepDialog"));
    setWindowTitle(tr("Train at several values"));
    auto* body = new QWidget(this);
    auto* grid = new QGridLayout(body);
    grid->setColumnStretch(1, 1);
    grid->addWidget(
        wrappedLabel(tr("Each combination of the values below becomes a run of “%1”. What stays empty stays as the form has it.")
                         .arg(QString::fromStdString(config.name)),
                     body),
        0, 0, 1, 2);
    addList(*grid, "sweepSparsity", "sparsity", tr("S&parsity, %"),
            findsMask(config) ? tr("Entries of B that the mask leaves out")
                              : tr("This experiment finds no mask: choose LoRI with a sparse mask in the form first"),
            TypedNumber::Kind::Percent, 0, 99.9, tr("for example 50 80 90 95 99"));
    m_lists.back().text->setEnabled(findsMask(config));
    addList(*grid, "sweepRank", "rank", tr("&Rank"),
            tr("Alpha stays as it is, so a higher rank makes each step smaller (alpha / rank)"), TypedNumber::Kind::Whole, 1,
            1024, tr("for example 8 16 32"));
    addList(*grid, "sweepRate", "learningRate", tr("&Learning rate"), tr("Of every training stage"), TypedNumber::Kind::Real,
            1e-12, 10, tr("for example 1e-4 3e-4 1e-3"));
    addRepetitions(*grid);
    m_cost = wrappedLabel({}, body);
    m_cost->setObjectName(QStringLiteral("sweepCost"));
    m_cost->setTextInteractionFlags(Qt::TextSelectableByMouse);
    grid->addWidget(m_cost, grid->rowCount(), 0, 1, 2);
    grid->setRowStretch(grid->rowCount(), 1);
    auto* column = new QVBoxLayout(this);
    column->addWidget(scrolling(body, QStringLiteral("sweepScroll"), this), 1);
    makeButtons();
    m_wait->setSingleShot(true);
    m_wait->setInterval(kWaitMs);
    connect(m_wait, &QTimer::timeout, this, &SweepDialog::ask);
    if (m_file.open()) {
        m_file.write(QByteArray::fromStdString(experiment::toJson(m_config).dump()));
        m_file.close();
    }
    check();
    const int wide = fontMetrics().horizontalAdvance(QLatin1Char('x')) * 72;
    resizeWithinParent(*this, {wide, body->layout()->heightForWidth(wide) + fontMetrics().height() * 6});
}

void SweepDialog::addList(QGridLayout& grid, const char* name, const std::string& key, const QString& label, const QString& why,
                          TypedNumber::Kind kind, double low, double high, const QString& example)
{
    QWidget* body = grid.parentWidget();
    auto* text = new QLineEdit(body);
    QString plain = label;
    plain.remove(QLatin1Char('&'));
    text->setObjectName(QString::fromLatin1(name));
    text->setAccessibleName(plain);
    text->setAccessibleDescription(why);
    text->setPlaceholderText(example);
    text->setToolTip(tr("%1. Values apart by spaces.").arg(why));
    auto* title = new QLabel(label, body);
    title->setBuddy(text);
    const int row = grid.rowCount();
    grid.addWidget(title, row, 0);
    grid.addWidget(text, row, 1);
    grid.addWidget(wrappedLabel(why, body), row + 1, 1);
    connect(text, &QLineEdit::textChanged, this, &SweepDialog::check);
    m_lists.push_back({key, kind, low, high, plain, text});
}

void SweepDialog::addRepetitions(QGridLayout& grid)
{
    QWidget* body = grid.parentWidget();
    m_repetitions = new NumberField(TypedNumber::Kind::Whole, body);
    m_repetitions->setObjectName(QStringLiteral("sweepRepetitions"));
    m_repetitions->setRange(1, kMostRepetitions);
    m_repetitions->setStep(1);
    m_repetitions->showValue(1);
    m_repetitions->setAccessibleName(tr("Repetitions"));
    const QString why = tr("Each with a seed of its own; their spread tells chance from effect. The frozen A stays the same");
    m_repetitions->setAccessibleDescription(why);
    m_repetitions->setToolTip(why);
    auto* title = new QLabel(tr("Repe&titions"), body);
    title->setBuddy(m_repetitions);
    const int row = grid.rowCount();
    grid.addWidget(title, row, 0);
    grid.addWidget(m_repetitions, row, 1);
    grid.addWidget(wrappedLabel(why, body), row + 1, 1);
    connect(m_repetitions, &QLineEdit::textChanged, this, &SweepDialog::check);
}

void SweepDialog::makeButtons()
{
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_start = buttons->addButton(tr("&Start now"), QDialogButtonBox::AcceptRole);
    m_start->setObjectName(QStringLiteral("startSweep"));
    m_start->setDefault(true);
    m_queue = buttons->addButton(tr("Add to the &queue"), QDialogButtonBox::ActionRole);
    m_queue->setObjectName(QStringLiteral("queueSweep"));
    m_queue->setAutoDefault(false);
    const auto end = [this](bool queue) {
        const auto over = fields();
        accept();
        Q_EMIT chosen(over, queue);
    };
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, [end] { end(false); });
    connect(m_queue, &QPushButton::clicked, this, [end] { end(true); });
    layout()->addWidget(buttons);
}

SweepValues SweepDialog::read(const List& list) const
{
    return SweepValues::read(list.text->text(), list.kind, list.low, list.high);
}

std::vector<SweepField> SweepDialog::fields() const
{
    std::vector<SweepField> result;
    for (const List& list : m_lists) {
        if (const SweepValues values = read(list); !values.isEmpty()) {
            result.push_back({list.key, values.values()});
        }
    }
    const TypedNumber repetitions = m_repetitions->number();
    if (repetitions.isNumber() && repetitions.typed() > 1) {
        SweepField seeds{"seed"};
        for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(repetitions.typed()); ++i) {
            seeds.values.push_back(m_config.seed + i);
        }
        result.push_back(std::move(seeds));
    }
    return result;
}

QString SweepDialog::problem() const
{
    for (const List& list : m_lists) {
        if (const QString found = read(list).problem(); !found.isEmpty()) {
            return tr("%1: %2").arg(list.name, found);
        }
    }
    if (const TypedNumber number = m_repetitions->number(); !number.isNumber()) {
        return tr("%1: %2").arg(m_repetitions->accessibleName(),
                                m_repetitions->text().isEmpty() ? tr("a number is missing") : number.problem());
    }
    return fields().empty() ? tr("Give one field at least two values, or more than one repetition") : QString();
}

/// Nothing can be started before the engine said what it costs.
void SweepDialog::check()
{
    ++m_asked;
    m_start->setEnabled(false);
    m_queue->setEnabled(false);
    const QString found = problem();
    if (found.isEmpty()) {
        m_cost->setText(tr("Counting …"));
        m_wait->start();
        return;
    }
    m_wait->stop();
    m_cost->setText(found);
}

void SweepDialog::ask()
{
    const int question = m_asked;
    askLori(sweepPlanArguments(m_file.fileName(), fields()), this, [this, question](const Result<nlohmann::json>& plan) {
        if (question == m_asked) {
            show(plan);
        }
    });
}

void SweepDialog::show(const Result<nlohmann::json>& plan)
{
    if (!plan) {
        m_cost->setText(ErrorText::sentence(plan.error()));
        return;
    }
    const int trainings = plan->value("trainings", 0);
    const int done = plan->value("done", 0);
    QString text = tr("%n training(s)", nullptr, trainings);
    if (done > 0) {
        text += tr(", %n of them done already", nullptr, done);
    }
    m_cost->setText(tr("%1: %2, %3 on disk, %4 of memory")
                        .arg(text, Text::about(plan->value("seconds", 0.0)), Text::bytes(plan->value("diskBytes", 0.0)),
                             Text::bytes(plan->value("memoryBytes", 0.0))));
    m_start->setEnabled(trainings > 0);
    m_queue->setEnabled(trainings > 0);
}

} // namespace lori::ui
