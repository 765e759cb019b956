// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/column_filter.h"

#include <QLocale>

#include <utility>

namespace lori::ui {
namespace {

/// A number in the person's or the C locale; on shares "80%" and everything above 1 mean hundredths.
std::optional<double> numberOf(QString text, ColumnFilter::Kind kind)
{
    text = text.trimmed();
    const bool percent = text.endsWith(QLatin1Char('%'));
    if (percent) {
        text.chop(1);
        text = text.trimmed();
    }
    bool ok = false;
    double value = QLocale::c().toDouble(text, &ok);
    if (!ok) {
        value = QLocale().toDouble(text, &ok);
    }
    if (!ok) {
        return std::nullopt;
    }
    return kind == ColumnFilter::Kind::Share && (percent || value > 1) ? value / 100 : value;
}

} // namespace

std::optional<ColumnFilter> ColumnFilter::parse(const QString& text, Kind kind)
{
    ColumnFilter filter;
    QString rest = text.trimmed();
    if (rest.isEmpty()) {
        return filter;
    }
    if (rest.startsWith(QLatin1Char('!'))) {
        filter.m_not = true;
        rest = rest.mid(1).trimmed();
    }
    if (rest == QLatin1String("=") || rest.isEmpty()) {
        filter.m_rule = Rule::Empty; // "!" alone is "not empty"
        return filter;
    }
    static constexpr std::pair<const char*, Rule> kSigns[] = {
        {">=", Rule::GreaterOrEqual}, {"<=", Rule::LessOrEqual}, {">", Rule::Greater}, {"<", Rule::Less}};
    for (const auto& [sign, rule] : kSigns) {
        if (rest.startsWith(QLatin1String(sign))) {
            const auto number = numberOf(rest.mid(static_cast<qsizetype>(qstrlen(sign))), kind);
            if (!number) {
                return std::nullopt;
            }
            filter.m_rule = rule;
            filter.m_low = *number;
            return filter;
        }
    }
    const qsizetype dots = rest.indexOf(QLatin1String(".."));
    if (kind != Kind::Text && dots > 0) {
        const auto low = numberOf(rest.left(dots), kind);
        const auto high = numberOf(rest.mid(dots + 2), kind);
        if (!low || !high) {
            return std::nullopt;
        }
        filter.m_rule = Rule::Between;
        std::tie(filter.m_low, filter.m_high) = std::minmax(*low, *high);
        return filter;
    }
    const bool exact = rest.startsWith(QLatin1Char('='));
    const auto number = kind == Kind::Text ? std::nullopt : numberOf(exact ? rest.mid(1) : rest, kind);
    if (number) {
        filter.m_rule = Rule::Equal;
        filter.m_low = *number;
        return filter;
    }
    if (exact && kind != Kind::Text) {
        return std::nullopt;
    }
    filter.m_rule = Rule::Contains;
    filter.m_text = exact ? rest.mid(1).trimmed() : rest;
    return filter;
}

bool ColumnFilter::accepts(const QVariant& value, const QString& shown) const
{
    return m_rule == Rule::Everything || matches(value, shown) != m_not;
}

bool ColumnFilter::matches(const QVariant& value, const QString& shown) const
{
    if (m_rule == Rule::Empty) {
        return shown.trimmed().isEmpty();
    }
    if (m_rule == Rule::Contains) {
        return shown.contains(m_text, Qt::CaseInsensitive);
    }
    bool ok = false;
    const double number = value.toDouble(&ok);
    if (!value.isValid() || !ok) {
        return false;
    }
    switch (m_rule) {
    case Rule::Less:
        return number < m_low;
    case Rule::LessOrEqual:
        return number <= m_low;
    case Rule::Greater:
        return number > m_low;
    case Rule::GreaterOrEqual:
        return number >= m_low;
    case Rule::Equal:
        return qFuzzyCompare(number + 1, m_low + 1);
    case Rule::Between:
        return number >= m_low && number <= m_high;
    default:
        return false;
    }
}

} // namespace lori::ui
