// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tokenizer/pattern.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace lori::tokenizer {

/// Changes text before it is cut into words: Sequence, Prepend, Replace and NFC of tokenizer.json.
class Normalizer final {
public:
    /// Throws BadFile and Unsupported (the kind, by name). Null does nothing.
    explicit Normalizer(const nlohmann::json& description);

    [[nodiscard]] bool isEmpty() const { return m_steps.empty(); }
    [[nodiscard]] std::string apply(std::string_view text) const; ///< valid UTF-8 in and out

private:
    enum class Kind : std::uint8_t { Prepend, Replace, Nfc };
    struct NormalizerStep {
        Kind kind = Kind::Nfc;
        std::string content;          ///< what is put in front or in place
        std::vector<Pattern> pattern; ///< Replace: one
    };
    void addStep(const nlohmann::json& description);

    std::vector<NormalizerStep> m_steps;
};

} // namespace lori::tokenizer
