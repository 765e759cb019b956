// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/budget.h"
#include "core/chat/objects.h"
#include "core/chat/syntax.h"

#include <ctime>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lori::chat {

/// Renders one parsed template once. Everything that Python does and templates can see happens in the rooms' other files:
/// operators, methods, filters, tests; here is the order in which things are done.
class Interpreter final {
public:
    /// `variables`: what the template may read; `now`: for strftime_now.
    Interpreter(std::vector<std::pair<std::string, Value>> variables, std::tm now, Budget& budget);
    ~Interpreter();
    Interpreter(const Interpreter&) = delete;
    Interpreter& operator=(const Interpreter&) = delete;

    /// Throws InvalidArgument with the line, Unsupported and BadFile for names that turn up only now.
    void run(const Block& block);
    [[nodiscard]] const std::string& text() const { return m_root; }
    /// Bytes of the text that stand inside {% generation %}, in order; empty when one of them is inside a macro or a set block,
    /// whose place in the text nobody knows.
    [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> generated() const;

    // What filters, tests, methods and objects need.
    [[nodiscard]] Budget& budget() { return m_budget; }
    [[nodiscard]] const std::tm& now() const { return m_now; }
    [[nodiscard]] Nesting deeper() { return Nesting(m_depth); }
    Value call(const Value& callee, CallValues values);
    Value filter(const std::string& name, const Value& value, CallValues values);
    bool test(const std::string& name, const Value& value, CallValues values);
    /// What comes out when Python walks through a value; an iterator is used up. Throws InvalidArgument for what cannot be
    /// walked.
    [[nodiscard]] std::vector<Value> items(const Value& value);
    /// Runs a block in a scope and gives the text it wrote.
    Value captured(const Block& block, const ScopePtr& scope);
    /// Runs the loop `statement` over `over` in `scope`; for recursive loops, too.
    Value captureLoop(const Statement& statement, const Value& over, const ScopePtr& scope, int depth);
    Value evaluate(const Expression& expression, const ScopePtr& scope);
    void assign(const Expression& target, const Value& value, const ScopePtr& scope);
    /// A namespace, whose contents go when the rendering ends, so that nothing holds itself.
    Value makeNamespace(CallValues values);

private:
    enum class Flow : std::uint8_t { Normal, Break, Continue };

    Flow execute(const Block& block, const ScopePtr& scope);
    Flow execute(const Statement& statement, const ScopePtr& scope);
    Flow executeConditional(const Statement& statement, const ScopePtr& scope);
    Flow executeGeneration(const Statement& statement, const ScopePtr& scope);
    void executeLoop(const Statement& statement, const Value& over, const ScopePtr& scope, int depth);
    void executeCallBlock(const Statement& statement, const ScopePtr& scope);
    void executeWith(const Statement& statement, const ScopePtr& scope);
    void defineMacro(const Statement& statement, const ScopePtr& scope);
    void write(std::string_view text);

    Value evaluateParts(const Expression& expression, const ScopePtr& scope);
    Value lookUp(const Expression& expression, const ScopePtr& scope);
    Value evaluateCall(const Expression& expression, const ScopePtr& scope, const Value* caller);
    Value evaluateSubscript(const Expression& expression, const ScopePtr& scope);
    Value evaluateComparison(const Expression& expression, const ScopePtr& scope);
    Value evaluateDict(const Expression& expression, const ScopePtr& scope);
    Value evaluateFilter(const Expression& expression, const Value& value, const ScopePtr& scope);
    std::vector<Value> evaluateAll(const std::vector<ExpressionPtr>& parts, const ScopePtr& scope);
    CallValues evaluateArguments(const Arguments& arguments, const ScopePtr& scope);

    Budget& m_budget;
    std::tm m_now;
    ScopePtr m_global;
    int m_depth = 0;
    std::string m_root;
    std::string* m_out = &m_root;
    std::vector<std::pair<std::size_t, std::size_t>> m_generated;
    bool m_hasHiddenGeneration = false;
    std::vector<std::weak_ptr<Scope>> m_scopesOfMacros;
    std::vector<std::weak_ptr<Namespace>> m_namespaces;
};

} // namespace lori::chat
