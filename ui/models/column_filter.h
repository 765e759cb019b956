// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVariant>

#include <optional>

namespace lori::ui {

/// What a person types into the filter field of a column:
///   word        contains the word, in any case          !word     does not contain it
///   >0.8 >=0.8 <5 <=5 =5 10..20 !10..20                 numbers; on shares (0–1) also "80%" or a number above 1
///   =           empty                                   !         not empty
/// An empty field lets everything through.
class ColumnFilter final {
public:
    enum class Kind { Text, Number, Share };

    /// std::nullopt when `text` compares with something that is not a number (">abc").
    [[nodiscard]] static std::optional<ColumnFilter> parse(const QString& text, Kind kind);
    /// `value`: the column's typed value (invalid when missing); `shown`: its text.
    [[nodiscard]] bool accepts(const QVariant& value, const QString& shown) const;
    [[nodiscard]] bool acceptsEverything() const { return m_rule == Rule::Everything; }

private:
    enum class Rule { Everything, Empty, Contains, Less, LessOrEqual, Greater, GreaterOrEqual, Equal, Between };
    [[nodiscard]] bool matches(const QVariant& value, const QString& shown) const;
    Rule m_rule = Rule::Everything;
    bool m_not = false;
    QString m_text;
    double m_low = 0;
    double m_high = 0;
};

} // namespace lori::ui
