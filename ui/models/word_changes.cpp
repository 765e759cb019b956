// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/word_changes.h"

#include <algorithm>

namespace lori::ui {

namespace {

constexpr std::size_t kMostWords = 400;

std::vector<TextSpan> wordsOf(const QString& text)
{
    std::vector<TextSpan> words;
    qsizetype start = -1;
    for (qsizetype i = 0; i <= text.size() && words.size() < kMostWords; ++i) {
        const bool blank = i == text.size() || text[i].isSpace();
        if (!blank && start < 0) {
            start = i;
        } else if (blank && start >= 0) {
            words.push_back({start, i - start});
            start = -1;
        }
    }
    return words;
}

} // namespace

std::vector<TextSpan> changedWords(const QString& before, const QString& now)
{
    const std::vector<TextSpan> old = wordsOf(before);
    const std::vector<TextSpan> fresh = wordsOf(now);
    const auto same = [&](std::size_t i, std::size_t j) {
        return QStringView(before).mid(old[i].start, old[i].length) == QStringView(now).mid(fresh[j].start, fresh[j].length);
    };
    // longest[i][j]: of the words from i and from j on
    const std::size_t width = fresh.size() + 1;
    std::vector<int> longest((old.size() + 1) * width, 0);
    for (std::size_t i = old.size(); i-- > 0;) {
        for (std::size_t j = fresh.size(); j-- > 0;) {
            longest[i * width + j] = same(i, j) ? longest[(i + 1) * width + j + 1] + 1
                                                : std::max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
        }
    }
    std::vector<TextSpan> changed;
    bool follows = false; // the word before is a changed one
    for (std::size_t i = 0, j = 0; j < fresh.size();) {
        if (i < old.size() && same(i, j)) {
            ++i;
            ++j;
            follows = false;
        } else if (i < old.size() && longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
            ++i;
        } else {
            if (follows) {
                changed.back().length = fresh[j].start + fresh[j].length - changed.back().start;
            } else {
                changed.push_back(fresh[j]);
            }
            follows = true;
            ++j;
        }
    }
    return changed;
}

} // namespace lori::ui
