// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/pre_tokenizer.h"

#include "core/tokenizer/json_steps.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace lori::tokenizer {

using nlohmann::json;

namespace {

constexpr const char* kPreTokenizerPlace = "tokenizer.json: pre_tokenizer";

/// GPT-2's words: contractions, letters, numbers and other signs with at most one space in front, and spaces.
constexpr const char* kByteLevelWords = R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

constexpr std::array<std::pair<std::string_view, SplitBehavior>, 5> kBehaviors{
    {{"Isolated", SplitBehavior::Isolated},
     {"Removed", SplitBehavior::Removed},
     {"MergedWithPrevious", SplitBehavior::MergedWithPrevious},
     {"MergedWithNext", SplitBehavior::MergedWithNext},
     {"Contiguous", SplitBehavior::Contiguous}}};

SplitStep splitStep(const Step& description)
{
    SplitStep step;
    step.pattern.push_back(description.pattern());
    const std::string behavior = description.text("behavior");
    const auto known = std::find_if(kBehaviors.begin(), kBehaviors.end(), [&](const auto& row) { return row.first == behavior; });
    if (known == kBehaviors.end()) {
        description.refuse(ErrorCode::Unsupported, "the split behaviour '" + behavior + "' is not known");
    }
    step.behavior = known->second;
    step.isInverted = description.flag("invert", false);
    return step;
}

/// A stretch of a word between two places, and whether it plays the part of a match.
struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool isMatch = false;
};

std::vector<Stretch> stretchesOf(const SplitStep& step, std::string_view word)
{
    std::vector<Stretch> stretches;
    const auto add = [&](std::size_t begin, std::size_t end, bool isMatch) {
        if (end > begin) {
            stretches.push_back({begin, end, isMatch != step.isInverted});
        }
    };
    std::size_t at = 0;
    step.pattern.front().forEachMatch(word, [&](std::size_t begin, std::size_t end) {
        add(at, begin, false);
        add(begin, end, true);
        at = end;
    });
    add(at, word.size(), false);
    return stretches;
}

/// Whether a stretch is one word with the one before it.
bool joins(SplitBehavior behavior, const Stretch& before, const Stretch& stretch)
{
    switch (behavior) {
    case SplitBehavior::Isolated:
    case SplitBehavior::Removed:
        return false;
    case SplitBehavior::MergedWithPrevious:
        return stretch.isMatch && !before.isMatch;
    case SplitBehavior::MergedWithNext:
        return before.isMatch && !stretch.isMatch;
    case SplitBehavior::Contiguous:
        return stretch.isMatch == before.isMatch;
    }
    return false;
}

/// Appends the pieces of one word.
void applyStep(const SplitStep& step, std::string_view word, std::vector<std::string_view>& pieces)
{
    const std::vector<Stretch> stretches = stretchesOf(step, word);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        begin = i > 0 && joins(step.behavior, stretches[i - 1], stretches[i]) ? begin : stretches[i].begin;
        const bool goesOn = i + 1 < stretches.size() && joins(step.behavior, stretches[i], stretches[i + 1]);
        if (!goesOn && !(step.behavior == SplitBehavior::Removed && stretches[i].isMatch)) {
            pieces.push_back(word.substr(begin, stretches[i].end - begin));
        }
    }
}

/// Marks the spaces and, where it shall, lets a word begin at each mark.
void applyMetaspace(const Metaspace& metaspace, bool isFirst, std::string_view word, std::deque<std::string>& added,
                    std::vector<std::string_view>& pieces)
{
    std::string marked;
    for (const char c : word) {
        c == ' ' ? marked.append(metaspace.mark) : marked.append(1, c);
    }
    const bool prepends =
        metaspace.prepend == Metaspace::Prepend::Always || (metaspace.prepend == Metaspace::Prepend::First && isFirst);
    if (prepends && !marked.starts_with(metaspace.mark)) {
        marked.insert(0, metaspace.mark);
    }
    std::string_view rest = added.emplace_back(std::move(marked));
    while (metaspace.splits && !rest.empty()) {
        const std::size_t next = rest.find(metaspace.mark, 1);
        if (next == std::string_view::npos) {
            break;
        }
        pieces.push_back(rest.substr(0, next));
        rest.remove_prefix(next);
    }
    if (!rest.empty()) {
        pieces.push_back(rest);
    }
}

} // namespace

PreTokenizer::PreTokenizer(const json& description)
{
    if (!description.is_null()) {
        addStep(description);
    }
}

void PreTokenizer::addStep(const json& description)
{
    const Step step(description, kPreTokenizerPlace);
    if (step.type() == "Sequence") {
        step.forEach("pretokenizers", [this](const json& entry) { addStep(entry); });
    } else if (step.type() == "Split") {
        m_steps.push_back(splitStep(step));
    } else if (step.type() == "Digits") {
        SplitStep digits;
        digits.pattern.emplace_back(step.flag("individual_digits", false) ? R"(\p{N})" : R"(\p{N}+)");
        m_steps.push_back(std::move(digits));
    } else if (step.type() == "ByteLevel") {
        SplitStep bytes;
        bytes.addPrefixSpace = step.flag("add_prefix_space", true);
        if (step.flag("use_regex", true)) {
            bytes.pattern.emplace_back(kByteLevelWords);
        }
        m_steps.push_back(std::move(bytes));
        m_isByteLevel = true;
    } else if (step.type() == "Metaspace") {
        SplitStep spaces;
        spaces.metaspace.emplace(step);
        m_steps.push_back(std::move(spaces));
    } else {
        step.refuse(ErrorCode::Unsupported,
                    "the step '" + step.type() + "' is not supported (Sequence, Split, Digits, ByteLevel and Metaspace are)");
    }
}

std::vector<std::string_view> PreTokenizer::split(std::string_view text, TextPlace place, std::deque<std::string>& added) const
{
    std::vector<std::string_view> words{text};
    std::vector<std::string_view> next;
    for (const SplitStep& step : m_steps) {
        next.clear();
        for (std::string_view word : words) {
            if (step.metaspace) {
                const bool isFirst = place == TextPlace::Begin && word.data() == words.front().data();
                applyMetaspace(*step.metaspace, isFirst, word, added, next);
                continue;
            }
            if (step.addPrefixSpace && !word.starts_with(' ')) {
                word = added.emplace_back(" " + std::string(word));
            }
            if (step.pattern.empty()) {
                next.push_back(word);
            } else {
                applyStep(step, word, next);
            }
        }
        words.swap(next);
    }
    return words;
}

} // namespace lori::tokenizer
