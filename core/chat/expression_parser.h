// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/lexer.h"
#include "core/chat/syntax.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lori::chat {

/// Reads expressions off a list of tokens, by Jinja's own grammar and precedence.
class ExpressionParser {
public:
    explicit ExpressionParser(std::vector<Token> tokens) : m_tokens(std::move(tokens)) {}

    enum class Conditionals : std::uint8_t { Allowed, NotHere };
    ExpressionPtr expression(Conditionals conditionals = Conditionals::Allowed);
    /// One expression, or several with commas, which are a tuple; `endWord` ends it as well.
    ExpressionPtr tupleOrOne(Conditionals conditionals, std::string_view endWord = {});
    /// What a value can be given to: a name, names, or namespace.name when `withNamespace`.
    ExpressionPtr target(bool withNamespace);
    /// `| name(…) | …` applied to `inner`, which may be null.
    ExpressionPtr filters(ExpressionPtr inner, bool firstIsInline);
    Arguments callArguments();
    std::vector<Parameter> parameters();

    [[nodiscard]] const Token& current() const { return m_tokens[m_at]; }
    [[nodiscard]] bool isOperator(std::string_view text) const;
    [[nodiscard]] bool isName(std::string_view text) const;
    bool skipOperator(std::string_view text);
    bool skipName(std::string_view text);
    void expectOperator(std::string_view text);
    std::string expectName();
    void next() { m_at += m_at + 1 < m_tokens.size() ? 1 : 0; }
    [[noreturn]] void fail(const std::string& what) const;
    [[noreturn]] void failUnexpected() const;
    /// The names that were read since the start: macros look for varargs, kwargs and caller.
    [[nodiscard]] const std::vector<std::string>& namesRead() const { return m_names; }

private:
    ExpressionPtr conditional();
    ExpressionPtr disjunction();
    ExpressionPtr conjunction();
    ExpressionPtr negation();
    ExpressionPtr comparison();
    ExpressionPtr sum();
    ExpressionPtr concatenation();
    ExpressionPtr product();
    ExpressionPtr power();
    ExpressionPtr unary(bool withFilters);
    ExpressionPtr primary(bool withNamespace);
    ExpressionPtr nameOrConstant(bool withNamespace);
    ExpressionPtr number();
    ExpressionPtr listLiteral();
    ExpressionPtr dictLiteral();
    ExpressionPtr postfix(ExpressionPtr inner);
    ExpressionPtr filtersAndTests(ExpressionPtr inner);
    ExpressionPtr subscript(ExpressionPtr inner);
    ExpressionPtr subscribed();
    ExpressionPtr call(ExpressionPtr inner);
    ExpressionPtr test(ExpressionPtr inner);
    ExpressionPtr tuple(Conditionals conditionals, std::string_view endWord, bool isSimple, bool withNamespace, bool inBrackets);
    [[nodiscard]] bool isTupleEnd(std::string_view endWord) const;
    ExpressionPtr finished(Expression node) const;

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_nesting = 0;
    std::vector<std::string> m_names;
};

} // namespace lori::chat
