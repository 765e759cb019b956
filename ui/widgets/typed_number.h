// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QLocale>
#include <QString>

namespace lori::ui {

/// What a person typed into a field for a number. Nothing is guessed: a text that could be two numbers, or is none yet, has a
/// problem and no value.
class TypedNumber final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::TypedNumber)

public:
    enum class Kind {
        Whole,   ///< 0 … 2^64 − 1, and negative ones down to −2^63
        Real,    ///< any finite number
        Percent, ///< typed in percent, stored as a share: 64.5 is 0.645
    };

    /// Reads by the locale's decimal sign; a decimal point is read everywhere, because recipes and papers write it: "5e-5",
    /// "0.001", in German also "0,001". Thousands may be grouped where that cannot be taken for a fraction.
    [[nodiscard]] static TypedNumber read(const QString& text, Kind kind, const QLocale& locale = QLocale());
    /// The shortest text that reads back as exactly this value (Percent: of a share, to twelve digits), with the locale's
    /// decimal sign and without groups.
    [[nodiscard]] static QString shown(double value, Kind kind, const QLocale& locale = QLocale());

    /// Itself when it is at least `low` and at most `high`, as typed; else with a problem that names both.
    [[nodiscard]] TypedNumber within(double low, double high, const QLocale& locale = QLocale()) const;

    [[nodiscard]] bool isNumber() const { return m_problem.isEmpty(); }
    [[nodiscard]] const QString& json() const { return m_json; }       ///< the value as JSON, "" without one
    [[nodiscard]] double typed() const { return m_typed; }             ///< in what is typed: 64.5 for 64.5 %
    [[nodiscard]] const QString& problem() const { return m_problem; } ///< one sentence, "" for a number

private:
    struct Parts;
    [[nodiscard]] static TypedNumber wrong(const QString& problem);
    [[nodiscard]] static QString separate(Parts& parts, const QString& body, Kind kind, const QLocale& locale);
    [[nodiscard]] static TypedNumber whole(const Parts& parts);
    [[nodiscard]] static TypedNumber real(const Parts& parts, Kind kind);

    QString m_json;
    double m_typed = 0;
    QString m_problem;
};

} // namespace lori::ui
