// SPDX-License-Identifier: Apache-2.0
// What `is` asks.
#include "core/chat/template_tests.h"

#include "core/chat/filters.h"
#include "core/chat/interpreter.h"
#include "core/chat/operators.h"
#include "core/chat/python_show.h"
#include "core/chat/python_text.h"
#include "core/chat/template_error.h"

#include <map>
#include <string>

namespace lori::chat {

namespace {

using Test = bool (*)(Interpreter& interpreter, const Value& value, const Value& other);
struct Entry {
    std::size_t others = 0; ///< how many further values it takes
    Test test = nullptr;
};

bool isMultiple(Interpreter& interpreter, const Value& value, std::int64_t of)
{
    return binary("%", value, Value(of), interpreter).equals(Value(0));
}

template <const char* const& Op>
bool comparesAs(Interpreter& interpreter, const Value& value, const Value& other)
{
    return compare(Op, value, other, interpreter);
}

bool isIterable(const Value& value)
{
    return value.text() != nullptr || value.list() != nullptr || value.dict() != nullptr || value.walker() != nullptr ||
           value.isUndefined();
}

bool isSequence(const Value& value)
{
    return value.text() != nullptr || value.dict() != nullptr || value.isUndefined() ||
           (value.list() != nullptr && value.list()->kind <= ListKind::Range);
}

bool isSame(const Value& value, const Value& other)
{
    if (value.text() != nullptr || value.list() != nullptr || value.dict() != nullptr) {
        return (value.text() != nullptr && value.text() == other.text()) ||
               (value.list() != nullptr && value.list() == other.list()) ||
               (value.dict() != nullptr && value.dict() == other.dict());
    }
    return std::string_view(value.typeName()) == other.typeName() && value.equals(other);
}

constexpr const char* kEqual = "==";
constexpr const char* kUnequal = "!=";
constexpr const char* kLess = "<";
constexpr const char* kLessOrEqual = "<=";
constexpr const char* kGreater = ">";
constexpr const char* kGreaterOrEqual = ">=";

using In = Interpreter&;
using Val = const Value&;

const std::map<std::string_view, Entry>& tests()
{
    static const std::map<std::string_view, Entry> table{
        {"defined",
         {0,
          [](In, Val v, Val) {
              return !v.isUndefined();
          }}},
        {"undefined",
         {0,
          [](In, Val v, Val) {
              return v.isUndefined();
          }}},
        {"none",
         {0,
          [](In, Val v, Val) {
              return v.isNone();
          }}},
        {"boolean",
         {0,
          [](In, Val v, Val) {
              return v.boolean() != nullptr;
          }}},
        {"true",
         {0,
          [](In, Val v, Val) {
              return v.boolean() != nullptr && *v.boolean();
          }}},
        {"false",
         {0,
          [](In, Val v, Val) {
              return v.boolean() != nullptr && !*v.boolean();
          }}},
        {"integer",
         {0,
          [](In, Val v, Val) {
              return v.integer() != nullptr;
          }}},
        {"float",
         {0,
          [](In, Val v, Val) {
              return v.real() != nullptr;
          }}},
        {"number",
         {0,
          [](In, Val v, Val) {
              return v.isNumber();
          }}},
        {"string",
         {0,
          [](In, Val v, Val) {
              return v.text() != nullptr;
          }}},
        {"mapping",
         {0,
          [](In, Val v, Val) {
              return v.dict() != nullptr;
          }}},
        {"iterable",
         {0,
          [](In, Val v, Val) {
              return isIterable(v);
          }}},
        {"sequence",
         {0,
          [](In, Val v, Val) {
              return isSequence(v);
          }}},
        {"callable",
         {0,
          [](In, Val v, Val) {
              return v.object() != nullptr && v.object()->isCallable();
          }}},
        {"escaped",
         {0,
          [](In, Val v, Val) {
              return v.text() != nullptr && v.text()->isMarkup;
          }}},
        {"lower",
         {0,
          [](In in, Val v, Val) {
              return isLower(shown(v, in.budget()));
          }}},
        {"upper",
         {0,
          [](In in, Val v, Val) {
              return isUpper(shown(v, in.budget()));
          }}},
        {"odd",
         {0,
          [](In in, Val v, Val) {
              return binary("%", v, Value(2), in).equals(Value(1));
          }}},
        {"even",
         {0,
          [](In in, Val v, Val) {
              return isMultiple(in, v, 2);
          }}},
        {"divisibleby",
         {1,
          [](In in, Val v, Val o) {
              return binary("%", v, o, in).equals(Value(0));
          }}},
        {"in",
         {1,
          [](In in, Val v, Val o) {
              return contains(o, v, in);
          }}},
        {"sameas",
         {1,
          [](In, Val v, Val o) {
              return isSame(v, o);
          }}},
        {"filter",
         {0,
          [](In, Val v, Val) {
              return v.text() != nullptr && isFilter(v.text()->bytes);
          }}},
        {"test",
         {0,
          [](In, Val v, Val) {
              return v.text() != nullptr && isTest(v.text()->bytes);
          }}},
        {"==", {1, comparesAs<kEqual>}},
        {"eq", {1, comparesAs<kEqual>}},
        {"equalto", {1, comparesAs<kEqual>}},
        {"!=", {1, comparesAs<kUnequal>}},
        {"ne", {1, comparesAs<kUnequal>}},
        {"<", {1, comparesAs<kLess>}},
        {"lt", {1, comparesAs<kLess>}},
        {"lessthan", {1, comparesAs<kLess>}},
        {"<=", {1, comparesAs<kLessOrEqual>}},
        {"le", {1, comparesAs<kLessOrEqual>}},
        {">", {1, comparesAs<kGreater>}},
        {"gt", {1, comparesAs<kGreater>}},
        {"greaterthan", {1, comparesAs<kGreater>}},
        {">=", {1, comparesAs<kGreaterOrEqual>}},
        {"ge", {1, comparesAs<kGreaterOrEqual>}},
    };
    return table;
}

} // namespace

bool isTest(std::string_view name)
{
    return tests().count(name) > 0;
}

bool Interpreter::test(const std::string& name, const Value& value, CallValues values)
{
    const auto place = tests().find(name);
    if (place == tests().end()) {
        throw renderError("No test named '" + name + "' found.");
    }
    const Entry& entry = place->second;
    if (values.positional.size() + values.named.size() != entry.others) {
        throw renderError("the test '" + name + "' takes " + std::to_string(entry.others) + " arguments");
    }
    const Value other = entry.others == 0           ? Value()
                        : values.positional.empty() ? values.named.front().second
                                                    : values.positional.front();
    return entry.test(*this, value, other);
}

} // namespace lori::chat
