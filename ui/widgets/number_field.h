// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/typed_number.h"

#include <nlohmann/json_fwd.hpp>

#include <QLineEdit>

namespace lori::ui {

/// The one field for numbers: it keeps every key that is typed. What is no number (yet), or out of range, is told and stays; the
/// wheel never changes it, the arrow keys do.
class NumberField final : public QLineEdit {
    Q_OBJECT

public:
    explicit NumberField(TypedNumber::Kind kind, QWidget* parent = nullptr);

    /// Allowed values as they are typed (Percent: 0 to 100), both included; without a call every number is.
    void setRange(double low, double high);
    /// How far the up and down arrows go; ten times as far with page up and down. 0, the default of Real: not at all.
    void setStep(double step) { m_step = step; }
    /// Shows a value (JSON: a number, a share for Percent) unless the text means the same already. Emits nothing.
    void showJson(const nlohmann::json& value);
    void showValue(double value);
    /// Shows a text as it was typed. Emits nothing.
    void showTyped(const QString& text);
    /// What the field holds now, range included.
    [[nodiscard]] TypedNumber number() const;

Q_SIGNALS:
    /// A person typed a number that is allowed; JSON (a share for Percent).
    void numberTyped(const QString& json);
    /// A person typed something else.
    void unreadable(const QString& text, const QString& problem);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void tell();

    TypedNumber::Kind m_kind;
    double m_low = 0;
    double m_high = 0;
    bool m_ranged = false;
    double m_step = 0;
};

} // namespace lori::ui
