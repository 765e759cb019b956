// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/field_editor.h"

#include "ui/pages/experiment/file_choosers.h"
#include "ui/pages/experiment/form_undo.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/number_field.h"

#include <nlohmann/json.hpp>

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStringListModel>
#include <QStyle>
#include <QVBoxLayout>

#include <utility>

namespace lori::ui {

using nlohmann::json;

namespace {

/// JSON of a text as a string.
QString quoted(const QString& text)
{
    return QString::fromStdString(json(text.toStdString()).dump());
}

} // namespace

FieldEditor::FieldEditor(FieldSpec spec, const std::vector<TaskChoice>& tasks, QWidget* parent)
    : QWidget(parent), m_spec(std::move(spec))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* row = new QHBoxLayout;
    column->addLayout(row);
    build(row, tasks);
    describe(m_input);
    m_input->setObjectName(m_spec.path);
    setFocusProxy(m_input);
    m_problem = new QLabel(this);
    m_problem->setObjectName(m_spec.path + QStringLiteral(".problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
}

void FieldEditor::build(QHBoxLayout* row, const std::vector<TaskChoice>& tasks)
{
    switch (m_spec.kind) {
    case FieldKind::Line:
        buildLine(row);
        break;
    case FieldKind::Real:
    case FieldKind::Whole:
    case FieldKind::Share:
        buildNumber(row);
        break;
    case FieldKind::Choice:
        buildChoice(row);
        break;
    case FieldKind::File:
        buildFile(row);
        break;
    case FieldKind::Projections:
        buildProjections(row);
        break;
    case FieldKind::SafetyFloor:
        buildSafetyFloor(row);
        break;
    case FieldKind::Task:
        buildTask(row, tasks);
        break;
    case FieldKind::Tasks:
        buildTasks(row, tasks);
        break;
    case FieldKind::Flag: {
        auto* box = new QCheckBox(m_spec.label, this);
        connect(box, &QCheckBox::toggled, this, [this](bool on) { tell(on ? QStringLiteral("true") : QStringLiteral("false")); });
        m_show = [box](const json& value) {
            box->setChecked(value.is_boolean() && value.get<bool>());
        };
        m_input = box;
        row->addWidget(box);
        break;
    }
    }
}

void FieldEditor::buildLine(QHBoxLayout* row)
{
    auto* line = new QLineEdit(this);
    undoWithForm(*line);
    connect(line, &QLineEdit::textEdited, this, [this](const QString& text) { tell(quoted(text)); });
    m_show = [line](const json& value) {
        const QString text = value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
        if (text != line->text()) {
            line->setText(text);
        }
    };
    row->addWidget(line);
    m_input = line;
}

void FieldEditor::buildNumber(QHBoxLayout* row)
{
    const auto kind = m_spec.kind == FieldKind::Real    ? TypedNumber::Kind::Real
                      : m_spec.kind == FieldKind::Share ? TypedNumber::Kind::Percent
                                                        : TypedNumber::Kind::Whole;
    NumberField* number = addNumber(m_spec.path, static_cast<int>(kind), [this](const QString& text) { tell(text); });
    if (m_spec.high > m_spec.low) {
        number->setRange(m_spec.low, m_spec.high);
    }
    const QString zero = m_spec.kind == FieldKind::Whole ? ExperimentFields::zeroWords(m_spec.path) : QString();
    auto* unit = new QLabel(m_spec.unit, this);
    unit->setObjectName(m_spec.path + QStringLiteral(".unit"));
    unit->setVisible(!m_spec.unit.isEmpty() || !zero.isEmpty());
    // show() shows the number, as in every number field that lies at a path of its own
    m_show = [this, unit, zero](const json& value) {
        const bool isZero = !zero.isEmpty() && value.is_number() && value.get<double>() == 0;
        unit->setText(isZero ? tr("= %1", "what the 0 in the field stands for").arg(zero) : m_spec.unit);
    };
    m_unused = new QLabel(tr("not used now"), this);
    m_unused->setObjectName(m_spec.path + QStringLiteral(".unused"));
    m_unused->setEnabled(false);
    m_unused->hide();
    row->addWidget(number);
    row->addWidget(unit);
    row->addWidget(m_unused);
    row->addStretch(1);
    m_input = number;
}

NumberField* FieldEditor::addNumber(const QString& path, int kind, const std::function<void(const QString& json)>& send)
{
    auto* number = new NumberField(static_cast<TypedNumber::Kind>(kind), this);
    number->setObjectName(path);
    undoWithForm(*number);
    m_numbers.insert(path, number);
    connect(number, &NumberField::numberTyped, this, [this, path, send](const QString& text) {
        Q_EMIT unreadable(path, m_spec.path, {}, {});
        send(text);
    });
    connect(number, &NumberField::unreadable, this,
            [this, path](const QString& text, const QString& problem) { Q_EMIT unreadable(path, m_spec.path, text, problem); });
    return number;
}

void FieldEditor::buildChoice(QHBoxLayout* row)
{
    auto* box = new QComboBox(this);
    for (const auto& [word, text] : m_spec.choices) {
        box->addItem(text, word);
    }
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(24);
    connect(box, &QComboBox::currentIndexChanged, this, [this, box] { tell(quoted(box->currentData().toString())); });
    m_show = [box](const json& value) {
        box->setCurrentIndex(value.is_string() ? box->findData(QString::fromStdString(value.get<std::string>())) : -1);
    };
    row->addWidget(box);
    row->addStretch(1);
    m_input = box;
}

void FieldEditor::buildFile(QHBoxLayout* row)
{
    auto* line = new QLineEdit(this);
    undoWithForm(*line);
    auto* browse = new QPushButton(tr("Browse…"), this);
    browse->setObjectName(m_spec.path + QStringLiteral(".browse"));
    browse->setAccessibleName(tr("Browse for: %1").arg(QString(m_spec.label).remove(QLatin1Char('&'))));
    const bool folder = m_spec.path.endsWith(QLatin1String("fromAdapter")) || m_spec.path == QLatin1String("data.folder");
    connect(line, &QLineEdit::textEdited, this, [this](const QString& text) { tell(quoted(text)); });
    const auto take = [this, line](const QString& chosen) {
        line->setText(chosen);
        tell(quoted(chosen));
    };
    if (m_spec.path == QLatin1String("model")) {
        FileChoosers::addModels(*browse, take);
    } else {
        connect(browse, &QPushButton::clicked, this, [this, line, folder, take] {
            const QString chosen = folder ? QFileDialog::getExistingDirectory(this, tr("Choose a folder"), line->text())
                                          : FileChoosers::askRows(this, line->text());
            if (!chosen.isEmpty()) {
                take(chosen);
            }
        });
    }
    m_show = [line](const json& value) {
        const QString text = value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
        if (text != line->text()) {
            line->setText(text);
        }
    };
    row->addWidget(line, 1);
    row->addWidget(browse);
    m_input = line;
}

void FieldEditor::show(const json& value, const std::function<QString(const QString& path)>& typed)
{
    m_showing = true;
    QHash<NumberField*, QString> kept;
    for (auto it = m_numbers.cbegin(); it != m_numbers.cend(); ++it) {
        if (const QString text = typed(it.key()); !text.isNull()) {
            kept.insert(it.value(), text);
        } else if (it.key() == m_spec.path) {
            it.value()->showJson(value);
        }
    }
    m_show(value);
    for (auto it = kept.cbegin(); it != kept.cend(); ++it) {
        it.key()->showTyped(it.value());
    }
    m_showing = false;
}

QWidget* FieldEditor::inputFor(const QString& path) const
{
    NumberField* number = m_numbers.value(path);
    return number != nullptr ? number : m_input;
}

void FieldEditor::tell(const QString& jsonText)
{
    if (!m_showing) {
        Q_EMIT edited(m_spec.path, jsonText);
    }
}

void FieldEditor::describe(QWidget* widget) const
{
    const QString name = QString(m_spec.label).remove(QLatin1Char('&'));
    widget->setAccessibleName(name);
    widget->setAccessibleDescription(m_spec.tip);
    widget->setToolTip(m_spec.tip);
    QString long_ = tr("<b>%1</b><p>%2</p><p>Allowed: %3.</p>")
                        .arg(name.toHtmlEscaped(), m_spec.tip.toHtmlEscaped(), m_spec.range.toHtmlEscaped());
    if (!m_spec.unit.isEmpty()) {
        long_ += tr("<p>Unit: %1.</p>").arg(m_spec.unit.toHtmlEscaped());
    }
    long_ += tr("<p>In the recipe: <code>%1</code></p>").arg(m_spec.path.toHtmlEscaped());
    widget->setWhatsThis(long_);
}

void FieldEditor::setUnused(bool unused)
{
    if (m_unused != nullptr) {
        m_unused->setVisible(unused);
    }
}

void FieldEditor::setProblems(const QHash<QString, QString>& problems)
{
    QHash<QWidget*, QString> byWidget;
    QStringList said;
    for (auto it = problems.cbegin(); it != problems.cend(); ++it) {
        byWidget.insert(inputFor(it.key()), it.value());
        said.append(it.value());
    }
    for (NumberField* number : std::as_const(m_numbers)) {
        paint(number, byWidget.value(number));
    }
    paint(m_input, byWidget.value(m_input));
    said.sort(); // a hash has no order
    m_problem->setText(said.join(QLatin1Char('\n')));
    m_problem->setVisible(!said.isEmpty());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, toneColour(Tone::Alarm, palette()));
    m_problem->setPalette(colours);
}

void FieldEditor::suggest(const QStringList& words)
{
    auto* line = m_numbers.isEmpty() ? qobject_cast<QLineEdit*>(m_input) : nullptr;
    if (line == nullptr || (m_words == nullptr && words.isEmpty())) {
        return;
    }
    if (m_words == nullptr) {
        m_words = new QCompleter(new QStringListModel(this), this);
        m_words->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
        line->setCompleter(m_words);
        connect(m_words, qOverload<const QString&>(&QCompleter::activated), this,
                [this](const QString& word) { tell(quoted(word)); });
        QAction* open = line->addAction(style()->standardIcon(QStyle::SP_ArrowDown), QLineEdit::TrailingPosition);
        open->setText(tr("Columns of the file"));
        open->setToolTip(open->text());
        connect(open, &QAction::triggered, m_words, [this] { m_words->complete(); });
    }
    auto* model = static_cast<QStringListModel*>(m_words->model());
    if (model->stringList() != words) {
        model->setStringList(words);
    }
}

void FieldEditor::paint(QWidget* widget, const QString& problem) const
{
    QPalette colours;
    if (!problem.isEmpty()) {
        colours = palette();
        colours.setColor(QPalette::Base, toneFill(Tone::Alarm, palette()));
    }
    widget->setPalette(colours);
    widget->setToolTip(problem.isEmpty() ? m_spec.tip : problem);
    widget->setAccessibleDescription(problem.isEmpty() ? m_spec.tip : problem);
}

} // namespace lori::ui
