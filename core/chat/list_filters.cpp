// SPDX-License-Identifier: Apache-2.0
// Filters of lists and dicts.
#include "core/chat/filters.h"
#include "core/chat/operators.h"
#include "core/chat/python_show.h"
#include "core/chat/python_text.h"
#include "core/chat/template_error.h"

#include <algorithm>
#include <numeric>

namespace lori::chat {

namespace {

Value lengthFilter(Interpreter& /*in*/, const Value& value, CallValues values)
{
    const Bound none("length", std::move(values), {});
    return lengthOf(value);
}

Value first(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("first", std::move(values), {});
    if (Iterator* walker = value.walker(); walker != nullptr && walker->next < walker->items.size()) {
        return walker->items[walker->next++];
    }
    const std::vector<Value> items = in.items(value);
    return items.empty() ? Value::undefined("No first item, sequence was empty.") : items.front();
}

Value last(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("last", std::move(values), {});
    if (value.walker() != nullptr) {
        throw renderError("'generator' object is not reversible");
    }
    const std::vector<Value> items = in.items(value);
    return items.empty() ? Value::undefined("No last item, sequence was empty.") : items.back();
}

Value listFilter(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("list", std::move(values), {});
    return Value(in.items(value));
}

Value joinFilter(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("join", std::move(values), {"d", "attribute"});
    const std::string between = bound.find(0) != nullptr ? shown(bound.at(0), in.budget()) : "";
    const Value path = bound.valueOr(1, Value());
    std::string text;
    bool isFirst = true;
    for (const Value& item : in.items(value)) {
        const std::string part = shown(path.isNone() ? item : attributePath(in, item, path), in.budget());
        in.budget().memory(part.size() + between.size());
        text += isFirst ? "" : between;
        text += part;
        isFirst = false;
    }
    return Value(std::move(text));
}

Value mapFilter(Interpreter& in, const Value& value, CallValues values)
{
    std::vector<Value> result;
    if (!value.isTrue()) {
        return Value::iterator(std::move(result));
    }
    const auto isNamed = [](const char* name) {
        return [name](const auto& pair) {
            return pair.first == name;
        };
    };
    const auto attribute = std::find_if(values.named.begin(), values.named.end(), isNamed("attribute"));
    if (values.positional.empty() && attribute != values.named.end()) {
        const auto fallback = std::find_if(values.named.begin(), values.named.end(), isNamed("default"));
        for (const Value& item : in.items(value)) {
            Value found = attributePath(in, item, attribute->second);
            result.push_back(found.isUndefined() && fallback != values.named.end() ? fallback->second : std::move(found));
        }
        return Value::iterator(std::move(result));
    }
    if (values.positional.empty() || values.positional.front().text() == nullptr) {
        throw renderError("map requires a filter argument");
    }
    const std::string name = values.positional.front().text()->bytes;
    values.positional.erase(values.positional.begin());
    for (const Value& item : in.items(value)) {
        result.push_back(in.filter(name, item, values));
    }
    return Value::iterator(std::move(result));
}

/// select, reject, selectattr and rejectattr.
Value chosen(Interpreter& in, const Value& value, CallValues values, bool wanted, bool byAttribute)
{
    std::vector<Value> result;
    if (!value.isTrue()) {
        return Value::iterator(std::move(result));
    }
    const std::size_t skipped = byAttribute ? 1 : 0;
    if (values.positional.size() < skipped) {
        throw renderError("Missing parameter for attribute name");
    }
    const Value path = byAttribute ? values.positional.front() : Value();
    const bool hasTest = values.positional.size() > skipped;
    if (hasTest && values.positional[skipped].text() == nullptr) {
        throw renderError("the name of a test must be a text");
    }
    const std::string name = hasTest ? values.positional[skipped].text()->bytes : "";
    CallValues rest{{}, values.named};
    if (hasTest) {
        rest.positional.assign(values.positional.begin() + static_cast<std::ptrdiff_t>(skipped) + 1, values.positional.end());
    }
    for (const Value& item : in.items(value)) {
        const Value looked = byAttribute ? attributePath(in, item, path) : item;
        if ((hasTest ? in.test(name, looked, rest) : looked.isTrue()) == wanted) {
            result.push_back(item);
        }
    }
    return Value::iterator(std::move(result));
}

Value select(Interpreter& in, const Value& value, CallValues values)
{
    return chosen(in, value, std::move(values), true, false);
}
Value reject(Interpreter& in, const Value& value, CallValues values)
{
    return chosen(in, value, std::move(values), false, false);
}
Value selectAttribute(Interpreter& in, const Value& value, CallValues values)
{
    return chosen(in, value, std::move(values), true, true);
}
Value rejectAttribute(Interpreter& in, const Value& value, CallValues values)
{
    return chosen(in, value, std::move(values), false, true);
}

Value itemsFilter(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("items", std::move(values), {});
    if (value.isUndefined()) {
        return Value::iterator({});
    }
    if (value.dict() == nullptr) {
        throw renderError("Can only get item pairs from a mapping.");
    }
    std::vector<Value> pairs;
    for (const auto& [key, item] : value.dict()->entries()) {
        in.budget().work(1);
        pairs.emplace_back(std::vector<Value>{key, item}, ListKind::Tuple);
    }
    return Value::iterator(std::move(pairs));
}

/// What is compared in sorting: small letters unless the case counts.
Value sortKey(const Value& value, bool isCaseSensitive)
{
    return value.text() != nullptr && !isCaseSensitive ? Value(lower(value.text()->bytes)) : value;
}

/// Sorts `items` by `keys`, both in the same order; equal ones keep their order, reversed or not.
std::vector<Value> sortedBy(Interpreter& in, const std::vector<Value>& items, const std::vector<Value>& keys, bool isReversed)
{
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return isReversed ? isLess(keys[b], keys[a], in) : isLess(keys[a], keys[b], in);
    });
    std::vector<Value> sorted;
    for (const std::size_t index : order) {
        sorted.push_back(items[index]);
    }
    return sorted;
}

/// The keys that `attribute` names, several separated by commas.
Value keyOf(Interpreter& in, const Value& item, const Value& path, bool isCaseSensitive)
{
    if (path.isNone()) {
        return sortKey(item, isCaseSensitive);
    }
    if (path.text() == nullptr || path.text()->bytes.find(',') == std::string::npos) {
        return sortKey(attributePath(in, item, path), isCaseSensitive);
    }
    std::vector<Value> keys;
    for (const std::string_view part : splitAt(path.text()->bytes, ",", -1, false)) {
        keys.push_back(sortKey(attributePath(in, item, Value(part)), isCaseSensitive));
    }
    return Value(std::move(keys));
}

Value sortFilter(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("sort", std::move(values), {"reverse", "case_sensitive", "attribute"});
    const std::vector<Value> items = in.items(value);
    std::vector<Value> keys;
    for (const Value& item : items) {
        keys.push_back(keyOf(in, item, bound.valueOr(2, Value()), bound.truthOr(1, false)));
    }
    return Value(sortedBy(in, items, keys, bound.truthOr(0, false)));
}

Value dictsort(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("dictsort", std::move(values), {"case_sensitive", "by", "reverse"});
    requireDefined(value);
    if (value.dict() == nullptr) {
        throw renderError(std::string("'") + value.typeName() + "' object has no attribute 'items'");
    }
    const std::string by = bound.find(1) != nullptr ? bound.text(1).bytes : "key";
    if (by != "key" && by != "value") {
        throw renderError("You can only sort by either \"key\" or \"value\"");
    }
    std::vector<Value> pairs;
    std::vector<Value> keys;
    for (const auto& [key, item] : value.dict()->entries()) {
        pairs.emplace_back(std::vector<Value>{key, item}, ListKind::Tuple);
        keys.push_back(sortKey(by == "key" ? key : item, bound.truthOr(0, false)));
    }
    return Value(sortedBy(in, pairs, keys, bound.truthOr(2, false)));
}

Value unique(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("unique", std::move(values), {"case_sensitive", "attribute"});
    Dict seen;
    std::vector<Value> result;
    for (const Value& item : in.items(value)) {
        const Value key = keyOf(in, item, bound.valueOr(1, Value()), bound.truthOr(0, false));
        if (seen.find(key) == nullptr) {
            seen.set(key, Value());
            result.push_back(item);
        }
    }
    return Value::iterator(std::move(result));
}

Value reverse(Interpreter& in, const Value& value, CallValues values)
{
    const Bound none("reverse", std::move(values), {});
    if (value.text() != nullptr) {
        return sliced(value, Value(), Value(), Value(-1), in);
    }
    std::vector<Value> items = in.items(value);
    std::reverse(items.begin(), items.end());
    return Value::iterator(std::move(items));
}

Value extreme(Interpreter& in, const Value& value, CallValues values, bool isMax)
{
    const Bound bound(isMax ? "max" : "min", std::move(values), {"case_sensitive", "attribute"});
    const std::vector<Value> items = in.items(value);
    if (items.empty()) {
        return Value::undefined("No aggregated item, sequence was empty.");
    }
    std::size_t best = 0;
    Value bestKey = keyOf(in, items[0], bound.valueOr(1, Value()), bound.truthOr(0, false));
    for (std::size_t i = 1; i < items.size(); ++i) {
        Value key = keyOf(in, items[i], bound.valueOr(1, Value()), bound.truthOr(0, false));
        if (isMax ? isLess(bestKey, key, in) : isLess(key, bestKey, in)) {
            best = i;
            bestKey = std::move(key);
        }
    }
    return items[best];
}

Value minFilter(Interpreter& in, const Value& value, CallValues values)
{
    return extreme(in, value, std::move(values), false);
}
Value maxFilter(Interpreter& in, const Value& value, CallValues values)
{
    return extreme(in, value, std::move(values), true);
}

Value sum(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("sum", std::move(values), {"attribute", "start"});
    const Value path = bound.valueOr(0, Value());
    Value total = bound.valueOr(1, Value(0));
    for (const Value& item : in.items(value)) {
        total = binary("+", total, path.isNone() ? item : attributePath(in, item, path), in);
    }
    return total;
}

Value batch(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("batch", std::move(values), {"linecount", "fill_with"});
    static_cast<void>(bound.at(0));
    const std::int64_t size = bound.integerOr(0, 1);
    std::vector<Value> rows;
    std::vector<Value> row;
    const auto close = [&] {
        const Value fill = bound.valueOr(1, Value());
        while (!fill.isNone() && static_cast<std::int64_t>(row.size()) < size) {
            in.budget().work(1);
            row.push_back(fill);
        }
        rows.emplace_back(std::move(row));
        row.clear();
    };
    for (const Value& item : in.items(value)) {
        if (static_cast<std::int64_t>(row.size()) == size) {
            close();
        }
        row.push_back(item);
    }
    if (!row.empty()) {
        close();
    }
    return Value::iterator(std::move(rows));
}

Value slice(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("slice", std::move(values), {"slices", "fill_with"});
    static_cast<void>(bound.at(0));
    const std::int64_t slices = bound.integerOr(0, 1);
    const std::vector<Value> items = in.items(value);
    const auto length = static_cast<std::int64_t>(items.size());
    if (slices <= 0) {
        throw renderError("integer division or modulo by zero");
    }
    in.budget().work(static_cast<std::uint64_t>(slices));
    std::vector<Value> rows;
    auto at = items.begin();
    for (std::int64_t i = 0; i < slices; ++i) {
        const bool isLonger = i < length % slices;
        const auto end = at + static_cast<std::ptrdiff_t>(length / slices + (isLonger ? 1 : 0));
        std::vector<Value> row(at, end);
        if (!isLonger && bound.find(1) != nullptr && !bound.at(1).isNone() && i >= length % slices && length % slices != 0) {
            row.push_back(bound.at(1));
        }
        rows.emplace_back(std::move(row));
        at = end;
    }
    return Value::iterator(std::move(rows));
}

Value groupby(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("groupby", std::move(values), {"attribute", "default", "case_sensitive"});
    const std::vector<Value> items = in.items(value);
    std::vector<Value> raw;
    std::vector<Value> keys;
    std::vector<Value> places;
    for (const Value& item : items) {
        Value key = attributePath(in, item, bound.at(0));
        raw.push_back(key.isUndefined() ? bound.valueOr(1, key) : std::move(key));
        keys.push_back(sortKey(raw.back(), bound.truthOr(2, false)));
        places.emplace_back(places.size());
    }
    std::vector<Value> groups;
    std::vector<Value> group;
    std::size_t firstOfGroup = 0;
    const auto close = [&] {
        if (!group.empty()) {
            groups.emplace_back(std::vector<Value>{raw[firstOfGroup], Value(std::move(group))}, ListKind::Tuple);
            group.clear();
        }
    };
    for (const Value& place : sortedBy(in, places, keys, false)) {
        const auto index = static_cast<std::size_t>(*place.integer());
        if (group.empty() || !keys[index].equals(keys[firstOfGroup])) {
            close();
            firstOfGroup = index;
        }
        group.push_back(items[index]);
    }
    close();
    return Value(std::move(groups));
}

Value attr(Interpreter& in, const Value& value, CallValues values)
{
    const Bound bound("attr", std::move(values), {"name"});
    const std::string name = shown(bound.at(0), in.budget());
    const bool isElement = value.dict() != nullptr && value.dict()->findText(name) != nullptr;
    Value found = attributeOf(value, name, in);
    return isElement && found.object() == nullptr ? Value::undefined("'dict object' has no attribute '" + name + "'") : found;
}

} // namespace

Value attributePath(Interpreter& interpreter, const Value& value, const Value& path)
{
    if (path.text() == nullptr) {
        return elementOf(value, path, interpreter);
    }
    Value at = value;
    for (const std::string_view part : splitAt(path.text()->bytes, ".", -1, false)) {
        const bool isNumber = !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
        const auto index = isNumber ? parseInteger(part, 10) : std::nullopt;
        at = elementOf(at, index ? Value(*index) : Value(part), interpreter);
    }
    return at;
}

const FilterTable& listFilters()
{
    static const FilterTable table{
        {"length", lengthFilter},
        {"count", lengthFilter},
        {"first", first},
        {"last", last},
        {"list", listFilter},
        {"join", joinFilter},
        {"map", mapFilter},
        {"select", select},
        {"reject", reject},
        {"selectattr", selectAttribute},
        {"rejectattr", rejectAttribute},
        {"items", itemsFilter},
        {"sort", sortFilter},
        {"dictsort", dictsort},
        {"unique", unique},
        {"reverse", reverse},
        {"min", minFilter},
        {"max", maxFilter},
        {"sum", sum},
        {"batch", batch},
        {"slice", slice},
        {"groupby", groupby},
        {"attr", attr},
    };
    return table;
}

} // namespace lori::chat
