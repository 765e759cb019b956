// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event_types.h"
#include "core/support/result.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// What is said to `lori serve` and what it answers, one JSON object a line. Meaning, kind and range of each field stand in
// message_fields.h, which writes, reads and documents them (MESSAGES.md). kNeeded: the fields without which a request means
// nothing.
namespace lori::wire {

using nlohmann::json;

// NOLINTBEGIN(readability-redundant-member-init): GCC warns of a designated initializer that leaves out a member without one.

struct MixPart {
    std::int64_t handle = 0;
    double weight = 1;
    bool operator==(const MixPart&) const = default;
};
struct SitePlace {
    std::int64_t layer = -1;
    std::string projection{};
    bool operator==(const SitePlace&) const = default;
};
/// How a text is drawn; the defaults are those of `lori generate`.
struct TextOptions {
    std::int64_t maxNewTokens = 128;
    double temperature = 0.7;
    double topP = 0.9;
    std::int64_t topK = 0;
    std::int64_t seed = 0;
    bool greedy = false;
    bool operator==(const TextOptions&) const = default;
};
struct Turn {
    std::string role{};
    std::string content{};
    bool operator==(const Turn&) const = default;
};

struct Attach {
    static constexpr const char* kType = "attach";
    std::string folder{};
    std::string run{};
    bool operator==(const Attach&) const = default;
};
struct Detach {
    static constexpr const char* kType = "detach";
    static constexpr std::array kNeeded{"handle"};
    std::int64_t handle = 0;
    bool operator==(const Detach&) const = default;
};
struct SetMix {
    static constexpr const char* kType = "mix";
    static constexpr std::array kNeeded{"mix"};
    std::vector<MixPart> mix{};
    bool operator==(const SetMix&) const = default;
};
struct SetSites {
    static constexpr const char* kType = "sites";
    static constexpr std::array kNeeded{"off"};
    std::vector<SitePlace> off{};
    bool operator==(const SetSites&) const = default;
};
struct ListAdapters {
    static constexpr const char* kType = "adapters";
    bool operator==(const ListAdapters&) const = default;
};
struct Generate {
    static constexpr const char* kType = "generate";
    static constexpr std::array kNeeded{"prompt"};
    std::string prompt{};
    std::string form = "plain";
    TextOptions options{};
    bool operator==(const Generate&) const = default;
};
struct Chat {
    static constexpr const char* kType = "chat";
    static constexpr std::array kNeeded{"messages"};
    std::string conversation{};
    std::vector<Turn> messages{};
    json variables = json::object();
    TextOptions options{};
    bool operator==(const Chat&) const = default;
};
struct Columns {
    static constexpr const char* kType = "columns";
    static constexpr std::array kNeeded{"prompt", "mixes"};
    std::string prompt{};
    std::string form = "plain";
    std::vector<std::vector<MixPart>> mixes{};
    TextOptions options{};
    bool operator==(const Columns&) const = default;
};
struct MeasureEffect {
    static constexpr const char* kType = "effect";
    static constexpr std::array kNeeded{"probes"};
    std::vector<std::string> probes{};
    std::string form = "chat";
    std::int64_t most = 10;
    bool operator==(const MeasureEffect&) const = default;
};
struct WeighOptions {
    static constexpr const char* kType = "options";
    static constexpr std::array kNeeded{"prompt", "choices"};
    std::string prompt{};
    std::vector<std::string> choices{};
    std::string form = "plain";
    bool operator==(const WeighOptions&) const = default;
};
struct AskHash {
    static constexpr const char* kType = "hash";
    bool operator==(const AskHash&) const = default;
};
struct Forget {
    static constexpr const char* kType = "forget";
    static constexpr std::array kNeeded{"conversation"};
    std::string conversation{};
    bool operator==(const Forget&) const = default;
};
struct Cancel {
    static constexpr const char* kType = "cancel";
    static constexpr std::array kNeeded{"target"};
    json target{};
    bool operator==(const Cancel&) const = default;
};
struct Quit {
    static constexpr const char* kType = "quit";
    bool operator==(const Quit&) const = default;
};

using Request = std::variant<Attach, Detach, SetMix, SetSites, ListAdapters, Generate, Chat, Columns, MeasureEffect, WeighOptions,
                             AskHash, Forget, Cancel, Quit>;

struct Adapter {
    std::int64_t handle = 0;
    std::string kind{};
    std::string path{};
    std::int64_t stage = -1;
    std::int64_t step = -1;
    std::int64_t rank = 0;
    std::vector<SitePlace> sites{};
    std::string contentHash{};
    bool mixes = false;
    bool operator==(const Adapter&) const = default;
};
struct Ready {
    static constexpr const char* kType = "ready";
    std::string program{};
    std::string model{};
    std::string fingerprint{};
    std::int64_t contextLength = 0;
    std::int64_t layers = 0;
    std::int64_t pid = 0;
    std::string device{};
    std::string weights{};
    std::vector<Adapter> adapters{};
    std::vector<MixPart> mix{};
    std::string weightsHash{};
    bool operator==(const Ready&) const = default;
};
struct Attached {
    static constexpr const char* kType = "attached";
    Adapter adapter{};
    bool operator==(const Attached&) const = default;
};
struct Adapters {
    static constexpr const char* kType = "adapters";
    std::vector<Adapter> adapters{};
    bool operator==(const Adapters&) const = default;
};
struct Weights {
    static constexpr const char* kType = "weights";
    std::vector<MixPart> mix{};
    std::vector<SitePlace> sitesOff{};
    std::string weightsHash{};
    bool operator==(const Weights&) const = default;
};
struct Token {
    static constexpr const char* kType = "token";
    std::int64_t column = 0;
    std::string piece{};
    bool operator==(const Token&) const = default;
};
struct Done {
    static constexpr const char* kType = "done";
    std::string text{};
    std::vector<std::int64_t> ids{};
    std::string end{};
    std::int64_t promptTokens = 0;
    std::int64_t reusedTokens = 0;
    double seconds = 0;
    double secondsToFirstToken = 0;
    double tokensPerSecond = 0;
    std::string weightsHash{};
    bool operator==(const Done&) const = default;
};
struct ColumnsDone {
    static constexpr const char* kType = "columns";
    std::vector<Done> columns{};
    bool operator==(const ColumnsDone&) const = default;
};
struct TokenChange {
    std::int64_t probe = 0;
    std::int64_t position = 0;
    std::int64_t tokenId = 0;
    std::string token{};
    double base = 0;
    double active = 0;
    bool operator==(const TokenChange&) const = default;
};
struct EffectDone {
    static constexpr const char* kType = "effect";
    double meanAbsoluteChange = 0;
    std::int64_t tokens = 0;
    std::vector<TokenChange> mostChanged{};
    std::vector<std::vector<TokenChange>> next{};
    std::string weightsHash{};
    bool operator==(const EffectDone&) const = default;
};
struct OptionsDone {
    static constexpr const char* kType = "options";
    std::vector<double> logLikelihoods{};
    std::vector<std::int64_t> tokens{};
    std::string weightsHash{};
    bool operator==(const OptionsDone&) const = default;
};
struct Forgotten {
    static constexpr const char* kType = "forgotten";
    std::string conversation{};
    bool operator==(const Forgotten&) const = default;
};
struct Cancelling {
    static constexpr const char* kType = "cancelling";
    json target{};
    bool found = false;
    bool operator==(const Cancelling&) const = default;
};
struct Bye {
    static constexpr const char* kType = "bye";
    bool operator==(const Bye&) const = default;
};
struct Failure {
    static constexpr const char* kType = "error";
    events::FailedError error{};
    bool operator==(const Failure&) const = default;
};

// NOLINTEND(readability-redundant-member-init)

/// `Unknown` is one of a newer program, kept as it came.
using Answer = std::variant<events::Unknown, Ready, Attached, Adapters, Weights, Token, Done, ColumnsDone, EffectDone,
                            OptionsDone, Forgotten, Cancelling, Bye, Failure>;

/// Deeper JSON is refused: nothing here needs it, and it would use up the stack of whoever walks it.
inline constexpr int kDeepest = 32;
/// Longest text that may be an id.
inline constexpr std::size_t kLongestId = 200;

/// A line as it was understood: whose it is (null when it does not say), and what it asks.
struct ReadRequest {
    json id; ///< a number or a text; null
    Result<Request> request;
};
/// Strict: every field must be known and of its kind, an id must be there except with `quit`. Errors, one sentence each:
/// InvalidArgument.   Cost: memory up to about 20 times the line's.
[[nodiscard]] ReadRequest requestFromLine(std::string_view line);
/// One line, with its line feed.
[[nodiscard]] std::string requestLine(const json& id, const Request& request);

struct ReadAnswer {
    json id;
    Answer answer;
};
/// Lenient, for it may come from another version. Errors: BadFile (not a JSON object with a type).
[[nodiscard]] Result<ReadAnswer> answerFromLine(std::string_view line);
/// One line, with its line feed; always valid UTF-8.
[[nodiscard]] std::string answerLine(const json& id, const Answer& answer);

/// An error as an answer carries it: without control characters, each part shortened to 500 bytes; and back.
[[nodiscard]] Failure failureOf(const Error& error);
[[nodiscard]] Error errorOf(const Failure& failure);

/// MESSAGES.md: every message with its fields, as Markdown.
[[nodiscard]] std::string documentation();

} // namespace lori::wire
