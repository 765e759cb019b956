// SPDX-License-Identifier: Apache-2.0
#include "core/chat/names.h"

#include "core/chat/filters.h"
#include "core/chat/template_error.h"
#include "core/chat/template_tests.h"

#include <algorithm>
#include <array>
#include <string>

namespace lori::chat {

namespace {

constexpr std::array<std::string_view, 8> kFiltersOfJinja{"filesizeformat", "forceescape", "pprint",   "random",
                                                          "striptags",      "urlize",      "wordwrap", "xmlattr"};

class NameCheck final {
public:
    /// `isSoft`: inside an `if`, where the name need not exist.
    void check(const Block& block, bool isSoft) const
    {
        for (const Statement& statement : block) {
            check(statement, isSoft);
        }
    }

private:
    void check(const Statement& statement, bool isSoft) const
    {
        const bool isIf = statement.kind == StatementKind::If;
        checkPart(statement.expression, isSoft);
        checkPart(statement.test, false);
        for (const Parameter& parameter : statement.parameters) {
            checkPart(parameter.fallback, false);
        }
        for (const Branch& branch : statement.branches) {
            checkPart(branch.test, isIf);
            check(*branch.body, isIf);
        }
        if (statement.body != nullptr) {
            check(*statement.body, false);
        }
        if (statement.other != nullptr) {
            check(*statement.other, false);
        }
    }

    void checkPart(const ExpressionPtr& part, bool isSoft) const
    {
        if (part != nullptr) {
            check(*part, isSoft);
        }
    }

    void check(const Expression& expression, bool isSoft) const
    {
        const bool isFilter = expression.kind == ExpressionKind::Filter;
        if (isFilter || expression.kind == ExpressionKind::Test) {
            checkName(isFilter ? "filter" : "test", expression,
                      isFilter ? filterKind(expression.name) : testKind(expression.name), isSoft);
        }
        const bool isSoftInside = isSoft || expression.kind == ExpressionKind::Conditional;
        for (const ExpressionPtr& part : expression.parts) {
            checkPart(part, isSoftInside);
        }
        for (const ExpressionPtr& part : expression.arguments.positional) {
            checkPart(part, isSoftInside);
        }
        for (const auto& [name, part] : expression.arguments.named) {
            checkPart(part, isSoftInside);
        }
    }

    static void checkName(const char* what, const Expression& expression, NameKind kind, bool isSoft)
    {
        if (kind == NameKind::Unknown && !isSoft) {
            throw badTemplate(std::string("No ") + what + " named '" + expression.name + "'", expression.line);
        }
        if (kind == NameKind::Missing && !isSoft) {
            throw unknownInTemplate(std::string("the ") + what + " '" + expression.name + "' is not supported", expression.line);
        }
    }
};

} // namespace

NameKind filterKind(std::string_view name)
{
    const bool isOfJinja = std::find(kFiltersOfJinja.begin(), kFiltersOfJinja.end(), name) != kFiltersOfJinja.end();
    return isFilter(name) ? NameKind::Known : isOfJinja ? NameKind::Missing : NameKind::Unknown;
}

NameKind testKind(std::string_view name)
{
    return isTest(name) ? NameKind::Known : NameKind::Unknown;
}

void checkNames(const Block& block)
{
    NameCheck().check(block, false);
}

} // namespace lori::chat
