// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tokenizer/pattern.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace lori::tokenizer {

/// Tokens → text: Sequence, ByteLevel, Replace, ByteFallback, Fuse, Strip and Metaspace of tokenizer.json.
class TokenDecoder final {
public:
    /// Throws BadFile and Unsupported (the kind, by name; none at all). Null means ByteLevel where `isByteLevel`.
    TokenDecoder(const nlohmann::json& description, bool isByteLevel);

    /// Only the byte alphabet has to be undone: tokens can be turned into bytes one by one.
    [[nodiscard]] bool isByteLevel() const { return m_steps.size() == 1 && m_steps.front().kind == Kind::ByteLevel; }
    [[nodiscard]] std::string decode(std::vector<std::string> tokens) const;

private:
    enum class Kind : std::uint8_t { ByteLevel, Replace, ByteFallback, Fuse, Strip, Metaspace };
    struct DecoderStep {
        Kind kind = Kind::ByteLevel;
        std::string content;          ///< Replace: in place; Strip: the character; Metaspace: what stands for a space
        std::vector<Pattern> pattern; ///< Replace: one
        std::int64_t start = 0;       ///< Strip: how many at the front of each token at most
        std::int64_t stop = 0;
        bool dropsFirst = false; ///< Metaspace: the first token's marks are no spaces
    };
    void addStep(const nlohmann::json& description);
    static void apply(const DecoderStep& step, std::vector<std::string>& tokens);

    std::vector<DecoderStep> m_steps;
};

} // namespace lori::tokenizer
