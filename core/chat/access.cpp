// SPDX-License-Identifier: Apache-2.0
// Attributes, elements and slices; methods of lists and dicts.
#include "core/chat/methods.h"
#include "core/chat/operators.h"
#include "core/chat/python_show.h"
#include "core/chat/python_text.h"
#include "core/chat/template_error.h"

#include <algorithm>
#include <array>

namespace lori::chat {

namespace {

/// How Jinja names a value in its own messages.
std::string nameOfType(const Value& value)
{
    return value.isNone() ? "None" : std::string(value.typeName()) + " object";
}

Value noAttribute(const Value& object, const std::string& name)
{
    return Value::undefined("'" + nameOfType(object) + "' has no attribute '" + name + "'");
}

/// What getattr() gives: a method or an object's own attribute.
std::optional<Value> ownAttribute(const Value& self, const std::string& name, Interpreter& interpreter)
{
    if (const auto object = self.object()) {
        return object->attribute(name, interpreter);
    }
    const MethodKind kind = methodKind(self, name);
    if (kind == MethodKind::Forbidden) {
        return Value::undefined("access to attribute '" + name + "' of '" + self.typeName() + "' object is unsafe.");
    }
    if (kind == MethodKind::Known) {
        return Value(std::static_pointer_cast<Object>(std::make_shared<Function>(
            [self, name](Interpreter& inner, CallValues values) { return callMethod(self, name, std::move(values), inner); })));
    }
    const List* list = self.list(); // the pairs of groupby have names
    if (list != nullptr && list->kind == ListKind::Tuple && list->items.size() == 2 && (name == "grouper" || name == "list")) {
        return list->items[name == "list" ? 1 : 0];
    }
    return std::nullopt;
}

/// obj[key], without attributes.
std::optional<Value> ownElement(const Value& self, const Value& key)
{
    if (const Dict* dict = self.dict()) {
        const bool isHashable = key.list() == nullptr || key.list()->kind == ListKind::Tuple;
        const Value* found =
            isHashable && key.dict() == nullptr && !key.isUndefined() && key.object() == nullptr && key.walker() == nullptr
                ? dict->find(key)
                : nullptr;
        return found == nullptr ? std::nullopt : std::optional(*found);
    }
    std::int64_t index = 0;
    const bool isSequence = self.text() != nullptr || (self.list() != nullptr && (self.list()->kind <= ListKind::Range));
    if (!isSequence || !key.toInteger(index)) {
        return std::nullopt;
    }
    const std::int64_t length = lengthOf(self);
    index += index < 0 ? length : 0;
    if (index < 0 || index >= length) {
        return std::nullopt;
    }
    if (const Text* text = self.text()) {
        const std::size_t begin = byteOfCodePoint(*text, static_cast<std::size_t>(index));
        return Value(std::string(characters(std::string_view(text->bytes).substr(begin, 4)).front()), text->isMarkup);
    }
    return self.list()->items[static_cast<std::size_t>(index)];
}

/// Where a slice begins and ends in a sequence of `length`, by Python's rules.
struct Range {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t step = 1;
};

std::int64_t sliceNumber(const Value& value, std::int64_t fallback)
{
    std::int64_t number = fallback;
    if (!value.isNone() && !value.toInteger(number)) {
        requireDefined(value);
        throw renderError("slice indices must be integers or None or have an __index__ method");
    }
    return number;
}

Range rangeOf(const Value& begin, const Value& end, const Value& step, std::int64_t length)
{
    Range range;
    range.step = sliceNumber(step, 1);
    if (range.step == 0) {
        throw renderError("slice step cannot be zero");
    }
    range.step = std::clamp<std::int64_t>(range.step, -length - 1, length + 1);
    const bool isForward = range.step > 0;
    const auto place = [&](const Value& value, std::int64_t fallback) {
        if (value.isNone()) {
            return fallback;
        }
        std::int64_t at = std::clamp<std::int64_t>(sliceNumber(value, 0), -length - 1, length + 1);
        at += at < 0 ? length : 0;
        return isForward ? std::clamp<std::int64_t>(at, 0, length) : std::clamp<std::int64_t>(at, -1, length - 1);
    };
    range.begin = place(begin, isForward ? 0 : length - 1);
    range.end = place(end, isForward ? length : -1);
    return range;
}

Value dictView(const Dict& dict, const std::string& name, Interpreter& interpreter)
{
    interpreter.budget().work(dict.entries().size());
    std::vector<Value> items;
    for (const auto& [key, value] : dict.entries()) {
        if (name == "items") {
            items.emplace_back(std::vector<Value>{key, value}, ListKind::Tuple);
        } else {
            items.push_back(name == "keys" ? key : value);
        }
    }
    return Value(std::move(items), name == "items" ? ListKind::Items : name == "keys" ? ListKind::Keys : ListKind::Values);
}

Value callDictMethod(const Value& self, const std::string& name, CallValues values, Interpreter& interpreter)
{
    const Dict& dict = *self.dict();
    if (name == "get") {
        const Bound bound(name, std::move(values), {"key", "default"});
        const Value* found = dict.find(bound.at(0));
        return found != nullptr ? *found : bound.valueOr(1, Value());
    }
    const Bound none(name, std::move(values), {});
    return name == "copy" ? self : dictView(dict, name, interpreter);
}

Value callListMethod(const List& list, const std::string& name, CallValues values, Interpreter& interpreter)
{
    if (name == "copy") {
        return Value(list.items, list.kind);
    }
    const Bound bound(name, std::move(values), {"value", "start", "stop"});
    const Value& wanted = bound.at(0);
    const Range range =
        rangeOf(bound.valueOr(1, Value()), bound.valueOr(2, Value()), Value(), static_cast<std::int64_t>(list.items.size()));
    std::int64_t count = 0;
    for (std::int64_t i = range.begin; i < range.end; ++i) {
        interpreter.budget().work(1 + wanted.weight());
        if (list.items[static_cast<std::size_t>(i)].equals(wanted)) {
            if (name == "index") {
                return i;
            }
            ++count;
        }
    }
    if (name == "index") {
        throw renderError(represented(wanted, interpreter.budget()) + " is not in list");
    }
    return count;
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

MethodKind methodKind(const Value& self, std::string_view name)
{
    bool isKnown = false;
    bool isForbidden = false;
    if (self.text() != nullptr) {
        isKnown = isTextMethod(name);
    } else if (self.dict() != nullptr) {
        isKnown = isOneOf(name, {"get", "items", "keys", "values", "copy"});
        isForbidden = isOneOf(name, {"clear", "pop", "popitem", "setdefault", "update"});
    } else if (const List* list = self.list(); list != nullptr && list->kind <= ListKind::Range) {
        isKnown = isOneOf(name, {"count", "index"}) || (name == "copy" && list->kind == ListKind::List);
        isForbidden = list->kind == ListKind::List &&
                      isOneOf(name, {"append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"});
    }
    return isKnown ? MethodKind::Known : isForbidden ? MethodKind::Forbidden : MethodKind::None;
}

Value callMethod(const Value& self, const std::string& name, CallValues values, Interpreter& interpreter)
{
    if (const Text* text = self.text()) {
        return callTextMethod(*text, name, std::move(values), interpreter);
    }
    return self.dict() != nullptr ? callDictMethod(self, name, std::move(values), interpreter)
                                  : callListMethod(*self.list(), name, std::move(values), interpreter);
}

Value attributeOf(const Value& object, const std::string& name, Interpreter& interpreter)
{
    requireDefined(object);
    if (auto own = ownAttribute(object, name, interpreter)) {
        return std::move(*own);
    }
    const Value* element = object.dict() != nullptr ? object.dict()->findText(name) : nullptr;
    return element != nullptr ? *element : noAttribute(object, name);
}

Value elementOf(const Value& object, const Value& key, Interpreter& interpreter)
{
    requireDefined(object);
    if (auto element = ownElement(object, key)) {
        return std::move(*element);
    }
    if (const Text* name = key.text()) {
        if (auto own = ownAttribute(object, name->bytes, interpreter)) {
            return std::move(*own);
        }
        return noAttribute(object, name->bytes);
    }
    return Value::undefined(nameOfType(object) + " has no element " + represented(key, interpreter.budget()));
}

Value sliced(const Value& value, const Value& begin, const Value& end, const Value& step, Interpreter& interpreter)
{
    requireDefined(value);
    const Text* text = value.text();
    const List* list = value.list();
    if (text == nullptr && (list == nullptr || list->kind > ListKind::Range)) {
        throw renderError(value.dict() != nullptr ? "unhashable type: 'slice'"
                                                  : std::string("'") + value.typeName() + "' object is not subscriptable");
    }
    const Range range = rangeOf(begin, end, step, lengthOf(value));
    if (text != nullptr && range.step == 1) {
        const std::size_t first = byteOfCodePoint(*text, static_cast<std::size_t>(range.begin));
        const std::size_t last = byteOfCodePoint(*text, static_cast<std::size_t>(std::max(range.begin, range.end)));
        interpreter.budget().memory(last - first);
        return Value(text->bytes.substr(first, last - first), text->isMarkup);
    }
    const std::vector<std::string_view> letters = text != nullptr ? characters(text->bytes) : std::vector<std::string_view>();
    interpreter.budget().memory(letters.size());
    std::string taken;
    std::vector<Value> items;
    for (std::int64_t i = range.begin; range.step > 0 ? i < range.end : i > range.end; i += range.step) {
        interpreter.budget().work(1);
        if (text != nullptr) {
            taken += letters[static_cast<std::size_t>(i)];
        } else {
            items.push_back(list->items[static_cast<std::size_t>(i)]);
        }
    }
    return text != nullptr ? Value(std::move(taken), text->isMarkup) : Value(std::move(items), list->kind);
}

} // namespace lori::chat
