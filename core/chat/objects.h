// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/syntax.h"
#include "core/chat/value.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lori::chat {

class Interpreter;

/// The values of a call's arguments.
struct CallValues {
    std::vector<Value> positional;
    std::vector<std::pair<std::string, Value>> named;
};

/// The arguments of a call by the names of the parameters, as Python binds them. Throws InvalidArgument (too many, unknown,
/// twice).
class Bound final {
public:
    Bound(const std::string& function, CallValues values, std::initializer_list<const char*> parameters);
    [[nodiscard]] const Value* find(std::size_t parameter) const;
    /// Throws InvalidArgument when it is missing.
    [[nodiscard]] const Value& at(std::size_t parameter) const;
    [[nodiscard]] Value valueOr(std::size_t parameter, Value fallback) const;
    [[nodiscard]] std::int64_t integerOr(std::size_t parameter, std::int64_t fallback) const;
    [[nodiscard]] bool truthOr(std::size_t parameter, bool fallback) const;
    /// Throws InvalidArgument when it is no text.
    [[nodiscard]] const Text& text(std::size_t parameter) const;

private:
    std::string m_function;
    std::vector<std::optional<Value>> m_values;
};

/// Names and their values, and where to look further.
struct Scope {
    std::vector<std::pair<std::string, Value>> values;
    std::shared_ptr<Scope> parent;

    void set(const std::string& name, Value value);
    [[nodiscard]] const Value* find(std::string_view name) const; ///< here and further up
};
using ScopePtr = std::shared_ptr<Scope>;

/// namespace(): the one thing whose attributes a template can set.
class Namespace final : public Object {
public:
    [[nodiscard]] const char* typeName() const override { return "Namespace"; }
    [[nodiscard]] std::optional<Value> attribute(std::string_view name, Interpreter& interpreter) override;
    /// Throws InvalidArgument for names that begin with an underscore, as transformers does.
    void set(const std::string& name, Value value);
    void clear() { m_values.clear(); }

private:
    std::vector<std::pair<std::string, Value>> m_values;
};

/// A function of the program: range, a method of a text …
class Function final : public Object {
public:
    using Body = std::function<Value(Interpreter&, CallValues)>;
    explicit Function(Body body) : m_body(std::move(body)) {}
    [[nodiscard]] const char* typeName() const override { return "function"; }
    [[nodiscard]] bool isCallable() const override { return true; }
    [[nodiscard]] std::optional<Value> attribute(std::string_view, Interpreter&) override { return std::nullopt; }
    Value call(Interpreter& interpreter, CallValues values) override { return m_body(interpreter, std::move(values)); }

private:
    Body m_body;
};

/// A macro, or the body of a {% call %}.
class Macro final : public Object {
public:
    Macro(const Statement& statement, ScopePtr scope, std::string name)
        : m_statement(statement), m_scope(std::move(scope)), m_name(std::move(name))
    {
    }
    [[nodiscard]] const char* typeName() const override { return "Macro"; }
    [[nodiscard]] bool isCallable() const override { return true; }
    [[nodiscard]] std::optional<Value> attribute(std::string_view name, Interpreter& interpreter) override;
    Value call(Interpreter& interpreter, CallValues values) override;

private:
    [[nodiscard]] bool mentions(std::string_view name) const;
    const Statement& m_statement;
    ScopePtr m_scope;
    std::string m_name;
};

/// `loop` inside a for. Items are looked at only when they are needed, because the `if` of a for may depend on what the loop did.
class Loop final : public Object, public std::enable_shared_from_this<Loop> {
public:
    using Source = std::function<std::optional<Value>()>; ///< the next item; nothing at the end
    Loop(Source source, const Statement& statement, ScopePtr scope, int depth)
        : m_source(std::move(source)), m_statement(statement), m_scope(std::move(scope)), m_depth(depth)
    {
    }
    /// Goes on to the next item; false at the end.
    bool advance();
    [[nodiscard]] const Value& item() const { return m_current; }

    [[nodiscard]] const char* typeName() const override { return "LoopContext"; }
    [[nodiscard]] bool isCallable() const override { return true; }
    [[nodiscard]] std::optional<Value> attribute(std::string_view name, Interpreter& interpreter) override;
    Value call(Interpreter& interpreter, CallValues values) override;
    Value cycle(const CallValues& values) const;
    Value changed(Interpreter& interpreter, CallValues values);

private:
    [[nodiscard]] bool fill(std::size_t count); ///< looks ahead until that many items wait
    [[nodiscard]] std::int64_t length();

    Source m_source;
    const Statement& m_statement;
    ScopePtr m_scope;
    int m_depth = 0;
    std::int64_t m_index = -1;
    std::optional<Value> m_previous;
    Value m_current;
    std::vector<Value> m_waiting;
    std::size_t m_firstWaiting = 0;
    bool m_isDry = false;
    std::optional<std::string> m_lastChanged;
};

} // namespace lori::chat
