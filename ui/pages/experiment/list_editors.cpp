// SPDX-License-Identifier: GPL-3.0-or-later
// The editors of tasks and of lists: adapted projections, measured tasks, floors. What they cannot show they keep as it is.
#include "ui/pages/experiment/field_editor.h"

#include "ui/pages/experiment/task_box.h"
#include "ui/widgets/number_field.h"

#include <nlohmann/json.hpp>

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

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

void FieldEditor::buildTask(QHBoxLayout* row, const std::vector<TaskChoice>& tasks)
{
    auto* box = new QComboBox(this);
    box->addItem(tr("None: my own file"), QString());
    addTasks(*box, tasks);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(24);
    connect(box, &QComboBox::currentIndexChanged, this, [this, box](int index) {
        if (index >= 0 && box->itemData(index).isValid()) { // the title of a group means nothing
            tell(QString::fromStdString(json(box->itemData(index).toString().toStdString()).dump()));
        }
    });
    m_show = [box](const json& value) {
        box->setCurrentIndex(value.is_string() ? box->findData(QString::fromStdString(value.get<std::string>())) : -1);
    };
    row->addWidget(box);
    row->addStretch(1);
    m_input = box;
}

namespace {

/// One task of the list: a box that switches it on, and how many of its rows are measured.
struct TaskLine {
    TaskChoice task;
    QString path; ///< of the number of rows
    QCheckBox* on;
    NumberField* limit;
    QLabel* unit;
};
/// The title of a group, and the places of its first task and of the one behind its last.
struct TaskGroup {
    QLabel* title;
    std::size_t begin;
    std::size_t end;
};

/// Shows the tasks whose words hold what was typed, under the titles of their groups.
void showFound(const std::vector<TaskLine>& lines, const std::vector<TaskGroup>& groups, const QString& typed)
{
    const QString wanted = typed.trimmed();
    for (const TaskGroup& group : groups) {
        bool any = false;
        for (std::size_t i = group.begin; i < group.end; ++i) {
            const TaskChoice& task = lines[i].task;
            const bool found = wanted.isEmpty() || QString::fromStdString(task.name).contains(wanted, Qt::CaseInsensitive) ||
                               task.title.contains(wanted, Qt::CaseInsensitive) ||
                               task.what.contains(wanted, Qt::CaseInsensitive) ||
                               task.group.contains(wanted, Qt::CaseInsensitive);
            for (QWidget* part : std::initializer_list<QWidget*>{lines[i].on, lines[i].limit, lines[i].unit}) {
                part->setVisible(found);
            }
            any = any || found;
        }
        group.title->setVisible(any);
    }
}

} // namespace

void FieldEditor::buildTasks(QHBoxLayout* row, const std::vector<TaskChoice>& tasks)
{
    /// The list as it is, and the last entry of each task: a box that is switched off and on again loses nothing.
    struct Known {
        json list = json::array();
        std::map<std::string, json> entries;
    };
    const auto known = std::make_shared<Known>();
    auto* grid = new QGridLayout;
    auto* find = new QLineEdit(this);
    find->setObjectName(m_spec.path + QStringLiteral(".find"));
    find->setPlaceholderText(tr("Find a task"));
    find->setAccessibleName(tr("Find a task"));
    find->setClearButtonEnabled(true);
    int place = 0;
    grid->addWidget(find, place++, 0, 1, 3);
    std::vector<TaskLine> lines;
    std::vector<TaskGroup> groups;
    for (const TaskChoice& choice : tasks) {
        const std::string task = choice.name;
        if (groups.empty() || groups.back().title->text() != choice.group) {
            auto* title = new QLabel(choice.group, this);
            QFont bold = title->font();
            bold.setBold(true);
            title->setFont(bold);
            grid->addWidget(title, place++, 0, 1, 3);
            groups.push_back({title, lines.size(), lines.size()});
        }
        auto* on = new QCheckBox(choice.title, this);
        on->setObjectName(m_spec.path + QLatin1Char('.') + QString::fromStdString(task));
        on->setAccessibleName(tr("Measure %1").arg(choice.title));
        on->setToolTip(choice.what);
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
        limit->setAccessibleName(tr("Rows measured of %1").arg(choice.title));
        limit->setToolTip(m_spec.tip);
        limit->setRange(0, 1'000'000);
        auto* unit = new QLabel(tr("rows (0: all)"), this);
        grid->addWidget(on, place, 0);
        grid->addWidget(limit, place, 1);
        grid->addWidget(unit, place++, 2);
        lines.push_back({choice, path, on, limit, unit});
        groups.back().end = lines.size();
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
    connect(find, &QLineEdit::textChanged, this, [lines, groups](const QString& typed) { showFound(lines, groups, typed); });
    auto* others = new QLabel(this);
    others->setObjectName(m_spec.path + QStringLiteral(".others"));
    others->setTextFormat(Qt::PlainText);
    others->setWordWrap(true);
    grid->addWidget(others, place, 0, 1, 3);
    m_show = [lines, known, others](const json& value) {
        known->list = value.is_array() ? value : json::array();
        QStringList elsewhere;
        for (const json& entry : known->list) {
            const std::string task = taskOf(entry);
            known->entries[task] = entry;
            if (std::none_of(lines.begin(), lines.end(), [&](const TaskLine& line) { return line.task.name == task; })) {
                elsewhere.append(QString::fromStdString(task));
            }
        }
        for (const TaskLine& line : lines) {
            const auto found = std::find_if(known->list.begin(), known->list.end(),
                                            [&](const json& entry) { return taskOf(entry) == line.task.name; });
            line.on->setChecked(found != known->list.end());
            line.limit->setEnabled(found != known->list.end());
            if (found != known->list.end()) {
                line.limit->showJson(found->value("limit", json(0)));
            } else if (const auto before = known->entries.find(line.task.name); before == known->entries.end()) {
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
