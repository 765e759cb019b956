// SPDX-License-Identifier: GPL-3.0-or-later
// The editors of lists: adapted projections, measured tasks, floors. What they cannot show they keep as it is.
#include "ui/pages/experiment/field_editor.h"

#include "ui/text.h"
#include "ui/widgets/number_field.h"

#include <nlohmann/json.hpp>

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>
#include <map>
#include <memory>

namespace lori::ui {

using nlohmann::json;

namespace {

std::string taskOf(const json& entry)
{
    return entry.is_object() ? entry.value("task", std::string()) : std::string();
}

/// The floor that the form shows; an empty metric is the task's first one, the refusals.
bool isRefusalFloor(const json& floor)
{
    const std::string metric = floor.is_object() ? floor.value("metric", std::string()) : std::string("?");
    return taskOf(floor) == "safety" && (metric.empty() || metric == "refusal_rate");
}

} // namespace

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
        std::string task;
        QString path;
        QCheckBox* on;
        NumberField* limit;
    };
    /// The list as it is, and the last entry of each task: a box that is switched off and on again loses nothing.
    struct Known {
        json list = json::array();
        std::map<std::string, json> entries;
    };
    const auto known = std::make_shared<Known>();
    auto* grid = new QGridLayout;
    std::vector<Line> lines;
    for (const auto& [word, text] : ExperimentFields::starterTasks()) {
        const std::string task = word.toStdString();
        auto* on = new QCheckBox(text, this);
        on->setObjectName(m_spec.path + QLatin1Char('.') + word);
        on->setAccessibleName(tr("Measure %1").arg(text));
        on->setToolTip(m_spec.tip);
        const auto send = [this, known, task](const QString& limitText) {
            for (json& entry : known->list) {
                if (taskOf(entry) == task) {
                    entry["limit"] = json::parse(limitText.toStdString());
                    known->entries[task] = entry;
                }
            }
            tell(QString::fromStdString(known->list.dump()));
        };
        const QString path = on->objectName() + QStringLiteral(".limit");
        NumberField* limit = addNumber(path, static_cast<int>(TypedNumber::Kind::Whole), send);
        limit->setAccessibleName(tr("Rows measured of %1").arg(text));
        limit->setToolTip(m_spec.tip);
        limit->setRange(0, 1'000'000);
        const int place = static_cast<int>(lines.size());
        grid->addWidget(on, place, 0);
        grid->addWidget(limit, place, 1);
        grid->addWidget(new QLabel(tr("rows (0: all)"), this), place, 2);
        lines.push_back({task, path, on, limit});
        connect(on, &QCheckBox::toggled, this, [this, known, task, path, limit](bool checked) {
            limit->setEnabled(checked);
            if (m_showing) {
                return;
            }
            json& list = known->list;
            const auto found = std::find_if(list.begin(), list.end(), [&](const json& entry) { return taskOf(entry) == task; });
            if (checked && found == list.end()) {
                const auto before = known->entries.find(task);
                list.push_back(before != known->entries.end() ? before->second : json{{"task", task}, {"limit", 0}});
            } else if (!checked && found != list.end()) {
                list.erase(found);
                Q_EMIT unreadable(path, m_spec.path, {}, {}); // nobody asks for this number any more
            }
            tell(QString::fromStdString(list.dump()));
        });
    }
    auto* others = new QLabel(this);
    others->setObjectName(m_spec.path + QStringLiteral(".others"));
    others->setTextFormat(Qt::PlainText);
    others->setWordWrap(true);
    grid->addWidget(others, static_cast<int>(lines.size()), 0, 1, 3);
    m_show = [lines, known, others](const json& value) {
        known->list = value.is_array() ? value : json::array();
        QStringList elsewhere;
        for (const json& entry : known->list) {
            const std::string task = taskOf(entry);
            known->entries[task] = entry;
            if (std::none_of(lines.begin(), lines.end(), [&](const Line& line) { return line.task == task; })) {
                elsewhere.append(QString::fromStdString(task));
            }
        }
        for (const Line& line : lines) {
            const auto found = std::find_if(known->list.begin(), known->list.end(),
                                            [&](const json& entry) { return taskOf(entry) == line.task; });
            line.on->setChecked(found != known->list.end());
            line.limit->setEnabled(found != known->list.end());
            if (found != known->list.end()) {
                line.limit->showJson(found->value("limit", json(0)));
            } else if (const auto before = known->entries.find(line.task); before == known->entries.end()) {
                line.limit->showJson(json(0));
            }
        }
        others->setText(tr("Also measured, and kept as set: %1").arg(elsewhere.join(QStringLiteral(", "))));
        others->setVisible(!elsewhere.isEmpty());
    };
    row->addLayout(grid);
    row->addStretch(1);
    m_input = lines.front().on;
}

/// A person sets the one floor that matters most; a recipe may have others, which stay as they are.
void FieldEditor::buildSafetyFloor(QHBoxLayout* row)
{
    const auto floors = std::make_shared<json>(json::array());
    const auto send = [this, floors](const QString& text) {
        const json points = json::parse(text.toStdString());
        json& list = *floors;
        const auto found = std::find_if(list.begin(), list.end(), isRefusalFloor);
        if (points == 0 && found != list.end()) {
            list.erase(found);
        } else if (points != 0 && found != list.end()) {
            (*found)["points"] = points;
        } else if (points != 0) {
            list.push_back({{"task", "safety"}, {"metric", "refusal_rate"}, {"points", points}});
        }
        tell(QString::fromStdString(list.dump()));
    };
    NumberField* points = addNumber(m_spec.path, static_cast<int>(TypedNumber::Kind::Real), send);
    points->setRange(0, 100);
    points->setStep(1);
    m_show = [points, floors](const json& value) {
        *floors = value.is_array() ? value : json::array();
        const auto found = std::find_if(floors->begin(), floors->end(), isRefusalFloor);
        points->showJson(found == floors->end() ? json(0) : found->value("points", json(0)));
    };
    row->addWidget(points);
    row->addWidget(new QLabel(tr("%1 (0: never)").arg(m_spec.unit), this));
    row->addStretch(1);
    m_input = points;
}

} // namespace lori::ui
