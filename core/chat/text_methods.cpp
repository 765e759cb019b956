// SPDX-License-Identifier: Apache-2.0
// The methods of Python's str.
#include "core/chat/methods.h"
#include "core/chat/operators.h"
#include "core/chat/python_show.h"
#include "core/chat/python_text.h"
#include "core/chat/template_error.h"

#include <algorithm>
#include <map>

namespace lori::chat {

namespace {

/// One call of a method of a text.
struct TextCall {
    const Text& self;
    const std::string& name;
    CallValues values;
    Interpreter& interpreter;

    [[nodiscard]] Bound bind(std::initializer_list<const char*> parameters) { return Bound(name, std::move(values), parameters); }
    /// A new text of the same kind.
    [[nodiscard]] Value made(std::string text) const
    {
        interpreter.budget().memory(text.size());
        return Value(std::move(text), self.isMarkup);
    }
    [[nodiscard]] Value made(const std::vector<std::string_view>& parts, ListKind kind = ListKind::List) const
    {
        interpreter.budget().memory(self.bytes.size());
        interpreter.budget().work(parts.size());
        std::vector<Value> items;
        items.reserve(parts.size());
        for (const std::string_view part : parts) {
            items.emplace_back(std::string(part), self.isMarkup);
        }
        return Value(std::move(items), kind);
    }
};

Value strip(TextCall call)
{
    const Side side = call.name == "lstrip" ? Side::Left : call.name == "rstrip" ? Side::Right : Side::Both;
    const Bound bound = call.bind({"chars"});
    const Value* set = bound.find(0);
    if (set == nullptr || set->isNone()) {
        return call.made(std::string(stripped(call.self.bytes, side)));
    }
    return call.made(std::string(stripped(call.self.bytes, side, bound.text(0).bytes)));
}

Value split(TextCall call)
{
    const bool fromRight = call.name == "rsplit";
    const Bound bound = call.bind({"sep", "maxsplit"});
    const std::int64_t limit = bound.integerOr(1, -1);
    const Value* separator = bound.find(0);
    if (separator == nullptr || separator->isNone()) {
        return call.made(splitAtSpaces(call.self.bytes, limit, fromRight));
    }
    if (bound.text(0).bytes.empty()) {
        throw renderError("empty separator");
    }
    return call.made(splitAt(call.self.bytes, bound.text(0).bytes, limit, fromRight));
}

Value partition(TextCall call)
{
    const bool fromRight = call.name == "rpartition";
    const Bound bound = call.bind({"sep"});
    const std::string& separator = bound.text(0).bytes;
    if (separator.empty()) {
        throw renderError("empty separator");
    }
    const std::string_view text = call.self.bytes;
    const std::size_t at = fromRight ? text.rfind(separator) : text.find(separator);
    if (at == std::string_view::npos) {
        return fromRight ? call.made({"", "", text}, ListKind::Tuple) : call.made({text, "", ""}, ListKind::Tuple);
    }
    return call.made({text.substr(0, at), separator, text.substr(at + separator.size())}, ListKind::Tuple);
}

/// startswith and endswith take one text or a tuple of them.
Value hasEdge(TextCall call)
{
    const bool isStart = call.name == "startswith";
    const Bound bound = call.bind({"part", "start", "end"});
    const Value part =
        sliced(Value(call.self.bytes), bound.valueOr(1, Value()), bound.valueOr(2, Value()), Value(), call.interpreter);
    const std::string_view text = part.text()->bytes;
    const auto fits = [&](const Value& value) {
        requireDefined(value);
        const Text* edge = value.text();
        if (edge == nullptr) {
            throw renderError(call.name + " first arg must be str or a tuple of str, not " + value.typeName());
        }
        return isStart ? text.substr(0, edge->bytes.size()) == edge->bytes
                       : text.size() >= edge->bytes.size() && text.substr(text.size() - edge->bytes.size()) == edge->bytes;
    };
    const List* list = bound.at(0).list();
    if (list != nullptr && list->kind == ListKind::Tuple) {
        return std::any_of(list->items.begin(), list->items.end(), fits);
    }
    return fits(bound.at(0));
}

Value find(TextCall call)
{
    const bool fromRight = call.name.front() == 'r';
    const Bound bound = call.bind({"sub", "start", "end"});
    const std::string& part = bound.text(0).bytes;
    std::int64_t start = bound.integerOr(1, 0);
    start = start < 0 ? std::max<std::int64_t>(0, start + static_cast<std::int64_t>(call.self.length)) : start;
    const Value inside = sliced(Value(call.self.bytes), Value(start), bound.valueOr(2, Value()), Value(), call.interpreter);
    const std::string_view text = inside.text()->bytes;
    if (call.name == "count") {
        return countOf(text, part);
    }
    const std::size_t at = fromRight ? text.rfind(part) : text.find(part);
    if (at != std::string_view::npos && start <= static_cast<std::int64_t>(call.self.length)) {
        return start + static_cast<std::int64_t>(countCodePoints(text.substr(0, at)));
    }
    if (call.name == "index" || call.name == "rindex") {
        throw renderError("substring not found");
    }
    return -1;
}

Value replace(TextCall call)
{
    const Bound bound = call.bind({"old", "new", "count"});
    const std::string& from = bound.text(0).bytes;
    const Text& to = bound.text(1);
    const std::string with = call.self.isMarkup && !to.isMarkup ? escaped(to.bytes) : to.bytes;
    const std::uint64_t most = from.empty() ? call.self.length + 1 : countOf(call.self.bytes, from);
    call.interpreter.budget().memory(std::min<std::uint64_t>(most * with.size(), Budget::kMaxText + 1));
    return call.made(replaced(call.self.bytes, from, with, bound.integerOr(2, -1)));
}

Value join(TextCall call)
{
    const Bound bound = call.bind({"iterable"});
    std::string text;
    bool isFirst = true;
    for (const Value& item : call.interpreter.items(bound.at(0))) {
        requireDefined(item);
        if (item.text() == nullptr) {
            throw renderError(std::string("sequence item: expected str instance, ") + item.typeName() + " found");
        }
        call.interpreter.budget().memory(item.text()->bytes.size() + call.self.bytes.size());
        text += isFirst ? "" : call.self.bytes;
        text += item.text()->bytes;
        isFirst = false;
    }
    return Value(std::move(text), call.self.isMarkup);
}

Value pad(TextCall call)
{
    const bool isZero = call.name == "zfill";
    const Bound bound = isZero ? call.bind({"width"}) : call.bind({"width", "fillchar"});
    static_cast<void>(bound.at(0));
    const std::int64_t missing = bound.integerOr(0, 0) - static_cast<std::int64_t>(call.self.length);
    if (missing <= 0) {
        return call.made(call.self.bytes);
    }
    const std::string fill = isZero ? "0" : bound.find(1) != nullptr ? bound.text(1).bytes : " ";
    call.interpreter.budget().memory(static_cast<std::uint64_t>(std::min<std::int64_t>(missing, Budget::kMaxText)) * fill.size() +
                                     1);
    const auto times = [&](std::int64_t count) {
        std::string text;
        for (std::int64_t i = 0; i < count; ++i) {
            text += fill;
        }
        return text;
    };
    if (isZero) {
        const bool hasSign = !call.self.bytes.empty() && (call.self.bytes.front() == '-' || call.self.bytes.front() == '+');
        return call.made(call.self.bytes.substr(0, hasSign ? 1 : 0) + times(missing) + call.self.bytes.substr(hasSign ? 1 : 0));
    }
    const std::int64_t width = missing + static_cast<std::int64_t>(call.self.length);
    const std::int64_t left = call.name == "ljust"   ? 0
                              : call.name == "rjust" ? missing
                                                     : missing / 2 + (missing % 2 != 0 && width % 2 != 0 ? 1 : 0);
    return call.made(times(left) + call.self.bytes + times(missing - left));
}

Value swapped(TextCall call)
{
    std::string text;
    for (const std::string_view letter : characters(call.self.bytes)) {
        text += isUpper(letter) ? lower(letter) : upper(letter);
    }
    return call.made(std::move(text));
}

Value withoutEdge(TextCall call)
{
    const bool isPrefix = call.name == "removeprefix";
    const Bound bound = call.bind({"part"});
    const std::string& edge = bound.text(0).bytes;
    const std::string& text = call.self.bytes;
    const bool fits =
        text.size() >= edge.size() && text.compare(isPrefix ? 0 : text.size() - edge.size(), edge.size(), edge) == 0;
    return call.made(!fits ? text : isPrefix ? text.substr(edge.size()) : text.substr(0, text.size() - edge.size()));
}

Value changedCase(TextCall call)
{
    const Bound none = call.bind({});
    const std::string& text = call.self.bytes;
    return call.made(call.name == "upper"        ? upper(text)
                     : call.name == "title"      ? titled(text)
                     : call.name == "capitalize" ? capitalized(text)
                                                 : lower(text));
}

Value isOfClass(TextCall call)
{
    const Bound none = call.bind({});
    const std::string& text = call.self.bytes;
    const std::string& name = call.name;
    if (name == "isspace") {
        return !text.empty() && stripped(text, Side::Both).empty();
    }
    if (name == "isascii") {
        return call.self.isAscii();
    }
    if (name == "isupper" || name == "islower") {
        return name == "isupper" ? isUpper(text) : isLower(text);
    }
    if (name == "istitle") {
        return titled(text) == text && (isUpper(text) || isLower(text) || upper(text) != lower(text));
    }
    return consistsOf(text, name == "isalpha"   ? CharacterClass::Letter
                            : name == "isalnum" ? CharacterClass::LetterOrDigit
                                                : CharacterClass::Digit);
}

Value splitIntoLines(TextCall call)
{
    const Bound bound = call.bind({"keepends"});
    return call.made(splitLines(call.self.bytes, bound.truthOr(0, false)));
}

Value format(TextCall call)
{
    return braceFormatted(call.self, call.values, call.interpreter);
}

using Method = Value (*)(TextCall);
const std::map<std::string_view, Method>& methods()
{
    static const std::map<std::string_view, Method> table{
        {"strip", strip},
        {"lstrip", strip},
        {"rstrip", strip},
        {"split", split},
        {"rsplit", split},
        {"partition", partition},
        {"rpartition", partition},
        {"startswith", hasEdge},
        {"endswith", hasEdge},
        {"find", find},
        {"rfind", find},
        {"index", find},
        {"rindex", find},
        {"count", find},
        {"replace", replace},
        {"join", join},
        {"ljust", pad},
        {"rjust", pad},
        {"center", pad},
        {"zfill", pad},
        {"swapcase", swapped},
        {"removeprefix", withoutEdge},
        {"removesuffix", withoutEdge},
        {"upper", changedCase},
        {"lower", changedCase},
        {"casefold", changedCase},
        {"title", changedCase},
        {"capitalize", changedCase},
        {"isspace", isOfClass},
        {"isascii", isOfClass},
        {"isupper", isOfClass},
        {"islower", isOfClass},
        {"istitle", isOfClass},
        {"isalpha", isOfClass},
        {"isalnum", isOfClass},
        {"isdigit", isOfClass},
        {"isdecimal", isOfClass},
        {"isnumeric", isOfClass},
        {"splitlines", splitIntoLines},
        {"format", format},
    };
    return table;
}

} // namespace

bool isTextMethod(std::string_view name)
{
    return methods().count(name) > 0;
}

Value callTextMethod(const Text& self, const std::string& name, CallValues values, Interpreter& interpreter)
{
    interpreter.budget().work(1 + self.bytes.size() / 64);
    return methods().at(name)({self, name, std::move(values), interpreter});
}

} // namespace lori::chat
