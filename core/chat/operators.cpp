// SPDX-License-Identifier: Apache-2.0
#include "core/chat/operators.h"

#include "core/chat/python_text.h"
#include "core/chat/template_error.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lori::chat {

namespace {

[[noreturn]] void unsupported(const std::string& op, const Value& left, const Value& right)
{
    throw renderError("unsupported operand type(s) for " + op + ": '" + left.typeName() + "' and '" + right.typeName() + "'");
}

[[noreturn]] void tooLarge()
{
    throw renderError("a number becomes too large");
}

std::int64_t floorDivided(std::int64_t a, std::int64_t b)
{
    if (b == 0) {
        throw renderError("integer division or modulo by zero");
    }
    if (a == std::numeric_limits<std::int64_t>::min() && b == -1) {
        tooLarge();
    }
    return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

std::int64_t powered(std::int64_t base, std::int64_t exponent)
{
    std::int64_t result = 1;
    for (; exponent > 0; --exponent) {
        if (__builtin_mul_overflow(result, base, &result)) {
            tooLarge();
        }
        if (base == 0 || base == 1) {
            break;
        }
        if (base == -1) {
            return exponent % 2 == 0 ? 1 : -1;
        }
    }
    return result;
}

Value whole(const std::string& op, std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    const bool overflows = op == "+"   ? __builtin_add_overflow(a, b, &result)
                           : op == "-" ? __builtin_sub_overflow(a, b, &result)
                           : op == "*" ? __builtin_mul_overflow(a, b, &result)
                                       : false;
    if (overflows) {
        tooLarge();
    }
    if (op == "/") {
        if (b == 0) {
            throw renderError("division by zero");
        }
        return static_cast<double>(a) / static_cast<double>(b);
    }
    if (op == "//") {
        return floorDivided(a, b);
    }
    if (op == "%") {
        return b == -1 ? std::int64_t{0} : a - floorDivided(a, b) * b;
    }
    if (op == "**") {
        return b < 0 ? Value(std::pow(static_cast<double>(a), static_cast<double>(b))) : Value(powered(a, b));
    }
    return result;
}

Value real(const std::string& op, double a, double b)
{
    if ((op == "/" || op == "//" || op == "%") && b == 0) {
        throw renderError(op == "/" ? "float division by zero" : "float floor division by zero");
    }
    if (op == "%") {
        const double rest = std::fmod(a, b);
        return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    }
    return op == "+"    ? a + b
           : op == "-"  ? a - b
           : op == "*"  ? a * b
           : op == "/"  ? a / b
           : op == "//" ? std::floor(a / b)
                        : std::pow(a, b);
}

Value joined(const Text& left, const Text& right, Interpreter& interpreter)
{
    interpreter.budget().memory(left.bytes.size() + right.bytes.size());
    if (left.isMarkup == right.isMarkup) {
        return Value(left.bytes + right.bytes, left.isMarkup);
    }
    return Value(left.isMarkup ? left.bytes + escaped(right.bytes) : escaped(left.bytes) + right.bytes, true);
}

Value repeated(const Value& value, std::int64_t times, Interpreter& interpreter)
{
    times = std::max<std::int64_t>(times, 0);
    if (const Text* text = value.text()) {
        if (!text->bytes.empty() && static_cast<std::uint64_t>(times) > Budget::kMaxText / text->bytes.size()) {
            interpreter.budget().memory(Budget::kMaxText + 1);
        }
        interpreter.budget().memory(text->bytes.size() * static_cast<std::size_t>(times));
        std::string result;
        for (std::int64_t i = 0; i < times && !text->bytes.empty(); ++i) {
            result += text->bytes;
        }
        return Value(std::move(result), text->isMarkup);
    }
    const List& list = *value.list();
    std::vector<Value> items;
    for (std::int64_t i = 0; i < times && !list.items.empty(); ++i) {
        interpreter.budget().work(list.items.size());
        items.insert(items.end(), list.items.begin(), list.items.end());
    }
    return Value(std::move(items), list.kind);
}

bool isRepeatable(const Value& value)
{
    return value.text() != nullptr || (value.list() != nullptr && value.list()->kind <= ListKind::Tuple);
}

int order(const std::string& a, const std::string& b)
{
    return a.compare(b); // UTF-8 keeps the order of code points
}

} // namespace

void requireDefined(const Value& value)
{
    if (value.isUndefined()) {
        throw renderError(value.undefinedMessage());
    }
}

Value binary(const std::string& op, const Value& left, const Value& right, Interpreter& interpreter)
{
    if (op == "%" && left.text() != nullptr) {
        return percentFormatted(*left.text(), right, interpreter);
    }
    requireDefined(left);
    requireDefined(right);
    std::int64_t a = 0;
    std::int64_t b = 0;
    if (left.toInteger(a) && right.toInteger(b)) {
        return whole(op, a, b);
    }
    double x = 0;
    double y = 0;
    if (left.toReal(x) && right.toReal(y)) {
        return real(op, x, y);
    }
    if (op == "+" && left.text() != nullptr && right.text() != nullptr) {
        return joined(*left.text(), *right.text(), interpreter);
    }
    if (op == "+" && left.text() != nullptr) {
        throw renderError(std::string("can only concatenate str (not \"") + right.typeName() + "\") to str");
    }
    if (op == "+" && left.list() != nullptr && right.list() != nullptr && left.list()->kind == right.list()->kind &&
        left.list()->kind <= ListKind::Tuple) {
        std::vector<Value> items = left.list()->items;
        interpreter.budget().work(items.size() + right.list()->items.size());
        items.insert(items.end(), right.list()->items.begin(), right.list()->items.end());
        return Value(std::move(items), left.list()->kind);
    }
    if (op == "*" && isRepeatable(left) && right.toInteger(b)) {
        return repeated(left, b, interpreter);
    }
    if (op == "*" && isRepeatable(right) && left.toInteger(a)) {
        return repeated(right, a, interpreter);
    }
    unsupported(op == "**" ? "** or pow()" : op, left, right);
}

Value signedValue(const std::string& op, const Value& value)
{
    requireDefined(value);
    std::int64_t number = 0;
    if (value.toInteger(number)) {
        if (number == std::numeric_limits<std::int64_t>::min()) {
            tooLarge();
        }
        return op == "-" ? -number : number;
    }
    if (const double* held = value.real()) {
        return op == "-" ? -*held : *held;
    }
    throw renderError("bad operand type for unary " + op + ": '" + value.typeName() + "'");
}

bool isLess(const Value& left, const Value& right, Interpreter& interpreter)
{
    requireDefined(left);
    requireDefined(right);
    interpreter.budget().work(std::min(left.weight(), right.weight()));
    double x = 0;
    double y = 0;
    std::int64_t a = 0;
    std::int64_t b = 0;
    if (left.toInteger(a) && right.toInteger(b)) {
        return a < b;
    }
    if (left.toReal(x) && right.toReal(y)) {
        return x < y;
    }
    if (left.text() != nullptr && right.text() != nullptr) {
        return order(left.text()->bytes, right.text()->bytes) < 0;
    }
    if (left.list() != nullptr && right.list() != nullptr && left.list()->kind == right.list()->kind &&
        left.list()->kind <= ListKind::Tuple) {
        const auto& first = left.list()->items;
        const auto& second = right.list()->items;
        for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
            if (!first[i].equals(second[i])) {
                return isLess(first[i], second[i], interpreter);
            }
        }
        return first.size() < second.size();
    }
    throw renderError(std::string("'<' not supported between instances of '") + left.typeName() + "' and '" + right.typeName() +
                      "'");
}

bool contains(const Value& haystack, const Value& needle, Interpreter& interpreter)
{
    if (const Text* text = haystack.text()) {
        requireDefined(needle);
        if (needle.text() == nullptr) {
            throw renderError(std::string("'in <string>' requires string as left operand, not ") + needle.typeName());
        }
        interpreter.budget().work(text->bytes.size() / 16);
        return text->bytes.find(needle.text()->bytes) != std::string::npos;
    }
    if (const Dict* dict = haystack.dict()) {
        return dict->find(needle) != nullptr;
    }
    if (const List* list = haystack.list()) {
        return std::any_of(list->items.begin(), list->items.end(), [&](const Value& item) {
            interpreter.budget().work(1 + std::min(item.weight(), needle.weight()));
            return item.equals(needle);
        });
    }
    if (Iterator* walker = haystack.walker()) { // what was looked at is gone
        while (walker->next < walker->items.size()) {
            interpreter.budget().work(1);
            if (walker->items[walker->next++].equals(needle)) {
                return true;
            }
        }
        return false;
    }
    if (haystack.isUndefined()) {
        return false;
    }
    throw renderError(std::string("argument of type '") + haystack.typeName() + "' is not iterable");
}

bool compare(const std::string& op, const Value& left, const Value& right, Interpreter& interpreter)
{
    if (op == "in" || op == "not in") {
        return contains(right, left, interpreter) == (op == "in");
    }
    if (op == "==" || op == "!=") {
        interpreter.budget().work(std::min(left.weight(), right.weight()));
        return left.equals(right) == (op == "==");
    }
    if (op == "<") {
        return isLess(left, right, interpreter);
    }
    if (op == ">") {
        return isLess(right, left, interpreter);
    }
    return isLess(op == "<=" ? left : right, op == "<=" ? right : left, interpreter) || left.equals(right);
}

std::int64_t lengthOf(const Value& value)
{
    if (const Text* text = value.text()) {
        return static_cast<std::int64_t>(text->length);
    }
    if (const List* list = value.list()) {
        return static_cast<std::int64_t>(list->items.size());
    }
    if (const Dict* dict = value.dict()) {
        return static_cast<std::int64_t>(dict->entries().size());
    }
    if (value.isUndefined()) {
        return 0;
    }
    throw renderError(std::string("object of type '") + value.typeName() + "' has no len()");
}

} // namespace lori::chat
