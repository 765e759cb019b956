// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is asked of a session and what it answers: plain values, without tensors.

#include "core/chat/message.h"
#include "core/generation/generator.h"
#include "core/model/linear_adapter.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lori::serving {

/// An attached adapter: from 1, never given twice in a session.
using AdapterHandle = std::int64_t;

struct AdapterInfo {
    AdapterHandle handle = 0;
    std::string kind;               ///< "lori-d", "lori-s", "lora", "merged", "dora", "ia3", "full" …
    std::filesystem::path path;     ///< the adapter's folder, or the run's
    std::int64_t stage = -1;        ///< of a run's checkpoint; −1 for a folder
    std::int64_t step = -1;         ///< steps of that stage that are done
    std::int64_t rank = 0;          ///< the largest of its sites; 0 for IA3 and full fine-tuning
    std::vector<model::Site> sites; ///< where it sits, by layer, then projection
    std::string contentHash;        ///< 64 hex digits over its values: equal for equal adapters, wherever they lie
    bool mixes = false;             ///< LoRA and LoRI: has a place beside others, and any weight
};

/// One adapter of a mix: its change of the weights is multiplied by `weight`, a finite number; 0 leaves it out.
struct MixPart {
    AdapterHandle handle = 0;
    double weight = 1;
};
/// W + Σ weightᵢ·sᵢ·Bᵢ·Aᵢ; empty is the base model alone.
using Mix = std::vector<MixPart>;

enum class PromptForm : std::uint8_t {
    Plain, ///< the text as it is
    Chat,  ///< one user's turn of the model's chat template
};

struct TextRequest {
    std::string prompt;
    PromptForm form = PromptForm::Plain;
    /// maxNewTokens ≥ 1, temperature ≥ 0, 0 < topP ≤ 1, topK ≥ 0; batchRows and stopIds are not looked at: the model's own end
    /// tokens end a text.
    generation::GenerateOptions options;
};

struct ChatRequest {
    std::string conversation;            ///< under which the cache is kept for the next turn; "" keeps none
    std::vector<chat::Message> messages; ///< the whole conversation, its last turn to be answered
    nlohmann::ordered_json variables = nlohmann::ordered_json::object(); ///< what the template may read besides
    generation::GenerateOptions options;                                 ///< as TextRequest's
};

enum class AnswerEnd : std::uint8_t {
    Ended,       ///< the model ended it
    Length,      ///< maxNewTokens came first
    ContextFull, ///< the model's context is used up
    Cancelled,   ///< asked to stop; what was written until then is kept
};

struct Answer {
    std::string text;              ///< all pieces together; special tokens are left out
    std::vector<std::int32_t> ids; ///< new tokens, without the one that ended it
    AnswerEnd end = AnswerEnd::Length;
    std::int64_t promptTokens = 0;
    std::int64_t reusedTokens = 0;  ///< of them, read in an earlier turn; the others were read now
    double secondsToFirstToken = 0; ///< since the request; 0 when there was none
    double seconds = 0;
    std::string weightsHash; ///< of the weights that wrote it, see Session::weightsHash()
};

/// A piece of text that is new, whole UTF-8 characters, never empty. Called in the session's thread.
using PieceSink = std::function<void(std::string_view piece)>;
/// The same for several texts at once.
using ColumnSink = std::function<void(std::size_t column, std::string_view piece)>;

struct EffectRequest {
    std::vector<std::string> probes; ///< at least one
    PromptForm form = PromptForm::Chat;
    std::int64_t most = 10; ///< how many changed tokens are listed, ≥ 0
};
/// One token under the base model and under the active weights; natural logarithms.
struct TokenChange {
    std::size_t probe = 0;
    std::int64_t position = 0; ///< in the probe's tokens, as the model sees them; its length for the token after it
    std::int32_t id = 0;
    std::string token; ///< as text; U+FFFD where it is part of a character
    double base = 0;
    double active = 0;
    [[nodiscard]] double change() const { return active - base; }
};
struct Effect {
    double meanAbsoluteChange = 0; ///< of log p(token | tokens before it) over every token of the probes but their first ones
    std::int64_t tokens = 0;       ///< how many that are
    std::vector<TokenChange> mostChanged; ///< of these, largest |change| first
    std::vector<std::vector<TokenChange>>
        next; ///< for each probe: of the ten likeliest tokens after it under either, the most changed
    std::string weightsHash;
};

struct OptionScores {
    std::vector<double> logLikelihoods; ///< Σ log p of each option's tokens behind the prompt, natural logarithm
    std::vector<std::int64_t> tokens;   ///< of each option
    std::string weightsHash;
};

/// What a session may keep in memory beside base and adapters.
struct SessionLimits {
    std::size_t conversations = 8;        ///< whose caches are kept; the least recently used leaves first
    std::int64_t cacheBytes = 1LL << 30;  ///< of all conversations' caches together
    std::int64_t foldedBytes = 1LL << 30; ///< of weights with a mix folded in; one set is kept in any case
};

} // namespace lori::serving
