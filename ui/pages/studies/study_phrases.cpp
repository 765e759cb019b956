// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/studies/study_phrases.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>
#include <iterator>

namespace lori::ui {
namespace {

/// What the recipes that come with the program write into their reports.
constexpr const char* kPhrases[] = {
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Safety after NLU"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Safety after GSM8K"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Safety after HumanEval pass@1"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Merges of NLU, maths, code and safety"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Single tasks"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "LoRI-S by the share of B that stays zero"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Loss per response token of each adapter alone"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Loss of the sum of the four (weights 1)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Loss of half the sum (weights 0.5)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Scores"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Loss per response token on held-out rows"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "One task an adapter, and merges of the four"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "NLU after safety, on one adapter"),
    QT_TRANSLATE_NOOP(
        "lori::ui::StudyPhrases",
        "CodeAlpaca-20k, Saferpaca and HEx-PHI themselves are not published with this program; put them into the folder to "
        "use them. The reference has no rates for full fine-tuning, LoRA and DoRA: those here are the authors' rate of LoRI-D "
        "and 1e-5."),
    QT_TRANSLATE_NOOP(
        "lori::ui::StudyPhrases",
        "NLU is the mean of the eight sets by likelihood, maths GSM8K, code HumanEval pass@1, safety refusals of harmful "
        "prompts."),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases",
                      "The change of refusals is forgetting: from the safety adapter to the same adapter after NLU."),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Overlap of A against what the sum loses"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Overlap of A, dense B alone"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Overlap of A, sparse B alone"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Cosine of the changes against what the sum loses"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Overlap of A against what half the sum loses"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "overlap of A's rows"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "mean |cosine| of ΔW"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "loss per token, merged − alone"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "LoRI-S keeps more safety than LoRA (Figure 1c)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Merged by concat, LoRI-D beats LoRA (Figure 1b)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "LoRI-D is as good as LoRA (Table 1)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "LoRI-S is as good as LoRA (Table 1)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "At 90 % sparsity nothing is lost against the dense B (Figure 1a)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases",
                      "Keeping the A of LoRI-D is better than drawing a new one (not the paper's: our default)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "At 90 % sparsity LoRI-S is as good as LoRI-D (Figure 1a)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "LoRI-D does as well as LoRA on a single task (Table 1)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "LoRI-S keeps up with LoRA with 5 % of its trained parameters (Table 1)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "Concat keeps the tasks of LoRI-D better than linear (Table 3)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "After NLU, LoRI-S keeps more safety than LoRA (Figure 1c)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "harmful refused"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "harmless refused (lower is better)"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "code"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "language"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "maths"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "safety"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "NLU loss"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "safety loss"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "base model"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "alone"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "A of LoRI-D"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "new A"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "safety then NLU"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "one A for all"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "a random A each"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "orthogonal A"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "dense B"),
    QT_TRANSLATE_NOOP("lori::ui::StudyPhrases", "sparse B"),
};

constexpr std::array kMethods{std::pair("lora", "LoRA"), std::pair("lori-d", "LoRI-D"), std::pair("lori-s", "LoRI-S"),
                              std::pair("dora", "DoRA")};

bool isPhrase(const QString& text)
{
    return std::any_of(std::begin(kPhrases), std::end(kPhrases),
                       [&](const char* known) { return text == QString::fromUtf8(known); });
}

} // namespace

/// One part of a title between two commas: a phrase, a share that is zero, a way of merging, a method, or a name of its own.
QString StudyPhrases::part(const QString& text)
{
    if (isPhrase(text)) {
        return tr(text.toUtf8().constData());
    }
    for (const auto& [id, name] : kMethods) {
        if (text == QLatin1String(id)) {
            return QLatin1String(name);
        }
    }
    if (text == QLatin1String("full")) {
        return tr("full fine-tuning");
    }
    static const QRegularExpression kZero(QStringLiteral("^([0-9.]+) % zero$"));
    static const QRegularExpression kMerged(QStringLiteral("^merged by ([a-z_-]+)$"));
    if (const auto found = kZero.match(text); found.hasMatch()) {
        return tr("%1 % zero").arg(found.captured(1));
    }
    if (const auto found = kMerged.match(text); found.hasMatch()) {
        return tr("merged by %1").arg(found.captured(1));
    }
    return text;
}

QString StudyPhrases::said(const QString& text)
{
    if (isPhrase(text)) {
        return part(text);
    }
    QStringList parts;
    for (const QString& one : text.split(QStringLiteral(", "))) {
        parts.append(part(one));
    }
    return parts.join(tr(", ", "between the parts of a title"));
}

} // namespace lori::ui
