// SPDX-License-Identifier: GPL-3.0-or-later
// The fields that belong to one method or to a chain of stages.
#include "ui/pages/experiment/fields.h"

#include "core/experiment/config_words.h"
#include "ui/text.h"

#include <algorithm>

namespace lori::ui {

FieldSpec ExperimentFields::method(const QString& at)
{
    std::vector<std::pair<QString, QString>> choices;
    for (const auto& word : experiment::words<experiment::StageKind>()) {
        if (word.value != experiment::StageKind::Mask) {
            choices.emplace_back(QString::fromUtf8(word.word.data(), static_cast<qsizetype>(word.word.size())),
                                 Text::stage(word.value));
        }
    }
    return {at + QStringLiteral("kind"),
            FieldKind::Choice,
            tr("&Method"),
            tr("What is trained. LoRI-S needs a mask; full fine-tuning needs sixteen bytes a weight."),
            {},
            0,
            0,
            tr("a method of the list"),
            choices};
}

void ExperimentFields::addStart(FieldSection& section, const QString& at, const experiment::StageConfig& stage)
{
    section.fields.push_back({at + QStringLiteral("start"),
                              FieldKind::Choice,
                              tr("&Begin with"),
                              tr("What becomes of the values of the adapter that the stage starts from."),
                              {},
                              0,
                              0,
                              tr("one of three"),
                              {{QStringLiteral("auto"), tr("As usual for the method")},
                               {QStringLiteral("fresh"), tr("Its A only, B = 0")},
                               {QStringLiteral("continue"), tr("Its trained values")}}});
    section.fields.push_back({at + QStringLiteral("evaluate"),
                              FieldKind::Flag,
                              tr("Measure at the e&nd"),
                              tr("Score the tasks when this stage is done."),
                              {},
                              0,
                              0,
                              tr("on or off"),
                              {}});
    if (stage.kind == experiment::StageKind::LoriS) {
        section.fields.push_back({at + QStringLiteral("maskFile"),
                                  FieldKind::File,
                                  tr("&Mask file"),
                                  tr("A mask to train under; empty takes that of the stage before."),
                                  {},
                                  0,
                                  0,
                                  tr("a mask file, or empty"),
                                  {}});
    }
}

void ExperimentFields::addMethodFields(FieldSection& section, const experiment::RunConfig& config)
{
    section.fields.push_back({QStringLiteral("adapter.rslora"),
                              FieldKind::Flag,
                              tr("Divide b&y the root of the rank"),
                              tr("rsLoRA: alpha ÷ √rank instead of alpha ÷ rank."),
                              {},
                              0,
                              0,
                              tr("on or off"),
                              {}});
    const bool scales = std::any_of(config.stages.begin(), config.stages.end(),
                                    [](const auto& stage) { return stage.kind == experiment::StageKind::Ia3; });
    if (!scales) {
        return; // fields of another method would only be in the way
    }
    section.fields.push_back({QStringLiteral("adapter.ia3Targets"),
                              FieldKind::Projections,
                              tr("Projections of &IA3"),
                              tr("IA3 scales these; k, v and down are usual."),
                              {},
                              0,
                              0,
                              tr("at least one of seven"),
                              {}});
    section.fields.push_back({QStringLiteral("adapter.ia3FeedForward"),
                              FieldKind::Projections,
                              tr("IA3 at their inp&ut"),
                              tr("Which of these are scaled at the input; the others are at their output. Down is usual."),
                              {},
                              0,
                              0,
                              tr("some of the projections of IA3"),
                              {}});
}

} // namespace lori::ui
