// SPDX-License-Identifier: Apache-2.0
// Statements; expressions are in evaluate.cpp.
#include "core/chat/interpreter.h"

#include "core/chat/globals.h"
#include "core/chat/python_show.h"
#include "core/chat/template_error.h"

#include <algorithm>

namespace lori::chat {

namespace {

ScopePtr childOf(const ScopePtr& parent)
{
    const auto scope = std::make_shared<Scope>();
    scope->parent = parent;
    return scope;
}

/// Sends what is written somewhere else for as long as it lives.
class Redirect final {
public:
    Redirect(std::string*& out, std::string& to) : m_out(out), m_before(out) { out = &to; }
    ~Redirect() { m_out = m_before; }
    Redirect(const Redirect&) = delete;
    Redirect& operator=(const Redirect&) = delete;

private:
    std::string*& m_out;
    std::string* m_before;
};

} // namespace

Interpreter::Interpreter(std::vector<std::pair<std::string, Value>> variables, std::tm now, Budget& budget)
    : m_budget(budget), m_now(now), m_global(std::make_shared<Scope>())
{
    m_global->values = globalFunctions();
    for (auto& [name, value] : variables) {
        m_global->set(name, std::move(value));
    }
}

/// A macro holds the scope it was made in, which holds the macro; a namespace may hold itself. Here the rings are opened.
Interpreter::~Interpreter()
{
    for (const auto& weak : m_scopesOfMacros) {
        if (const ScopePtr scope = weak.lock()) {
            const auto values = std::move(scope->values);
            scope->values.clear();
        }
    }
    for (const auto& weak : m_namespaces) {
        if (const auto held = weak.lock()) {
            held->clear();
        }
    }
}

void Interpreter::run(const Block& block)
{
    static_cast<void>(execute(block, childOf(m_global)));
}

std::vector<std::pair<std::size_t, std::size_t>> Interpreter::generated() const
{
    return m_hasHiddenGeneration ? std::vector<std::pair<std::size_t, std::size_t>>() : m_generated;
}

void Interpreter::write(std::string_view text)
{
    m_budget.memory(text.size());
    if (m_out->size() + text.size() > Budget::kMaxText) {
        m_budget.memory(Budget::kMaxText + 1);
    }
    m_out->append(text);
}

Value Interpreter::captured(const Block& block, const ScopePtr& scope)
{
    std::string text;
    const Redirect redirect(m_out, text);
    static_cast<void>(execute(block, scope));
    return Value(std::move(text));
}

Interpreter::Flow Interpreter::execute(const Block& block, const ScopePtr& scope)
{
    const Nesting nesting(m_depth);
    for (const Statement& statement : block) {
        m_budget.work(1);
        Flow flow = Flow::Normal;
        try {
            flow = execute(statement, scope);
        } catch (const Exception& exception) {
            if (!exception.error().where.empty()) {
                throw;
            }
            throw Exception(exception.error().code, exception.error().what, "change the conversation, or use another prompt form",
                            "chat template, line " + std::to_string(statement.line));
        }
        if (flow != Flow::Normal) {
            return flow;
        }
    }
    return Flow::Normal;
}

Interpreter::Flow Interpreter::execute(const Statement& statement, const ScopePtr& scope)
{
    switch (statement.kind) {
    case StatementKind::Data:
        write(statement.text.text()->bytes);
        break;
    case StatementKind::Print:
        write(shown(evaluate(*statement.expression, scope), m_budget));
        break;
    case StatementKind::If:
        return executeConditional(statement, scope);
    case StatementKind::For:
        executeLoop(statement, evaluate(*statement.expression, scope), scope, 0);
        break;
    case StatementKind::Set:
        assign(*statement.target, evaluate(*statement.expression, scope), scope);
        break;
    case StatementKind::SetBlock: {
        Value text = captured(*statement.body, childOf(scope));
        assign(*statement.target, statement.expression ? evaluateFilter(*statement.expression, text, scope) : text, scope);
        break;
    }
    case StatementKind::Macro:
        defineMacro(statement, scope);
        break;
    case StatementKind::CallBlock:
        executeCallBlock(statement, scope);
        break;
    case StatementKind::Filter:
        write(shown(evaluateFilter(*statement.expression, captured(*statement.body, childOf(scope)), scope), m_budget));
        break;
    case StatementKind::With:
        executeWith(statement, scope);
        break;
    case StatementKind::Generation:
        return executeGeneration(statement, scope);
    case StatementKind::Scope:
        return execute(*statement.body, childOf(scope));
    case StatementKind::Break:
        return Flow::Break;
    case StatementKind::Continue:
        return Flow::Continue;
    }
    return Flow::Normal;
}

Interpreter::Flow Interpreter::executeConditional(const Statement& statement, const ScopePtr& scope)
{
    for (const Branch& branch : statement.branches) {
        if (branch.test == nullptr || evaluate(*branch.test, scope).isTrue()) {
            return execute(*branch.body, scope);
        }
    }
    return Flow::Normal;
}

Interpreter::Flow Interpreter::executeGeneration(const Statement& statement, const ScopePtr& scope)
{
    if (m_out != &m_root) {
        m_hasHiddenGeneration = true;
        return execute(*statement.body, childOf(scope));
    }
    const std::size_t begin = m_root.size();
    const Flow flow = execute(*statement.body, childOf(scope));
    m_generated.emplace_back(begin, m_root.size());
    return flow;
}

void Interpreter::executeLoop(const Statement& statement, const Value& over, const ScopePtr& scope, int depth)
{
    const Nesting nesting(m_depth);
    const auto list = std::make_shared<const std::vector<Value>>(items(over));
    std::size_t next = 0;
    const auto source = [this, &statement, scope, list, next]() mutable -> std::optional<Value> {
        while (next < list->size()) {
            m_budget.work(1);
            const Value& value = (*list)[next++];
            if (statement.test == nullptr) {
                return value;
            }
            const ScopePtr trial = childOf(scope);
            assign(*statement.target, value, trial);
            if (evaluate(*statement.test, trial).isTrue()) {
                return value;
            }
        }
        return std::nullopt;
    };
    const auto loop = std::make_shared<Loop>(source, statement, scope, depth);
    bool isEmpty = true;
    while (loop->advance()) {
        isEmpty = false;
        const ScopePtr inner = childOf(scope);
        inner->set("loop", Value(std::static_pointer_cast<Object>(loop)));
        assign(*statement.target, loop->item(), inner);
        if (execute(*statement.body, inner) == Flow::Break) {
            break;
        }
    }
    if (isEmpty && statement.other != nullptr) {
        static_cast<void>(execute(*statement.other, childOf(scope)));
    }
}

Value Interpreter::captureLoop(const Statement& statement, const Value& over, const ScopePtr& scope, int depth)
{
    std::string text;
    const Redirect redirect(m_out, text);
    executeLoop(statement, over, scope, depth);
    return Value(std::move(text));
}

void Interpreter::executeCallBlock(const Statement& statement, const ScopePtr& scope)
{
    m_scopesOfMacros.emplace_back(scope);
    const Value caller(std::static_pointer_cast<Object>(std::make_shared<Macro>(statement, scope, "caller")));
    write(shown(evaluateCall(*statement.expression, scope, &caller), m_budget));
}

void Interpreter::executeWith(const Statement& statement, const ScopePtr& scope)
{
    const ScopePtr inner = childOf(scope);
    for (const Parameter& parameter : statement.parameters) {
        inner->set(parameter.name, evaluate(*parameter.fallback, scope));
    }
    static_cast<void>(execute(*statement.body, inner));
}

void Interpreter::defineMacro(const Statement& statement, const ScopePtr& scope)
{
    m_scopesOfMacros.emplace_back(scope);
    scope->set(statement.name,
               Value(std::static_pointer_cast<Object>(std::make_shared<Macro>(statement, scope, statement.name))));
}

void Interpreter::assign(const Expression& target, const Value& value, const ScopePtr& scope)
{
    if (target.kind == ExpressionKind::Name) {
        scope->set(target.name, value);
        return;
    }
    if (target.kind == ExpressionKind::NamespaceReference) {
        const Value* held = scope->find(target.words.front());
        const auto space = held == nullptr ? nullptr : std::dynamic_pointer_cast<Namespace>(held->object());
        if (space == nullptr) {
            throw renderError("cannot assign attribute on non-namespace object");
        }
        space->set(target.name, value);
        return;
    }
    const std::vector<Value> parts = items(value);
    if (parts.size() != target.parts.size()) {
        throw renderError(parts.size() < target.parts.size()
                              ? "not enough values to unpack (expected " + std::to_string(target.parts.size()) + ", got " +
                                    std::to_string(parts.size()) + ")"
                              : "too many values to unpack (expected " + std::to_string(target.parts.size()) + ")");
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        assign(*target.parts[i], parts[i], scope);
    }
}

Value Interpreter::makeNamespace(CallValues values)
{
    const auto space = std::make_shared<Namespace>();
    if (values.positional.size() > 1) {
        throw renderError("namespace expected at most 1 argument");
    }
    if (!values.positional.empty()) {
        const Dict* dict = values.positional.front().dict();
        if (dict == nullptr) {
            throw renderError("namespace() takes a dict or names with values");
        }
        for (const auto& [key, value] : dict->entries()) {
            space->set(shown(key, m_budget), value);
        }
    }
    for (auto& [name, value] : values.named) {
        space->set(name, std::move(value));
    }
    m_namespaces.emplace_back(space);
    return Value(std::static_pointer_cast<Object>(space));
}

} // namespace lori::chat
