// SPDX-License-Identifier: Apache-2.0
#include "core/chat/lexer.h"

#include "core/chat/python_text.h"
#include "core/chat/template_error.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>
#include <array>
#include <optional>

namespace lori::chat {

namespace {

/// Line feeds only, and the last one goes.
std::string normalized(std::string_view source)
{
    std::string text = tokenizer::repairUtf8(source);
    text = replaced(text, "\r\n", "\n", -1);
    std::replace(text.begin(), text.end(), '\r', '\n');
    if (!text.empty() && text.back() == '\n') {
        text.pop_back();
    }
    return text;
}

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

class Lexer final {
public:
    explicit Lexer(std::string_view source) : m_text(normalized(source)) {}

    std::vector<Token> run()
    {
        while (m_at < m_text.size()) {
            readData();
        }
        add(TokenKind::End, "");
        return std::move(m_tokens);
    }

private:
    [[nodiscard]] bool startsWith(std::string_view part, std::size_t at) const
    {
        return m_text.compare(at, part.size(), part) == 0;
    }

    [[noreturn]] void fail(const std::string& what) const { throw badTemplate(what, m_line); }

    void add(TokenKind kind, std::string text) { m_tokens.push_back({kind, std::move(text), m_line}); }

    void advance(std::size_t to)
    {
        m_line += static_cast<int>(std::count(m_text.begin() + static_cast<std::ptrdiff_t>(m_at),
                                              m_text.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
        m_atLineStart = to > m_at ? m_text[to - 1] == '\n' : m_atLineStart;
        m_at = to;
    }

    /// The white space at `from`, Python's \s*.
    [[nodiscard]] std::size_t spacesEnd(std::size_t from) const
    {
        const std::string_view rest = std::string_view(m_text).substr(from);
        return from + (rest.size() - stripped(rest, Side::Left).size());
    }

    /// Text up to the next piece of code, then that.
    void readData()
    {
        std::size_t open = m_at;
        while (open + 1 < m_text.size() &&
               !(m_text[open] == '{' && (m_text[open + 1] == '{' || m_text[open + 1] == '%' || m_text[open + 1] == '#'))) {
            ++open;
        }
        if (open + 1 >= m_text.size()) {
            addData(std::string_view(m_text).substr(m_at));
            advance(m_text.size());
            return;
        }
        const char mark = m_text[open + 1];
        const char sign = open + 2 < m_text.size() ? m_text[open + 2] : '\0';
        const bool hasSign = sign == '-' || sign == '+';
        addData(dataBefore(open, mark, hasSign ? sign : '\0'));
        advance(open);
        advance(open + (hasSign ? 3 : 2));
        if (mark == '#') {
            skipComment();
        } else if (mark == '%' && isRaw()) {
            readRaw();
        } else {
            readCode(mark == '{');
        }
    }

    void addData(std::string_view text)
    {
        if (!text.empty()) {
            add(TokenKind::Data, std::string(text));
        }
    }

    /// The text in front of a piece of code without what the sign, or lstrip_blocks, takes away.
    [[nodiscard]] std::string_view dataBefore(std::size_t open, char mark, char sign) const
    {
        const std::string_view text = std::string_view(m_text).substr(m_at, open - m_at);
        if (sign == '-') {
            return stripped(text, Side::Right);
        }
        if (sign == '+' || mark == '{') {
            return text;
        }
        const std::size_t feed = text.rfind('\n');
        const std::size_t line = feed == std::string_view::npos ? 0 : feed + 1;
        const bool isLine = line > 0 || m_atLineStart;
        return isLine && stripped(text.substr(line), Side::Both).empty() ? text.substr(0, line) : text;
    }

    /// Behind the end of a piece of code: '-' takes all white space, otherwise trim_blocks one line feed.
    [[nodiscard]] std::size_t endBehind(std::size_t at, char sign) const
    {
        if (sign == '-') {
            return spacesEnd(at);
        }
        return sign != '+' && at < m_text.size() && m_text[at] == '\n' ? at + 1 : at;
    }

    void skipComment()
    {
        const std::size_t close = m_text.find("#}", m_at);
        if (close == std::string::npos) {
            fail("a comment is not closed");
        }
        advance(endBehind(close + 2, close > m_at ? m_text[close - 1] : '\0'));
    }

    [[nodiscard]] bool isRaw() const
    {
        const std::size_t word = spacesEnd(m_at);
        if (!startsWith("raw", word)) {
            return false;
        }
        const std::size_t end = spacesEnd(word + 3);
        return startsWith("%}", end) || startsWith("-%}", end);
    }

    void readRaw()
    {
        std::size_t begin = spacesEnd(spacesEnd(m_at) + 3);
        begin = m_text[begin] == '-' ? spacesEnd(begin + 3) : begin + 2;
        advance(begin);
        for (std::size_t open = m_text.find("{%", begin); open != std::string::npos; open = m_text.find("{%", open + 2)) {
            const char sign = open + 2 < m_text.size() ? m_text[open + 2] : '\0';
            const std::size_t word = spacesEnd(sign == '-' || sign == '+' ? open + 3 : open + 2);
            if (!startsWith("endraw", word)) {
                continue;
            }
            const std::size_t end = spacesEnd(word + 6);
            const char closing = end < m_text.size() ? m_text[end] : '\0';
            const std::size_t close = closing == '-' || closing == '+' ? end + 1 : end;
            if (startsWith("%}", close)) {
                addData(dataBefore(open, '%', sign));
                advance(endBehind(close + 2, closing));
                return;
            }
        }
        fail("a raw block is not closed");
    }

    void readCode(bool isPrint)
    {
        add(isPrint ? TokenKind::PrintBegin : TokenKind::BlockBegin, "");
        const std::string_view close = isPrint ? "}}" : "%}";
        std::string open; // brackets that wait to be closed
        for (;;) {
            advance(spacesEnd(m_at));
            if (m_at >= m_text.size()) {
                fail(std::string("'") + std::string(close) + "' is missing");
            }
            const char sign = m_text[m_at];
            const bool hasSign = (sign == '-' || (sign == '+' && !isPrint)) && startsWith(close, m_at + 1);
            if (open.empty() && (hasSign || startsWith(close, m_at))) {
                add(isPrint ? TokenKind::PrintEnd : TokenKind::BlockEnd, "");
                const std::size_t end = m_at + (hasSign ? 3 : 2);
                advance(isPrint ? (hasSign ? spacesEnd(end) : end) : endBehind(end, hasSign ? sign : '\0'));
                return;
            }
            readToken(open);
        }
    }

    void readToken(std::string& open)
    {
        const char c = m_text[m_at];
        if (isNameStart(c)) {
            std::size_t end = m_at;
            while (end < m_text.size() && (isNameStart(m_text[end]) || isDigit(m_text[end]))) {
                ++end;
            }
            add(TokenKind::Name, m_text.substr(m_at, end - m_at));
            advance(end);
        } else if (isDigit(c)) {
            readNumber();
        } else if (c == '\'' || c == '"') {
            readText(c);
        } else {
            readOperator(open);
        }
    }

    [[nodiscard]] std::size_t digitsEnd(std::size_t at, bool (*isWanted)(char)) const
    {
        while (at < m_text.size() &&
               (isWanted(m_text[at]) || (m_text[at] == '_' && at + 1 < m_text.size() && isWanted(m_text[at + 1])))) {
            ++at;
        }
        return at;
    }

    void readNumber()
    {
        const char mark = m_at + 1 < m_text.size() ? static_cast<char>(m_text[m_at + 1] | 0x20) : '\0';
        if (m_text[m_at] == '0' && (mark == 'x' || mark == 'o' || mark == 'b')) {
            return addNumber(digitsEnd(m_at + 2, isHexDigit), TokenKind::Integer);
        }
        std::size_t end = digitsEnd(m_at, isDigit);
        const bool isIndex = m_at > 0 && m_text[m_at - 1] == '.'; // a.0.1 are two indices
        TokenKind kind = TokenKind::Integer;
        if (!isIndex && end + 1 < m_text.size() && m_text[end] == '.' && isDigit(m_text[end + 1])) {
            end = digitsEnd(end + 1, isDigit);
            kind = TokenKind::Real;
        }
        if (!isIndex && end + 1 < m_text.size() && (m_text[end] | 0x20) == 'e') {
            const std::size_t power = end + (m_text[end + 1] == '+' || m_text[end + 1] == '-' ? 2 : 1);
            if (power < m_text.size() && isDigit(m_text[power])) {
                end = digitsEnd(power, isDigit);
                kind = TokenKind::Real;
            }
        }
        addNumber(end, kind);
    }

    void addNumber(std::size_t end, TokenKind kind)
    {
        add(kind, m_text.substr(m_at, end - m_at));
        advance(end);
    }

    void readText(char quote)
    {
        std::size_t end = m_at + 1;
        while (end < m_text.size() && m_text[end] != quote) {
            end += m_text[end] == '\\' ? 2 : 1;
        }
        if (end >= m_text.size()) {
            fail("a text in quotes is not closed");
        }
        add(TokenKind::Text, unescaped(std::string_view(m_text).substr(m_at + 1, end - m_at - 1)));
        advance(end + 1);
    }

    /// `digits` hexadecimal digits behind \x, \u or \U.
    std::optional<char32_t> codePointAt(std::string_view text, std::size_t at, std::size_t digits) const
    {
        if (at + digits > text.size() || !std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                                                      text.begin() + static_cast<std::ptrdiff_t>(at + digits), isHexDigit)) {
            return std::nullopt;
        }
        return static_cast<char32_t>(std::stoul(std::string(text.substr(at, digits)), nullptr, 16));
    }

    /// Python's escapes; one that it does not know stays as it is.
    [[nodiscard]] std::string unescaped(std::string_view text) const
    {
        constexpr std::string_view kLetters = "\n\\'\"abfnrtv";
        constexpr std::array<const char*, 11> kMeant{"", "\\", "'", "\"", "\a", "\b", "\f", "\n", "\r", "\t", "\v"};
        std::string result;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '\\' || i + 1 >= text.size()) {
                result += text[i];
                continue;
            }
            const char letter = text[++i];
            const std::size_t known = kLetters.find(letter);
            const std::size_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
            if (known != std::string_view::npos) {
                result += kMeant.at(known);
            } else if (digits > 0) {
                const auto point = codePointAt(text, i + 1, digits);
                if (!point || *point > 0x10FFFF || (*point >= 0xD800 && *point < 0xE000)) {
                    fail("a text has a broken escape behind '\\'");
                }
                tokenizer::appendUtf8(result, *point);
                i += digits;
            } else if (letter >= '0' && letter <= '7') {
                char32_t point = 0;
                std::size_t end = i;
                for (; end < std::min(i + 3, text.size()) && text[end] >= '0' && text[end] <= '7'; ++end) {
                    point = point * 8 + static_cast<char32_t>(text[end] - '0');
                }
                tokenizer::appendUtf8(result, point);
                i = end - 1;
            } else {
                result += {'\\', letter};
            }
        }
        return result;
    }

    void readOperator(std::string& open)
    {
        constexpr std::array<std::string_view, 25> kOperators{"//", "**", "==", "!=", ">=", "<=", "+", "-", "/",
                                                              "*",  "%",  "~",  "[",  "]",  "(",  ")", "{", "}",
                                                              ">",  "<",  "=",  ".",  ":",  "|",  ","};
        const auto found =
            std::find_if(kOperators.begin(), kOperators.end(), [&](std::string_view op) { return startsWith(op, m_at); });
        if (found == kOperators.end()) {
            const std::size_t length = tokenizer::characterLength(m_text[m_at]);
            fail("unexpected character '" + m_text.substr(m_at, length) + "'");
        }
        const char c = found->front();
        if (c == '(' || c == '[' || c == '{') {
            open += c == '(' ? ')' : c == '[' ? ']' : '}';
        } else if (c == ')' || c == ']' || c == '}') {
            if (open.empty() || open.back() != c) {
                fail(std::string("unexpected '") + c + "'");
            }
            open.pop_back();
        }
        add(TokenKind::Operator, std::string(*found));
        advance(m_at + found->size());
    }

    std::string m_text;
    std::size_t m_at = 0;
    int m_line = 1;
    bool m_atLineStart = true;
    std::vector<Token> m_tokens;
};

} // namespace

std::vector<Token> tokensOf(std::string_view source)
{
    return Lexer(source).run();
}

} // namespace lori::chat
