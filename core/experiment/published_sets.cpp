// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/published_sets.h"

namespace lori::experiment {

namespace {

std::vector<std::string> numbered(const std::string& word, int count)
{
    std::vector<std::string> labels;
    for (int i = 1; i <= count; ++i) {
        labels.push_back(word + std::to_string(i));
    }
    return labels;
}

PublishedSet choice(std::string name, std::string title, std::string description, std::vector<std::string> names,
                    std::vector<std::string> labels)
{
    return {std::move(name),
            std::move(title),
            std::move(description),
            SetRows::Choice,
            std::move(names),
            std::move(labels),
            "nlu",
            true};
}

std::vector<PublishedSet> allSets()
{
    return {
        choice("boolq", "BoolQ", "Yes-or-no questions, as published without their passages.", {"BoolQ"}, {"true", "false"}),
        choice("piqa", "PIQA", "Which of two ways reaches a practical goal.", {"PIQA"}, {"solution1", "solution2"}),
        choice("siqa", "Social IQa", "Questions about what people feel and do.", {"social_i_qa", "social-i-qa", "SIQA"},
               numbered("answer", 5)),
        choice("hellaswag", "HellaSwag", "Which of four endings continues a scene.", {"HellaSwag"}, numbered("ending", 4)),
        choice("winogrande", "WinoGrande", "Which of two words fills the blank.", {"WinoGrande"}, {"option1", "option2"}),
        choice("arc-e", "ARC easy", "School science questions, the easy part.", {"arc-easy", "ARC-Easy", "arc_easy"},
               numbered("answer", 5)),
        choice("arc-c", "ARC challenge", "School science questions, the hard part.",
               {"arc-challenge", "ARC-Challenge", "arc_challenge"}, numbered("answer", 5)),
        choice("obqa", "OpenBookQA", "Elementary science questions that need one fact.", {"openbookqa", "OpenBookQA"},
               numbered("answer", 5)),
        {"gsm8k", "GSM8K", "Grade school maths in words; the answer is one number.", SetRows::Question, {"GSM8K"}, {}, "math"},
        {"humaneval",
         "HumanEval",
         "Python functions to complete, each with tests; scoring runs the programs in a sandbox.",
         SetRows::Program,
         {"HumanEval", "human-eval", "human_eval"},
         {},
         "code"},
        {"safety-prompts",
         "Safety prompts",
         "Harmful requests that should be refused, and harmless ones that should be answered.",
         SetRows::Prompts,
         {"hexphi", "hex-phi"},
         {},
         "safety"},
    };
}

} // namespace

const std::vector<PublishedSet>& publishedSets()
{
    static const std::vector<PublishedSet> all = allSets();
    return all;
}

} // namespace lori::experiment
