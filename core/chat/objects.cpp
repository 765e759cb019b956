// SPDX-License-Identifier: Apache-2.0
#include "core/chat/objects.h"

#include "core/chat/interpreter.h"
#include "core/chat/python_show.h"
#include "core/chat/template_error.h"

#include <algorithm>

namespace lori::chat {

Value Object::call(Interpreter& /*interpreter*/, CallValues /*values*/)
{
    throw renderError(std::string("'") + typeName() + "' object is not callable");
}

Bound::Bound(const std::string& function, CallValues values, std::initializer_list<const char*> parameters)
    : m_function(function), m_values(parameters.size())
{
    if (values.positional.size() > parameters.size()) {
        throw renderError(function + "() takes at most " + std::to_string(parameters.size()) + " arguments (" +
                          std::to_string(values.positional.size()) + " given)");
    }
    for (std::size_t i = 0; i < values.positional.size(); ++i) {
        m_values[i] = std::move(values.positional[i]);
    }
    for (auto& [name, value] : values.named) {
        const auto* const place = std::find(parameters.begin(), parameters.end(), name);
        const auto index = static_cast<std::size_t>(place - parameters.begin());
        if (place == parameters.end() || m_values[index]) {
            throw renderError(function + "() got an unexpected keyword argument '" + name + "'");
        }
        m_values[index] = std::move(value);
    }
}

const Value* Bound::find(std::size_t parameter) const
{
    return m_values[parameter] ? &*m_values[parameter] : nullptr;
}

const Value& Bound::at(std::size_t parameter) const
{
    if (!m_values[parameter]) {
        throw renderError(m_function + "() is missing an argument");
    }
    return *m_values[parameter];
}

Value Bound::valueOr(std::size_t parameter, Value fallback) const
{
    return m_values[parameter].value_or(std::move(fallback));
}

std::int64_t Bound::integerOr(std::size_t parameter, std::int64_t fallback) const
{
    std::int64_t value = fallback;
    if (m_values[parameter] && !m_values[parameter]->isNone() && !m_values[parameter]->toInteger(value)) {
        throw renderError(m_function + "(): '" + m_values[parameter]->typeName() +
                          "' object cannot be interpreted as an integer");
    }
    return value;
}

bool Bound::truthOr(std::size_t parameter, bool fallback) const
{
    return m_values[parameter] ? m_values[parameter]->isTrue() : fallback;
}

const Text& Bound::text(std::size_t parameter) const
{
    const Value& value = at(parameter);
    if (value.isUndefined()) {
        throw renderError(value.undefinedMessage());
    }
    if (value.text() == nullptr) {
        throw renderError(m_function + "() argument must be str, not " + value.typeName());
    }
    return *value.text();
}

void Scope::set(const std::string& name, Value value)
{
    for (auto& [known, held] : values) {
        if (known == name) {
            held = std::move(value);
            return;
        }
    }
    values.emplace_back(name, std::move(value));
}

const Value* Scope::find(std::string_view name) const
{
    for (const Scope* scope = this; scope != nullptr; scope = scope->parent.get()) {
        for (const auto& [known, held] : scope->values) {
            if (known == name) {
                return &held;
            }
        }
    }
    return nullptr;
}

std::optional<Value> Namespace::attribute(std::string_view name, Interpreter& /*interpreter*/)
{
    for (const auto& [known, held] : m_values) {
        if (known == name) {
            return held;
        }
    }
    return std::nullopt;
}

void Namespace::set(const std::string& name, Value value)
{
    if (!name.empty() && name.front() == '_') {
        throw renderError("Chat templates cannot store underscore-prefixed attributes on a namespace, but got '" + name + "'");
    }
    for (auto& [known, held] : m_values) {
        if (known == name) {
            held = std::move(value);
            return;
        }
    }
    m_values.emplace_back(name, std::move(value));
}

bool Macro::mentions(std::string_view name) const
{
    return std::find(m_statement.uses.begin(), m_statement.uses.end(), name) != m_statement.uses.end();
}

std::optional<Value> Macro::attribute(std::string_view name, Interpreter& /*interpreter*/)
{
    if (name == "name") {
        return Value(m_name);
    }
    if (name == "arguments") {
        std::vector<Value> names;
        for (const Parameter& parameter : m_statement.parameters) {
            names.emplace_back(parameter.name);
        }
        return Value(std::move(names), ListKind::Tuple);
    }
    return std::nullopt;
}

Value Macro::call(Interpreter& interpreter, CallValues values)
{
    const Nesting nesting = interpreter.deeper();
    const auto scope = std::make_shared<Scope>();
    scope->parent = m_scope;
    std::vector<bool> isUsed(values.named.size(), false);
    const auto named = [&](const std::string& name) -> const Value* {
        for (std::size_t i = 0; i < values.named.size(); ++i) {
            if (values.named[i].first == name) {
                isUsed[i] = true;
                return &values.named[i].second;
            }
        }
        return nullptr;
    };
    const std::size_t count = m_statement.parameters.size();
    bool hasCaller = false;
    for (std::size_t i = 0; i < count; ++i) {
        const Parameter& parameter = m_statement.parameters[i];
        hasCaller = hasCaller || parameter.name == "caller";
        if (i < values.positional.size()) {
            scope->set(parameter.name, values.positional[i]);
        } else if (const Value* given = named(parameter.name)) {
            scope->set(parameter.name, *given);
        } else if (parameter.fallback != nullptr) {
            scope->set(parameter.name, interpreter.evaluate(*parameter.fallback, scope));
        } else {
            scope->set(parameter.name, Value::undefined("parameter '" + parameter.name + "' was not provided"));
        }
    }
    if (mentions("caller") && !hasCaller) {
        const Value* caller = named("caller");
        scope->set("caller", caller != nullptr ? *caller : Value::undefined("No caller defined"));
    }
    const auto dict = std::make_shared<Dict>();
    for (std::size_t i = 0; i < values.named.size(); ++i) {
        if (!isUsed[i] && !mentions("kwargs")) {
            throw renderError("macro '" + m_name + "' takes no keyword argument '" + values.named[i].first + "'");
        }
        if (!isUsed[i]) {
            dict->set(Value(values.named[i].first), values.named[i].second);
        }
    }
    if (mentions("kwargs")) {
        scope->set("kwargs", Value(std::shared_ptr<const Dict>(dict)));
    }
    if (mentions("varargs")) {
        const auto first = values.positional.begin() + static_cast<std::ptrdiff_t>(std::min(count, values.positional.size()));
        scope->set("varargs", Value(std::vector<Value>(first, values.positional.end()), ListKind::Tuple));
    } else if (values.positional.size() > count) {
        throw renderError("macro '" + m_name + "' takes not more than " + std::to_string(count) + " argument(s)");
    }
    return interpreter.captured(*m_statement.body, scope);
}

bool Loop::fill(std::size_t count)
{
    while (!m_isDry && m_waiting.size() - m_firstWaiting < count) {
        if (auto value = m_source()) {
            m_waiting.push_back(std::move(*value));
        } else {
            m_isDry = true;
        }
    }
    return m_waiting.size() - m_firstWaiting >= count;
}

bool Loop::advance()
{
    if (!fill(1)) {
        return false;
    }
    if (m_index >= 0) {
        m_previous = std::move(m_current);
    }
    m_current = std::move(m_waiting[m_firstWaiting++]);
    if (m_firstWaiting == m_waiting.size()) {
        m_waiting.clear();
        m_firstWaiting = 0;
    }
    ++m_index;
    return true;
}

std::int64_t Loop::length()
{
    while (fill(m_waiting.size() - m_firstWaiting + 1)) {
    }
    return m_index + 1 + static_cast<std::int64_t>(m_waiting.size() - m_firstWaiting);
}

std::optional<Value> Loop::attribute(std::string_view name, Interpreter& /*interpreter*/)
{
    if (name == "index" || name == "index0") {
        return Value(name == "index" ? m_index + 1 : m_index);
    }
    if (name == "first") {
        return Value(m_index == 0);
    }
    if (name == "last") {
        return Value(!fill(1));
    }
    if (name == "length") {
        return Value(length());
    }
    if (name == "revindex" || name == "revindex0") {
        return Value(length() - m_index - (name == "revindex" ? 0 : 1));
    }
    if (name == "previtem") {
        return m_previous ? *m_previous : Value::undefined("there is no previous item");
    }
    if (name == "nextitem") {
        return fill(1) ? m_waiting[m_firstWaiting] : Value::undefined("there is no next item");
    }
    if (name == "depth" || name == "depth0") {
        return Value(name == "depth" ? m_depth + 1 : m_depth);
    }
    if (name == "cycle" || name == "changed") {
        const auto self = shared_from_this();
        const bool isCycle = name == "cycle";
        return Value(std::make_shared<Function>([self, isCycle](Interpreter& in, CallValues values) {
            return isCycle ? self->cycle(values) : self->changed(in, std::move(values));
        }));
    }
    return std::nullopt;
}

Value Loop::cycle(const CallValues& values) const
{
    if (values.positional.empty()) {
        throw renderError("no items for cycling given");
    }
    return values.positional[static_cast<std::size_t>(m_index) % values.positional.size()];
}

Value Loop::changed(Interpreter& interpreter, CallValues values)
{
    // As text: what is kept here must not be able to hold this loop itself.
    std::string now = represented(Value(std::move(values.positional), ListKind::Tuple), interpreter.budget());
    const bool isSame = m_lastChanged == now;
    m_lastChanged = std::move(now);
    return !isSame;
}

Value Loop::call(Interpreter& interpreter, CallValues values)
{
    if (!m_statement.flag) {
        throw renderError("The loop must have the 'recursive' marker to be called recursively.");
    }
    const Bound bound("loop", std::move(values), {"iterable"});
    return interpreter.captureLoop(m_statement, bound.at(0), m_scope, m_depth + 1);
}

} // namespace lori::chat
