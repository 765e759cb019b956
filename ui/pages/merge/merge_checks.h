// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/adapter_catalog.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QString>

#include <vector>

namespace lori::ui {

struct MeasuredAdapters;

/// One line of what was checked: Good, Caution (it can be merged, but), Alarm (it cannot), Quiet (not known).
struct MergeCheck {
    Tone tone = Tone::Quiet;
    QString text;
};

/// Whether adapters belong together, in the order of the lines.
class MergeChecks final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::MergeChecks)

public:
    /// `measured` adds what only the tensors tell; nullptr before they were read, and adapters in another order are not asked
    /// for.
    [[nodiscard]] static std::vector<MergeCheck> of(const std::vector<const KnownAdapter*>& adapters,
                                                    const MeasuredAdapters* measured);
    /// None of them is an Alarm, and there are two adapters or more.
    [[nodiscard]] static bool allow(const std::vector<const KnownAdapter*>& adapters);
    /// "✓", "⚠", "✗", "·"
    [[nodiscard]] static QString symbol(Tone tone);
    /// How many of these could be merged with each other: the largest number that have one base model.
    [[nodiscard]] static std::size_t mergeable(const std::vector<KnownAdapter>& adapters);

private:
    [[nodiscard]] static MergeCheck base(const std::vector<const KnownAdapter*>& adapters);
    [[nodiscard]] static MergeCheck rank(const std::vector<const KnownAdapter*>& adapters);
    [[nodiscard]] static MergeCheck seed(const std::vector<const KnownAdapter*>& adapters, const MeasuredAdapters* measured);
    [[nodiscard]] static MergeCheck modules(const MeasuredAdapters& measured);
};

} // namespace lori::ui
