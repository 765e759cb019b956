// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/typed_number.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QLocale>
#include <QString>
#include <QStringList>

namespace lori::ui {

/// The values of one field of a sweep, as they are typed in one line: "50 80 90". Apart by spaces or semicolons; by commas too
/// where the decimal sign is another.
class SweepValues final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::SweepValues)

public:
    /// Every value within `low` and `high` (as typed), none twice; an empty text is no value and no problem.
    [[nodiscard]] static SweepValues read(const QString& text, TypedNumber::Kind kind, double low, double high,
                                          const QLocale& locale = QLocale());

    [[nodiscard]] bool isEmpty() const { return m_values.empty(); }
    [[nodiscard]] const nlohmann::json& values() const { return m_values; } ///< a list, as the field stores them: 0.9 for 90 %
    [[nodiscard]] const QString& problem() const { return m_problem; }      ///< one sentence, "" for none

private:
    nlohmann::json m_values = nlohmann::json::array();
    QString m_problem;
};

/// A field of the configuration and the values that it takes, as `lori sweep` knows it.
struct SweepField {
    std::string key; ///< "sparsity", "rank", "learningRate", "seed"
    nlohmann::json values = nlohmann::json::array();
};

/// The arguments of `lori sweep` that only asks what it would cost; `config` is a file with the configuration.
[[nodiscard]] QStringList sweepPlanArguments(const QString& config, const std::vector<SweepField>& over);

} // namespace lori::ui
