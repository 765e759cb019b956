// SPDX-License-Identifier: Apache-2.0
// The smallest parts of expressions: names, constants, lists, subscripts, calls, targets.
#include "core/chat/budget.h"
#include "core/chat/expression_parser.h"
#include "core/chat/python_text.h"
#include "core/chat/template_error.h"

namespace lori::chat {

namespace {

Expression node(ExpressionKind kind, int line)
{
    Expression result;
    result.kind = kind;
    result.line = line;
    return result;
}

} // namespace

ExpressionPtr ExpressionParser::primary(bool withNamespace)
{
    const Token& token = current();
    if (token.kind == TokenKind::Name) {
        return nameOrConstant(withNamespace);
    }
    if (token.kind == TokenKind::Text) {
        Expression made = node(ExpressionKind::Constant, token.line);
        std::string text;
        for (; current().kind == TokenKind::Text; next()) { // neighbours are one text
            text += current().text;
        }
        made.value = Value(std::move(text));
        return finished(std::move(made));
    }
    if (token.kind == TokenKind::Integer || token.kind == TokenKind::Real) {
        return number();
    }
    if (isOperator("[")) {
        return listLiteral();
    }
    if (isOperator("{")) {
        return dictLiteral();
    }
    if (!skipOperator("(")) {
        failUnexpected();
    }
    ExpressionPtr inner = tuple(Conditionals::Allowed, {}, false, false, true);
    expectOperator(")");
    return inner;
}

ExpressionPtr ExpressionParser::nameOrConstant(bool withNamespace)
{
    Expression made = node(ExpressionKind::Constant, current().line);
    const std::string name = expectName();
    if (name == "true" || name == "True" || name == "false" || name == "False") {
        made.value = name == "true" || name == "True";
    } else if (name != "none" && name != "None") {
        m_names.push_back(name);
        made.kind = ExpressionKind::Name;
        made.name = name;
        if (withNamespace && skipOperator(".")) {
            made.kind = ExpressionKind::NamespaceReference;
            made.words.push_back(name);
            made.name = expectName();
        }
    }
    return finished(std::move(made));
}

ExpressionPtr ExpressionParser::number()
{
    Expression made = node(ExpressionKind::Constant, current().line);
    if (current().kind == TokenKind::Real) {
        const auto value = parseReal(current().text);
        made.value = value ? Value(*value) : Value();
    } else {
        const auto value = parseInteger(current().text, 0);
        made.value = value ? Value(*value) : Value();
    }
    if (made.value.isNone()) {
        fail("the number '" + current().text + "' is too large or no number");
    }
    next();
    return finished(std::move(made));
}

ExpressionPtr ExpressionParser::listLiteral()
{
    Expression made = node(ExpressionKind::List, current().line);
    expectOperator("[");
    while (!isOperator("]")) {
        if (!made.parts.empty()) {
            expectOperator(",");
            if (isOperator("]")) {
                break;
            }
        }
        made.parts.push_back(expression());
    }
    expectOperator("]");
    return finished(std::move(made));
}

ExpressionPtr ExpressionParser::dictLiteral()
{
    Expression made = node(ExpressionKind::Dict, current().line);
    expectOperator("{");
    while (!isOperator("}")) {
        if (!made.parts.empty()) {
            expectOperator(",");
            if (isOperator("}")) {
                break;
            }
        }
        made.parts.push_back(expression());
        expectOperator(":");
        made.parts.push_back(expression());
    }
    expectOperator("}");
    return finished(std::move(made));
}

bool ExpressionParser::isTupleEnd(std::string_view endWord) const
{
    const TokenKind kind = current().kind;
    return kind == TokenKind::PrintEnd || kind == TokenKind::BlockEnd || kind == TokenKind::End || isOperator(")") ||
           (!endWord.empty() && isName(endWord));
}

ExpressionPtr ExpressionParser::tupleOrOne(Conditionals conditionals, std::string_view endWord)
{
    return tuple(conditionals, endWord, false, false, false);
}

ExpressionPtr ExpressionParser::tuple(Conditionals conditionals, std::string_view endWord, bool isSimple, bool withNamespace,
                                      bool inBrackets)
{
    const Nesting nesting(m_nesting);
    Expression made = node(ExpressionKind::Tuple, current().line);
    bool isTuple = false;
    for (;;) {
        if (!made.parts.empty()) {
            expectOperator(",");
        }
        if (isTupleEnd(endWord)) {
            break;
        }
        made.parts.push_back(isSimple ? primary(withNamespace) : expression(conditionals));
        if (!isOperator(",")) {
            break;
        }
        isTuple = true;
    }
    if (!isTuple && !made.parts.empty()) {
        return std::move(made.parts.front());
    }
    if (made.parts.empty() && !inBrackets) {
        failUnexpected();
    }
    return finished(std::move(made));
}

ExpressionPtr ExpressionParser::target(bool withNamespace)
{
    ExpressionPtr made = tuple(Conditionals::NotHere, "in", true, withNamespace, false);
    const auto check = [&](const auto& self, const Expression& part) -> void {
        if (part.kind == ExpressionKind::Tuple) {
            for (const ExpressionPtr& inner : part.parts) {
                self(self, *inner);
            }
        } else if (part.kind != ExpressionKind::Name && part.kind != ExpressionKind::NamespaceReference) {
            throw badTemplate("a value cannot be given to this", part.line);
        }
    };
    check(check, *made);
    return made;
}

ExpressionPtr ExpressionParser::subscript(ExpressionPtr inner)
{
    const int line = current().line;
    if (skipOperator(".")) {
        if (current().kind == TokenKind::Integer) {
            Expression made = node(ExpressionKind::Subscript, line);
            made.parts.push_back(std::move(inner));
            made.parts.push_back(number());
            return finished(std::move(made));
        }
        Expression made = node(ExpressionKind::Attribute, line);
        made.parts.push_back(std::move(inner));
        made.name = expectName();
        return finished(std::move(made));
    }
    expectOperator("[");
    Expression indices = node(ExpressionKind::Tuple, line);
    while (!isOperator("]")) {
        if (!indices.parts.empty()) {
            expectOperator(",");
        }
        indices.parts.push_back(subscribed());
    }
    expectOperator("]");
    Expression made = node(ExpressionKind::Subscript, line);
    made.parts.push_back(std::move(inner));
    made.parts.push_back(indices.parts.size() == 1 ? std::move(indices.parts.front()) : finished(std::move(indices)));
    return finished(std::move(made));
}

ExpressionPtr ExpressionParser::subscribed()
{
    Expression made = node(ExpressionKind::Slice, current().line);
    ExpressionPtr begin;
    if (!isOperator(":")) {
        begin = expression();
        if (!isOperator(":")) {
            return begin;
        }
    }
    made.parts.push_back(std::move(begin));
    for (int part = 0; part < 2; ++part) {
        const bool isThere = skipOperator(":") && !isOperator("]") && !isOperator(",") && !isOperator(":");
        made.parts.push_back(isThere ? expression() : nullptr);
    }
    return finished(std::move(made));
}

ExpressionPtr ExpressionParser::call(ExpressionPtr inner)
{
    Expression made = node(ExpressionKind::Call, current().line);
    made.parts.push_back(std::move(inner));
    made.arguments = callArguments();
    return finished(std::move(made));
}

Arguments ExpressionParser::callArguments()
{
    const Nesting nesting(m_nesting);
    Arguments made;
    expectOperator("(");
    bool isFirst = true;
    while (!isOperator(")")) {
        if (!isFirst) {
            expectOperator(",");
            if (isOperator(")")) {
                break;
            }
        }
        isFirst = false;
        const bool isNamed =
            current().kind == TokenKind::Name && m_tokens[m_at + 1].kind == TokenKind::Operator && m_tokens[m_at + 1].text == "=";
        bool isFine = made.doubleStarred == nullptr;
        if (skipOperator("*")) {
            isFine = isFine && made.starred == nullptr;
            made.starred = expression();
        } else if (skipOperator("**")) {
            made.doubleStarred = expression();
        } else if (isNamed) {
            std::string name = expectName();
            expectOperator("=");
            made.named.emplace_back(std::move(name), expression());
        } else {
            isFine = isFine && made.starred == nullptr && made.named.empty();
            made.positional.push_back(expression());
        }
        if (!isFine) {
            fail("the arguments of a call are in the wrong order");
        }
    }
    expectOperator(")");
    return made;
}

std::vector<Parameter> ExpressionParser::parameters()
{
    std::vector<Parameter> made;
    expectOperator("(");
    while (!isOperator(")")) {
        if (!made.empty()) {
            expectOperator(",");
        }
        Parameter parameter{expectName(), nullptr};
        if (skipOperator("=")) {
            parameter.fallback = expression();
        } else if (!made.empty() && made.back().fallback != nullptr) {
            fail("a parameter without a default follows one with a default");
        }
        made.push_back(std::move(parameter));
    }
    expectOperator(")");
    return made;
}

} // namespace lori::chat
