// SPDX-License-Identifier: Apache-2.0
#include "core/chat/expression_parser.h"

#include "core/chat/budget.h"
#include "core/chat/python_text.h"
#include "core/chat/template_error.h"

#include <algorithm>
#include <initializer_list>

namespace lori::chat {

namespace {

template <typename... Parts>
Expression node(ExpressionKind kind, int line, Parts... parts)
{
    Expression result;
    result.kind = kind;
    result.line = line;
    (result.parts.push_back(std::move(parts)), ...);
    return result;
}

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> list)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

} // namespace

void ExpressionParser::fail(const std::string& what) const
{
    throw badTemplate(what, current().line);
}

void ExpressionParser::failUnexpected() const
{
    fail(current().text.empty() ? "an expression ends too early" : "unexpected '" + current().text + "'");
}

bool ExpressionParser::isOperator(std::string_view text) const
{
    return current().kind == TokenKind::Operator && current().text == text;
}

bool ExpressionParser::isName(std::string_view text) const
{
    return current().kind == TokenKind::Name && current().text == text;
}

bool ExpressionParser::skipOperator(std::string_view text)
{
    const bool isThere = isOperator(text);
    if (isThere) {
        next();
    }
    return isThere;
}

bool ExpressionParser::skipName(std::string_view text)
{
    const bool isThere = isName(text);
    if (isThere) {
        next();
    }
    return isThere;
}

void ExpressionParser::expectOperator(std::string_view text)
{
    if (!skipOperator(text)) {
        fail("expected '" + std::string(text) + "'" + (current().text.empty() ? "" : ", found '" + current().text + "'"));
    }
}

std::string ExpressionParser::expectName()
{
    if (current().kind != TokenKind::Name) {
        fail("expected a name" + (current().text.empty() ? "" : ", found '" + current().text + "'"));
    }
    std::string name = current().text;
    next();
    return name;
}

ExpressionPtr ExpressionParser::finished(Expression made) const
{
    const auto add = [&](const ExpressionPtr& part) {
        made.depth = part == nullptr ? made.depth : std::max(made.depth, part->depth + 1);
    };
    std::for_each(made.parts.begin(), made.parts.end(), add);
    std::for_each(made.arguments.positional.begin(), made.arguments.positional.end(), add);
    for (const auto& [name, part] : made.arguments.named) {
        add(part);
    }
    add(made.arguments.starred);
    add(made.arguments.doubleStarred);
    if (made.depth > Budget::kMaxDepth) {
        throw badTemplate("an expression is nested too deeply", made.line);
    }
    return std::make_unique<const Expression>(std::move(made));
}

ExpressionPtr ExpressionParser::expression(Conditionals conditionals)
{
    const Nesting nesting(m_nesting);
    return conditionals == Conditionals::Allowed ? conditional() : disjunction();
}

ExpressionPtr ExpressionParser::conditional()
{
    ExpressionPtr left = disjunction();
    while (isName("if")) {
        const int line = current().line;
        next();
        ExpressionPtr test = disjunction();
        ExpressionPtr other = skipName("else") ? expression() : nullptr;
        left = finished(node(ExpressionKind::Conditional, line, std::move(test), std::move(left), std::move(other)));
    }
    return left;
}

ExpressionPtr ExpressionParser::disjunction()
{
    ExpressionPtr left = conjunction();
    while (isName("or")) {
        const int line = current().line;
        next();
        ExpressionPtr right = conjunction();
        left = finished(node(ExpressionKind::Or, line, std::move(left), std::move(right)));
    }
    return left;
}

ExpressionPtr ExpressionParser::conjunction()
{
    ExpressionPtr left = negation();
    while (isName("and")) {
        const int line = current().line;
        next();
        ExpressionPtr right = negation();
        left = finished(node(ExpressionKind::And, line, std::move(left), std::move(right)));
    }
    return left;
}

ExpressionPtr ExpressionParser::negation()
{
    if (!isName("not")) {
        return comparison();
    }
    const Nesting nesting(m_nesting);
    Expression made = node(ExpressionKind::Unary, current().line);
    next();
    made.name = "not";
    made.parts.push_back(negation());
    return finished(std::move(made));
}

ExpressionPtr ExpressionParser::comparison()
{
    Expression made = node(ExpressionKind::Comparison, current().line, sum());
    for (;;) {
        std::string word;
        if (current().kind == TokenKind::Operator && isOneOf(current().text, {"==", "!=", "<", "<=", ">", ">="})) {
            word = current().text;
            next();
        } else if (skipName("in")) {
            word = "in";
        } else if (isName("not") && m_tokens[m_at + 1].kind == TokenKind::Name && m_tokens[m_at + 1].text == "in") {
            next();
            next();
            word = "not in";
        } else {
            break;
        }
        made.words.push_back(std::move(word));
        made.parts.push_back(sum());
    }
    return made.words.empty() ? std::move(made.parts.front()) : finished(std::move(made));
}

ExpressionPtr ExpressionParser::sum()
{
    ExpressionPtr left = concatenation();
    while (isOperator("+") || isOperator("-")) {
        Expression made = node(ExpressionKind::Binary, current().line);
        made.name = current().text;
        next();
        ExpressionPtr right = concatenation();
        made.parts.push_back(std::move(left));
        made.parts.push_back(std::move(right));
        left = finished(std::move(made));
    }
    return left;
}

ExpressionPtr ExpressionParser::concatenation()
{
    Expression made = node(ExpressionKind::Concat, current().line, product());
    while (skipOperator("~")) {
        made.parts.push_back(product());
    }
    return made.parts.size() == 1 ? std::move(made.parts.front()) : finished(std::move(made));
}

ExpressionPtr ExpressionParser::product()
{
    ExpressionPtr left = power();
    while (current().kind == TokenKind::Operator && isOneOf(current().text, {"*", "/", "//", "%"})) {
        Expression made = node(ExpressionKind::Binary, current().line);
        made.name = current().text;
        next();
        ExpressionPtr right = power();
        made.parts.push_back(std::move(left));
        made.parts.push_back(std::move(right));
        left = finished(std::move(made));
    }
    return left;
}

ExpressionPtr ExpressionParser::power()
{
    ExpressionPtr left = unary(true);
    while (isOperator("**")) {
        Expression made = node(ExpressionKind::Binary, current().line);
        made.name = "**";
        next();
        ExpressionPtr right = unary(true);
        made.parts.push_back(std::move(left));
        made.parts.push_back(std::move(right));
        left = finished(std::move(made));
    }
    return left;
}

/// A sign binds closer than a filter: -1|abs is 1.
ExpressionPtr ExpressionParser::unary(bool withFilters)
{
    const Nesting nesting(m_nesting);
    ExpressionPtr inner;
    if (isOperator("-") || isOperator("+")) {
        Expression made = node(ExpressionKind::Unary, current().line);
        made.name = current().text;
        next();
        made.parts.push_back(unary(false));
        inner = finished(std::move(made));
    } else {
        inner = primary(false);
    }
    inner = postfix(std::move(inner));
    return withFilters ? filtersAndTests(std::move(inner)) : std::move(inner);
}

ExpressionPtr ExpressionParser::postfix(ExpressionPtr inner)
{
    for (;;) {
        if (isOperator(".") || isOperator("[")) {
            inner = subscript(std::move(inner));
        } else if (isOperator("(")) {
            inner = call(std::move(inner));
        } else {
            return inner;
        }
    }
}

ExpressionPtr ExpressionParser::filtersAndTests(ExpressionPtr inner)
{
    for (;;) {
        if (isOperator("|")) {
            inner = filters(std::move(inner), false);
        } else if (isName("is")) {
            inner = test(std::move(inner));
        } else if (isOperator("(")) {
            inner = call(std::move(inner));
        } else {
            return inner;
        }
    }
}

ExpressionPtr ExpressionParser::filters(ExpressionPtr inner, bool firstIsInline)
{
    while (firstIsInline || skipOperator("|")) {
        firstIsInline = false;
        Expression made = node(ExpressionKind::Filter, current().line, std::move(inner));
        made.name = expectName();
        while (skipOperator(".")) {
            made.name += "." + expectName();
        }
        if (isOperator("(")) {
            made.arguments = callArguments();
        }
        inner = finished(std::move(made));
    }
    return inner;
}

ExpressionPtr ExpressionParser::test(ExpressionPtr inner)
{
    const int line = current().line;
    next();
    const bool isNegated = skipName("not");
    Expression made = node(ExpressionKind::Test, line, std::move(inner));
    made.name = expectName();
    while (skipOperator(".")) {
        made.name += "." + expectName();
    }
    const Token& token = current();
    const bool isValue = token.kind == TokenKind::Name || token.kind == TokenKind::Text || token.kind == TokenKind::Integer ||
                         token.kind == TokenKind::Real || isOperator("[") || isOperator("{");
    if (isOperator("(")) {
        made.arguments = callArguments();
    } else if (isValue && !isName("else") && !isName("or") && !isName("and")) {
        if (isName("is")) {
            fail("tests cannot be chained with 'is'");
        }
        made.arguments.positional.push_back(postfix(primary(false)));
    }
    ExpressionPtr result = finished(std::move(made));
    if (isNegated) {
        Expression negated = node(ExpressionKind::Unary, line, std::move(result));
        negated.name = "not";
        result = finished(std::move(negated));
    }
    return result;
}

} // namespace lori::chat
