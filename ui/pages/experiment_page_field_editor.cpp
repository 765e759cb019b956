// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment_page_field_editor.h"

#include "ui/text.h"
#include "ui/theme.h"

#include <nlohmann/json.hpp>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <array>
#include <limits>
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

FieldEditor::FieldEditor(FieldSpec spec, QWidget* parent) : QWidget(parent), m_spec(std::move(spec))
{
    build();
    describe(m_input);
    m_input->setObjectName(m_spec.path);
    setFocusProxy(m_input);
}

void FieldEditor::build()
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    switch (m_spec.kind) {
    case FieldKind::Line:
    case FieldKind::Real:
        buildLine(row);
        break;
    case FieldKind::Whole:
        buildWhole(row);
        break;
    case FieldKind::Share:
        buildShare(row);
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
    case FieldKind::Tasks:
        buildTasks(row);
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
    const bool isNumber = m_spec.kind == FieldKind::Real || m_spec.path.endsWith(QLatin1String("eed"));
    connect(line, &QLineEdit::textEdited, this, [this, isNumber](const QString& text) {
        tell(isNumber ? (text.trimmed().isEmpty() ? QStringLiteral("null") : text.trimmed()) : quoted(text));
    });
    m_show = [line, isNumber](const json& value) {
        const QString text = value.is_string()         ? QString::fromStdString(value.get<std::string>())
                             : value.is_number_float() ? QString::number(value.get<double>(), 'g', QLocale::FloatingPointShortest)
                                                       : QString::fromStdString(value.dump());
        bool same = text == line->text();
        if (isNumber && value.is_number()) { // "5e-4" and "0.0005" are the same value: keep what was typed
            bool readable = false;
            same = same || (line->text().trimmed().toDouble(&readable) == value.get<double>() && readable);
        }
        if (!same) {
            line->setText(text);
        }
    };
    if (m_spec.kind == FieldKind::Real) {
        line->setMaximumWidth(fontMetrics().averageCharWidth() * 18);
        row->addWidget(line);
        if (!m_spec.unit.isEmpty()) {
            row->addWidget(new QLabel(m_spec.unit, this));
        }
        row->addStretch(1);
    } else {
        row->addWidget(line);
    }
    m_input = line;
}

void FieldEditor::buildWhole(QHBoxLayout* row)
{
    auto* box = new QSpinBox(this);
    box->setRange(static_cast<int>(m_spec.low), static_cast<int>(std::min(m_spec.high, 2147483647.0)));
    box->setGroupSeparatorShown(true);
    box->setMinimumWidth(fontMetrics().averageCharWidth() * 18);
    connect(box, &QSpinBox::valueChanged, this, [this](int value) { tell(QString::number(value)); });
    m_show = [box](const json& value) {
        if (value.is_number_integer()) {
            box->setValue(static_cast<int>(std::min<std::int64_t>(value.get<std::int64_t>(), std::numeric_limits<int>::max())));
        }
    };
    row->addWidget(box);
    if (!m_spec.unit.isEmpty()) {
        row->addWidget(new QLabel(m_spec.unit, this));
    }
    row->addStretch(1);
    m_input = box;
}

void FieldEditor::buildShare(QHBoxLayout* row)
{
    auto* box = new QDoubleSpinBox(this);
    box->setRange(m_spec.low, m_spec.high);
    box->setDecimals(1);
    box->setSuffix(QStringLiteral(" %"));
    box->setMinimumWidth(fontMetrics().averageCharWidth() * 18);
    connect(box, &QDoubleSpinBox::valueChanged, this, [this](double percent) { tell(QString::number(percent / 100, 'g', 6)); });
    m_show = [box](const json& value) {
        if (value.is_number()) {
            box->setValue(value.get<double>() * 100);
        }
    };
    row->addWidget(box);
    row->addStretch(1);
    m_input = box;
}

void FieldEditor::buildChoice(QHBoxLayout* row)
{
    auto* box = new QComboBox(this);
    for (const auto& [word, text] : m_spec.choices) {
        box->addItem(text, word);
    }
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(36);
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
    auto* browse = new QPushButton(tr("Browse…"), this);
    browse->setObjectName(m_spec.path + QStringLiteral(".browse"));
    browse->setAccessibleName(tr("Browse for: %1").arg(QString(m_spec.label).remove(QLatin1Char('&'))));
    const bool folder = m_spec.path.endsWith(QLatin1String("fromAdapter")) || m_spec.path == QLatin1String("data.folder");
    connect(line, &QLineEdit::textEdited, this, [this](const QString& text) { tell(quoted(text)); });
    connect(browse, &QPushButton::clicked, this, [this, line, folder] {
        const QString chosen = folder ? QFileDialog::getExistingDirectory(this, tr("Choose a folder"), line->text())
                                      : QFileDialog::getOpenFileName(this, tr("Choose a data file"), line->text(),
                                                                     tr("Data files (*.jsonl *.json *.csv);;All files (*)"));
        if (!chosen.isEmpty()) {
            line->setText(chosen);
            tell(quoted(chosen));
        }
    });
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

void FieldEditor::buildProjections(QHBoxLayout* row)
{
    auto* grid = new QGridLayout;
    std::vector<QCheckBox*> boxes;
    for (const experiment::Projection projection : experiment::kAllProjections) {
        const std::string_view name = experiment::projectionName(projection);
        const QString word = QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
        auto* box = new QCheckBox(word, this);
        box->setObjectName(m_spec.path + QLatin1Char('.') + word);
        box->setAccessibleName(tr("Adapt %1").arg(word));
        box->setToolTip(m_spec.tip);
        const int place = static_cast<int>(boxes.size());
        grid->addWidget(box, place / 4, place % 4);
        boxes.push_back(box);
    }
    for (QCheckBox* box : boxes) {
        connect(box, &QCheckBox::toggled, this, [this, boxes] {
            json names = json::array();
            for (const QCheckBox* each : boxes) {
                if (each->isChecked()) {
                    names.push_back(each->text().toStdString());
                }
            }
            tell(QString::fromStdString(names.dump()));
        });
    }
    m_show = [boxes](const json& value) {
        for (QCheckBox* box : boxes) {
            box->setChecked(value.is_array() &&
                            std::find(value.begin(), value.end(), json(box->text().toStdString())) != value.end());
        }
    };
    row->addLayout(grid);
    row->addStretch(1);
    m_input = boxes.front();
}

void FieldEditor::buildTasks(QHBoxLayout* row)
{
    struct Line {
        QString task;
        QCheckBox* on;
        QSpinBox* limit;
    };
    auto* grid = new QGridLayout;
    std::vector<Line> lines;
    for (const auto& [word, text] : ExperimentFields::starterTasks()) {
        auto* on = new QCheckBox(text, this);
        on->setObjectName(m_spec.path + QLatin1Char('.') + word);
        on->setAccessibleName(tr("Measure %1").arg(text));
        on->setToolTip(m_spec.tip);
        auto* limit = new QSpinBox(this);
        limit->setObjectName(m_spec.path + QLatin1Char('.') + word + QStringLiteral(".limit"));
        limit->setAccessibleName(tr("Rows measured of %1").arg(text));
        limit->setToolTip(m_spec.tip);
        limit->setRange(0, 1'000'000);
        limit->setSpecialValueText(tr("all rows"));
        limit->setSuffix(QLatin1Char(' ') + tr("rows"));
        const int place = static_cast<int>(lines.size());
        grid->addWidget(on, place, 0);
        grid->addWidget(limit, place, 1);
        lines.push_back({word, on, limit});
    }
    const auto send = [this, lines] {
        json tasks = json::array();
        for (const Line& line : lines) {
            line.limit->setEnabled(line.on->isChecked());
            if (line.on->isChecked()) {
                tasks.push_back({{"task", line.task.toStdString()}, {"limit", line.limit->value()}});
            }
        }
        tell(QString::fromStdString(tasks.dump()));
    };
    for (const Line& line : lines) {
        connect(line.on, &QCheckBox::toggled, this, send);
        connect(line.limit, &QSpinBox::valueChanged, this, send);
    }
    m_show = [lines](const json& value) {
        for (const Line& line : lines) {
            const auto found = std::find_if(value.begin(), value.end(), [&](const json& task) {
                return task.is_object() && task.value("task", std::string()) == line.task.toStdString();
            });
            line.on->setChecked(found != value.end());
            line.limit->setEnabled(found != value.end());
            if (found != value.end()) {
                line.limit->setValue(static_cast<int>(found->value("limit", std::int64_t{0})));
            }
        }
    };
    row->addLayout(grid);
    row->addStretch(1);
    m_input = lines.front().on;
}

/// A person sets the one floor that matters most; a recipe may have others, which stay as they are.
void FieldEditor::buildSafetyFloor(QHBoxLayout* row)
{
    auto* points = new QSpinBox(this);
    points->setRange(0, 100);
    points->setSpecialValueText(tr("never"));
    points->setSuffix(QLatin1Char(' ') + m_spec.unit);
    const auto others = std::make_shared<json>(json::array());
    connect(points, &QSpinBox::valueChanged, this, [this, others](int value) {
        json floors = *others;
        if (value > 0) {
            floors.push_back({{"task", "safety"}, {"metric", "refusal_rate"}, {"points", value}});
        }
        tell(QString::fromStdString(floors.dump()));
    });
    m_show = [points, others](const json& value) {
        *others = json::array();
        int shown = 0;
        for (const json& floor : value) {
            if (floor.value("task", "") == "safety" && floor.value("metric", "") == "refusal_rate") {
                shown = static_cast<int>(floor.value("points", 0.0));
            } else {
                others->push_back(floor);
            }
        }
        points->setValue(shown);
    };
    row->addWidget(points);
    row->addStretch(1);
    m_input = points;
}

void FieldEditor::show(const json& value)
{
    m_showing = true;
    m_show(value);
    m_showing = false;
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

void FieldEditor::setProblem(const QString& problem)
{
    QPalette colours;
    if (!problem.isEmpty()) {
        colours = palette();
        colours.setColor(QPalette::Base, toneFill(Tone::Alarm, palette()));
    }
    m_input->setPalette(colours);
    m_input->setToolTip(problem.isEmpty() ? m_spec.tip : problem);
    m_input->setAccessibleDescription(problem.isEmpty() ? m_spec.tip : problem);
}

} // namespace lori::ui
