// SPDX-License-Identifier: Apache-2.0
// text % value
#include "core/chat/number_format.h"
#include "core/chat/operators.h"
#include "core/chat/python_show.h"
#include "core/chat/python_text.h"
#include "core/chat/template_error.h"

namespace lori::chat {

namespace {

class PercentFormat final {
public:
    PercentFormat(const Text& form, const Value& value, Interpreter& interpreter)
        : m_form(form.bytes), m_value(value), m_isMarkup(form.isMarkup), m_interpreter(interpreter)
    {
        const List* list = value.list();
        m_tuple = list != nullptr && list->kind == ListKind::Tuple ? list : nullptr;
    }

    Value run()
    {
        std::string text;
        while (m_at < m_form.size()) {
            if (m_form[m_at] != '%') {
                text += m_form[m_at++];
                continue;
            }
            ++m_at;
            text += directive();
            m_interpreter.budget().memory(text.size() / 16);
        }
        const bool isUsed = m_tuple == nullptr ? m_next > 0 || m_value.dict() != nullptr || m_value.list() != nullptr
                                               : m_next == m_tuple->items.size();
        if (!isUsed) {
            throw renderError("not all arguments converted during string formatting");
        }
        return Value(std::move(text), m_isMarkup);
    }

private:
    const Value& argument()
    {
        if (m_tuple != nullptr ? m_next >= m_tuple->items.size() : m_next > 0) {
            throw renderError("not enough arguments for format string");
        }
        ++m_next;
        return m_tuple != nullptr ? m_tuple->items[m_next - 1] : m_value;
    }

    std::int64_t numberOrStar()
    {
        if (m_at < m_form.size() && m_form[m_at] == '*') {
            ++m_at;
            std::int64_t value = 0;
            if (!argument().toInteger(value)) {
                throw renderError("* wants int");
            }
            return value;
        }
        std::int64_t value = 0;
        for (; m_at < m_form.size() && m_form[m_at] >= '0' && m_form[m_at] <= '9' && value < 100'000'000; ++m_at) {
            value = value * 10 + (m_form[m_at] - '0');
        }
        return value;
    }

    std::string directive()
    {
        const Value* named = nullptr;
        if (m_at < m_form.size() && m_form[m_at] == '(') {
            const std::size_t close = m_form.find(')', m_at);
            const Dict* dict = m_value.dict();
            if (close == std::string_view::npos || dict == nullptr) {
                throw renderError(dict == nullptr ? "format requires a mapping" : "incomplete format key");
            }
            const std::string key(m_form.substr(m_at + 1, close - m_at - 1));
            named = dict->findText(key);
            if (named == nullptr) {
                throw renderError("'" + key + "'");
            }
            m_at = close + 1;
        }
        NumberForm form;
        for (; m_at < m_form.size() && std::string_view("-+ #0").find(m_form[m_at]) != std::string_view::npos; ++m_at) {
            const char flag = m_form[m_at];
            form.align = flag == '-' ? '<' : form.align;
            form.sign = flag == '+' ? '+' : flag == ' ' && form.sign != '+' ? ' ' : form.sign;
            form.isAlternate = form.isAlternate || flag == '#';
            form.isZeroPadded = form.isZeroPadded || flag == '0';
        }
        form.width = numberOrStar();
        if (m_at < m_form.size() && m_form[m_at] == '.') {
            ++m_at;
            form.precision = numberOrStar();
        }
        while (m_at < m_form.size() && std::string_view("hlL").find(m_form[m_at]) != std::string_view::npos) {
            ++m_at;
        }
        if (m_at >= m_form.size()) {
            throw renderError("incomplete format");
        }
        const char type = m_form[m_at++];
        if (type == '%') {
            return "%";
        }
        return converted(type, named != nullptr ? *named : argument(), form);
    }

    std::string converted(char type, const Value& value, NumberForm form)
    {
        Budget& budget = m_interpreter.budget();
        budget.memory(static_cast<std::uint64_t>(form.width) +
                      static_cast<std::uint64_t>(std::max<std::int64_t>(0, form.precision)));
        if (type == 's' || type == 'r' || type == 'a') {
            const std::string text = type == 's' ? shown(value, budget) : represented(value, budget);
            const bool isSafe = !m_isMarkup || (value.text() != nullptr && value.text()->isMarkup);
            return padded(isSafe ? text : escaped(text), form, '>');
        }
        if (type == 'c') {
            return padded(shown(value, budget), form, '>');
        }
        if (!value.isNumber()) {
            requireDefined(value);
            throw renderError(std::string("%") + type + " format: a number is required, not " + value.typeName());
        }
        form.type = type == 'i' || type == 'u' ? 'd' : type;
        return formattedNumber(value, form);
    }

    std::string_view m_form;
    const Value& m_value;
    const List* m_tuple = nullptr;
    bool m_isMarkup;
    Interpreter& m_interpreter;
    std::size_t m_at = 0;
    std::size_t m_next = 0;
};

} // namespace

Value percentFormatted(const Text& form, const Value& value, Interpreter& interpreter)
{
    return PercentFormat(form, value, interpreter).run();
}

} // namespace lori::chat
