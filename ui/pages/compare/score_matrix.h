// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/compare/comparison.h"

#include <QTableWidget>

namespace lori::ui {

/// Scores × runs: each value with its interval, and below it the difference to the baseline in words; quiet where none is clear.
class ScoreMatrix final : public QTableWidget {
    Q_OBJECT

public:
    explicit ScoreMatrix(QWidget* parent = nullptr);
    /// Shows a comparison's scores; in the window's language and colours of now.
    void show(const Comparison& comparison);

Q_SIGNALS:
    /// A cell was opened: the answers behind a score of this side.
    void answersAsked(const lori::ui::ScoreKey& key, int side);

private:
    std::vector<ScoreKey> m_keys; ///< of the rows
};

} // namespace lori::ui
