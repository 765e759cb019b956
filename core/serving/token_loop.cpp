// SPDX-License-Identifier: Apache-2.0
#include "core/serving/token_loop.h"

#include "core/generation/sampler.h"

#include <ATen/Functions.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace lori::serving {

namespace {

/// Weights of a mix may be any number, and nothing can be drawn from NaN.
void requireFinite(const float* logits, std::int64_t count)
{
    bool isFinite = true;
    for (std::int64_t i = 0; i < count; ++i) {
        isFinite = isFinite && std::isfinite(logits[i]);
    }
    if (!isFinite) {
        throw Exception(ErrorCode::NonFinite, "the model's numbers became infinite", "use smaller weights in the mix", "mix");
    }
}

} // namespace

TokenLoop::TokenLoop(LoopParts parts, std::size_t rows, generation::GenerateOptions options, bool isCut,
                     std::chrono::steady_clock::time_point begun, std::stop_token stop)
    : m_parts(parts), m_options(std::move(options)), m_isCut(isCut), m_begun(begun), m_stop(std::move(stop))
{
    for (std::size_t row = 0; row < rows; ++row) {
        m_rows.push_back({generation::promptStream(m_options.seed, 0), TextStream(parts.tokenizer, parts.byteIds), {}});
        m_live.push_back(row);
    }
}

double TokenLoop::secondsSinceBegin() const
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begun).count();
}

void TokenLoop::show(std::size_t row, const std::string& piece)
{
    if (piece.empty()) {
        return;
    }
    m_rows[row].answer.text += piece;
    if (m_parts.sink) {
        m_parts.sink(row, piece);
    }
}

std::vector<Answer> TokenLoop::run(const std::function<at::Tensor()>& readPrompts)
{
    try {
        write(readPrompts);
    } catch (const Exception& exception) {
        if (exception.error().code != ErrorCode::Stopped) {
            throw;
        }
        for (const std::size_t row : m_live) {
            m_rows[row].answer.end = AnswerEnd::Cancelled;
        }
    }
    std::vector<Answer> answers;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        show(row, m_rows[row].text.finish());
        if (m_rows[row].answer.seconds == 0) {
            m_rows[row].answer.seconds = secondsSinceBegin();
        }
        answers.push_back(std::move(m_rows[row].answer));
    }
    return answers;
}

void TokenLoop::write(const std::function<at::Tensor()>& readPrompts)
{
    at::Tensor x_BD = readPrompts();
    for (std::int64_t step = 1;; ++step) {
        takeTokens(x_BD, step >= m_options.maxNewTokens);
        if (m_live.empty()) {
            return;
        }
        if (m_stop.stop_requested()) {
            throw Exception(ErrorCode::Stopped, "the request was cancelled");
        }
        m_parts.mixes.setTokens(std::vector<std::int64_t>(m_live.size(), 1));
        x_BD = m_parts.decoder.step(at::tensor(m_next, at::kLong).to(x_BD.device()), m_parts.cache);
    }
}

/// Chooses each row's next token; rows that end leave the batch.
void TokenLoop::takeTokens(const at::Tensor& x_BD, bool isLast)
{
    const at::Tensor logits_BV = m_parts.decoder.logits(x_BD).to(at::kCPU, at::kFloat).contiguous();
    const std::int64_t vocabulary = logits_BV.size(1);
    const std::vector<std::int64_t>& stopIds = m_options.stopIds;
    std::vector<std::int64_t> staying;
    std::vector<std::size_t> live;
    m_next.clear();
    for (std::size_t line = 0; line < m_live.size(); ++line) {
        Row& row = m_rows[m_live[line]];
        const float* logits = logits_BV.const_data_ptr<float>() + static_cast<std::int64_t>(line) * vocabulary;
        requireFinite(logits, vocabulary);
        const std::int64_t id = generation::sampleToken(logits, vocabulary, m_options, row.random);
        const bool isEnd = std::find(stopIds.begin(), stopIds.end(), id) != stopIds.end();
        if (row.answer.ids.empty()) {
            row.answer.secondsToFirstToken = secondsSinceBegin();
        }
        if (!isEnd) {
            row.answer.ids.push_back(static_cast<std::int32_t>(id));
            show(m_live[line], row.text.push(static_cast<std::int32_t>(id)));
        }
        if (isEnd || isLast) {
            row.answer.end = isEnd ? AnswerEnd::Ended : m_isCut ? AnswerEnd::ContextFull : AnswerEnd::Length;
            row.answer.seconds = secondsSinceBegin();
            continue;
        }
        m_next.push_back(id);
        staying.push_back(static_cast<std::int64_t>(line));
        live.push_back(m_live[line]);
    }
    if (!live.empty() && live.size() < m_live.size()) {
        m_parts.cache.keepRows(staying);
        m_parts.mixes.keepRows(staying);
    }
    m_live = std::move(live);
}

} // namespace lori::serving
