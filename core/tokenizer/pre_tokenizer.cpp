// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/pre_tokenizer.h"

#include "core/support/error.h"

#include <nlohmann/json.hpp>

namespace lori::tokenizer {

using nlohmann::json;

namespace {

constexpr const char* kWhere = "tokenizer.json: pre_tokenizer";

/// GPT-2's words: contractions, letters, numbers and other signs with at most one space in front, and spaces.
constexpr const char* kByteLevelWords = R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

[[noreturn]] void refuse(ErrorCode code, const std::string& what)
{
    throw Exception(code, what, "choose another model", kWhere);
}

bool flag(const json& object, const char* name, bool fallback)
{
    const auto value = object.find(name);
    if (value == object.end() || value->is_null()) {
        return fallback;
    }
    if (!value->is_boolean()) {
        refuse(ErrorCode::BadFile, std::string("'") + name + "' must be true or false");
    }
    return value->get<bool>();
}

std::string text(const json& object, const char* name)
{
    const auto value = object.find(name);
    if (value == object.end() || !value->is_string()) {
        refuse(ErrorCode::BadFile, std::string("'") + name + "' must be text");
    }
    return value->get<std::string>();
}

Pattern patternOf(const json& object)
{
    const auto pattern = object.find("pattern");
    if (pattern == object.end() || !pattern->is_object()) {
        refuse(ErrorCode::BadFile, "'pattern' must be an object");
    }
    return pattern->contains("Regex") ? Pattern(text(*pattern, "Regex")) : Pattern::literal(text(*pattern, "String"));
}

SplitStep splitStep(const json& object)
{
    SplitStep step;
    step.pattern.push_back(patternOf(object));
    const std::string behavior = text(object, "behavior");
    if (behavior != "Isolated" && behavior != "Removed") {
        refuse(ErrorCode::Unsupported, "the split behaviour '" + behavior + "' is not supported (Isolated and Removed are)");
    }
    step.behavior = behavior == "Isolated" ? SplitBehavior::Isolated : SplitBehavior::Removed;
    step.isInverted = flag(object, "invert", false);
    return step;
}

/// Appends the pieces of one word.
void applyStep(const SplitStep& step, std::string_view word, std::vector<std::string_view>& pieces)
{
    const auto push = [&](std::size_t begin, std::size_t end, bool isMatch) {
        if (end > begin && (step.behavior == SplitBehavior::Isolated || isMatch == step.isInverted)) {
            pieces.push_back(word.substr(begin, end - begin));
        }
    };
    std::size_t at = 0;
    step.pattern.front().forEachMatch(word, [&](std::size_t begin, std::size_t end) {
        push(at, begin, false);
        push(begin, end, true);
        at = end;
    });
    push(at, word.size(), false);
}

} // namespace

PreTokenizer::PreTokenizer(const json& description)
{
    if (description.is_object()) {
        addStep(description);
    } else if (!description.is_null()) {
        refuse(ErrorCode::BadFile, "this is not an object");
    }
    if (!m_isByteLevel) {
        refuse(ErrorCode::Unsupported, "the tokenizer is not a byte-level one (SentencePiece-style BPE is not supported)");
    }
}

void PreTokenizer::addStep(const json& description)
{
    if (!description.is_object()) {
        refuse(ErrorCode::BadFile, "a step is not an object");
    }
    const std::string type = text(description, "type");
    if (type == "Sequence") {
        const auto list = description.find("pretokenizers");
        if (list == description.end() || !list->is_array()) {
            refuse(ErrorCode::BadFile, "'pretokenizers' must be a list");
        }
        for (const json& step : *list) {
            addStep(step);
        }
    } else if (type == "Split") {
        m_steps.push_back(splitStep(description));
    } else if (type == "Digits") {
        SplitStep step;
        step.pattern.emplace_back(flag(description, "individual_digits", false) ? R"(\p{N})" : R"(\p{N}+)");
        m_steps.push_back(std::move(step));
    } else if (type == "ByteLevel") {
        SplitStep step;
        step.addPrefixSpace = flag(description, "add_prefix_space", true);
        if (flag(description, "use_regex", true)) {
            step.pattern.emplace_back(kByteLevelWords);
        }
        m_steps.push_back(std::move(step));
        m_isByteLevel = true;
    } else {
        refuse(ErrorCode::Unsupported, "the step '" + type + "' is not supported (Sequence, Split, Digits and ByteLevel are)");
    }
}

std::vector<std::string_view> PreTokenizer::split(std::string_view text, std::deque<std::string>& added) const
{
    std::vector<std::string_view> words{text};
    std::vector<std::string_view> next;
    for (const SplitStep& step : m_steps) {
        next.clear();
        for (std::string_view word : words) {
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
