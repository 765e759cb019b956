// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/lori/progress_line.h"
#include "core/events/event.h"

#include <string>

namespace lori::app {

/// Turns a run's events into progress lines and a few sentences for whoever watches the terminal.
class RunProgress final {
public:
    void show(const events::Event& event);
    void finish() { m_line.clear(); }

private:
    void showChild(const events::Child& e);
    ProgressLine m_line;
    std::string m_stageName = "Prepare";
    std::int64_t m_stageSteps = 0;
};

} // namespace lori::app
