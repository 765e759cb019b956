// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/chat_form.h"
#include "core/model/base_model.h"
#include "core/model/decoder.h"
#include "core/serving/conversations.h"
#include "core/serving/folded_shelf.h"
#include "core/serving/requests.h"
#include "core/serving/served_mix.h"
#include "core/serving/text_stream.h"
#include "core/support/result.h"
#include "core/tokenizer/tokenizer.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace lori::serving {

/// A loaded base that answers: adapters attached by handle, mixed and switched in microseconds, texts streamed, conversations
/// whose cache is kept. One request at a time, all in one thread; only a stop token is touched by others. A request that is
/// refused or fails says so in one sentence and changes nothing: the next one is answered.
///
///     auto session = Session::create(base).value();
///     const AdapterHandle safety = session->attach("runs/…/adapter/0-lori-d").value().handle;
///     session->setMix({{safety, 0.7}}).value();
///     session->chat({"first", {{"user", "Hello"}}}, [](std::string_view piece) { std::cout << piece; }).value();
///
/// With f32 weights texts are the bits of `lori generate`: the active mix is folded into a copy of W, by prepare() or by the
/// first request that needs it (about 0.1 s for 135M parameters on two cores), and stays folded for as long as limits allow.
class Session final {
public:
    /// Errors: those of Tokenizer::fromJson.   Cost: one pass over the weights, for their hash.
    [[nodiscard]] static Result<std::unique_ptr<Session>> create(std::shared_ptr<const model::BaseModel> base,
                                                                 const SessionLimits& limits = {});

    /// Whatever was trained and lies in a folder: LoRA, LoRI, DoRA, IA3, a fully fine-tuned model. It acts once a mix names it.
    /// Errors: NotFound, BadFile (NaN among others), Mismatch (another base, shapes), Unsupported (trained embeddings …).
    [[nodiscard]] Result<AdapterInfo> attach(const std::filesystem::path& folder);
    /// The newest checkpoint of a run, paused, stopped or working, as an adapter. The run's folder is only read. A later
    /// checkpoint is another attach(). Errors: NotFound (no run, no checkpoint yet), BadFile, Mismatch.
    [[nodiscard]] Result<AdapterInfo> attachCheckpoint(const std::filesystem::path& runFolder);
    /// Gives an adapter's memory back; one that is part of the active mix leaves it. Errors: NotFound.
    [[nodiscard]] Result<void> detach(AdapterHandle handle);
    /// All attached ones, by handle.
    [[nodiscard]] std::vector<AdapterInfo> adapters() const;

    /// What acts from now on; at first the base alone. Takes microseconds: see prepare(). DoRA, IA3 and full fine-tuning act
    /// alone and with weight 1. Errors: NotFound (handle), InvalidArgument (weight not finite, a handle twice), Unsupported.
    [[nodiscard]] Result<void> setMix(const Mix& mix);
    [[nodiscard]] const Mix& mix() const { return m_mix; }
    /// The sites where nothing acts but the base, from now on and whatever the mix. Errors: InvalidArgument (no such layer),
    /// Unsupported (fully fine-tuned model).
    [[nodiscard]] Result<void> setSitesOff(const std::vector<model::Site>& sites);
    [[nodiscard]] const std::vector<model::Site>& sitesOff() const { return m_sitesOff; }
    /// 64 hex digits over the weights that act now: base, adapters by content, weights, sites off. Equal for equal mixes,
    /// whatever their handles and order.
    [[nodiscard]] std::string weightsHash() const { return m_active->weightsHash(); }
    /// Folds the active mix now, so that the next request need not: for moments when nobody waits. Errors: Stopped, OutOfMemory.
    [[nodiscard]] Result<void> prepare(std::stop_token stop = {});

    /// Continues a prompt with the active mix. Errors: InvalidArgument (empty or too long prompt, options), NotFound (no chat
    /// template), and what `sink` throws.
    [[nodiscard]] Result<Answer> generate(const TextRequest& request, const PieceSink& sink = {}, std::stop_token stop = {});
    /// Answers a conversation with the active mix. Tokens that the conversation's cache holds from an earlier turn with the same
    /// weights are not read again: what is left is equal up to rounding. Errors: as generate(), and those of ChatForm::render.
    [[nodiscard]] Result<Answer> chat(const ChatRequest& request, const PieceSink& sink = {}, std::stop_token stop = {});
    /// Gives the conversation's caches back.
    void forgetConversation(const std::string& conversation) { m_conversations.forget(conversation); }
    [[nodiscard]] const Conversations& conversations() const { return m_conversations; }

    /// The same prompt by several mixes at once (sites off included), each with the same random numbers. Columns share every
    /// product with W; they are not folded, so that a column is equal to generate() with its mix up to rounding. Fully
    /// fine-tuned models follow one by one. Errors: as setMix() and generate(); InvalidArgument without a mix.
    [[nodiscard]] Result<std::vector<Answer>> columns(const TextRequest& request, const std::vector<Mix>& mixes,
                                                      const ColumnSink& sink = {}, std::stop_token stop = {});

    /// How far the active mix moves the model on some texts. Errors: InvalidArgument (no probe, one of fewer than two tokens or
    /// too long), NotFound (no chat template), Stopped.
    [[nodiscard]] Result<Effect> effect(const EffectRequest& request, std::stop_token stop = {});
    /// Σ log p of each option behind the prompt, as core/evaluation compares them. Errors: InvalidArgument (empty prompt or
    /// option, no option, too long), NotFound (no chat template), Stopped.
    [[nodiscard]] Result<OptionScores> optionLogLikelihoods(const std::string& prompt, const std::vector<std::string>& options,
                                                            PromptForm form = PromptForm::Plain, std::stop_token stop = {});

    [[nodiscard]] const model::BaseModel& base() const { return *m_base.model; }
    [[nodiscard]] const tokenizer::Tokenizer& tokenizer() const { return *m_tokenizer; }

private:
    using Clock = std::chrono::steady_clock;
    /// Options of one text, with the room that the context leaves.
    struct Room {
        generation::GenerateOptions options;
        bool isCut = false;
    };

    Session(std::shared_ptr<const model::BaseModel> base, std::unique_ptr<tokenizer::Tokenizer> tokenizer,
            const SessionLimits& limits);
    AdapterInfo shelve(std::shared_ptr<ShelvedAdapter> adapter);
    [[nodiscard]] std::unique_ptr<ServedMix> made(const Mix& mix, const std::vector<model::Site>& sitesOff) const;
    [[nodiscard]] std::vector<std::int32_t> idsOf(const std::string& prompt, PromptForm form) const;
    [[nodiscard]] Room roomFor(const generation::GenerateOptions& options, std::size_t promptTokens) const;
    [[nodiscard]] at::Tensor readConversation(const model::Decoder& decoder, const std::vector<std::int32_t>& ids,
                                              std::int64_t newTokens, ReadRow& row, std::int64_t& reused);
    void writeColumns(const std::vector<std::int32_t>& ids, const std::vector<std::size_t>& columns,
                      const std::vector<std::unique_ptr<ServedMix>>& mixes, const Room& room, const ColumnSink& sink,
                      const std::stop_token& stop, std::vector<Answer>& answers);

    ServedBase m_base;
    std::unique_ptr<tokenizer::Tokenizer> m_tokenizer;
    ByteIds m_byteIds;
    chat::ChatForm m_chatForm;
    FoldedShelf m_folded;
    Conversations m_conversations;
    std::map<AdapterHandle, std::shared_ptr<ShelvedAdapter>> m_adapters;
    AdapterHandle m_lastHandle = 0;
    Mix m_mix;
    std::vector<model::Site> m_sitesOff;
    std::unique_ptr<ServedMix> m_active;
};

} // namespace lori::serving
