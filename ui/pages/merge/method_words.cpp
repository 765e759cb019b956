// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/method_words.h"

#include <algorithm>
#include <array>

namespace lori::ui {
namespace {

struct Words {
    std::string_view method;
    const char* title;
    const char* does;
    const char* fails;
};

constexpr const char* kOnChange =
    QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords",
                      "Works on the whole change of each module, not on B alone, and brings it back to a small rank.");
constexpr const char* kSlow = QT_TRANSLATE_NOOP(
    "lori::ui::MergeMethodWords",
    "Fails when the merged change needs a larger rank than it gets; slow on large models, which it takes module by module.");

constexpr std::array<Words, 11> kWords{{
    {"concat", QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "Concat – all changes, added up exactly"),
     QT_TRANSLATE_NOOP(
         "lori::ui::MergeMethodWords",
         "Lays the adapters side by side, so that nothing is lost. The ranks add up; adapters with the same A share one."),
     QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords",
                       "Fails when the adapters work against each other: it adds their quarrel up, too.")},
    {"linear", QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "Linear – the weighted sum"),
     QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords",
                       "The weighted sum of the changes, without the cross terms that PEFT's method of this name adds."),
     QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "Fails when the adapters work against each other, as concat does.")},
    {"svd", QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "SVD – the sum at a small rank"),
     QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "The best approximation of the sum that the rank below can hold."),
     QT_TRANSLATE_NOOP(
         "lori::ui::MergeMethodWords",
         "Fails when the adapters have little in common: then the sum needs all their ranks, and much is cut off.")},
    {"magnitude_prune", QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "Magnitude – only the largest entries"),
     QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "Keeps the largest entries of each B and adds up what is left."),
     QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords",
                       "Fails when what matters is small and everywhere; LoRI-S adapters were pruned once already.")},
    {"ties", QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "TIES – one sign for each entry"),
     QT_TRANSLATE_NOOP(
         "lori::ui::MergeMethodWords",
         "Keeps the largest entries, lets the adapters elect a sign for each, and takes the mean of those that agree."),
     QT_TRANSLATE_NOOP(
         "lori::ui::MergeMethodWords",
         "Fails when few entries are shared: there is no quarrel to settle. Of different A it is computed as TIES + SVD.")},
    {"dare_linear", QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "DARE – random entries"),
     QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords",
                       "Drops random entries of each B, enlarges the others in return, and adds up."),
     QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords",
                       "Fails when B is sparse already, as in LoRI-S, or the density is small: luck decides then.")},
    {"dare_ties", QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "DARE + TIES – random entries, one sign"),
     QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords",
                       "Drops random entries as DARE does, then elects a sign for each entry as TIES does."),
     QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords",
                       "Fails when B is sparse already: hardly two adapters are left to agree on an entry.")},
    {"magnitude_prune_svd", QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "Magnitude + SVD"), kOnChange, kSlow},
    {"ties_svd", QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "TIES + SVD"), kOnChange, kSlow},
    {"dare_linear_svd", QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "DARE + SVD"), kOnChange, kSlow},
    {"dare_ties_svd", QT_TRANSLATE_NOOP("lori::ui::MergeMethodWords", "DARE + TIES + SVD"), kOnChange, kSlow},
}};

const Words* find(std::string_view method)
{
    const auto found = std::find_if(kWords.begin(), kWords.end(), [&](const Words& words) { return words.method == method; });
    return found == kWords.end() ? nullptr : &*found;
}

} // namespace

bool MergeMethodWords::knows(std::string_view method)
{
    return find(method) != nullptr;
}

QString MergeMethodWords::title(std::string_view method)
{
    const Words* words = find(method);
    return words != nullptr ? tr(words->title) : QString::fromUtf8(method.data(), static_cast<qsizetype>(method.size()));
}

QString MergeMethodWords::does(std::string_view method)
{
    const Words* words = find(method);
    return words != nullptr ? tr(words->does) : QString();
}

QString MergeMethodWords::fails(std::string_view method)
{
    const Words* words = find(method);
    return words != nullptr ? tr(words->fails) : QString();
}

} // namespace lori::ui
