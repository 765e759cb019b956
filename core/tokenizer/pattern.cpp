// SPDX-License-Identifier: Apache-2.0
#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/tokenizer/pattern.h"

#include "core/support/error.h"

#include <array>
#include <pcre2.h>

namespace lori::tokenizer {

namespace {

struct MatchDataDeleter {
    void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};

/// Oniguruma's \s is Unicode's White_Space. PCRE2's has U+180E besides, which lost that property in Unicode 6.3.
constexpr std::string_view kSpaces = R"(\t-\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})";

/// Spells \s and \S out; everything else the two libraries read alike.
std::string translate(const std::string& expression)
{
    std::string result;
    bool isInClass = false;
    for (std::size_t i = 0; i < expression.size(); ++i) {
        const char c = expression[i];
        if (c == '\\' && i + 1 < expression.size()) {
            const char next = expression[++i];
            if (next == 's') {
                result += isInClass ? std::string(kSpaces) : "[" + std::string(kSpaces) + "]";
            } else if (next == 'S' && !isInClass) {
                result += "[^" + std::string(kSpaces) + "]";
            } else {
                result += {c, next};
            }
            continue;
        }
        isInClass = c == '[' || (isInClass && c != ']');
        result += c;
    }
    return result;
}

std::string messageOf(int code)
{
    std::array<PCRE2_UCHAR, 256> buffer{};
    pcre2_get_error_message(code, buffer.data(), buffer.size());
    return reinterpret_cast<const char*>(buffer.data());
}

} // namespace

struct Pattern::Code {
    pcre2_code* code = nullptr;
    explicit Code(const std::string& expression)
    {
        int problem = 0;
        std::size_t at = 0;
        const std::string translated = translate(expression);
        code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated.data()), translated.size(), PCRE2_UTF | PCRE2_UCP, &problem,
                             &at, nullptr);
        if (code == nullptr) {
            throw Exception(ErrorCode::Unsupported,
                            "the tokenizer's pattern '" + expression + "' cannot be read (" + messageOf(problem) + ")",
                            "choose another model", "tokenizer.json");
        }
        pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); // where it fails, matching interprets the pattern: slower, the same result
    }
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;
    ~Code() { pcre2_code_free(code); }
};

Pattern::Pattern(const std::string& expression) : m_code(std::make_shared<const Code>(expression)) {}

Pattern Pattern::literal(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        const bool isPlain = (static_cast<unsigned char>(c) & 0x80U) != 0 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                             (c >= 'A' && c <= 'Z');
        escaped += isPlain ? std::string{c} : std::string{'\\', c};
    }
    return Pattern(escaped);
}

void Pattern::forEachMatch(std::string_view text, const std::function<void(std::size_t, std::size_t)>& found) const
{
    const std::unique_ptr<pcre2_match_data, MatchDataDeleter> data(pcre2_match_data_create(1, nullptr));
    const auto* subject = reinterpret_cast<PCRE2_SPTR>(text.data());
    std::uint32_t options = PCRE2_NO_UTF_CHECK;
    for (std::size_t at = 0; at < text.size();) {
        const int result = pcre2_match(m_code->code, subject, text.size(), at, options, data.get(), nullptr);
        if (result == PCRE2_ERROR_NOMATCH) {
            return;
        }
        if (result == PCRE2_ERROR_JIT_STACKLIMIT && (options & PCRE2_NO_JIT) == 0) {
            options |= PCRE2_NO_JIT; // a very long match: the interpreter keeps its state on the heap
            continue;
        }
        if (result < 0) {
            throw Exception(ErrorCode::Unsupported, "the tokenizer's pattern failed on a text (" + messageOf(result) + ")",
                            "shorten the text", "tokenizer.json");
        }
        const std::size_t* range = pcre2_get_ovector_pointer(data.get());
        if (range[1] > range[0]) {
            found(range[0], range[1]);
            at = range[1];
            continue;
        }
        do { // an empty match separates nothing; go on behind the next character
            ++at;
        } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80);
    }
}

std::string Pattern::replaced(std::string_view text, std::string_view content) const
{
    std::string result;
    std::size_t done = 0;
    forEachMatch(text, [&](std::size_t begin, std::size_t end) {
        result.append(text.substr(done, begin - done)).append(content);
        done = end;
    });
    return result.append(text.substr(done));
}

} // namespace lori::tokenizer
