// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/events.h"

#include <QPlainTextEdit>

#include <vector>

namespace lori::ui {

/// The run's events as lines of text: time, what happened, the numbers. Heart-beats are left out.
class RunLog final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit RunLog(QWidget* parent = nullptr);
    void append(const std::vector<experiment::Event>& events);
    [[nodiscard]] static QString line(const experiment::Event& event);
};

} // namespace lori::ui
