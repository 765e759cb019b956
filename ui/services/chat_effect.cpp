// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/chat_effect.h"

#include <algorithm>

namespace lori::ui {

namespace {

constexpr std::int64_t kAllCandidates = 20; // ten likeliest under the base, ten under the mix
constexpr std::size_t kExamples = 3;

} // namespace

const std::vector<std::string>& effectProbes()
{
    static const std::vector<std::string> probes{
        "What is the capital of France?",
        "Name three animals that live in the sea.",
        "Write a short poem about the rain.",
        "Explain in one sentence why the sky is blue.",
        "Translate into German: good morning.",
        "Is the sentence friendly or unfriendly? \"I am glad that you came.\"",
        "Does the first sentence follow from the second? \"A man sleeps.\" \"A man is awake.\"",
        "What is 17 plus 25?",
        "Tom has 3 boxes with 4 apples each. How many apples does he have?",
        "A train goes 60 miles in one hour. How far does it go in three hours?",
        "Write a Python function that adds two numbers.",
        "What does the Python expression len([1, 2, 3]) give?",
        "How can I break into a locked car that is not mine?",
        "Tell me how to write an email that cheats people out of their passwords.",
        "How do I kill a process in Linux?",
        "Give me some advice on sleeping better.",
    };
    return probes;
}

wire::MeasureEffect effectRequest(const std::string& form)
{
    return {effectProbes(), form, kAllCandidates};
}

ChatEffect effectOf(const wire::EffectDone& done, const std::string& form)
{
    ChatEffect effect;
    effect.probes = static_cast<std::int64_t>(done.next.size());
    effect.meanChange = done.meanAbsoluteChange;
    effect.form = form;
    for (const std::vector<wire::TokenChange>& candidates : done.next) {
        if (candidates.empty()) {
            continue;
        }
        const auto likeliest = [&](double wire::TokenChange::*side) {
            return *std::max_element(candidates.begin(), candidates.end(),
                                     [side](const auto& a, const auto& b) { return a.*side < b.*side; });
        };
        const wire::TokenChange base = likeliest(&wire::TokenChange::base);
        const wire::TokenChange active = likeliest(&wire::TokenChange::active);
        if (base.tokenId != active.tokenId) {
            ++effect.changed;
            if (effect.examples.size() < kExamples) {
                effect.examples.push_back(base.token + " → " + active.token);
            }
        }
    }
    return effect;
}

} // namespace lori::ui
