// SPDX-License-Identifier: Apache-2.0
// Expressions.
#include "core/chat/filters.h"
#include "core/chat/interpreter.h"
#include "core/chat/methods.h"
#include "core/chat/operators.h"
#include "core/chat/python_show.h"
#include "core/chat/python_text.h"
#include "core/chat/template_error.h"
#include "core/chat/template_tests.h"

namespace lori::chat {

namespace {

/// Whether the innermost filter of a chain has nothing to work on.
bool hasHole(const Expression& filter)
{
    const ExpressionPtr& inner = filter.parts.front();
    return inner == nullptr || (inner->kind == ExpressionKind::Filter && hasHole(*inner));
}

} // namespace

Value Interpreter::evaluate(const Expression& expression, const ScopePtr& scope)
{
    const Nesting nesting(m_depth);
    m_budget.work(1);
    switch (expression.kind) {
    case ExpressionKind::Constant:
        return expression.value;
    case ExpressionKind::Name:
        return lookUp(expression, scope);
    case ExpressionKind::And: {
        Value left = evaluate(*expression.parts[0], scope);
        return left.isTrue() ? evaluate(*expression.parts[1], scope) : left;
    }
    case ExpressionKind::Or: {
        Value left = evaluate(*expression.parts[0], scope);
        return left.isTrue() ? left : evaluate(*expression.parts[1], scope);
    }
    case ExpressionKind::Conditional:
        if (evaluate(*expression.parts[0], scope).isTrue()) {
            return evaluate(*expression.parts[1], scope);
        }
        return expression.parts[2] != nullptr
                   ? evaluate(*expression.parts[2], scope)
                   : Value::undefined("the inline if-expression evaluated to false and no else section was defined.");
    default:
        return evaluateParts(expression, scope);
    }
}

Value Interpreter::evaluateParts(const Expression& expression, const ScopePtr& scope)
{
    switch (expression.kind) {
    case ExpressionKind::List:
        return Value(evaluateAll(expression.parts, scope));
    case ExpressionKind::Tuple:
        return Value(evaluateAll(expression.parts, scope), ListKind::Tuple);
    case ExpressionKind::Dict:
        return evaluateDict(expression, scope);
    case ExpressionKind::Attribute:
        return attributeOf(evaluate(*expression.parts[0], scope), expression.name, *this);
    case ExpressionKind::Subscript:
        return evaluateSubscript(expression, scope);
    case ExpressionKind::Call:
        return evaluateCall(expression, scope, nullptr);
    case ExpressionKind::Filter:
        return evaluateFilter(expression, evaluate(*expression.parts[0], scope), scope);
    case ExpressionKind::Test: {
        const Value value = evaluate(*expression.parts[0], scope);
        return test(expression.name, value, evaluateArguments(expression.arguments, scope));
    }
    case ExpressionKind::Unary: {
        const Value value = evaluate(*expression.parts[0], scope);
        return expression.name == "not" ? Value(!value.isTrue()) : signedValue(expression.name, value);
    }
    case ExpressionKind::Binary: {
        const Value left = evaluate(*expression.parts[0], scope);
        return binary(expression.name, left, evaluate(*expression.parts[1], scope), *this);
    }
    case ExpressionKind::Concat: {
        std::string text;
        for (const ExpressionPtr& part : expression.parts) {
            text += shown(evaluate(*part, scope), m_budget);
            m_budget.memory(text.size());
        }
        return Value(std::move(text));
    }
    case ExpressionKind::Comparison:
        return evaluateComparison(expression, scope);
    default: // a slice or a namespace reference where there is none
        throw renderError("this expression cannot stand here");
    }
}

Value Interpreter::lookUp(const Expression& expression, const ScopePtr& scope)
{
    const Value* found = scope->find(expression.name);
    return found != nullptr ? *found : Value::undefined("'" + expression.name + "' is undefined");
}

std::vector<Value> Interpreter::evaluateAll(const std::vector<ExpressionPtr>& parts, const ScopePtr& scope)
{
    std::vector<Value> values;
    values.reserve(parts.size());
    for (const ExpressionPtr& part : parts) {
        values.push_back(evaluate(*part, scope));
    }
    return values;
}

Value Interpreter::evaluateDict(const Expression& expression, const ScopePtr& scope)
{
    const auto dict = std::make_shared<Dict>();
    for (std::size_t i = 0; i + 1 < expression.parts.size(); i += 2) {
        const Value key = evaluate(*expression.parts[i], scope);
        dict->set(key, evaluate(*expression.parts[i + 1], scope));
    }
    return Value(std::shared_ptr<const Dict>(dict));
}

Value Interpreter::evaluateSubscript(const Expression& expression, const ScopePtr& scope)
{
    const Value object = evaluate(*expression.parts[0], scope);
    const Expression& index = *expression.parts[1];
    if (index.kind != ExpressionKind::Slice) {
        return elementOf(object, evaluate(index, scope), *this);
    }
    const auto part = [&](std::size_t i) {
        return index.parts[i] == nullptr ? Value() : evaluate(*index.parts[i], scope);
    };
    const Value begin = part(0);
    const Value end = part(1);
    return sliced(object, begin, end, part(2), *this);
}

Value Interpreter::evaluateComparison(const Expression& expression, const ScopePtr& scope)
{
    Value left = evaluate(*expression.parts[0], scope);
    for (std::size_t i = 0; i < expression.words.size(); ++i) {
        Value right = evaluate(*expression.parts[i + 1], scope);
        if (!compare(expression.words[i], left, right, *this)) {
            return false;
        }
        left = std::move(right);
    }
    return true;
}

CallValues Interpreter::evaluateArguments(const Arguments& arguments, const ScopePtr& scope)
{
    CallValues values{evaluateAll(arguments.positional, scope), {}};
    for (const auto& [name, part] : arguments.named) {
        values.named.emplace_back(name, evaluate(*part, scope));
    }
    if (arguments.starred != nullptr) {
        const std::vector<Value> more = items(evaluate(*arguments.starred, scope));
        values.positional.insert(values.positional.end(), more.begin(), more.end());
    }
    if (arguments.doubleStarred != nullptr) {
        const Value more = evaluate(*arguments.doubleStarred, scope);
        if (more.dict() == nullptr) {
            throw renderError("argument after ** must be a mapping");
        }
        for (const auto& [key, value] : more.dict()->entries()) {
            values.named.emplace_back(shown(key, m_budget), value);
        }
    }
    return values;
}

Value Interpreter::evaluateCall(const Expression& expression, const ScopePtr& scope, const Value* caller)
{
    const Expression& callee = *expression.parts[0];
    std::optional<Value> self; // a method is called without making an object of it
    Value function;
    if (callee.kind == ExpressionKind::Attribute) {
        self = evaluate(*callee.parts[0], scope);
        if (methodKind(*self, callee.name) != MethodKind::Known) {
            function = attributeOf(*self, callee.name, *this);
            self.reset();
        }
    } else {
        function = evaluate(callee, scope);
    }
    CallValues values = evaluateArguments(expression.arguments, scope);
    if (caller != nullptr) {
        values.named.emplace_back("caller", *caller);
    }
    return self ? callMethod(*self, callee.name, std::move(values), *this) : call(function, std::move(values));
}

Value Interpreter::call(const Value& callee, CallValues values)
{
    const Nesting nesting(m_depth);
    requireDefined(callee);
    const auto object = callee.object();
    if (object == nullptr) {
        throw renderError(std::string("'") + callee.typeName() + "' object is not callable");
    }
    return object->call(*this, std::move(values));
}

Value Interpreter::evaluateFilter(const Expression& expression, const Value& value, const ScopePtr& scope)
{
    // In front of a block the innermost filter has nothing inside: that is where the block's text goes.
    const ExpressionPtr& inner = expression.parts.front();
    const bool isChain = inner != nullptr && inner->kind == ExpressionKind::Filter && hasHole(*inner);
    const Value input = isChain ? evaluateFilter(*inner, value, scope) : value;
    return filter(expression.name, input, evaluateArguments(expression.arguments, scope));
}

std::vector<Value> Interpreter::items(const Value& value)
{
    if (const List* list = value.list()) {
        m_budget.work(list->items.size());
        return list->items;
    }
    if (Iterator* walker = value.walker()) {
        std::vector<Value> rest(walker->items.begin() + static_cast<std::ptrdiff_t>(walker->next), walker->items.end());
        m_budget.work(rest.size());
        walker->next = walker->items.size();
        return rest;
    }
    std::vector<Value> list;
    if (const Dict* dict = value.dict()) {
        m_budget.work(dict->entries().size());
        for (const auto& [key, held] : dict->entries()) {
            list.push_back(key);
        }
    } else if (const Text* text = value.text()) {
        m_budget.memory(text->bytes.size());
        m_budget.work(text->length);
        for (const std::string_view letter : characters(text->bytes)) {
            list.emplace_back(std::string(letter), text->isMarkup);
        }
    } else if (!value.isUndefined()) {
        throw renderError(std::string("'") + value.typeName() + "' object is not iterable");
    }
    return list;
}

} // namespace lori::chat
