// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/experiment/draft_changes.h"

#include "ui/pages/experiment/fields.h"
#include "ui/services/experiment_draft.h"
#include "ui/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <string>

namespace lori::ui {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("DraftChanges", text);
}

bool takeWithin(std::vector<std::string>& paths, const std::string& field)
{
    const auto rest = std::remove_if(paths.begin(), paths.end(),
                                     [&](const std::string& path) { return ExperimentDraft::isWithin(path, field); });
    const bool found = rest != paths.end();
    paths.erase(rest, paths.end());
    return found;
}

QString shown(const FieldSpec& spec, const QString& json)
{
    return json.isNull() ? QString() : ExperimentFields::valueWords(spec, json);
}

} // namespace

std::vector<ChangesDialog::Row> changesOf(const ExperimentDraft& draft)
{
    std::vector<std::string> paths = draft.changedPaths();
    std::vector<ChangesDialog::Row> rows;
    const auto add = [&](const QString& section, const FieldSpec& spec) {
        if (takeWithin(paths, spec.path.toStdString())) {
            const QString name = Text::withoutMnemonic(spec.label);
            const QString was = draft.valueAtStart(spec.path);
            rows.push_back(
                {spec.path, section + QStringLiteral(": ") + name, shown(spec, was), shown(spec, draft.value(spec.path)), was});
        }
    };
    for (const FieldSection& section : ExperimentFields::sections(draft.config())) {
        for (const FieldSpec& spec : section.fields) {
            add(section.title, spec);
        }
    }
    if (takeWithin(paths, "stages")) { // others than there were
        rows.push_back({QStringLiteral("stages"), words(QT_TRANSLATE_NOOP("DraftChanges", "Training stages")), {}, {}, {}});
    }
    if (takeWithin(paths, "data.sources")) {
        rows.push_back({QStringLiteral("data.sources"), words(QT_TRANSLATE_NOOP("DraftChanges", "What is learned")), {}, {}, {}});
    }
    takeWithin(paths, "preset"); // a record of where it began, no choice
    for (const std::string& path : paths) {
        const QString at = QString::fromStdString(path);
        rows.push_back({at, at, draft.valueAtStart(at), draft.value(at), draft.valueAtStart(at)});
    }
    return rows;
}

void setBack(ExperimentDraft& draft, const ChangesDialog::Row& row)
{
    if (!row.json.isNull()) {
        draft.setField(row.path, row.json, row.name);
    }
}

} // namespace lori::ui
