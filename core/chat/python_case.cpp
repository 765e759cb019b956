// SPDX-License-Identifier: Apache-2.0
// Cases and classes of letters, by Unicode's properties as PCRE2 has them.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/chat/python_text.h"
#include "core/support/error.h"
#include "core/tokenizer/pattern.h"

#include <algorithm>
#include <array>
#include <memory>
#include <pcre2.h>

namespace lori::chat {

namespace {

bool isAsciiText(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char asciiUpper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

char asciiLower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

struct CodeDeleter {
    void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};

/// PCRE2's own case mapping, one code point for one. `replacement`: "\U$0" or "\L$0".
std::string mapped(std::string_view text, std::string_view replacement)
{
    int problem = 0;
    std::size_t at = 0;
    const std::unique_ptr<pcre2_code, CodeDeleter> code(pcre2_compile(
        reinterpret_cast<PCRE2_SPTR>("(?s).+"), PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP, &problem, &at, nullptr));
    std::string result(text.size() * 3 + 16, '\0'); // a character never grows beyond this
    std::size_t size = result.size();
    const int count = code == nullptr ? -1
                                      : pcre2_substitute(code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0,
                                                         PCRE2_SUBSTITUTE_EXTENDED, nullptr, nullptr,
                                                         reinterpret_cast<PCRE2_SPTR>(replacement.data()), replacement.size(),
                                                         reinterpret_cast<PCRE2_UCHAR*>(result.data()), &size);
    if (count < 0) {
        throw Exception(ErrorCode::InvalidArgument, "a text cannot be written in capital or small letters", {}, "chat template");
    }
    result.resize(size);
    return result;
}

/// Letters whose capital form is more than one letter.
std::string withLongCapitals(std::string text)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kLong{
        {{"ß", "SS"}, {"ﬀ", "FF"}, {"ﬁ", "FI"}, {"ﬂ", "FL"}, {"ﬃ", "FFI"}, {"ﬄ", "FFL"}, {"ﬅ", "ST"}, {"ﬆ", "ST"}}};
    for (const auto& [small, capital] : kLong) {
        text = replaced(text, small, capital, -1);
    }
    return text;
}

bool matches(const tokenizer::Pattern& pattern, std::string_view text)
{
    bool found = false;
    pattern.forEachMatch(text, [&](std::size_t, std::size_t) { found = true; });
    return found;
}

} // namespace

std::string upper(std::string_view text)
{
    if (!isAsciiText(text)) {
        return mapped(withLongCapitals(std::string(text)), "\\U$0");
    }
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), asciiUpper);
    return result;
}

std::string lower(std::string_view text)
{
    if (!isAsciiText(text)) {
        return mapped(text, "\\L$0");
    }
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), asciiLower);
    return result;
}

std::string capitalized(std::string_view text)
{
    if (text.empty()) {
        return {};
    }
    const std::string_view first = characters(text.substr(0, 4)).front();
    std::string begin = upper(first);
    if (first == "ß") {
        begin = "Ss";
    }
    return begin + lower(text.substr(first.size()));
}

std::string titled(std::string_view text)
{
    static const tokenizer::Pattern words("[\\p{Lu}\\p{Ll}\\p{Lt}]+");
    std::string result;
    std::size_t done = 0;
    words.forEachMatch(text, [&](std::size_t begin, std::size_t end) {
        result.append(text.substr(done, begin - done)).append(capitalized(text.substr(begin, end - begin)));
        done = end;
    });
    return result.append(text.substr(done));
}

bool isUpper(std::string_view text)
{
    static const tokenizer::Pattern capital("\\p{Lu}");
    static const tokenizer::Pattern other("[\\p{Ll}\\p{Lt}]");
    return matches(capital, text) && !matches(other, text);
}

bool isLower(std::string_view text)
{
    static const tokenizer::Pattern small("\\p{Ll}");
    static const tokenizer::Pattern other("[\\p{Lu}\\p{Lt}]");
    return matches(small, text) && !matches(other, text);
}

bool consistsOf(std::string_view text, CharacterClass wanted)
{
    static const tokenizer::Pattern noLetter("\\P{L}");
    static const tokenizer::Pattern noDigit("[^\\p{Nd}²³¹⁰-⁹₀-₉]");
    static const tokenizer::Pattern neither("[^\\p{L}\\p{N}]");
    const tokenizer::Pattern& other = wanted == CharacterClass::Letter  ? noLetter
                                      : wanted == CharacterClass::Digit ? noDigit
                                                                        : neither;
    return !text.empty() && !matches(other, text);
}

} // namespace lori::chat
