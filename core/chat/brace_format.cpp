// SPDX-License-Identifier: Apache-2.0
// text.format(…)
#include "core/chat/number_format.h"
#include "core/chat/operators.h"
#include "core/chat/python_show.h"
#include "core/chat/python_text.h"
#include "core/chat/template_error.h"

#include <algorithm>

namespace lori::chat {

namespace {

class BraceFormat final {
public:
    BraceFormat(const CallValues& values, bool isMarkup, Interpreter& interpreter)
        : m_values(values), m_isMarkup(isMarkup), m_interpreter(interpreter)
    {
    }

    std::string run(std::string_view form, int depth)
    {
        if (depth > 2) {
            throw renderError("Max string recursion exceeded");
        }
        std::string text;
        for (std::size_t at = 0; at < form.size(); ++at) {
            const char c = form[at];
            if ((c == '{' || c == '}') && at + 1 < form.size() && form[at + 1] == c) {
                text += c;
                ++at;
            } else if (c == '}') {
                throw renderError("Single '}' encountered in format string");
            } else if (c == '{') {
                const std::size_t close = closeOf(form, at);
                text += field(form.substr(at + 1, close - at - 1), depth);
                at = close;
            } else {
                text += c;
            }
        }
        m_interpreter.budget().memory(text.size());
        return text;
    }

private:
    static std::size_t closeOf(std::string_view form, std::size_t open)
    {
        int depth = 0;
        for (std::size_t at = open; at < form.size(); ++at) {
            depth += form[at] == '{' ? 1 : form[at] == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        throw renderError("expected '}' before end of string");
    }

    std::string field(std::string_view inside, int depth)
    {
        const std::size_t colon = inside.find(':');
        std::string_view name = inside.substr(0, colon);
        const std::string spec = colon == std::string_view::npos ? "" : run(inside.substr(colon + 1), depth + 1);
        char conversion = '\0';
        if (const std::size_t mark = name.find('!'); mark != std::string_view::npos) {
            conversion = mark + 1 < name.size() ? name[mark + 1] : '\0';
            name = name.substr(0, mark);
            if (conversion != 's' && conversion != 'r' && conversion != 'a') {
                throw renderError("Unknown conversion specifier in a format string");
            }
        }
        Value value = lookUp(name);
        Budget& budget = m_interpreter.budget();
        if (conversion != '\0') {
            value = Value(conversion == 's' ? shown(value, budget) : represented(value, budget));
        }
        const std::string text = formatted(value, spec);
        const bool isSafe = !m_isMarkup || (value.text() != nullptr && value.text()->isMarkup);
        return isSafe ? text : escaped(text);
    }

    Value argument(const std::string& name)
    {
        const bool isNumber = std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (isNumber) { // an empty name is the next one
            (name.empty() ? m_isAutomatic : m_isManual) = true;
            if (m_isAutomatic && m_isManual) {
                throw renderError("cannot switch between manual field specification and automatic field numbering");
            }
            const auto index = name.empty() ? static_cast<std::int64_t>(m_next++) : parseInteger(name, 10).value_or(-1);
            if (index < 0 || index >= static_cast<std::int64_t>(m_values.positional.size())) {
                throw renderError("Replacement index " + std::to_string(index) + " out of range for positional args tuple");
            }
            return m_values.positional[static_cast<std::size_t>(index)];
        }
        for (const auto& [known, value] : m_values.named) {
            if (known == name) {
                return value;
            }
        }
        throw renderError("'" + name + "'");
    }

    Value lookUp(std::string_view name)
    {
        const std::size_t end = std::min(name.find_first_of(".["), name.size());
        Value value = argument(std::string(name.substr(0, end)));
        for (std::size_t at = end; at < name.size();) {
            if (name[at] == '.') {
                const std::size_t stop = std::min(name.find_first_of(".[", at + 1), name.size());
                value = attributeOf(value, std::string(name.substr(at + 1, stop - at - 1)), m_interpreter);
                at = stop;
            } else {
                const std::size_t stop = name.find(']', at);
                if (name[at] != '[' || stop == std::string_view::npos) {
                    throw renderError("Missing ']' in format string");
                }
                const std::string key(name.substr(at + 1, stop - at - 1));
                const auto index = parseInteger(key, 10);
                value = elementOf(value, index ? Value(*index) : Value(key), m_interpreter);
                at = stop + 1;
            }
        }
        return value;
    }

    std::string formatted(const Value& value, const std::string& spec)
    {
        if (spec.empty()) {
            return shown(value, m_interpreter.budget());
        }
        const NumberForm form = formOf(spec);
        m_interpreter.budget().memory(static_cast<std::uint64_t>(form.width) * form.fill.size() + 1);
        if (value.text() != nullptr) {
            if ((form.type != '\0' && form.type != 's') || form.align == '=') {
                throw renderError(std::string("Unknown format code '") + form.type + "' for object of type 'str'");
            }
            return padded(value.text()->bytes, form, '<');
        }
        if (!value.isNumber()) {
            requireDefined(value);
            throw renderError(std::string("unsupported format string passed to ") + value.typeName() + ".__format__");
        }
        return formattedNumber(value, form);
    }

    static NumberForm formOf(const std::string& spec)
    {
        NumberForm form;
        std::string_view rest = spec;
        const std::vector<std::string_view> letters = characters(rest.substr(0, 8));
        const auto isAlign = [](std::string_view text) {
            return text == "<" || text == ">" || text == "^" || text == "=";
        };
        if (letters.size() > 1 && isAlign(letters[1])) {
            form.fill = std::string(letters[0]);
            form.align = letters[1].front();
            rest.remove_prefix(letters[0].size() + 1);
        } else if (isAlign(letters[0])) {
            form.align = rest.front();
            rest.remove_prefix(1);
        }
        const auto take = [&](std::string_view set) {
            const bool isThere = !rest.empty() && set.find(rest.front()) != std::string_view::npos;
            const char found = isThere ? rest.front() : '\0';
            rest.remove_prefix(isThere ? 1 : 0);
            return found;
        };
        const auto number = [&] {
            std::int64_t value = 0;
            while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9' && value < 100'000'000) {
                value = value * 10 + (rest.front() - '0');
                rest.remove_prefix(1);
            }
            return value;
        };
        const char sign = take("+- ");
        form.sign = sign == '\0' ? '-' : sign;
        form.isAlternate = take("#") != '\0';
        form.isZeroPadded = form.align == '\0' && take("0") != '\0';
        form.width = number();
        form.grouping = take(",_");
        form.precision = take(".") != '\0' ? number() : -1;
        form.type = take("bcdeEfFgGnosxX%");
        if (!rest.empty()) {
            throw renderError("Invalid format specifier '" + spec + "'");
        }
        return form;
    }

    const CallValues& m_values;
    bool m_isMarkup;
    Interpreter& m_interpreter;
    std::size_t m_next = 0;
    bool m_isAutomatic = false;
    bool m_isManual = false;
};

} // namespace

Value braceFormatted(const Text& form, const CallValues& values, Interpreter& interpreter)
{
    return Value(BraceFormat(values, form.isMarkup, interpreter).run(form.bytes, 0), form.isMarkup);
}

} // namespace lori::chat
