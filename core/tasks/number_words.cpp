// SPDX-License-Identifier: Apache-2.0
#include "core/tasks/answer_text.h"
#include "core/tasks/number_scanner.h"

#include <array>
#include <utility>

namespace lori::tasks {

namespace {

using Word = std::pair<std::string_view, long long>;

constexpr std::array<Word, 28> kSmall{
    {{"zero", 0},      {"one", 1},      {"two", 2},      {"three", 3},      {"four", 4},      {"five", 5},      {"six", 6},
     {"seven", 7},     {"eight", 8},    {"nine", 9},     {"ten", 10},       {"eleven", 11},   {"twelve", 12},   {"thirteen", 13},
     {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
     {"thirty", 30},   {"forty", 40},   {"fifty", 50},   {"sixty", 60},     {"seventy", 70},  {"eighty", 80},   {"ninety", 90}}};
constexpr std::array<Word, 4> kLarge{{{"hundred", 100}, {"thousand", 1000}, {"million", 1000000}, {"billion", 1000000000}}};

template <std::size_t N>
const Word* find(const std::array<Word, N>& list, std::string_view word)
{
    for (const Word& entry : list) {
        if (entry.first == word) {
            return &entry;
        }
    }
    return nullptr;
}

} // namespace

std::string spelledNumber(std::string_view words, std::size_t& end)
{
    long long total = 0;
    long long group = 0;
    bool any = false;
    end = 0;
    for (std::size_t at = 0; at < words.size();) {
        std::size_t stop = at;
        while (stop < words.size() && isAsciiLetter(words[stop])) {
            ++stop;
        }
        const std::string_view word = words.substr(at, stop - at);
        if (const Word* small = find(kSmall, word)) {
            if (any && group % 10 != 0) {
                break; // "two three" is no number
            }
            group += small->second;
        } else if (const Word* large = find(kLarge, word); large != nullptr && any) {
            group = (group == 0 ? 1 : group) * large->second;
            if (large->second > 100) {
                total += group;
                group = 0;
            }
        } else if (!(word == "and" && any)) {
            break;
        }
        any = true;
        end = word == "and" ? end : stop;
        if (stop >= words.size() || (words[stop] != ' ' && words[stop] != '-')) {
            break;
        }
        at = stop + 1;
    }
    return any && end > 0 ? std::to_string(total + group) : std::string();
}

} // namespace lori::tasks
