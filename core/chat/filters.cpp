// SPDX-License-Identifier: Apache-2.0
// Filters of texts and numbers.
#include "core/chat/filters.h"

#include "core/chat/operators.h"
#include "core/chat/python_show.h"
#include "core/chat/python_text.h"
#include "core/chat/template_error.h"
#include "core/tokenizer/pattern.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace lori::chat {

namespace {

/// The value as a text, markup kept.
Text asText(Interpreter& interpreter, const Value& value)
{
    if (const Text* text = value.text()) {
        return *text;
    }
    const Value made(shown(value, interpreter.budget()));
    return *made.text();
}

Value made(Interpreter& interpreter, std::string text, bool isMarkup = false)
{
    interpreter.budget().memory(text.size());
    return Value(std::move(text), isMarkup);
}

Value trim(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("trim", std::move(values), {"chars"});
    const Text text = asText(in, value);
    const Value* set = bound.find(0);
    return made(in,
                std::string(set == nullptr || set->isNone() ? stripped(text.bytes, Side::Both)
                                                            : stripped(text.bytes, Side::Both, bound.text(0).bytes)),
                text.isMarkup);
}

Value upperFilter(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("upper", std::move(values), {});
    const Text text = asText(in, value);
    return made(in, upper(text.bytes), text.isMarkup);
}

Value lowerFilter(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("lower", std::move(values), {});
    const Text text = asText(in, value);
    return made(in, lower(text.bytes), text.isMarkup);
}

Value capitalizeFilter(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("capitalize", std::move(values), {});
    const Text text = asText(in, value);
    return made(in, capitalized(text.bytes), text.isMarkup);
}

/// Words begin behind spaces and opening brackets only, unlike str.title.
Value titleFilter(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("title", std::move(values), {});
    const std::string text = shown(value, in.budget());
    std::string result;
    bool isBegin = true;
    for (const std::string_view letter : characters(text)) {
        result += isBegin ? upper(letter) : lower(letter);
        isBegin = letter == "-" || letter == "(" || letter == "{" || letter == "[" || letter == "<" ||
                  stripped(letter, Side::Both).empty();
    }
    return made(in, std::move(result));
}

Value replaceFilter(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("replace", std::move(values), {"old", "new", "count"});
    const std::string text = shown(value, in.budget());
    const std::string from = shown(bound.at(0), in.budget());
    const std::string to = shown(bound.at(1), in.budget());
    const std::uint64_t most = from.empty() ? text.size() + 1 : countOf(text, from);
    in.budget().memory(std::min<std::uint64_t>(most * to.size(), Budget::kMaxText + 1));
    return made(in, replaced(text, from, to, bound.integerOr(2, -1)));
}

Value stringFilter(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("string", std::move(values), {});
    return value.text() != nullptr ? value : made(in, shown(value, in.budget()));
}

Value safe(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("safe", std::move(values), {});
    return made(in, shown(value, in.budget()), true);
}

Value escape(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("escape", std::move(values), {});
    const Text text = asText(in, value);
    return text.isMarkup ? value : made(in, escaped(text.bytes), true);
}

Value indent(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("indent", std::move(values), {"width", "first", "blank"});
    const Text text = asText(in, value);
    const bool isText = bound.find(0) != nullptr && bound.at(0).text() != nullptr;
    const std::int64_t width = isText ? 0 : std::clamp<std::int64_t>(bound.integerOr(0, 4), 0, 10'000);
    const std::string room = isText ? bound.text(0).bytes : std::string(static_cast<std::size_t>(width), ' ');
    const std::string with = text.bytes + "\n"; // an empty last line counts, too
    const std::vector<std::string_view> lines = splitLines(with, false);
    in.budget().memory(std::min<std::uint64_t>(lines.size() * room.size(), Budget::kMaxText + 1));
    std::string result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool isIndented = i > 0 ? bound.truthOr(2, false) || !lines[i].empty() : bound.truthOr(1, false);
        result += i > 0 ? "\n" : "";
        result += isIndented ? room : "";
        result += lines[i];
    }
    return made(in, std::move(result), text.isMarkup);
}

Value truncate(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("truncate", std::move(values), {"length", "killwords", "end", "leeway"});
    Value text(shown(value, in.budget()));
    const Value end = bound.valueOr(2, Value("..."));
    const std::int64_t length = bound.integerOr(0, 255);
    const std::int64_t kept = length - lengthOf(end);
    if (kept < 0 || end.text() == nullptr) {
        throw renderError("truncate: the length is shorter than the end");
    }
    if (lengthOf(text) <= length + bound.integerOr(3, 5)) {
        return text;
    }
    const Value cut = sliced(text, Value(), Value(kept), Value(), in);
    const std::string& bytes = cut.text()->bytes;
    const std::size_t space = bound.truthOr(1, false) ? std::string::npos : bytes.rfind(' ');
    return made(in, bytes.substr(0, space) + end.text()->bytes);
}

Value centerFilter(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("center", std::move(values), {"width"});
    return in.call(attributeOf(Value(shown(value, in.budget())), "center", in), {{Value(bound.integerOr(0, 80))}, {}});
}

Value wordCount(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("wordcount", std::move(values), {});
    static const tokenizer::Pattern words("[\\p{L}\\p{N}_]+");
    std::int64_t count = 0;
    words.forEachMatch(shown(value, in.budget()), [&](std::size_t, std::size_t) { ++count; });
    return count;
}

Value urlEncode(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("urlencode", std::move(values), {});
    constexpr std::string_view kPlain = "-._~/";
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string result;
    for (const char c : shown(value, in.budget())) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isPlain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                             kPlain.find(c) != std::string_view::npos;
        result += isPlain ? std::string(1, c) : std::string{'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
    return made(in, std::move(result));
}

Value formatFilter(Interpreter& in, const Value& value, CallValues values)
{
    if (!values.positional.empty() && !values.named.empty()) {
        throw renderError("can't handle positional and keyword arguments at the same time");
    }
    const Text text = asText(in, value);
    if (values.named.empty()) {
        return percentFormatted(text, Value(std::move(values.positional), ListKind::Tuple), in);
    }
    const auto dict = std::make_shared<Dict>();
    for (auto& [name, item] : values.named) {
        dict->set(name, std::move(item));
    }
    return percentFormatted(text, Value(std::shared_ptr<const Dict>(dict)), in);
}

Value tojson(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("tojson", std::move(values), {"ensure_ascii", "indent", "separators", "sort_keys"});
    JsonForm form;
    form.ensureAscii = bound.truthOr(0, false);
    form.sortKeys = bound.truthOr(3, false);
    if (const Value* room = bound.find(1); room != nullptr && !room->isNone()) {
        form.hasIndent = true;
        form.indent = room->text() != nullptr
                          ? room->text()->bytes
                          : std::string(static_cast<std::size_t>(std::clamp<std::int64_t>(bound.integerOr(1, 0), 0, 1000)), ' ');
        form.itemSeparator = ",";
    }
    if (const Value* separators = bound.find(2); separators != nullptr && !separators->isNone()) {
        const std::vector<Value> parts = in.items(*separators);
        if (parts.size() != 2) {
            throw renderError("tojson: separators are two texts");
        }
        form.itemSeparator = shown(parts[0], in.budget());
        form.keySeparator = shown(parts[1], in.budget());
    }
    return made(in, jsonText(value, form, in.budget()));
}

Value defaultFilter(Interpreter& /*in*/, const Value& value, CallValues values)
{
    const Bound bound("default", std::move(values), {"default_value", "boolean"});
    const bool isReplaced = value.isUndefined() || (bound.truthOr(1, false) && !value.isTrue());
    return isReplaced ? bound.valueOr(0, Value("")) : value;
}

Value intFilter(Interpreter& /*in*/, const Value& value, CallValues values)
{
    const Bound bound("int", std::move(values), {"default", "base"});
    requireDefined(value);
    std::int64_t number = 0;
    if (value.toInteger(number)) {
        return number;
    }
    std::optional<double> real = value.real() != nullptr ? std::optional(*value.real()) : std::nullopt;
    if (const Text* text = value.text()) {
        if (const auto whole = parseInteger(text->bytes, static_cast<int>(bound.integerOr(1, 10)))) {
            return *whole;
        }
        real = parseReal(text->bytes);
    }
    if (real && std::abs(*real) < 9e18) {
        return static_cast<std::int64_t>(*real);
    }
    return bound.valueOr(0, Value(0));
}

Value floatFilter(Interpreter& /*in*/, const Value& value, CallValues values)
{
    const Bound bound("float", std::move(values), {"default"});
    requireDefined(value);
    double number = 0;
    if (value.toReal(number)) {
        return number;
    }
    const auto real = value.text() != nullptr ? parseReal(value.text()->bytes) : std::nullopt;
    return real ? Value(*real) : bound.valueOr(0, Value(0.0));
}

Value absFilter(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("abs", std::move(values), {});
    return isLess(value, Value(0), in) ? signedValue("-", value) : signedValue("+", value);
}

/// Half goes to the even neighbour, looking at the exact binary value, as Python's round does.
double roundedHalfEven(double value, std::int64_t digits)
{
    if (digits <= 0 || digits > 300) {
        const double power = std::pow(10.0, static_cast<double>(-std::max<std::int64_t>(digits, -300)));
        return digits > 300 ? value : std::nearbyint(value / power) * power;
    }
    std::array<char, 512> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed,
                                   static_cast<int>(std::min<std::int64_t>(digits, 100)));
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
    return parseReal(text).value_or(value);
}

/// A whole number to tens, hundreds, … half to even, as Python's round() of an int.
std::int64_t wholeRounded(std::int64_t number, std::int64_t places)
{
    constexpr std::int64_t kMostPlaces = 18;
    if (places > kMostPlaces) {
        return 0;
    }
    std::int64_t step = 1;
    for (std::int64_t i = 0; i < places; ++i) {
        step *= 10;
    }
    const std::int64_t rest = number % step;
    const std::int64_t twice = 2 * (rest < 0 ? -rest : rest);
    const bool isAway = twice > step || (twice == step && number / step % 2 != 0);
    return number - rest + (isAway ? (rest < 0 ? -step : step) : 0);
}

Value roundFilter(Interpreter& /*in*/, const Value& value, CallValues values)
{
    const Bound bound("round", std::move(values), {"precision", "method"});
    requireDefined(value);
    const std::string method = bound.find(1) != nullptr ? bound.text(1).bytes : "common";
    const std::int64_t digits = bound.integerOr(0, 0);
    double number = 0;
    if (!value.toReal(number)) {
        throw renderError(std::string("type ") + value.typeName() + " doesn't define __round__ method");
    }
    if (method == "common") {
        std::int64_t whole = 0;
        return value.toInteger(whole) ? Value(digits >= 0 ? whole : wholeRounded(whole, -digits))
                                      : Value(roundedHalfEven(number, digits));
    }
    if (method != "ceil" && method != "floor") {
        throw renderError("method must be common, ceil or floor");
    }
    const double power = std::pow(10.0, static_cast<double>(digits));
    return (method == "ceil" ? std::ceil(number * power) : std::floor(number * power)) / power;
}

} // namespace

const FilterTable& textFilters()
{
    static const FilterTable table{
        {"trim", trim},           {"upper", upperFilter},
        {"lower", lowerFilter},   {"capitalize", capitalizeFilter},
        {"title", titleFilter},   {"replace", replaceFilter},
        {"string", stringFilter}, {"safe", safe},
        {"escape", escape},       {"e", escape},
        {"indent", indent},       {"truncate", truncate},
        {"center", centerFilter}, {"wordcount", wordCount},
        {"urlencode", urlEncode}, {"format", formatFilter},
        {"tojson", tojson},       {"default", defaultFilter},
        {"d", defaultFilter},     {"int", intFilter},
        {"float", floatFilter},   {"abs", absFilter},
        {"round", roundFilter},
    };
    return table;
}

bool isFilter(std::string_view name)
{
    return textFilters().count(name) > 0 || listFilters().count(name) > 0;
}

Value Interpreter::filter(const std::string& name, const Value& value, CallValues values)
{
    for (const FilterTable* table : {&textFilters(), &listFilters()}) {
        const auto place = table->find(name);
        if (place != table->end()) {
            return place->second(*this, value, std::move(values));
        }
    }
    throw renderError("No filter named '" + name + "' found.");
}

} // namespace lori::chat
