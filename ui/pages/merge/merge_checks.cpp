// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/merge/merge_checks.h"

#include "ui/pages/merge/measured_adapters.h"
#include "ui/text.h"

#include <QLocale>

#include <algorithm>
#include <map>
#include <set>

namespace lori::ui {

MergeCheck MergeChecks::base(const std::vector<const KnownAdapter*>& adapters)
{
    const KnownAdapter* first = nullptr; // whose record says what it was trained on
    bool unknown = false;
    for (const KnownAdapter* adapter : adapters) {
        if (adapter->baseFingerprint.empty()) {
            unknown = true;
        } else if (first == nullptr) {
            first = adapter;
        } else if (first->baseFingerprint != adapter->baseFingerprint) {
            return {Tone::Alarm,
                    tr("Not the same base model: “%1” was trained on %2, “%3” on %4. Choose adapters of one base.")
                        .arg(first->name, Text::model(first->baseModel), adapter->name, Text::model(adapter->baseModel))};
        }
    }
    if (unknown) {
        return {Tone::Caution,
                tr("Base model: not all adapters say which weights they were trained on. Only shapes are compared.")};
    }
    return {Tone::Good, tr("Same base model: %1").arg(Text::model(first->baseModel))};
}

MergeCheck MergeChecks::rank(const std::vector<const KnownAdapter*>& adapters)
{
    QStringList ranks;
    std::set<std::int64_t> different;
    for (const KnownAdapter* adapter : adapters) {
        ranks.append(QLocale().toString(static_cast<qlonglong>(adapter->rank)));
        different.insert(adapter->rank);
    }
    if (different.size() == 1) {
        return {Tone::Good, tr("Same rank: %1").arg(ranks.front())};
    }
    return {Tone::Quiet,
            tr("Ranks %1: smaller ones are filled up where a method needs equal ranks").arg(ranks.join(QStringLiteral(" / ")))};
}

MergeCheck MergeChecks::seed(const std::vector<const KnownAdapter*>& adapters, const MeasuredAdapters* measured)
{
    std::vector<std::pair<std::size_t, std::size_t>> same;
    const bool known = std::all_of(adapters.begin(), adapters.end(), [](const auto* adapter) { return adapter->hasSeed; });
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        for (std::size_t j = i + 1; j < adapters.size(); ++j) {
            const bool seeds = adapters[i]->hasSeed && adapters[j]->hasSeed && adapters[i]->seed == adapters[j]->seed;
            const bool matrices = measured != nullptr && std::count(measured->report.sameProjection.begin(),
                                                                    measured->report.sameProjection.end(), std::pair{i, j}) > 0;
            if (seeds || matrices) {
                same.emplace_back(i, j);
            }
        }
    }
    if (!same.empty()) {
        const auto& [one, two] = same.front();
        return {
            Tone::Caution,
            tr("“%1” and “%2” have the same A: only their masks keep them apart").arg(adapters[one]->name, adapters[two]->name)};
    }
    if (known) {
        return {Tone::Good, tr("A drawn from different seeds")};
    }
    return {Tone::Quiet, tr("Seed of A: not all adapters say theirs; part 2 compares the matrices themselves")};
}

MergeCheck MergeChecks::modules(const MeasuredAdapters& measured)
{
    const QLocale locale;
    if (measured.unshared.empty()) {
        return {Tone::Good, tr("Same modules: %1").arg(locale.toString(static_cast<qlonglong>(measured.sharedModules)))};
    }
    return {Tone::Caution,
            tr("Not the same modules: %1 in all of them; %2 only in some. Methods that prune refuse that, sums do not.")
                .arg(locale.toString(static_cast<qlonglong>(measured.sharedModules)), QString::fromStdString(measured.unshared))};
}

std::vector<MergeCheck> MergeChecks::of(const std::vector<const KnownAdapter*>& adapters, const MeasuredAdapters* measured)
{
    if (adapters.size() < 2) {
        return {{Tone::Quiet, tr("Choose two adapters or more: click, or arrow keys and Space.")}};
    }
    std::vector<MergeCheck> checks{base(adapters)};
    if (checks.front().tone == Tone::Alarm) { // the rest would only distract
        return checks;
    }
    if (measured != nullptr) {
        checks.push_back(modules(*measured));
    }
    checks.push_back(rank(adapters));
    checks.push_back(seed(adapters, measured));
    return checks;
}

bool MergeChecks::allow(const std::vector<const KnownAdapter*>& adapters)
{
    return adapters.size() >= 2 && base(adapters).tone != Tone::Alarm;
}

QString MergeChecks::symbol(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return QStringLiteral("✓");
    case Tone::Caution:
        return QStringLiteral("⚠");
    case Tone::Alarm:
        return QStringLiteral("✗");
    default:
        return QStringLiteral("·");
    }
}

std::size_t MergeChecks::mergeable(const std::vector<KnownAdapter>& adapters)
{
    std::map<std::string, std::size_t> byBase;
    std::size_t unknown = 0; // fits any base, as far as is known
    for (const KnownAdapter& adapter : adapters) {
        ++(adapter.baseFingerprint.empty() ? unknown : byBase[adapter.baseFingerprint]);
    }
    std::size_t most = 0;
    for (const auto& [base, count] : byBase) {
        most = std::max(most, count);
    }
    return most + unknown;
}

} // namespace lori::ui
