// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"

#include <QPlainTextEdit>

#include <vector>

namespace lori::ui {

/// The run's events as lines of text: time, what happened, the numbers. Heart-beats are left out.
class RunLog final : public QPlainTextEdit {
    Q_OBJECT

public:
    static constexpr std::size_t kMostLines = 20'000; ///< older ones scroll out
    explicit RunLog(QWidget* parent = nullptr);
    void append(const std::vector<events::Event>& events);
    [[nodiscard]] static QString line(const events::Event& event);
};

} // namespace lori::ui
