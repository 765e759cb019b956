// SPDX-License-Identifier: Apache-2.0
#include "core/chat/budget.h"
#include "core/chat/expression_parser.h"
#include "core/chat/names.h"
#include "core/chat/template_error.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace lori::chat {

namespace {

using Words = std::initializer_list<std::string_view>;

class StatementParser final {
public:
    explicit StatementParser(std::vector<Token> tokens) : m_parser(std::move(tokens)) {}

    Block run()
    {
        Block body = block({});
        if (current().kind != TokenKind::End) {
            m_parser.failUnexpected();
        }
        return body;
    }

private:
    [[nodiscard]] const Token& current() const { return m_parser.current(); }

    [[nodiscard]] Statement make(StatementKind kind) const
    {
        Statement made;
        made.kind = kind;
        made.line = current().line;
        return made;
    }

    /// Statements up to a {% word %} of `ends`, which is left to be read.
    Block block(Words ends)
    {
        const Nesting nesting(m_nesting);
        Block body;
        for (;;) {
            if (current().kind == TokenKind::End) {
                if (ends.size() > 0) {
                    m_parser.fail("the template ends before '" + std::string(*std::prev(ends.end())) + "'");
                }
                return body;
            }
            if (current().kind == TokenKind::Data) {
                Statement data = make(StatementKind::Data);
                data.text = Value(current().text);
                body.push_back(std::move(data));
                m_parser.next();
            } else if (current().kind == TokenKind::PrintBegin) {
                Statement print = make(StatementKind::Print);
                m_parser.next();
                print.expression = m_parser.tupleOrOne(ExpressionParser::Conditionals::Allowed);
                end(TokenKind::PrintEnd);
                body.push_back(std::move(print));
            } else {
                m_parser.next();
                const bool isEnd =
                    std::any_of(ends.begin(), ends.end(), [&](std::string_view word) { return m_parser.isName(word); });
                if (isEnd) {
                    return body;
                }
                statement(body);
            }
        }
    }

    void end(TokenKind kind)
    {
        if (current().kind != kind) {
            m_parser.failUnexpected();
        }
        m_parser.next();
    }
    void endTag() { end(TokenKind::BlockEnd); }

    std::shared_ptr<const Block> shared(Words ends) { return std::make_shared<const Block>(block(ends)); }

    /// What stands up to {% word %}, which is read.
    std::shared_ptr<const Block> bodyUpTo(std::string_view word)
    {
        endTag();
        auto body = shared({word});
        m_parser.next();
        return body;
    }

    void statement(Block& body)
    {
        const std::string word = m_parser.expectName();
        if (word == "if") {
            body.push_back(conditional());
        } else if (word == "for") {
            body.push_back(loop());
        } else if (word == "set") {
            body.push_back(assignment());
        } else if (word == "macro") {
            body.push_back(macro());
        } else if (word == "call") {
            body.push_back(callBlock());
        } else if (word == "filter") {
            body.push_back(filterBlock());
        } else if (word == "with") {
            body.push_back(with());
        } else if (word == "generation") {
            Statement made = make(StatementKind::Generation);
            made.body = bodyUpTo("endgeneration");
            body.push_back(std::move(made));
            endTag();
        } else if (word == "block") {
            body.push_back(scope());
        } else if (word == "print") {
            print(body);
        } else if (word == "break" || word == "continue") {
            body.push_back(make(word == "break" ? StatementKind::Break : StatementKind::Continue));
            endTag();
        } else if (word == "include" || word == "import" || word == "from" || word == "extends" || word == "autoescape" ||
                   word == "trans" || word == "do") {
            throw unknownInTemplate("'{% " + word + " %}' cannot be used in a chat template here", current().line);
        } else {
            throw badTemplate("unknown word '" + word + "' behind '{%'", current().line);
        }
    }

    Statement conditional()
    {
        Statement made = make(StatementKind::If);
        for (;;) {
            Branch branch{m_parser.tupleOrOne(ExpressionParser::Conditionals::NotHere), nullptr};
            endTag();
            branch.body = shared({"elif", "else", "endif"});
            made.branches.push_back(std::move(branch));
            if (!m_parser.skipName("elif")) {
                break;
            }
        }
        if (m_parser.skipName("else")) {
            made.branches.push_back({nullptr, bodyUpTo("endif")});
        } else {
            m_parser.next();
        }
        endTag();
        return made;
    }

    Statement loop()
    {
        Statement made = make(StatementKind::For);
        made.target = m_parser.target(false);
        if (!m_parser.skipName("in")) {
            m_parser.fail("expected 'in'");
        }
        made.expression = m_parser.tupleOrOne(ExpressionParser::Conditionals::NotHere, "recursive");
        if (m_parser.skipName("if")) {
            made.test = m_parser.expression();
        }
        made.flag = m_parser.skipName("recursive");
        endTag();
        made.body = shared({"endfor", "else"});
        if (m_parser.skipName("else")) {
            made.other = bodyUpTo("endfor");
        } else {
            m_parser.next();
        }
        endTag();
        return made;
    }

    Statement assignment()
    {
        Statement made = make(StatementKind::Set);
        made.target = m_parser.target(true);
        if (m_parser.skipOperator("=")) {
            made.expression = m_parser.tupleOrOne(ExpressionParser::Conditionals::Allowed);
        } else {
            made.kind = StatementKind::SetBlock;
            made.expression = m_parser.filters(nullptr, false);
            made.body = bodyUpTo("endset");
        }
        endTag();
        return made;
    }

    /// Which of the special names a body mentions, from the names that were read since `first`.
    [[nodiscard]] std::vector<std::string> specialNames(std::size_t first) const
    {
        std::vector<std::string> found;
        for (const std::string_view word : {"varargs", "kwargs", "caller"}) {
            const auto& names = m_parser.namesRead();
            if (std::find(names.begin() + static_cast<std::ptrdiff_t>(first), names.end(), word) != names.end()) {
                found.emplace_back(word);
            }
        }
        return found;
    }

    Statement macro()
    {
        Statement made = make(StatementKind::Macro);
        made.name = m_parser.expectName();
        made.parameters = m_parser.parameters();
        const std::size_t first = m_parser.namesRead().size();
        made.body = bodyUpTo("endmacro");
        made.uses = specialNames(first);
        endTag();
        return made;
    }

    Statement callBlock()
    {
        Statement made = make(StatementKind::CallBlock);
        if (m_parser.isOperator("(")) {
            made.parameters = m_parser.parameters();
        }
        made.expression = m_parser.expression();
        if (made.expression->kind != ExpressionKind::Call) {
            m_parser.fail("'{% call %}' needs a call");
        }
        const std::size_t first = m_parser.namesRead().size();
        made.body = bodyUpTo("endcall");
        made.uses = specialNames(first);
        endTag();
        return made;
    }

    Statement filterBlock()
    {
        Statement made = make(StatementKind::Filter);
        made.expression = m_parser.filters(nullptr, true);
        made.body = bodyUpTo("endfilter");
        endTag();
        return made;
    }

    Statement with()
    {
        Statement made = make(StatementKind::With);
        while (current().kind != TokenKind::BlockEnd) {
            if (!made.parameters.empty()) {
                m_parser.expectOperator(",");
            }
            Parameter parameter{m_parser.expectName(), nullptr};
            m_parser.expectOperator("=");
            parameter.fallback = m_parser.expression();
            made.parameters.push_back(std::move(parameter));
        }
        made.body = bodyUpTo("endwith");
        endTag();
        return made;
    }

    Statement scope()
    {
        Statement made = make(StatementKind::Scope);
        made.name = m_parser.expectName();
        made.body = bodyUpTo("endblock");
        m_parser.skipName(made.name);
        endTag();
        return made;
    }

    void print(Block& body)
    {
        bool isFirst = true;
        while (current().kind != TokenKind::BlockEnd) {
            if (!isFirst) {
                m_parser.expectOperator(",");
            }
            isFirst = false;
            Statement made = make(StatementKind::Print);
            made.expression = m_parser.expression();
            body.push_back(std::move(made));
        }
        endTag();
    }

    ExpressionParser m_parser;
    int m_nesting = 0;
};

} // namespace

Block parseTemplate(std::string_view source)
{
    Block block = StatementParser(tokensOf(source)).run();
    checkNames(block);
    return block;
}

} // namespace lori::chat
