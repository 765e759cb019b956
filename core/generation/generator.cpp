// SPDX-License-Identifier: Apache-2.0
#include "core/generation/generator.h"

#include "core/generation/sampler.h"

#include <ATen/Functions.h>

#include <algorithm>
#include <numeric>

namespace lori::generation {

namespace {

/// One batch while it generates: which prompt sits in which row of the cache.
struct LiveBatch {
    std::vector<std::size_t> prompts;
    model::KeyValueCache cache;
    at::Tensor next_B; ///< ids to feed next
};

class Generation final {
public:
    Generation(const model::Decoder& decoder, const std::vector<std::vector<std::int32_t>>& prompts,
               const GenerateOptions& options, const GenerateProgress& progress)
        : m_decoder(decoder), m_prompts(prompts), m_options(options), m_progress(progress), m_results(prompts.size())
    {
        for (std::size_t i = 0; i < prompts.size(); ++i) {
            m_streams.push_back(promptStream(options.seed, i));
        }
    }

    std::vector<Generated> run()
    {
        requireRoom(m_decoder, m_prompts, m_options.maxNewTokens);
        // Prompts of like length share a batch, so that rows end at about the same time.
        std::vector<std::size_t> order(m_prompts.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return m_prompts[a].size() < m_prompts[b].size(); });
        for (std::size_t begin = 0; begin < order.size();) {
            const std::size_t end = endOfBatch(order, begin);
            runBatch({order.begin() + static_cast<std::ptrdiff_t>(begin), order.begin() + static_cast<std::ptrdiff_t>(end)});
            begin = end;
        }
        return std::move(m_results);
    }

private:
    /// Batches of the rows asked for. On a processor, which is busy with some twenty rows, a batch has at most that many when its
    /// prompts are long: nobody can pause or stop within the pass over them.
    [[nodiscard]] std::size_t endOfBatch(const std::vector<std::size_t>& order, std::size_t begin) const
    {
        constexpr std::size_t kPassTokens = 2048;
        constexpr std::size_t kBusyRows = 20;
        const auto most = static_cast<std::size_t>(std::max<std::int64_t>(1, m_options.batchRows));
        std::size_t end = begin;
        std::size_t tokens = 0;
        while (end < order.size() && end - begin < most) {
            tokens += m_prompts[order[end]].size();
            if (m_decoder.model().device().is_cpu() && tokens > kPassTokens && end - begin >= kBusyRows) {
                break;
            }
            ++end;
        }
        return end;
    }

    void runBatch(std::vector<std::size_t> prompts)
    {
        std::vector<std::vector<std::int32_t>> rows;
        std::size_t longest = 0;
        for (const std::size_t p : prompts) {
            rows.push_back(m_prompts[p]);
            longest = std::max(longest, rows.back().size());
        }
        LiveBatch live;
        live.prompts = std::move(prompts);
        const auto capacity = static_cast<std::int64_t>(longest) + m_options.maxNewTokens;
        at::Tensor x_BD = m_decoder.prefill(model::packRows(rows, m_decoder.model().device()), capacity, live.cache);
        for (std::int64_t step = 0; step < m_options.maxNewTokens; ++step) {
            takeTokens(live, x_BD, step);
            if (live.prompts.empty()) {
                return;
            }
            x_BD = m_decoder.step(live.next_B, live.cache);
        }
    }

    /// Chooses each row's next token, then drops the rows that ended from the batch.
    void takeTokens(LiveBatch& live, const at::Tensor& x_BD, std::int64_t step)
    {
        const bool last = step + 1 == m_options.maxNewTokens;
        const at::Tensor logits_BV = m_decoder.logits(x_BD).to(at::kCPU, at::kFloat).contiguous();
        const std::int64_t vocabulary = logits_BV.size(1);
        std::vector<std::int64_t> next;
        std::vector<std::int64_t> staying;
        std::vector<std::size_t> prompts;
        for (std::size_t b = 0; b < live.prompts.size(); ++b) {
            const std::size_t p = live.prompts[b];
            const std::int64_t id = sampleToken(logits_BV.const_data_ptr<float>() + static_cast<std::int64_t>(b) * vocabulary,
                                                vocabulary, m_options, m_streams[p]);
            const bool stop = std::find(m_options.stopIds.begin(), m_options.stopIds.end(), id) != m_options.stopIds.end();
            m_results[p].ended = stop;
            if (!stop) {
                m_results[p].ids.push_back(static_cast<std::int32_t>(id));
            }
            if (stop || last) {
                ++m_done;
                continue;
            }
            next.push_back(id);
            staying.push_back(static_cast<std::int64_t>(b));
            prompts.push_back(p);
        }
        const auto begun = static_cast<std::int64_t>(prompts.size()) * (step + 1) / m_options.maxNewTokens; // in whole answers
        if (m_progress && !m_progress(m_done + begun, static_cast<std::int64_t>(m_prompts.size()))) {
            throw Exception(ErrorCode::Stopped, "generation was cancelled");
        }
        if (!staying.empty()) {
            live.cache.keepRows(staying);
        }
        live.prompts = std::move(prompts);
        live.next_B = at::tensor(next, at::kLong).to(x_BD.device());
    }

    const model::Decoder& m_decoder;
    const std::vector<std::vector<std::int32_t>>& m_prompts;
    const GenerateOptions& m_options;
    const GenerateProgress& m_progress;
    std::vector<Generated> m_results;
    std::vector<std::mt19937_64> m_streams;
    std::int64_t m_done = 0;
};

} // namespace

void requireRoom(const model::Decoder& decoder, const std::vector<std::vector<std::int32_t>>& prompts, std::int64_t newTokens)
{
    const std::int64_t context = decoder.model().config().contextLength;
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        const auto length = static_cast<std::int64_t>(prompts[i].size());
        if (length == 0 || length + newTokens > context) {
            throw Exception(ErrorCode::InvalidArgument,
                            "prompt " + std::to_string(i + 1) + " has " + std::to_string(length) + " tokens; with " +
                                std::to_string(newTokens) + " new ones it must have between 1 and " + std::to_string(context) +
                                ", the model's context",
                            "shorten the prompt or generate fewer tokens");
        }
    }
}

Result<std::vector<Generated>> generate(const model::Decoder& decoder, const std::vector<std::vector<std::int32_t>>& prompts,
                                        const GenerateOptions& options, const GenerateProgress& progress)
{
    return guard([&] { return Generation(decoder, prompts, options, progress).run(); });
}

} // namespace lori::generation
