// SPDX-License-Identifier: Apache-2.0
#include "core/chat/globals.h"

#include "core/chat/interpreter.h"
#include "core/chat/python_show.h"
#include "core/chat/template_error.h"

#include <clocale>
#include <ctime>

namespace lori::chat {

namespace {

Value function(Function::Body body)
{
    return Value(std::static_pointer_cast<Object>(std::make_shared<Function>(std::move(body))));
}

std::int64_t wholeNumber(const Value& value)
{
    std::int64_t number = 0;
    if (!value.toInteger(number)) {
        throw renderError(value.isUndefined()
                              ? value.undefinedMessage()
                              : std::string("'") + value.typeName() + "' object cannot be interpreted as an integer");
    }
    return number;
}

Value range(Interpreter& interpreter, CallValues values)
{
    constexpr std::int64_t kMost = 100'000; // the limit of Jinja's sandbox
    constexpr std::int64_t kFar = 1'000'000'000'000;
    const std::size_t count = values.positional.size();
    if (count < 1 || count > 3 || !values.named.empty()) {
        throw renderError("range expected 1 to 3 arguments");
    }
    const std::int64_t begin = count > 1 ? wholeNumber(values.positional[0]) : 0;
    const std::int64_t end = wholeNumber(values.positional[count > 1 ? 1 : 0]);
    const std::int64_t step = count > 2 ? wholeNumber(values.positional[2]) : 1;
    if (step == 0) {
        throw renderError("range() arg 3 must not be zero");
    }
    if (std::abs(begin) > kFar || std::abs(end) > kFar || std::abs(step) > kFar ||
        (step > 0 ? end - begin : begin - end) > kMost * std::abs(step)) {
        throw renderError("Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).");
    }
    std::vector<Value> items;
    for (std::int64_t at = begin; step > 0 ? at < end : at > end; at += step) {
        interpreter.budget().work(1);
        items.emplace_back(at);
    }
    return Value(std::move(items), ListKind::Range);
}

Value dictOf(Interpreter& interpreter, CallValues values)
{
    const auto dict = std::make_shared<Dict>();
    if (values.positional.size() > 1) {
        throw renderError("dict expected at most 1 argument, got " + std::to_string(values.positional.size()));
    }
    if (!values.positional.empty()) {
        if (const Dict* given = values.positional.front().dict()) {
            for (const auto& [key, value] : given->entries()) {
                interpreter.budget().work(1);
                dict->set(key, value);
            }
        } else {
            for (const Value& pair : interpreter.items(values.positional.front())) {
                const std::vector<Value> parts = interpreter.items(pair);
                if (parts.size() != 2) {
                    throw renderError("dictionary update sequence element has length " + std::to_string(parts.size()) +
                                      "; 2 is required");
                }
                dict->set(parts[0], parts[1]);
            }
        }
    }
    for (auto& [name, value] : values.named) {
        dict->set(name, std::move(value));
    }
    return Value(std::shared_ptr<const Dict>(dict));
}

/// As Python writes a time without a zone: the C library's directives, its flags (%-d) too, in no language; %z and %Z are empty.
std::string timeText(const std::string& form, const std::tm& time)
{
    std::string plain;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool isDirective = form[i] == '%' && i + 1 < form.size();
        if (isDirective && (form[i + 1] == 'z' || form[i + 1] == 'Z')) {
            ++i;
            continue;
        }
        plain.push_back(form[i]);
        if (isDirective) {
            plain.push_back(form[++i]);
        }
    }
    plain.push_back('|'); // an empty text and one that does not fit give the same answer
    static const ::locale_t kClassic = ::newlocale(LC_ALL_MASK, "C", nullptr);
    std::string text(plain.size() * 64 + 64, '\0');
    const std::size_t size = ::strftime_l(text.data(), text.size(), plain.c_str(), &time, kClassic);
    text.resize(size > 0 ? size - 1 : 0);
    return text;
}

Value strftime(Interpreter& interpreter, CallValues values)
{
    const Bound bound("strftime_now", std::move(values), {"format"});
    const std::string form = bound.text(0).bytes;
    interpreter.budget().memory(form.size() * 64); // a directive gives less than that
    const std::tm now = interpreter.now();
    return Value(timeText(form, now));
}

} // namespace

std::vector<std::pair<std::string, Value>> globalFunctions()
{
    return {
        {"range", function(range)},
        {"dict", function(dictOf)},
        {"namespace",
         function([](Interpreter& interpreter, CallValues values) { return interpreter.makeNamespace(std::move(values)); })},
        {"raise_exception", function([](Interpreter& interpreter, CallValues values) -> Value {
             const Bound bound("raise_exception", std::move(values), {"message"});
             throw renderError("the chat template refuses these messages: " + shown(bound.at(0), interpreter.budget()));
         })},
        {"strftime_now", function(strftime)},
    };
}

} // namespace lori::chat
