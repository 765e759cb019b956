// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/sequence_outcome.h"
#include "ui/models/table_model.h"

namespace lori::ui {

/// The forgetting table: a row for each score; columns base model, after each task, and the loss since its best.
class ForgettingModel final : public TableModel<SequenceScore> {
    Q_OBJECT

public:
    explicit ForgettingModel(QObject* parent = nullptr);
    /// `twin`: the title of a column with what the same sequence lost with, or without, protection; "" without such a column.
    void setOutcome(const SequenceOutcome& outcome, const QString& twin = {});

private:
    [[nodiscard]] bool isSame(const SequenceScore& a, const SequenceScore& b) const override
    {
        return a.task == b.task && a.metric == b.metric;
    }
};

} // namespace lori::ui
