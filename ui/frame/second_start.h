// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/app_context.h"

#include <QString>

#include <filesystem>
#include <functional>

namespace lori::ui {

/// The two ways to start something.
struct Starts {
    std::function<void()> now;
    std::function<void()> afterwards; ///< into the queue; empty when it cannot wait there
};

/// Starts now while nothing else trains or measures. Beside a run or job at work it first asks, in the message bar, whether to
/// wait: two at once are slower together, and need the memory of two models. What `starts` refers to must outlive the answer.
void startOrAsk(AppContext& context, Starts starts);

/// Puts a run's or job's folder at the end of the queue and says that `name` waits there.
void waitInQueue(AppContext& context, const std::filesystem::path& folder, const QString& name);
/// As above for a run, which is watched from then on.
void waitInQueue(AppContext& context, const QString& runId);

} // namespace lori::ui
