// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/fields.h"
#include "ui/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace lori::ui {

QString ExperimentFields::valueWords(const FieldSpec& spec, const QString& value)
{
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    switch (spec.kind) {
    case FieldKind::Share:
        return isNumber ? Text::percent(number) : value;
    case FieldKind::Real:
        return isNumber ? Text::number(number) : value;
    case FieldKind::Whole:
        if (isNumber && number == 0 && !zeroWords(spec.path).isEmpty()) {
            return tr("%1 (%2)", "0 and what it stands for").arg(value, zeroWords(spec.path));
        }
        return isNumber && !spec.unit.isEmpty() ? tr("%1 %2", "number and unit").arg(value, spec.unit) : value;
    case FieldKind::Flag:
        return value == QLatin1String("true") ? tr("on") : tr("off");
    case FieldKind::Task:
        return value.isEmpty() ? tr("nothing") : Text::task(value);
    case FieldKind::Choice: {
        const auto known =
            std::find_if(spec.choices.begin(), spec.choices.end(), [&](const auto& choice) { return choice.first == value; });
        return known != spec.choices.end() ? known->second : value.isEmpty() ? tr("nothing") : value;
    }
    case FieldKind::SafetyFloor:
        return floorWords(value);
    case FieldKind::Tasks:
    case FieldKind::Projections:
        return listWords(value);
    default:
        return value.isEmpty() ? tr("nothing") : value;
    }
}

/// "10 points" or "never" of the list of floors; what it is not stays as it is.
QString ExperimentFields::floorWords(const QString& value)
{
    const auto floors = nlohmann::json::parse(value.toStdString(), nullptr, false);
    if (!floors.is_array()) {
        return value;
    }
    if (floors.empty()) {
        return tr("never");
    }
    const auto points = floors[0].is_object() ? floors[0].find("points") : floors[0].end();
    return points != floors[0].end() && points->is_number() ? tr("%1 points").arg(Text::number(points->get<double>())) : value;
}

/// A list of tasks or of projections; what it is not stays as it is.
QString ExperimentFields::listWords(const QString& value)
{
    const auto list = nlohmann::json::parse(value.toStdString(), nullptr, false);
    if (!list.is_array()) {
        return value.isEmpty() ? tr("nothing") : value;
    }
    QStringList words;
    for (const auto& each : list) {
        if (each.is_string()) {
            words << QString::fromStdString(each.get<std::string>());
        } else if (each.is_object() && each.contains("task") && each["task"].is_string()) {
            const QString task = Text::task(QString::fromStdString(each["task"].get<std::string>()));
            const auto limit = each.contains("limit") && each["limit"].is_number() ? each["limit"].get<int>() : 0;
            words << (limit > 0 ? tr("%1 (%n row(s))", nullptr, limit).arg(task) : task);
        } else {
            return value;
        }
    }
    return words.isEmpty() ? tr("nothing") : words.join(QStringLiteral(", "));
}

QString ExperimentFields::zeroWords(const QString& path)
{
    const auto ends = [&](const char* with) {
        return path.endsWith(QLatin1String(with));
    };
    if (ends(".maxRows")) {
        return tr("every row");
    }
    if (ends("].steps")) {
        return tr("by epochs");
    }
    if (ends(".batchTokens")) {
        return tr("by rows");
    }
    if (path == QLatin1String("threads")) {
        return tr("every core");
    }
    if (path == QLatin1String("checkpoint.everySteps")) {
        return tr("when it pauses or stops, and after each stage");
    }
    if (path == QLatin1String("evaluation.everySteps") || path == QLatin1String("evaluation.heldOutEverySteps")) {
        return tr("only after each stage");
    }
    return {};
}

QString ExperimentFields::heldBackBy(const QString& path)
{
    const QString stage = path.section(QLatin1Char('.'), 0, 0);
    if (path == stage + QStringLiteral(".epochs")) {
        return stage + QStringLiteral(".steps");
    }
    return path == stage + QStringLiteral(".batchRows") ? stage + QStringLiteral(".batchTokens") : QString();
}

} // namespace lori::ui
