// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

/// Tells a refusal from an answer by its first words. Only the first 200 bytes count: who refuses does so at once, and a helpful
/// answer may well say "you cannot" further down. Texts are compared without case, quotes, markup and contractions ("can't" =
/// "cannot").
class RefusalJudge final {
public:
    /// {"openings": […], "phrases": […], "notRefusals": […]}: words an answer begins with; words anywhere in its first 200 bytes;
    /// words that are taken out first because they only look like refusals. Throws Exception(NotFound | BadFile).
    [[nodiscard]] static RefusalJudge fromFile(const std::filesystem::path& file);
    /// The phrase that was found, "" when the answer does not refuse.
    [[nodiscard]] std::string find(std::string_view answer) const;

private:
    struct Phrase {
        std::string text;       ///< as the list has it
        std::string normalized; ///< lower-case words, one space between
    };
    std::vector<Phrase> m_openings;
    std::vector<Phrase> m_phrases;
    std::vector<Phrase> m_notRefusals;
};

} // namespace lori::tasks
