// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/studies/study_words.h"

#include "ui/models/score_difference.h"
#include "ui/text.h"

#include <QLocale>

namespace lori::ui {

namespace {

struct Said {
    const char* id;
    const char* title;
    const char* explanation;
};

constexpr Said kShipped[] = {
    {"small-orthogonality", QT_TRANSLATE_NOOP("lori::ui::StudyWords", "Does near-orthogonality explain the merge?"),
     QT_TRANSLATE_NOOP(
         "lori::ui::StudyWords",
         "The paper argues that adapters merge well because independent random A are nearly orthogonal, and because "
         "sparse B share few entries. Here both are set by hand: one A for all tasks, a random A each, or exactly "
         "orthogonal ones; dense or sparse B; four starter tasks, three seeds. What each merge loses against its "
         "adapters alone, on rows that nobody trained on, stands against how much the adapters overlap.")},
    {"small-projection", QT_TRANSLATE_NOOP("lori::ui::StudyWords", "LoRI-S: the A of LoRI-D, or a new one"),
     QT_TRANSLATE_NOOP(
         "lori::ui::StudyWords",
         "The reference draws a new A for LoRI-S, unrelated to the one under which its mask was found; this program "
         "keeps the A of LoRI-D. Two tasks, three seeds each.")},
    {"small-sparsity", QT_TRANSLATE_NOOP("lori::ui::StudyWords", "Score against sparsity, small"),
     QT_TRANSLATE_NOOP("lori::ui::StudyWords",
                       "How much of B can be left out before a task suffers, with the built-in model and published data.")},
    {"small-story", QT_TRANSLATE_NOOP("lori::ui::StudyWords", "Four tasks, merges and a sequence, small"),
     QT_TRANSLATE_NOOP("lori::ui::StudyWords",
                       "The paper's story at the size of the built-in model: adapters for four tasks by LoRA, LoRI-D and LoRI-S, "
                       "their merges, and one task learned after safety. Published data.")},
    {"paper-single-task", QT_TRANSLATE_NOOP("lori::ui::StudyWords", "The paper: one task each"), nullptr},
    {"paper-sparsity", QT_TRANSLATE_NOOP("lori::ui::StudyWords", "The paper: score against sparsity"), nullptr},
    {"paper-merging", QT_TRANSLATE_NOOP("lori::ui::StudyWords", "The paper: merging"), nullptr},
    {"paper-continual", QT_TRANSLATE_NOOP("lori::ui::StudyWords", "The paper: tasks one after the other"), nullptr},
};

const Said* find(const std::string& id)
{
    for (const Said& said : kShipped) {
        if (id == said.id) {
            return &said;
        }
    }
    return nullptr;
}

QString number(double value, int decimals)
{
    return QLocale().toString(value, 'f', decimals);
}

} // namespace

QString StudyWords::title(const experiment::RecipeInfo& info)
{
    const Said* said = find(info.id);
    return said != nullptr ? tr(said->title) : QString::fromStdString(info.title);
}

QString StudyWords::explanation(const experiment::RecipeInfo& info)
{
    const Said* said = find(info.id);
    if (said == nullptr || said->explanation == nullptr) {
        return said == nullptr ? QString::fromStdString(info.explanation)
                               : tr("At the paper's own size: an 8-billion model, published data and a GPU.");
    }
    return tr(said->explanation);
}

QString StudyWords::cell(const nlohmann::json& cell)
{
    if (!cell.is_object() || !cell.contains("value")) {
        return QStringLiteral("–");
    }
    const double value = cell["value"].get<double>();
    const bool isRate = cell.value("rate", true);
    const bool many = cell.value("runs", std::size_t{1}) > 1;
    QString text = isRate ? Text::percent(value) : number(value, 3);
    if (cell.contains("low") && (isRate || many)) { // several seeds: their range; one: its interval
        const double scale = isRate ? 100 : 1;
        const int decimals = isRate ? 1 : 3;
        text +=
            (many ? QStringLiteral(" (%1–%2)") : QStringLiteral(" [%1–%2]"))
                .arg(number(scale * cell["low"].get<double>(), decimals), number(scale * cell["high"].get<double>(), decimals));
    }
    return text;
}

QString StudyWords::range(const nlohmann::json& range)
{
    return range.is_array() && range.size() == 2
               ? tr("%1 to %2").arg(signedNumber(range[0].get<double>(), 3), signedNumber(range[1].get<double>(), 3))
               : tr("unknown");
}

QString StudyWords::sentence(const nlohmann::json& relation)
{
    const auto rank = relation.find("rank");
    if (rank == relation.end() || !rank->is_number()) {
        return tr("Too few merges for a correlation.");
    }
    const nlohmann::json range = relation.value("rankRange", nlohmann::json());
    const QString value = signedNumber(rank->get<double>(), 2);
    const int sets = relation.value("sets", 0);
    if (!range.is_array()) {
        return tr("Rank correlation over %n merges: %1.", nullptr, sets).arg(value);
    }
    const double low = range[0].get<double>();
    const double high = range[1].get<double>();
    const QString said =
        tr("Rank correlation over %n merges: %1 (95 %: %2).", nullptr, sets).arg(value, StudyWords::range(range));
    if (low > 0) {
        return said + QLatin1Char(' ') + tr("More overlap goes with more loss.");
    }
    return said + QLatin1Char(' ') +
           (high < 0 ? tr("More overlap goes with less loss.") : tr("Nothing clear: the interval holds zero."));
}

QString StudyWords::verdict(const std::string& verdict)
{
    return verdict == "agrees" ? tr("agrees") : verdict == "disagrees" ? tr("disagrees") : tr("no clear difference");
}

} // namespace lori::ui
