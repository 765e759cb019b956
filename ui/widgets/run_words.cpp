// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_words.h"

#include "core/experiment/config_words.h"
#include "ui/text.h"

#include <QCoreApplication>

namespace lori::ui {
namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("RunWords", text);
}

QString taskTitle(const std::string& task)
{
    if (task == "safety") {
        return words(QT_TRANSLATE_NOOP("RunWords", "Safety"));
    }
    if (task == "maths") {
        return words(QT_TRANSLATE_NOOP("RunWords", "Maths"));
    }
    if (task == "language") {
        return words(QT_TRANSLATE_NOOP("RunWords", "Language understanding"));
    }
    if (task == "code") {
        return words(QT_TRANSLATE_NOOP("RunWords", "Code"));
    }
    return QString::fromStdString(task);
}

} // namespace

QString stageTitle(const std::string& kind, const std::string& name)
{
    if (kind == "lori-d") {
        return words(QT_TRANSLATE_NOOP("RunWords", "LoRI-D"));
    }
    if (kind == "mask") {
        return words(QT_TRANSLATE_NOOP("RunWords", "Mask"));
    }
    if (kind == "lori-s") {
        return words(QT_TRANSLATE_NOOP("RunWords", "LoRI-S"));
    }
    if (name.empty()) {
        if (const auto known = experiment::fromWord<experiment::StageKind>(kind)) {
            return Text::stage(*known);
        }
    }
    return QString::fromStdString(name.empty() ? kind : name);
}

QString scoreTitle(const RunCurves::ScoreName& name)
{
    const auto& [task, metric] = name;
    if (metric == "refusal_rate") {
        return words(QT_TRANSLATE_NOOP("RunWords", "Harmful requests refused"));
    }
    if (metric == "needless_refusal_rate") {
        return words(QT_TRANSLATE_NOOP("RunWords", "Harmless requests refused needlessly"));
    }
    if (metric == "accuracy") {
        return words(QT_TRANSLATE_NOOP("RunWords", "%1: right answers")).arg(taskTitle(task));
    }
    if (metric == "pass_rate") {
        return words(QT_TRANSLATE_NOOP("RunWords", "%1: tests passed")).arg(taskTitle(task));
    }
    return words(QT_TRANSLATE_NOOP("RunWords", "%1: %2")).arg(taskTitle(task), Text::metric(QString::fromStdString(metric)));
}

bool isSafetyScore(const RunCurves::ScoreName& name)
{
    return name.second == "refusal_rate" || name.second == "needless_refusal_rate";
}

} // namespace lori::ui
