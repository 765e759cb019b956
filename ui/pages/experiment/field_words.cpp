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

} // namespace lori::ui
