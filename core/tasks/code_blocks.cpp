// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/code_blocks.h"

#include "core/tasks/answer_text.h"
#include "core/tasks/python_source.h"

#include <algorithm>
#include <array>

namespace lori::tasks {

namespace {

constexpr std::array<std::string_view, 6> kPython{"python", "python3", "py", "py3", "pycon", "ipython"};

bool isPythonWord(std::string_view word)
{
    return std::find(kPython.begin(), kPython.end(), word) != kPython.end();
}

/// A line that opens or closes a fence.
struct FenceLine {
    char sign = 0; ///< 0 when the line is none
    std::size_t length = 0;
    std::string_view rest{};
};

FenceLine fenceOf(std::string_view line)
{
    const std::string_view text = trimmed(line);
    for (const char sign : {'`', '~'}) {
        const std::size_t length = std::min(text.find_first_not_of(sign), text.size());
        if (length >= 3) {
            return {sign, length, trimmed(text.substr(length))};
        }
    }
    constexpr std::array<std::string_view, 8> kTags{"[python]", "[/python]", "[tests]", "[/tests]",
                                                    "<code>",   "</code>",   "<pre>",   "</pre>"};
    const std::string lower = lowerAscii(text);
    if (std::find(kTags.begin(), kTags.end(), lower) != kTags.end()) {
        return {'[', 3, lower.starts_with("[tests") ? std::string_view("text") : std::string_view()};
    }
    return {};
}

class Parts final {
public:
    std::vector<AnswerPart> read(std::string_view answer)
    {
        for (const std::string_view line : linesOf(answer)) {
            const FenceLine fence = fenceOf(line);
            if (fence.sign == 0) {
                append(line);
            } else if (!m_part.isFenced) {
                open(fence);
            } else if (fence.sign == m_sign && fence.length >= m_length && (fence.rest.empty() || fence.sign == '[')) {
                finish();
            } else if (fence.sign == m_sign && fence.length == m_length && isPythonWord(lowerAscii(fence.rest))) {
                finish(); // the closing fence was forgotten
                open(fence);
            } else {
                append(line);
            }
        }
        m_part.isClosed = !m_part.isFenced;
        finish();
        return std::move(m_parts);
    }

private:
    void append(std::string_view line) { m_part.text.append(line).append("\n"); }

    void open(const FenceLine& fence)
    {
        finish();
        m_sign = fence.sign;
        m_length = fence.length;
        m_part.isFenced = true;
        const std::size_t word = std::min(fence.rest.find_first_of(" \t{"), fence.rest.size());
        m_part.language = lowerAscii(fence.rest.substr(0, word));
        std::string_view code = trimmed(fence.rest.substr(word));
        if (code.empty() || code.starts_with('{') || !isPythonWord(m_part.language)) {
            return;
        }
        // "```python def f(x): return x```": all in one line.
        const bool closes = code.ends_with("```");
        code.remove_suffix(closes ? 3 : 0);
        append(code);
        if (closes) {
            finish();
        }
    }

    void finish()
    {
        if (m_part.isFenced && (m_part.language == "markdown" || m_part.language == "md")) {
            for (AnswerPart& part : Parts().read(m_part.text)) {
                m_parts.push_back(std::move(part));
            }
        } else if (m_part.isFenced || !trimmed(m_part.text).empty()) {
            m_parts.push_back(std::move(m_part));
        }
        m_part = {};
    }

    std::vector<AnswerPart> m_parts;
    AnswerPart m_part;
    char m_sign = 0;
    std::size_t m_length = 0;
};

} // namespace

std::vector<AnswerPart> partsOf(std::string_view answer)
{
    return Parts().read(answer);
}

bool mayBePython(const AnswerPart& part)
{
    return part.language.empty() || isPythonWord(part.language);
}

} // namespace lori::tasks
