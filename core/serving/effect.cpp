// SPDX-License-Identifier: Apache-2.0
#include "core/serving/effect.h"

#include "core/model/loss_head.h"

#include <ATen/Functions.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace lori::serving {

namespace {

using Ids = std::vector<std::int32_t>;

/// What one model says of a batch of probes.
struct Seen {
    std::vector<double> logProbabilities; ///< of every token of every probe but its first
    at::Tensor next_PV;                   ///< log-probabilities of what follows each probe, f64, CPU
};

Seen look(const model::Decoder& decoder, const std::vector<Ids>& rows)
{
    const model::PackedRows packed = model::packRows(rows, decoder.model().device());
    const at::Tensor x_TD = decoder.forward(packed, nullptr);
    model::LossTargets targets;
    std::vector<std::int64_t> last;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t i = 1; i < rows[r].size(); ++i) {
            targets.positions.push_back(packed.offsets[r] + static_cast<std::int64_t>(i) - 1);
            targets.labels.push_back(rows[r][i]);
            targets.rows.push_back(static_cast<std::int64_t>(targets.rows.size()));
        }
        last.push_back(packed.offsets[r + 1] - 1);
    }
    const std::vector<double> weights(targets.rows.size(), 1.0);
    Seen seen;
    for (const double loss : model::lossAndGradient(decoder.model(), x_TD, targets, weights, model::WithGradient::No).rowLoss) {
        seen.logProbabilities.push_back(-loss);
    }
    const at::Tensor ends_PD = x_TD.index_select(0, at::tensor(last, at::kLong).to(x_TD.device()));
    seen.next_PV = at::log_softmax(decoder.logits(ends_PD).to(at::kCPU, at::kDouble), -1);
    return seen;
}

bool changesMore(const TokenChange& a, const TokenChange& b)
{
    return std::abs(a.change()) > std::abs(b.change());
}

void keepMost(std::vector<TokenChange>& list, std::int64_t most)
{
    std::stable_sort(list.begin(), list.end(), changesMore);
    list.resize(std::min(list.size(), static_cast<std::size_t>(most)));
}

class Meter final {
public:
    Meter(const tokenizer::Tokenizer& tokenizer, std::int64_t most) : m_tokenizer(tokenizer), m_most(most) {}

    void add(std::size_t firstProbe, const std::vector<Ids>& rows, const Seen& base, const Seen& active)
    {
        std::size_t next = 0;
        for (std::size_t r = 0; r < rows.size(); ++r) {
            for (std::size_t i = 1; i < rows[r].size(); ++i, ++next) {
                addToken({firstProbe + r,
                          static_cast<std::int64_t>(i),
                          rows[r][i],
                          {},
                          base.logProbabilities[next],
                          active.logProbabilities[next]});
            }
            addNext(firstProbe + r, static_cast<std::int64_t>(rows[r].size()), base.next_PV[static_cast<std::int64_t>(r)],
                    active.next_PV[static_cast<std::int64_t>(r)]);
        }
    }

    Effect result()
    {
        m_effect.meanAbsoluteChange = m_sum / static_cast<double>(m_effect.tokens);
        keepMost(m_effect.mostChanged, m_most);
        name(m_effect.mostChanged);
        return std::move(m_effect);
    }

private:
    void addToken(TokenChange change)
    {
        m_sum += std::abs(change.change());
        ++m_effect.tokens;
        m_effect.mostChanged.push_back(std::move(change));
    }

    /// Among the ten likeliest under either model: changes of what hardly ever comes would drown them.
    void addNext(std::size_t probe, std::int64_t position, const at::Tensor& base_V, const at::Tensor& active_V)
    {
        constexpr std::int64_t kLikeliest = 10;
        std::set<std::int64_t> candidates;
        for (const at::Tensor& side : {base_V, active_V}) {
            const at::Tensor top = std::get<1>(side.topk(std::min(kLikeliest, side.size(0))));
            const std::int64_t* ids = top.const_data_ptr<std::int64_t>();
            candidates.insert(ids, ids + top.size(0));
        }
        std::vector<TokenChange> list;
        for (const std::int64_t id : candidates) {
            list.push_back({probe,
                            position,
                            static_cast<std::int32_t>(id),
                            {},
                            base_V.const_data_ptr<double>()[id],
                            active_V.const_data_ptr<double>()[id]});
        }
        keepMost(list, m_most);
        name(list);
        m_effect.next.push_back(std::move(list));
    }

    void name(std::vector<TokenChange>& list) const
    {
        for (TokenChange& change : list) {
            change.token = m_tokenizer.decode({change.id}, tokenizer::SpecialTokens::Keep);
        }
    }

    const tokenizer::Tokenizer& m_tokenizer;
    std::int64_t m_most;
    double m_sum = 0;
    Effect m_effect;
};

} // namespace

Effect measureEffect(const model::Decoder& base, const model::Decoder& active, const tokenizer::Tokenizer& tokenizer,
                     const std::vector<Ids>& probes, std::int64_t most)
{
    constexpr std::size_t kPassTokens = 2048;
    Meter meter(tokenizer, most);
    for (std::size_t begin = 0; begin < probes.size();) {
        std::vector<Ids> rows;
        std::size_t tokens = 0;
        while (begin + rows.size() < probes.size() &&
               (rows.empty() || tokens + probes[begin + rows.size()].size() <= kPassTokens)) {
            rows.push_back(probes[begin + rows.size()]);
            tokens += rows.back().size();
        }
        meter.add(begin, rows, look(base, rows), look(active, rows));
        begin += rows.size();
    }
    return meter.result();
}

} // namespace lori::serving
