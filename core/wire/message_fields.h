// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event_fields.h"
#include "core/wire/messages.h"

// The fields of every message: name, place and meaning, once. `M` is the message or its const form.
namespace lori::wire {

using events::Is;

template <typename Visitor, Is<MixPart> M>
void visitFields(Visitor& visit, M& m)
{
    visit("handle", m.handle, "of an attached adapter");
    visit("weight", m.weight, "by which its change of the weights is multiplied; finite");
}

template <typename Visitor, Is<SitePlace> M>
void visitFields(Visitor& visit, M& m)
{
    visit("layer", m.layer, "from 0");
    visit("projection", m.projection, "q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj or down_proj");
}

template <typename Visitor, Is<TextOptions> M>
void visitFields(Visitor& visit, M& m)
{
    visit("maxNewTokens", m.maxNewTokens, "at most, from 1; 128 when left out");
    visit("temperature", m.temperature, "0 for the likeliest token; 0.7 when left out");
    visit("topP", m.topP, "nucleus, above 0 to 1; 0.9 when left out");
    visit("topK", m.topK, "how many of the likeliest are drawn from; 0, when left out, for all");
    visit("seed", m.seed, "of the random numbers, 0 or more; 0 when left out");
    visit("greedy", m.greedy, "always the likeliest token, whatever the temperature");
}

template <typename Visitor, Is<Turn> M>
void visitFields(Visitor& visit, M& m)
{
    visit("role", m.role, "system, user or assistant");
    visit("content", m.content, "what was said");
}

template <typename Visitor, Is<Attach> M>
void visitFields(Visitor& visit, M& m)
{
    visit("folder", m.folder, "of an adapter; either this or a run");
    visit("run", m.run, "id or folder of a run, paused, stopped or working: its newest checkpoint is read");
}

template <typename Visitor, Is<Detach> M>
void visitFields(Visitor& visit, M& m)
{
    visit("handle", m.handle, "of the adapter to be given back; it leaves the mix");
}

template <typename Visitor, Is<SetMix> M>
void visitFields(Visitor& visit, M& m)
{
    visit("mix", m.mix, "what acts from now on; an empty list is the base model alone");
}

template <typename Visitor, Is<SetSites> M>
void visitFields(Visitor& visit, M& m)
{
    visit("off", m.off, "where no adapter acts from now on; an empty list switches all on");
}

template <typename Visitor, Is<ListAdapters> M>
void visitFields(Visitor& /*visit*/, M& /*m*/)
{
}

template <typename Visitor, Is<Generate> M>
void visitFields(Visitor& visit, M& m)
{
    visit("prompt", m.prompt, "to be continued");
    visit("form", m.form, "plain: as it is; chat: as a user's turn in the model's template. plain when left out");
    visit("options", m.options, "how the text is drawn");
}

template <typename Visitor, Is<Chat> M>
void visitFields(Visitor& visit, M& m)
{
    visit("conversation", m.conversation, "name under which what was read is kept for the next turn; empty keeps nothing");
    visit("messages", m.messages, "the whole conversation, its last turn to be answered");
    visit("variables", m.variables, "an object: what the template may read besides, such as enable_thinking");
    visit("options", m.options, "how the text is drawn");
}

template <typename Visitor, Is<Columns> M>
void visitFields(Visitor& visit, M& m)
{
    visit("prompt", m.prompt, "to be continued by each mix");
    visit("form", m.form, "plain: as it is; chat: as a user's turn in the model's template. plain when left out");
    visit("mixes", m.mixes, "one for each column; an empty one is the base model alone");
    visit("options", m.options, "how the texts are drawn, each with the same random numbers");
}

template <typename Visitor, Is<MeasureEffect> M>
void visitFields(Visitor& visit, M& m)
{
    visit("probes", m.probes, "texts of at least two tokens");
    visit("form", m.form, "plain or chat, as for generate; chat when left out");
    visit("most", m.most, "changed tokens to list, 0 or more; 10 when left out");
}

template <typename Visitor, Is<WeighOptions> M>
void visitFields(Visitor& visit, M& m)
{
    visit("prompt", m.prompt, "what the choices follow");
    visit("choices", m.choices, "texts to weigh, as they stand behind the prompt");
    visit("form", m.form, "plain or chat, as for generate; plain when left out");
}

template <typename Visitor, Is<AskHash> M>
void visitFields(Visitor& /*visit*/, M& /*m*/)
{
}

template <typename Visitor, Is<Forget> M>
void visitFields(Visitor& visit, M& m)
{
    visit("conversation", m.conversation, "whose memory is given back");
}

template <typename Visitor, Is<Cancel> M>
void visitFields(Visitor& visit, M& m)
{
    visit("target", m.target, "the id, a number or a text, of the request to stop, running or waiting");
}

template <typename Visitor, Is<Quit> M>
void visitFields(Visitor& /*visit*/, M& /*m*/)
{
}

template <typename Visitor, Is<Adapter> M>
void visitFields(Visitor& visit, M& m)
{
    visit("handle", m.handle, "its number from now on, from 1, never given twice");
    visit("kind", m.kind, "lori-d, lori-s, lora, dora, ia3, full …");
    visit("path", m.path, "folder of the adapter, or of the run");
    visit("stage", m.stage, "of a run's checkpoint; -1 for an adapter folder");
    visit("step", m.step, "steps of that stage that are done; -1 for an adapter folder");
    visit("rank", m.rank, "the largest of its sites; 0 without one");
    visit("sites", m.sites, "where it sits");
    visit("contentHash", m.contentHash, "of its values, 64 hex digits: equal for equal adapters");
    visit("mixes", m.mixes, "acts beside others and with any weight; else alone, with weight 1");
}

template <typename Visitor, Is<Ready> M>
void visitFields(Visitor& visit, M& m)
{
    visit("program", m.program, "program and version");
    visit("model", m.model, "as it was named");
    visit("fingerprint", m.fingerprint, "of the base model's files");
    visit("contextLength", m.contextLength, "tokens that prompt and answer may have together");
    visit("layers", m.layers, "of the model");
    visit("pid", m.pid, "of the process");
    visit("device", m.device, "cpu, or cuda:0");
    visit("weights", m.weights, "how matrices are held: f32, bf16 or f16");
    visit("adapters", m.adapters, "those attached at the start");
    visit("mix", m.mix, "what acts at the start");
    visit("weightsHash", m.weightsHash, "of the weights that act, 64 hex digits: equal for equal mixes");
}

template <typename Visitor, Is<Attached> M>
void visitFields(Visitor& visit, M& m)
{
    visit("adapter", m.adapter, "what was attached; it acts once a mix names it");
}

template <typename Visitor, Is<Adapters> M>
void visitFields(Visitor& visit, M& m)
{
    visit("adapters", m.adapters, "all attached ones, by handle");
}

template <typename Visitor, Is<Weights> M>
void visitFields(Visitor& visit, M& m)
{
    visit("mix", m.mix, "what acts now");
    visit("sitesOff", m.sitesOff, "where nothing does");
    visit("weightsHash", m.weightsHash, "of the weights that act, 64 hex digits: equal for equal mixes");
}

template <typename Visitor, Is<Token> M>
void visitFields(Visitor& visit, M& m)
{
    visit("column", m.column, "which of several texts grows; else 0");
    visit("piece", m.piece, "what is new: whole characters, never empty");
}

template <typename Visitor, Is<Done> M>
void visitFields(Visitor& visit, M& m)
{
    visit("text", m.text, "all pieces together");
    visit("ids", m.ids, "of the new tokens, without the one that ended it");
    visit("end", m.end, "ended: by the model; length: maxNewTokens came first; context_full; cancelled");
    visit("promptTokens", m.promptTokens, "tokens of the prompt");
    visit("reusedTokens", m.reusedTokens, "of them, those read in an earlier turn");
    visit("seconds", m.seconds, "from the beginning of the work to its end");
    visit("secondsToFirstToken", m.secondsToFirstToken, "from the beginning of the work; 0 without a token");
    visit("tokensPerSecond", m.tokensPerSecond, "after the first one; 0 with fewer than two");
    visit("weightsHash", m.weightsHash, "of the weights that wrote it; empty when it was cancelled before it began");
}

template <typename Visitor, Is<ColumnsDone> M>
void visitFields(Visitor& visit, M& m)
{
    visit("columns", m.columns, "the text of each mix, in order");
}

template <typename Visitor, Is<TokenChange> M>
void visitFields(Visitor& visit, M& m)
{
    visit("probe", m.probe, "which, from 0");
    visit("position", m.position, "in the probe's tokens; its length for the token after it");
    visit("tokenId", m.tokenId, "number of the token");
    visit("token", m.token, "as text");
    visit("base", m.base, "log p under the base model");
    visit("active", m.active, "log p under the weights that act");
}

template <typename Visitor, Is<EffectDone> M>
void visitFields(Visitor& visit, M& m)
{
    visit("meanAbsoluteChange", m.meanAbsoluteChange, "of log p(token) over every token of the probes but their first ones");
    visit("tokens", m.tokens, "how many that are");
    visit("mostChanged", m.mostChanged, "of these, largest change first");
    visit("next", m.next, "for each probe: of the ten likeliest tokens after it under either, the most changed");
    visit("weightsHash", m.weightsHash, "of the weights that were measured");
}

template <typename Visitor, Is<OptionsDone> M>
void visitFields(Visitor& visit, M& m)
{
    visit("logLikelihoods", m.logLikelihoods, "sum of log p of each choice's tokens");
    visit("tokens", m.tokens, "of each choice");
    visit("weightsHash", m.weightsHash, "of the weights that weighed");
}

template <typename Visitor, Is<Forgotten> M>
void visitFields(Visitor& visit, M& m)
{
    visit("conversation", m.conversation, "whose memory was given back");
}

template <typename Visitor, Is<Cancelling> M>
void visitFields(Visitor& visit, M& m)
{
    visit("target", m.target, "as it was asked");
    visit("found", m.found, "false when it was answered already, or never asked");
}

template <typename Visitor, Is<Bye> M>
void visitFields(Visitor& /*visit*/, M& /*m*/)
{
}

template <typename Visitor, Is<Failure> M>
void visitFields(Visitor& visit, M& m)
{
    visit("error", m.error, "the sentence in its parts");
}

} // namespace lori::wire
