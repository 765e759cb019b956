// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/adapter_catalog.h"
#include "ui/services/intents.h"

#include <QCoreApplication>
#include <QString>

#include <vector>

namespace lori::ui {

/// What a person has done so far, as far as it decides what makes sense next.
struct DoneSoFar {
    std::vector<KnownAdapter> adapters; ///< newest first
    QStringList finishedRuns;           ///< ids, newest first
};

/// The next sensible step: one sentence, and a button that leads there.
struct NextStep {
    QString text;
    QString button;
    Intent intent;
};

class NextSteps final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::NextSteps)

public:
    /// First a run; then a question to what it made; then a second task; then the merge of two; then their comparison.
    [[nodiscard]] static NextStep after(const DoneSoFar& progress);
};

} // namespace lori::ui
