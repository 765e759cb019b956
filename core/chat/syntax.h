// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/value.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

// A parsed template.

namespace lori::chat {

struct Expression;
using ExpressionPtr = std::unique_ptr<const Expression>;

/// What stands between the brackets of a call.
struct Arguments {
    std::vector<ExpressionPtr> positional;
    std::vector<std::pair<std::string, ExpressionPtr>> named;
    ExpressionPtr starred;       ///< *list
    ExpressionPtr doubleStarred; ///< **dict
};

enum class ExpressionKind : std::uint8_t {
    Constant,           ///< value
    Name,               ///< name
    List,               ///< parts
    Tuple,              ///< parts
    Dict,               ///< parts: key, value, key, value …
    Attribute,          ///< parts[0].name
    Subscript,          ///< parts[0][parts[1]]
    Slice,              ///< parts: begin, end, step, each may be null; only inside a Subscript
    Call,               ///< parts[0](arguments)
    Filter,             ///< parts[0] | name(arguments); parts[0] is null in front of a block
    Test,               ///< parts[0] is name(arguments)
    Unary,              ///< name parts[0]: "-", "+", "not"
    Binary,             ///< parts[0] name parts[1]: "+", "-", "*", "/", "//", "%", "**"
    Concat,             ///< parts, with ~
    Comparison,         ///< parts[0] words[0] parts[1] words[1] parts[2] …
    And,                ///< parts[0] and parts[1]
    Or,                 ///< parts[0] or parts[1]
    Conditional,        ///< parts[1] if parts[0] else parts[2], which may be null
    NamespaceReference, ///< words[0].name, as a target only
};

struct Expression {
    ExpressionKind kind = ExpressionKind::Constant;
    int line = 1;
    std::string name{};
    Value value{};
    std::vector<ExpressionPtr> parts{};
    std::vector<std::string> words{};
    Arguments arguments{};
    int depth = 1; ///< expressions inside each other
};

struct Statement;
using Block = std::vector<Statement>;

struct Branch {
    ExpressionPtr test; ///< null: else
    std::shared_ptr<const Block> body;
};

struct Parameter {
    std::string name;
    ExpressionPtr fallback; ///< null: none
};

enum class StatementKind : std::uint8_t {
    Data,       ///< text
    Print,      ///< expression
    If,         ///< branches
    For,        ///< target, expression (what is walked through), test, body, other; flag: recursive
    Set,        ///< target = expression
    SetBlock,   ///< target = body, through the filter in `expression` if there is one
    Macro,      ///< text (name), parameters, body
    CallBlock,  ///< expression (the call), parameters of its caller, body
    Filter,     ///< body through the filter in `expression`
    With,       ///< branches: test = value; names in `parameters`; body
    Generation, ///< body: what the model is to learn
    Scope,      ///< body of a {% block %}
    Break,
    Continue,
};

struct Statement {
    StatementKind kind = StatementKind::Data;
    int line = 1;
    Value text{};
    std::string name{};
    ExpressionPtr target{};
    ExpressionPtr expression{};
    ExpressionPtr test{};
    bool flag = false;
    std::vector<Parameter> parameters{};
    std::vector<Branch> branches{};
    std::shared_ptr<const Block> body{};
    std::shared_ptr<const Block> other{};
    std::vector<std::string> uses{}; ///< Macro, CallBlock: which of varargs, kwargs and caller the body mentions
};

/// Throws BadFile (not the language) and Unsupported (a part of it that is not known), with the line.
[[nodiscard]] Block parseTemplate(std::string_view source);

} // namespace lori::chat
