// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/typed_number.h"

#include <QRegularExpression>

#include <cmath>

namespace lori::ui {

/// A number taken apart: sign, digits before and after the decimal sign, exponent.
struct TypedNumber::Parts {
    bool negative = false;
    QString before;
    QString after;
    int exponent = 0;
    bool hasExponent = false;

    [[nodiscard]] QString text(int shift = 0) const
    {
        return (negative ? QStringLiteral("-") : QString()) + (before.isEmpty() ? QStringLiteral("0") : before) +
               (after.isEmpty() ? QString() : QLatin1Char('.') + after) + QLatin1Char('e') + QString::number(exponent + shift);
    }
    [[nodiscard]] bool isZero() const
    {
        static const QRegularExpression digit(QStringLiteral("[1-9]"));
        return !before.contains(digit) && !after.contains(digit);
    }
};

namespace {

constexpr int kLongestExponent = 4;
constexpr double kExact = 9007199254740992.0; // up to 2^53 every whole number is a double

bool writesComma(const QLocale& locale)
{
    return locale.decimalPoint() == QLatin1String(",");
}

/// "1.234.567" for '.': one to three digits that do not begin with 0, then threes.
bool isGrouped(const QString& digits, QChar separator)
{
    const QString mark = QRegularExpression::escape(QString(separator));
    return QRegularExpression(QStringLiteral("^[1-9]\\d{0,2}(?:%1\\d{3})+$").arg(mark)).match(digits).hasMatch();
}

/// What a person may paste: full-width digits of Chinese input methods, a typographic minus, narrow spaces.
QString plain(const QString& text)
{
    QString result = text.normalized(QString::NormalizationForm_KC).trimmed();
    return result.replace(QChar(0x2212), QLatin1Char('-')).replace(QChar(0x2019), QLatin1Char('\''));
}

} // namespace

TypedNumber TypedNumber::wrong(const QString& problem)
{
    TypedNumber none;
    none.m_problem = problem;
    return none;
}

/// Which of the signs in the digits is the decimal one; a sentence when nobody can know.
QString TypedNumber::separate(Parts& parts, const QString& body, Kind kind, const QLocale& locale)
{
    const QChar point = QLatin1Char('.');
    const QChar comma = QLatin1Char(',');
    QString digits = body;
    for (const QChar space : {QLatin1Char(' '), QLatin1Char('\'')}) { // never a decimal sign
        if (digits.contains(space)) {
            const QString head = digits.section(QRegularExpression(QStringLiteral("[.,]")), 0, 0);
            if (!isGrouped(head, space) || digits.mid(head.size()).contains(space)) {
                return tr("“%1” is not a number").arg(body);
            }
            digits.remove(space);
        }
    }
    const bool hasPoint = digits.contains(point);
    const bool hasComma = digits.contains(comma);
    if (!hasPoint && !hasComma) {
        parts.before = digits;
        return {};
    }
    const QChar home = writesComma(locale) ? comma : point;
    const QChar last = digits.lastIndexOf(point) > digits.lastIndexOf(comma) ? point : comma;
    const QChar other = last == point ? comma : point;
    const auto count = digits.count(last);
    if (hasPoint && hasComma) { // 1,234.5 and 1.234,5 say by themselves which is which
        const QString head = digits.section(last, 0, 0);
        if (count != 1 || !isGrouped(head, other)) {
            return tr("“%1” is not a number").arg(body);
        }
        parts.before = QString(head).remove(other);
        parts.after = digits.section(last, 1);
        return {};
    }
    const bool grouped = isGrouped(digits, last);
    if (count > 1 || (grouped && last != home && kind == Kind::Whole)) {
        if (!grouped) {
            return tr("“%1” is not a number").arg(body);
        }
        parts.before = QString(digits).remove(last);
        return {};
    }
    if (last != home && grouped && !parts.hasExponent) {
        return tr("“%1” can be read in two ways: write %2 or %3")
            .arg(body, QString(digits).replace(last, home), QString(digits).remove(last));
    }
    if (last == comma && home == point) {
        return tr("the decimal sign is a point here: write %1").arg(QString(digits).replace(comma, point));
    }
    parts.before = digits.section(last, 0, 0);
    parts.after = digits.section(last, 1);
    return {};
}

TypedNumber TypedNumber::read(const QString& text, Kind kind, const QLocale& locale)
{
    QString typed = plain(text);
    if (kind == Kind::Percent && typed.endsWith(QLatin1Char('%'))) {
        typed = typed.chopped(1).trimmed();
    }
    if (typed.isEmpty()) {
        return wrong(tr("is empty: give a number"));
    }
    static const QRegularExpression shape(QStringLiteral("^([+-]?)([0-9.,' ]*)(?:([eE])([+-]?)([0-9]*))?$"));
    const auto match = shape.match(typed);
    if (!match.hasMatch()) {
        return wrong(tr("“%1” is not a number").arg(typed));
    }
    Parts parts;
    parts.negative = match.captured(1) == QLatin1String("-");
    parts.hasExponent = !match.captured(3).isEmpty();
    const QString body = match.captured(2).trimmed();
    const QString exponent = match.captured(5);
    static const QRegularExpression digit(QStringLiteral("[0-9]"));
    if (!body.contains(digit) || (parts.hasExponent && exponent.isEmpty())) {
        return wrong(tr("“%1” is only half a number").arg(typed));
    }
    if (exponent.size() > kLongestExponent) {
        return wrong(tr("“%1” is too large or too small").arg(typed));
    }
    parts.exponent = (match.captured(4) == QLatin1String("-") ? -1 : 1) * exponent.toInt();
    if (const QString problem = separate(parts, body, kind, locale); !problem.isEmpty()) {
        return wrong(problem);
    }
    return kind == Kind::Whole ? whole(parts) : real(parts, kind);
}

TypedNumber TypedNumber::whole(const Parts& parts)
{
    TypedNumber number;
    bool fits = false;
    if (!parts.hasExponent && parts.after.count(QLatin1Char('0')) == parts.after.size()) {
        if (parts.negative) {
            const qlonglong value = (QLatin1Char('-') + parts.before).toLongLong(&fits);
            number.m_json = QString::number(value);
        } else {
            number.m_json = QString::number(parts.before.toULongLong(&fits));
        }
        number.m_typed = number.m_json.toDouble();
        return fits ? number : wrong(tr("is too large"));
    }
    const double value = parts.text().toDouble(&fits); // 1e4 is a whole number too
    if (!fits || value != std::floor(value)) {
        return wrong(tr("must be a whole number"));
    }
    if (std::abs(value) > kExact) {
        return wrong(tr("is too large"));
    }
    number.m_json = QString::number(static_cast<qlonglong>(value));
    number.m_typed = value;
    return number;
}

TypedNumber TypedNumber::real(const Parts& parts, Kind kind)
{
    bool fits = false;
    TypedNumber number;
    number.m_typed = parts.text().toDouble(&fits);
    // the exponent is moved, not the value divided: 12.3 % is exactly the number that 0.123 is
    const double value = kind == Kind::Percent ? parts.text(-2).toDouble() : number.m_typed;
    if (!fits || !std::isfinite(value) || (value == 0 && !parts.isZero())) {
        return wrong(tr("is too large or too small"));
    }
    number.m_json = QString::number(value, 'g', QLocale::FloatingPointShortest);
    return number;
}

TypedNumber TypedNumber::within(double low, double high, const QLocale& locale) const
{
    if (!isNumber() || (m_typed >= low && m_typed <= high)) {
        return *this;
    }
    return wrong(tr("must be between %1 and %2").arg(shown(low, Kind::Real, locale), shown(high, Kind::Real, locale)));
}

QString TypedNumber::shown(double value, Kind kind, const QLocale& locale)
{
    QString text = kind == Kind::Percent ? QString::number(value * 100, 'g', 12)
                   : kind == Kind::Whole ? QString::number(value, 'f', 0)
                                         : QString::number(value, 'g', QLocale::FloatingPointShortest);
    static const QRegularExpression zeros(QStringLiteral("e([+-])0+(?=\\d)"));
    text.replace(zeros, QStringLiteral("e\\1")).replace(QLatin1String("e+"), QLatin1String("e"));
    return writesComma(locale) ? text.replace(QLatin1Char('.'), QLatin1Char(',')) : text;
}

} // namespace lori::ui
