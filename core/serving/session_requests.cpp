// SPDX-License-Identifier: Apache-2.0
// What a session answers: texts, conversations, columns, probes.
#include "core/serving/session.h"

#include "core/evaluation/likelihood.h"
#include "core/serving/effect.h"
#include "core/serving/row_mixes.h"
#include "core/serving/token_loop.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lori::serving {

namespace {

void checkOptions(const generation::GenerateOptions& o)
{
    const auto refuse = [](const std::string& what, const std::string& hint, const char* where) {
        throw Exception(ErrorCode::InvalidArgument, what, hint, where);
    };
    if (o.maxNewTokens < 1) {
        refuse("a text must have at least one new token, is to have " + std::to_string(o.maxNewTokens), "ask for more",
               "maxNewTokens");
    }
    if (!std::isfinite(o.temperature) || o.temperature < 0) {
        refuse("the temperature must be 0 or more, is " + std::to_string(o.temperature), "use 0 for the likeliest tokens",
               "temperature");
    }
    if (!(o.topP > 0 && o.topP <= 1)) {
        refuse("top-p must be above 0 and at most 1, is " + std::to_string(o.topP), "use 1 to leave it out", "topP");
    }
    if (o.topK < 0) {
        refuse("top-k must be 0 or more, is " + std::to_string(o.topK), "use 0 to leave it out", "topK");
    }
}

/// As generation makes room in a cache, in larger steps: a conversation grows.
std::int64_t roomy(std::int64_t tokens)
{
    constexpr std::int64_t kStep = 128;
    return (tokens + kStep - 1) / kStep * kStep;
}

std::size_t commonPrefix(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b)
{
    return static_cast<std::size_t>(
        std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin()).first -
        a.begin());
}

} // namespace

std::vector<std::int32_t> Session::idsOf(const std::string& prompt, PromptForm form) const
{
    return m_tokenizer->encode(form == PromptForm::Chat ? m_chatForm.prompt(prompt).value() : prompt);
}

Session::Room Session::roomFor(const generation::GenerateOptions& options, std::size_t promptTokens) const
{
    checkOptions(options);
    const std::int64_t context = m_base.model->config().contextLength;
    const auto length = static_cast<std::int64_t>(promptTokens);
    if (length < 1 || length >= context) {
        throw Exception(ErrorCode::InvalidArgument,
                        "the prompt has " + std::to_string(length) + " tokens, must have between 1 and " +
                            std::to_string(context - 1) + ": the model's context holds " + std::to_string(context),
                        length < 1 ? "write something" : "shorten it, or begin a new conversation", "prompt");
    }
    Room room{options, options.maxNewTokens > context - length};
    room.options.maxNewTokens = std::min(options.maxNewTokens, context - length);
    room.options.stopIds = m_base.model->config().eosIds;
    return room;
}

Result<Answer> Session::generate(const TextRequest& request, const PieceSink& sink, std::stop_token stop)
{
    const Clock::time_point begun = Clock::now();
    return guard([&] {
        const std::vector<std::int32_t> ids = idsOf(request.prompt, request.form);
        const Room room = roomFor(request.options, ids.size());
        RowMixes mixes({m_active.get()}, stop);
        const model::Decoder decoder(m_active->model(), &mixes);
        model::KeyValueCache cache;
        const ColumnSink only = [&](std::size_t, std::string_view piece) {
            if (sink) {
                sink(piece);
            }
        };
        TokenLoop loop({decoder, mixes, cache, *m_tokenizer, m_byteIds, only}, 1, room.options, room.isCut, begun, stop);
        Answer answer =
            std::move(loop.run([&] {
                              m_folded.prepare(*m_active, stop);
                              return decoder.prefill(model::packRows({ids}, m_base.model->device()),
                                                     static_cast<std::int64_t>(ids.size()) + room.options.maxNewTokens, cache);
                          })
                          .front());
        answer.promptTokens = static_cast<std::int64_t>(ids.size());
        answer.weightsHash = weightsHash();
        return answer;
    });
}

/// Fills `row` with the conversation and gives the residual stream of its last token. On the way in it may hold what was read
/// before.
at::Tensor Session::readConversation(const model::Decoder& decoder, const std::vector<std::int32_t>& ids, std::int64_t newTokens,
                                     ReadRow& row, std::int64_t& reused)
{
    const auto length = static_cast<std::int64_t>(ids.size());
    // The last token runs in any case: its residual stream is what the first new token comes from.
    std::size_t shared = std::min(commonPrefix(row.ids, ids), ids.size() - 1);
    if (decoder.anglesGrowWith(length) || decoder.anglesGrowWith(static_cast<std::int64_t>(row.ids.size()))) {
        shared = 0;
    }
    reused = static_cast<std::int64_t>(shared);
    if (shared == 0) {
        return decoder.prefill(model::packRows({ids}, m_base.model->device()), roomy(length + newTokens), row.cache);
    }
    row.cache.truncate(reused);
    row.cache.reserve(roomy(length + newTokens));
    return decoder.extend({ids.begin() + static_cast<std::ptrdiff_t>(shared), ids.end()}, row.cache);
}

Result<Answer> Session::chat(const ChatRequest& request, const PieceSink& sink, std::stop_token stop)
{
    const Clock::time_point begun = Clock::now();
    return guard([&] {
        if (request.messages.empty()) {
            throw Exception(ErrorCode::InvalidArgument, "the conversation has no turn", "write something", "messages");
        }
        const chat::RenderOptions rendering{true, request.variables, {}};
        const std::vector<std::int32_t> ids = m_tokenizer->encode(m_chatForm.render(request.messages, rendering).value().text);
        const Room room = roomFor(request.options, ids.size());
        const std::string hash = weightsHash();
        RowMixes mixes({m_active.get()}, stop);
        const model::Decoder decoder(m_active->model(), &mixes);
        ReadRow row = m_conversations.take(request.conversation, hash).value_or(ReadRow{});
        const ColumnSink only = [&](std::size_t, std::string_view piece) {
            if (sink) {
                sink(piece);
            }
        };
        TokenLoop loop({decoder, mixes, row.cache, *m_tokenizer, m_byteIds, only}, 1, room.options, room.isCut, begun, stop);
        std::int64_t reused = 0;
        bool isRead = false;
        Answer answer = std::move(loop.run([&] {
                                          m_folded.prepare(*m_active, stop);
                                          at::Tensor x_1D =
                                              readConversation(decoder, ids, room.options.maxNewTokens, row, reused);
                                          isRead = true;
                                          return x_1D;
                                      })
                                      .front());
        answer.promptTokens = static_cast<std::int64_t>(ids.size());
        answer.reusedTokens = reused;
        answer.weightsHash = hash;
        const bool isWhole = isRead && (row.cache.ids.empty() || answer.end != AnswerEnd::Cancelled); // rows that run again
        if (isWhole && !request.conversation.empty()) {
            row.ids = ids;
            row.ids.insert(row.ids.end(), answer.ids.begin(), answer.ids.end());
            row.ids.resize(static_cast<std::size_t>(row.cache.lengths.front()));
            m_conversations.put(request.conversation, hash, std::move(row));
        }
        return answer;
    });
}

void Session::writeColumns(const std::vector<std::int32_t>& ids, const std::vector<std::size_t>& columns,
                           const std::vector<std::unique_ptr<ServedMix>>& mixes, const Room& room, const ColumnSink& sink,
                           const std::stop_token& stop, std::vector<Answer>& answers)
{
    const Clock::time_point begun = Clock::now();
    std::vector<const ServedMix*> rows;
    for (const std::size_t column : columns) {
        rows.push_back(mixes[column].get());
    }
    RowMixes rowMixes(rows, stop);
    rowMixes.setTokens(std::vector<std::int64_t>(columns.size(), static_cast<std::int64_t>(ids.size())));
    const model::Decoder decoder(rows.front()->model(), &rowMixes);
    model::KeyValueCache cache;
    const ColumnSink placed = [&](std::size_t row, std::string_view piece) {
        if (sink) {
            sink(columns[row], piece);
        }
    };
    TokenLoop loop({decoder, rowMixes, cache, *m_tokenizer, m_byteIds, placed}, columns.size(), room.options, room.isCut, begun,
                   stop);
    std::vector<Answer> written = loop.run([&] {
        for (const std::size_t column : columns) {
            mixes[column]->prepareMethod();
        }
        const std::vector<std::vector<std::int32_t>> prompts(columns.size(), ids);
        return decoder.prefill(model::packRows(prompts, m_base.model->device()),
                               static_cast<std::int64_t>(ids.size()) + room.options.maxNewTokens, cache);
    });
    for (std::size_t row = 0; row < columns.size(); ++row) {
        answers[columns[row]] = std::move(written[row]);
        answers[columns[row]].promptTokens = static_cast<std::int64_t>(ids.size());
        answers[columns[row]].weightsHash = rows[row]->weightsHash();
    }
}

Result<std::vector<Answer>> Session::columns(const TextRequest& request, const std::vector<Mix>& mixes, const ColumnSink& sink,
                                             std::stop_token stop)
{
    return guard([&] {
        if (mixes.empty()) {
            throw Exception(ErrorCode::InvalidArgument, "no mix is named for a column",
                            "name at least one; an empty one is the base model alone", "columns");
        }
        const std::vector<std::int32_t> ids = idsOf(request.prompt, request.form);
        const Room room = roomFor(request.options, ids.size());
        std::vector<std::unique_ptr<ServedMix>> made;
        std::vector<std::vector<std::size_t>> groups; // columns of one model each, in order of their first
        for (const Mix& mix : mixes) {
            made.push_back(this->made(mix, m_sitesOff));
            const auto group = std::find_if(groups.begin(), groups.end(), [&](const std::vector<std::size_t>& columns) {
                return made[columns.front()]->model() == made.back()->model();
            });
            if (group == groups.end()) {
                groups.push_back({made.size() - 1});
            } else {
                group->push_back(made.size() - 1);
            }
        }
        std::vector<Answer> answers(mixes.size());
        for (const std::vector<std::size_t>& group : groups) {
            writeColumns(ids, group, made, room, sink, stop, answers);
        }
        return answers;
    });
}

Result<Effect> Session::effect(const EffectRequest& request, std::stop_token stop)
{
    return guard([&] {
        if (request.probes.empty() || request.most < 0) {
            throw Exception(ErrorCode::InvalidArgument,
                            request.probes.empty() ? "there is no probe to measure on"
                                                   : "the number of changed tokens to list must not be negative",
                            request.probes.empty() ? "name at least one text" : "use 0 for none", "probes");
        }
        const std::int64_t context = m_base.model->config().contextLength;
        std::vector<std::vector<std::int32_t>> probes;
        for (const std::string& probe : request.probes) {
            probes.push_back(idsOf(probe, request.form));
            const auto length = static_cast<std::int64_t>(probes.back().size());
            if (length < 2 || length > context) {
                throw Exception(ErrorCode::InvalidArgument,
                                "probe " + std::to_string(probes.size()) + " has " + std::to_string(length) +
                                    " tokens, must have between 2 and " + std::to_string(context),
                                "use another text", "probes");
            }
        }
        m_folded.prepare(*m_active, stop);
        const std::unique_ptr<ServedMix> nothing = made({}, {});
        RowMixes baseRows({nothing.get()}, stop);
        RowMixes activeRows({m_active.get()}, stop);
        Effect effect = measureEffect(model::Decoder(m_base.model, &baseRows), model::Decoder(m_active->model(), &activeRows),
                                      *m_tokenizer, probes, request.most);
        effect.weightsHash = weightsHash();
        return effect;
    });
}

Result<OptionScores> Session::optionLogLikelihoods(const std::string& prompt, const std::vector<std::string>& options,
                                                   PromptForm form, std::stop_token stop)
{
    return guard([&] {
        if (options.empty()) {
            throw Exception(ErrorCode::InvalidArgument, "there is no option to weigh", "name at least one", "options");
        }
        evaluation::ChoicePrompt choice{idsOf(prompt, form), {}};
        OptionScores scores;
        for (const std::string& option : options) {
            choice.answers.push_back(m_tokenizer->encode(option));
            scores.tokens.push_back(static_cast<std::int64_t>(choice.answers.back().size()));
        }
        m_folded.prepare(*m_active, stop);
        RowMixes rows({m_active.get()}, stop);
        const model::Decoder decoder(m_active->model(), &rows);
        scores.logLikelihoods = std::move(evaluation::answerLogProbabilities(decoder, {choice}, 1).front());
        scores.weightsHash = weightsHash();
        return scores;
    });
}

} // namespace lori::serving
