// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/normalizer.h"

#include "core/tokenizer/json_steps.h"
#include "core/tokenizer/nfc.h"

#include <nlohmann/json.hpp>

namespace lori::tokenizer {

using nlohmann::json;

Normalizer::Normalizer(const json& description)
{
    if (!description.is_null()) {
        addStep(description);
    }
}

void Normalizer::addStep(const json& description)
{
    const Step step(description, "tokenizer.json: normalizer");
    if (step.type() == "Sequence") {
        step.forEach("normalizers", [this](const json& entry) { addStep(entry); });
    } else if (step.type() == "Prepend") {
        m_steps.push_back({Kind::Prepend, step.text("prepend"), {}});
    } else if (step.type() == "Replace") {
        m_steps.push_back({Kind::Replace, step.text("content"), {step.pattern()}});
    } else if (step.type() == "NFC") {
        m_steps.push_back({Kind::Nfc, {}, {}});
    } else {
        step.refuse(ErrorCode::Unsupported,
                    "the text normalizer \"" + step.type() + "\" is not supported (Sequence, Prepend, Replace and NFC are)");
    }
}

std::string Normalizer::apply(std::string_view text) const
{
    std::string result(text);
    for (const NormalizerStep& step : m_steps) {
        switch (step.kind) {
        case Kind::Prepend:
            result = result.empty() ? result : step.content + result;
            break;
        case Kind::Replace:
            result = step.pattern.front().replaced(result, step.content);
            break;
        case Kind::Nfc:
            result = normalizedNfc(result);
            break;
        }
    }
    return result;
}

} // namespace lori::tokenizer
