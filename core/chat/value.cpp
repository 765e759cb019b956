// SPDX-License-Identifier: Apache-2.0
#include "core/chat/value.h"

#include "core/chat/budget.h"
#include "core/chat/python_text.h"
#include "core/support/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace lori::chat {

namespace {

/// A list of itself twice, and so on a few dozen times, is small to hold and endless to walk through.
void checkSize(int depth, std::uint64_t weight)
{
    if (depth > Budget::kMaxValueDepth || weight > Budget::kMaxValueWeight) {
        throw Exception(ErrorCode::InvalidArgument, "lists or objects are nested too deeply",
                        "use a flatter conversation, or another chat template", "chat template");
    }
}

/// The same text for keys that Python holds equal: 1, 1.0 and True are one key.
std::string hashText(const Value& key)
{
    if (const Text* text = key.text()) {
        return "s" + text->bytes;
    }
    double real = 0;
    std::int64_t whole = 0;
    if (key.toInteger(whole)) {
        return "i" + std::to_string(whole);
    }
    if (key.toReal(real)) {
        const bool isWhole = std::trunc(real) == real && std::abs(real) < 9e15;
        return isWhole ? "i" + std::to_string(static_cast<std::int64_t>(real)) : "f" + floatText(real);
    }
    if (key.isNone()) {
        return "n";
    }
    if (const List* list = key.list(); list != nullptr && list->kind == ListKind::Tuple) {
        std::string text = "t";
        for (const Value& item : list->items) {
            const std::string part = hashText(item);
            text += std::to_string(part.size()) + ":" + part;
        }
        return text;
    }
    throw Exception(ErrorCode::InvalidArgument, std::string("unhashable type: '") + key.typeName() + "'", {}, "chat template");
}

bool equalLists(const std::vector<Value>& a, const std::vector<Value>& b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](const Value& x, const Value& y) { return x.equals(y); });
}

bool equalDicts(const Dict& a, const Dict& b)
{
    return a.entries().size() == b.entries().size() &&
           std::all_of(a.entries().begin(), a.entries().end(), [&](const auto& entry) {
               const Value* other = b.find(entry.first);
               return other != nullptr && entry.second.equals(*other);
           });
}

} // namespace

Value::Value(std::string text, bool isMarkup)
{
    const std::size_t length = countCodePoints(text);
    m_data = std::make_shared<const Text>(Text{std::move(text), length, isMarkup});
}

Value::Value(std::vector<Value> items, ListKind kind)
{
    int depth = 1;
    std::uint64_t weight = 1;
    for (const Value& item : items) {
        depth = std::max(depth, item.depth() + 1);
        weight += item.weight();
    }
    checkSize(depth, weight);
    m_data = std::make_shared<const List>(List{std::move(items), kind, depth, weight});
}

Value Value::undefined(std::string message)
{
    Value value;
    value.m_data = Undefined{std::make_shared<const std::string>(std::move(message))};
    return value;
}

Value Value::iterator(std::vector<Value> items)
{
    const Value list(std::move(items)); // checks its size
    const List& held = *list.list();
    return Value(std::make_shared<Iterator>(Iterator{held.items, 0, held.depth, held.weight}));
}

Value Value::fromJson(const nlohmann::ordered_json& document)
{
    switch (document.type()) {
    case nlohmann::ordered_json::value_t::boolean:
        return document.get<bool>();
    case nlohmann::ordered_json::value_t::number_integer:
    case nlohmann::ordered_json::value_t::number_unsigned:
        return document.get<std::int64_t>();
    case nlohmann::ordered_json::value_t::number_float:
        return document.get<double>();
    case nlohmann::ordered_json::value_t::string:
        return document.get<std::string>();
    case nlohmann::ordered_json::value_t::array: {
        std::vector<Value> items;
        for (const auto& item : document) {
            items.push_back(fromJson(item));
        }
        return Value(std::move(items));
    }
    case nlohmann::ordered_json::value_t::object: {
        const auto dict = std::make_shared<Dict>();
        for (const auto& [key, item] : document.items()) {
            dict->set(key, fromJson(item));
        }
        return Value(std::shared_ptr<const Dict>(dict));
    }
    default:
        return {};
    }
}

Iterator* Value::walker() const
{
    const auto* held = std::get_if<std::shared_ptr<Iterator>>(&m_data);
    return held == nullptr ? nullptr : held->get();
}

std::shared_ptr<Object> Value::object() const
{
    const auto* held = std::get_if<std::shared_ptr<Object>>(&m_data);
    return held == nullptr ? nullptr : *held;
}

bool Value::toInteger(std::int64_t& value) const
{
    if (const bool* truth = boolean()) {
        value = *truth ? 1 : 0;
        return true;
    }
    if (const std::int64_t* whole = integer()) {
        value = *whole;
        return true;
    }
    return false;
}

bool Value::toReal(double& value) const
{
    std::int64_t whole = 0;
    if (toInteger(whole)) {
        value = static_cast<double>(whole);
        return true;
    }
    if (const double* number = real()) {
        value = *number;
        return true;
    }
    return false;
}

bool Value::isTrue() const
{
    double number = 0;
    if (toReal(number)) {
        return number != 0;
    }
    if (const Text* held = text()) {
        return !held->bytes.empty();
    }
    if (const List* held = list()) {
        return !held->items.empty();
    }
    if (const Dict* held = dict()) {
        return !held->entries().empty();
    }
    return !isNone() && !isUndefined(); // an iterator is true even when nothing comes out of it
}

bool Value::equals(const Value& other) const
{
    if (isNumber() && other.isNumber()) {
        std::int64_t a = 0;
        std::int64_t b = 0;
        if (toInteger(a) && other.toInteger(b)) {
            return a == b;
        }
        double x = 0;
        double y = 0;
        return toReal(x) && other.toReal(y) && x == y;
    }
    if (text() != nullptr && other.text() != nullptr) {
        return text()->bytes == other.text()->bytes;
    }
    if (list() != nullptr && other.list() != nullptr) {
        return list()->kind == other.list()->kind && equalLists(list()->items, other.list()->items);
    }
    if (dict() != nullptr && other.dict() != nullptr) {
        return equalDicts(*dict(), *other.dict());
    }
    if (walker() != nullptr || object() != nullptr) {
        return walker() == other.walker() && object() == other.object();
    }
    return (isNone() && other.isNone()) || (isUndefined() && other.isUndefined());
}

const char* Value::typeName() const
{
    if (isUndefined()) {
        return "Undefined";
    }
    if (isNone()) {
        return "NoneType";
    }
    if (boolean() != nullptr) {
        return "bool";
    }
    if (integer() != nullptr) {
        return "int";
    }
    if (real() != nullptr) {
        return "float";
    }
    if (text() != nullptr) {
        return text()->isMarkup ? "Markup" : "str";
    }
    if (const List* held = list()) {
        constexpr const char* kNames[] = {"list", "tuple", "range", "dict_keys", "dict_values", "dict_items"};
        return kNames[static_cast<std::size_t>(held->kind)];
    }
    if (dict() != nullptr) {
        return "dict";
    }
    return walker() != nullptr ? "generator" : object()->typeName();
}

const std::string& Value::undefinedMessage() const
{
    return *std::get<Undefined>(m_data).message;
}

int Value::depth() const
{
    if (const List* held = list()) {
        return held->depth;
    }
    if (const Dict* held = dict()) {
        return held->depth();
    }
    return walker() != nullptr ? walker()->depth : 0;
}

std::uint64_t Value::weight() const
{
    if (const Text* held = text()) {
        return held->bytes.size() / 64 + 1;
    }
    if (const List* held = list()) {
        return held->weight;
    }
    if (const Dict* held = dict()) {
        return held->weight();
    }
    return walker() != nullptr ? walker()->weight : 1;
}

void Dict::set(const Value& key, Value value)
{
    m_depth = std::max({m_depth, value.depth() + 1, key.depth() + 1});
    m_weight += value.weight() + key.weight();
    checkSize(m_depth, m_weight);
    const auto [place, isNew] = m_places.emplace(hashText(key), m_entries.size());
    if (isNew) {
        m_entries.emplace_back(key, std::move(value));
    } else {
        m_entries[place->second].second = std::move(value);
    }
}

void Dict::remove(const Value& key)
{
    const auto place = m_places.find(hashText(key));
    if (place == m_places.end()) {
        return;
    }
    const std::size_t at = place->second;
    m_places.erase(place);
    m_entries.erase(m_entries.begin() + static_cast<std::ptrdiff_t>(at));
    for (auto& [text, index] : m_places) {
        index -= index > at ? 1 : 0;
    }
}

const Value* Dict::find(const Value& key) const
{
    const auto place = m_places.find(hashText(key));
    return place == m_places.end() ? nullptr : &m_entries[place->second].second;
}

const Value* Dict::findText(std::string_view key) const
{
    const auto place = m_places.find("s" + std::string(key));
    return place == m_places.end() ? nullptr : &m_entries[place->second].second;
}

} // namespace lori::chat
