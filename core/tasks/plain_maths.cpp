// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/plain_maths.h"

#include "core/tasks/answer_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lori::tasks {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr int kDeepest = 40; ///< groups inside groups; what lies deeper is read as plain text

constexpr std::array<Pair, 16> kCommands{{{"times", " * "},
                                          {"cdot", " * "},
                                          {"ast", " * "},
                                          {"div", " ÷ "},
                                          {"approx", " ≈ "},
                                          {"simeq", " ≈ "},
                                          {"Rightarrow", " → "},
                                          {"implies", " → "},
                                          {"rightarrow", " → "},
                                          {"to", " → "},
                                          {"circ", "°"},
                                          {"degree", "°"},
                                          {"left", ""},
                                          {"right", ""},
                                          {"minus", "-"},
                                          {"eq", " = "}}};
constexpr std::array<std::string_view, 14> kStyles{"text",   "textbf", "mathrm",       "mathbf",    "mathit",
                                                   "textit", "mbox",   "operatorname", "bm",        "mathsf",
                                                   "textrm", "emph",   "underline",    "boldsymbol"};
/// Longest first where one begins another.
constexpr std::array<Pair, 29> kSigns{{{"−", "-"},    {"×", " * "},  {"·", " * "},  {"⋅", " * "},  {"½", " 1/2"}, {"¼", " 1/4"},
                                       {"¾", " 3/4"}, {"⅓", " 1/3"}, {"⅔", " 2/3"}, {"⅛", " 1/8"}, {"’", "'"},    {"⁰", "^0"},
                                       {"¹", "^1"},   {"²", "^2"},   {"³", "^3"},   {"⁴", "^4"},   {"⁵", "^5"},   {"⁶", "^6"},
                                       {"⁷", "^7"},   {"⁸", "^8"},   {"⁹", "^9"},   {"⁻", "^-"},   {"，", ", "},  {"。", ". "},
                                       {"：", ": "},  {"；", "; "},  {"＝", " = "}, {"％", "%"},   {"（", " ("}}};

class MathsReader final {
public:
    MathsReader(std::string_view text, int depth) : m_text(text), m_depth(depth) {}

    std::string read()
    {
        while (m_at < m_text.size()) {
            step();
        }
        return std::move(m_out);
    }

private:
    [[nodiscard]] char here(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
    [[nodiscard]] bool afterDigit() const { return !m_out.empty() && isAsciiDigit(m_out.back()); }

    void step()
    {
        const char c = here();
        if (c == '\\') {
            ++m_at;
            command();
        } else if (c == '{' && (here(1) == ',' || here(1) == '.') && here(2) == '}') {
            m_out += here(1);
            m_at += 3;
        } else if (c == '{' || c == '}') {
            ++m_at;
        } else if (c == '*' && here(1) == '*') {
            m_out += afterDigit() && isAsciiDigit(here(2)) ? '^' : kBold;
            m_at += 2;
        } else if (c == '~' && afterDigit()) {
            m_out += kThinSpace;
            ++m_at;
        } else if (c == '&') {
            m_out += ' ';
            ++m_at;
        } else if (static_cast<unsigned char>(c) >= 0x80U) {
            sign();
        } else {
            m_out += c;
            ++m_at;
        }
    }

    /// Characters outside ASCII.
    void sign()
    {
        const std::string_view rest = m_text.substr(m_at);
        for (const std::string_view space : {"\u00a0", "\u2009", "\u202f", "\u2007", "\u2008"}) {
            if (rest.starts_with(space)) {
                m_out += kThinSpace;
                m_at += space.size();
                return;
            }
        }
        for (const std::string_view dash : {"–", "—", "－"}) { // a minus sign when it opens a number
            if (rest.starts_with(dash) && isAsciiDigit(here(dash.size())) &&
                (m_out.empty() || m_out.back() == ' ' || m_out.back() == '\n')) {
                m_out += '-';
                m_at += dash.size();
                return;
            }
        }
        if (rest.size() >= 3 && rest.starts_with("\xef\xbc") && static_cast<unsigned char>(rest[2]) >= 0x90U &&
            static_cast<unsigned char>(rest[2]) <= 0x99U) {
            m_out += static_cast<char>('0' + (static_cast<unsigned char>(rest[2]) - 0x90U)); // full-width digits
            m_at += 3;
            return;
        }
        for (const auto& [from, to] : kSigns) {
            if (rest.starts_with(from)) {
                const bool goesOn = to.front() == '^' && m_out.size() >= 2 && m_lastPower == m_out.size();
                m_out += goesOn ? to.substr(1) : to; // "10¹²" is one power
                m_lastPower = to.front() == '^' ? m_out.size() : std::string::npos;
                m_at += from.size();
                return;
            }
        }
        m_out += m_text[m_at++];
    }

    void command()
    {
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && isAsciiLetter(m_text[m_at]) && m_text[m_at] != '_') {
            ++m_at;
        }
        const std::string_view name = m_text.substr(begin, m_at - begin);
        if (name.empty()) {
            escaped();
        } else if (name == "boxed" || name == "fbox") {
            m_out += kBoxOpens;
            m_out += argument();
            m_out += kBoxCloses;
        } else if (name == "frac" || name == "dfrac" || name == "tfrac" || name == "cfrac") {
            fraction();
        } else if (std::find(kStyles.begin(), kStyles.end(), name) != kStyles.end()) {
            const std::string inside = argument();
            m_out.append(inside == "," || inside == "." ? "" : " ").append(inside);
        } else if (name == "begin" || name == "end") {
            static_cast<void>(argument());
            m_out += '\n';
        } else {
            const auto known =
                std::find_if(kCommands.begin(), kCommands.end(), [&](const Pair& entry) { return entry.first == name; });
            m_out += known != kCommands.end() ? known->second : std::string_view(" ");
        }
    }

    /// What follows a backslash and is no letter.
    void escaped()
    {
        const char c = here();
        m_at += m_at < m_text.size() ? 1 : 0;
        if (c == '\\') {
            m_out += '\n';
        } else if (c == ',' || c == ';' || c == '!' || c == ':' || c == ' ') {
            m_out += afterDigit() && isAsciiDigit(here()) ? kThinSpace : ' ';
        } else if (c == '(' || c == ')' || c == '[' || c == ']') {
            m_out += ' ';
        } else if (c != '\0') {
            m_out += c; // \$ \% \# \{ …
        }
    }

    /// The group in braces, or the one character, that follows; read in turn.
    std::string argument()
    {
        while (here() == ' ') {
            ++m_at;
        }
        std::string_view inside = m_text.substr(m_at, 1);
        if (here() == '{') {
            std::size_t end = m_at;
            int open = 0;
            for (; end < m_text.size(); ++end) {
                open += m_text[end] == '{' ? 1 : m_text[end] == '}' ? -1 : 0;
                if (open == 0) {
                    break;
                }
            }
            inside = m_text.substr(m_at + 1, std::min(end, m_text.size()) - m_at - 1);
            m_at = std::min(end + 1, m_text.size());
        } else {
            m_at += inside.size();
        }
        return m_depth < kDeepest ? MathsReader(inside, m_depth + 1).read() : std::string(inside);
    }

    void fraction()
    {
        const std::string above = argument();
        const std::string below = argument();
        const auto isPlain = [](const std::string& text) {
            return text.find_first_of(" +-*/=") == std::string::npos;
        };
        m_out += afterDigit() ? " " : ""; // a mixed number
        m_out += isPlain(above) && isPlain(below) ? above + "/" + below : "(" + above + ") / (" + below + ")";
    }

    std::string_view m_text;
    int m_depth;
    std::size_t m_at = 0;
    std::string m_out;
    std::size_t m_lastPower = std::string::npos;
};

} // namespace

std::string plainMaths(std::string_view text)
{
    return MathsReader(text, 0).read();
}

} // namespace lori::tasks
