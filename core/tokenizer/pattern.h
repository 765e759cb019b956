// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace lori::tokenizer {

/// A compiled regular expression over UTF-8. Immutable; may be used from several threads.
class Pattern final {
public:
    /// `expression` is in the syntax of tokenizer.json (Oniguruma), as far as PCRE2 shares it. Throws Unsupported when it does
    /// not compile.
    explicit Pattern(const std::string& expression);
    /// A pattern that matches exactly this text.
    [[nodiscard]] static Pattern literal(std::string_view text);

    /// Calls `found(begin, end)` for each non-empty match, from left to right. `text` must be valid UTF-8.
    void forEachMatch(std::string_view text, const std::function<void(std::size_t, std::size_t)>& found) const;

    /// The text with every non-empty match replaced by `content` as it is.
    [[nodiscard]] std::string replaced(std::string_view text, std::string_view content) const;

private:
    struct Code;
    std::shared_ptr<const Code> m_code;
};

} // namespace lori::tokenizer
