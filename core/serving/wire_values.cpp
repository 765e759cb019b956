// SPDX-License-Identifier: Apache-2.0
#include "core/serving/wire_values.h"

#include <utility>

namespace lori::serving {

namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& hint, const std::string& where)
{
    throw Exception(ErrorCode::InvalidArgument, what, hint, where);
}

generation::GenerateOptions optionsOf(const wire::TextOptions& o)
{
    if (o.seed < 0) {
        refuse("a seed must be 0 or more, is " + std::to_string(o.seed), "use another one", "options.seed");
    }
    generation::GenerateOptions options;
    options.maxNewTokens = o.maxNewTokens;
    options.temperature = o.greedy ? 0 : o.temperature;
    options.topP = o.topP;
    options.topK = o.topK;
    options.seed = static_cast<std::uint64_t>(o.seed);
    return options;
}

const char* nameOf(AnswerEnd end)
{
    switch (end) {
    case AnswerEnd::Ended:
        return "ended";
    case AnswerEnd::Length:
        return "length";
    case AnswerEnd::ContextFull:
        return "context_full";
    case AnswerEnd::Cancelled:
        break;
    }
    return "cancelled";
}

std::vector<wire::TokenChange> changesOnWire(const std::vector<TokenChange>& changes)
{
    std::vector<wire::TokenChange> list;
    for (const TokenChange& c : changes) {
        list.push_back({static_cast<std::int64_t>(c.probe), c.position, c.id, c.token, c.base, c.active});
    }
    return list;
}

} // namespace

Mix mixOf(const std::vector<wire::MixPart>& parts)
{
    Mix mix;
    for (const wire::MixPart& part : parts) {
        mix.push_back({part.handle, part.weight});
    }
    return mix;
}

std::vector<model::Site> sitesOf(const std::vector<wire::SitePlace>& places)
{
    std::vector<model::Site> sites;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto projection = projectionFromName(places[i].projection);
        if (!projection) {
            refuse("there is no projection '" + places[i].projection + "'",
                   "use q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj or down_proj",
                   "off[" + std::to_string(i) + "].projection");
        }
        sites.push_back({places[i].layer, *projection});
    }
    return sites;
}

PromptForm promptFormOf(const std::string& form)
{
    if (form != "plain" && form != "chat") {
        refuse("a form must be plain or chat, is '" + form + "'", "use one of these", "form");
    }
    return form == "chat" ? PromptForm::Chat : PromptForm::Plain;
}

TextRequest textRequestOf(const std::string& prompt, const std::string& form, const wire::TextOptions& options)
{
    return {prompt, promptFormOf(form), optionsOf(options)};
}

ChatRequest chatRequestOf(const wire::Chat& chat)
{
    if (!chat.variables.is_object()) {
        refuse("the template's variables must be an object {…}", R"(write, for example, {"enable_thinking": false})",
               "variables");
    }
    ChatRequest request{chat.conversation, {}, nlohmann::ordered_json::parse(chat.variables.dump()), optionsOf(chat.options)};
    for (std::size_t i = 0; i < chat.messages.size(); ++i) {
        if (chat.messages[i].role.empty()) {
            refuse("a message needs a role", "use system, user or assistant", "messages[" + std::to_string(i) + "].role");
        }
        request.messages.push_back({chat.messages[i].role, chat.messages[i].content});
    }
    return request;
}

std::vector<wire::MixPart> onWire(const Mix& mix)
{
    std::vector<wire::MixPart> parts;
    for (const MixPart& part : mix) {
        parts.push_back({part.handle, part.weight});
    }
    return parts;
}

std::vector<wire::SitePlace> onWire(const std::vector<model::Site>& sites)
{
    std::vector<wire::SitePlace> places;
    for (const model::Site& site : sites) {
        places.push_back({site.layer, std::string(projectionName(site.projection))});
    }
    return places;
}

wire::Adapter onWire(const AdapterInfo& info)
{
    return {info.handle, info.kind,          info.path.string(), info.stage, info.step,
            info.rank,   onWire(info.sites), info.contentHash,   info.mixes};
}

std::vector<wire::Adapter> onWire(const std::vector<AdapterInfo>& infos)
{
    std::vector<wire::Adapter> adapters;
    for (const AdapterInfo& info : infos) {
        adapters.push_back(onWire(info));
    }
    return adapters;
}

wire::Done onWire(const Answer& a)
{
    const double writing = a.seconds - a.secondsToFirstToken;
    const double tokensPerSecond = a.ids.size() > 1 && writing > 0 ? static_cast<double>(a.ids.size() - 1) / writing : 0;
    return {a.text,    {a.ids.begin(), a.ids.end()}, nameOf(a.end),   a.promptTokens, a.reusedTokens,
            a.seconds, a.secondsToFirstToken,        tokensPerSecond, a.weightsHash};
}

wire::EffectDone onWire(const Effect& effect)
{
    wire::EffectDone done{effect.meanAbsoluteChange, effect.tokens, changesOnWire(effect.mostChanged), {}, effect.weightsHash};
    for (const auto& list : effect.next) {
        done.next.push_back(changesOnWire(list));
    }
    return done;
}

} // namespace lori::serving
