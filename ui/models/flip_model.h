// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/table_model.h"
#include "ui/services/stored_answers.h"

namespace lori::ui {

/// A question that was right and became wrong, or the reverse.
struct FlippedAnswer {
    tasks::Flip flip;
    bool becameWrong = false;
};

/// Flipped answers, those that became wrong first: what happened, question, expected, and both answers.
class FlipModel final : public TableModel<FlippedAnswer> {
    Q_OBJECT

public:
    explicit FlipModel(QObject* parent = nullptr);
    /// `before`, `after`: what the columns of the two answers are called.
    void setFlips(const Flips& flips, const QString& before, const QString& after);

private:
    [[nodiscard]] bool isSame(const FlippedAnswer& a, const FlippedAnswer& b) const override { return a.flip.id == b.flip.id; }
};

} // namespace lori::ui
