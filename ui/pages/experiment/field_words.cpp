// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/fields.h"
#include "ui/text.h"

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
    default:
        return value.isEmpty() ? tr("nothing") : value;
    }
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
