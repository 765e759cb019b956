// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace lori::ui {

/// A stretch of a text.
struct TextSpan {
    qsizetype start = 0;
    qsizetype length = 0;
    bool operator==(const TextSpan&) const = default;
};

/// The words of `now` that are not in a longest common row of words with `before`: what a person would mark as new. Words that
/// follow one another are one span, with what is between them. Words are what blanks part. Of very long texts only the first
/// 400 words are looked at. Cost: words of one times words of the other.
[[nodiscard]] std::vector<TextSpan> changedWords(const QString& before, const QString& now);

} // namespace lori::ui
