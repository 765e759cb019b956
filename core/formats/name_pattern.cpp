// SPDX-License-Identifier: Apache-2.0
#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/formats/name_pattern.h"

#include "core/support/error.h"

#include <charconv>
#include <cstdint>
#include <pcre2.h>
#include <string_view>

namespace lori::formats {

namespace {

constexpr std::size_t kLongest = 20000; // characters; names of every module of a large model, joined by "|", are fewer
constexpr std::uint32_t kSteps = 1'000'000;
constexpr std::uint32_t kHeapKiB = 20'000;

PCRE2_SPTR textOf(std::string_view text)
{
    return reinterpret_cast<PCRE2_SPTR>(text.data());
}

} // namespace

struct NamePattern::Code {
    std::string field;
    std::string where;
    pcre2_code* code = nullptr;
    pcre2_match_data* data = nullptr;
    pcre2_match_context* context = nullptr;

    Code(std::string name, std::string place) : field(std::move(name)), where(std::move(place)) {}
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;
    ~Code()
    {
        pcre2_match_context_free(context);
        pcre2_match_data_free(data);
        pcre2_code_free(code);
    }
    [[noreturn]] void refuse(const std::string& problem) const
    {
        throw Exception(ErrorCode::BadFile, "'" + field + "' holds an expression that " + problem,
                        "write the names of the modules as a list instead", where);
    }
};

NamePattern::NamePattern(const std::string& expression, const std::string& field, const std::string& where)
{
    const auto code = std::make_shared<Code>(field, where);
    if (expression.size() > kLongest) {
        code->refuse("has " + std::to_string(expression.size()) + " characters");
    }
    int problem = 0;
    std::size_t at = 0;
    code->code = pcre2_compile(textOf(expression), expression.size(), PCRE2_NEVER_BACKSLASH_C, &problem, &at, nullptr);
    if (code->code == nullptr) {
        code->refuse("is not valid at character " + std::to_string(at + 1));
    }
    code->data = pcre2_match_data_create_from_pattern(code->code, nullptr);
    code->context = pcre2_match_context_create(nullptr);
    pcre2_set_match_limit(code->context, kSteps);
    pcre2_set_heap_limit(code->context, kHeapKiB);
    m_code = code;
}

int NamePattern::match(const std::string& name, unsigned options) const
{
    const int found =
        pcre2_match(m_code->code, textOf(name), name.size(), 0, options | PCRE2_ANCHORED, m_code->data, m_code->context);
    if (found < 0 && found != PCRE2_ERROR_NOMATCH) {
        m_code->refuse("takes too long on a module's name");
    }
    return found;
}

bool NamePattern::matchesWhole(const std::string& name) const
{
    return match(name, PCRE2_ENDANCHORED) >= 0;
}

bool NamePattern::matchesStart(const std::string& name) const
{
    return match(name, 0) >= 0;
}

std::int64_t NamePattern::layerIn(const std::string& name) const
{
    if (match(name, 0) < 0) {
        return -1;
    }
    const int group = pcre2_substring_number_from_name(m_code->code, textOf("idx"));
    const std::size_t* range = pcre2_get_ovector_pointer(m_code->data);
    std::int64_t layer = -1;
    if (group > 0 && range[2 * group] != PCRE2_UNSET) {
        std::from_chars(name.data() + range[2 * group], name.data() + range[2 * group + 1], layer);
    }
    return layer;
}

} // namespace lori::formats
