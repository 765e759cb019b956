// SPDX-License-Identifier: Apache-2.0
// The decoder with a key-value cache: whole prompts, one more token, more tokens of a row.
#include "core/model/decoder.h"

#include <ATen/Functions.h>

namespace lori::model {

at::Tensor Decoder::prefill(const PackedRows& rows, std::int64_t capacity, KeyValueCache& cache) const
{
    requireRows(rows);
    const auto batch = static_cast<std::int64_t>(rows.offsets.size()) - 1;
    cache = {};
    std::vector<std::int64_t> last;
    for (std::int64_t b = 0; b < batch; ++b) {
        const auto i = static_cast<std::size_t>(b);
        cache.lengths.push_back(rows.offsets[i + 1] - rows.offsets[i]);
        last.push_back(rows.offsets[i + 1] - 1);
    }
    if (rowsMayRunAgain()) {
        const at::Tensor ids = rows.ids_T.to(at::kCPU);
        const std::int64_t* first = ids.const_data_ptr<std::int64_t>();
        for (std::size_t b = 0; b + 1 < rows.offsets.size(); ++b) {
            cache.ids.emplace_back(first + rows.offsets[b], first + rows.offsets[b + 1]);
        }
    }
    const Places places = placesOf(rows);
    at::Tensor x_TD = embed(rows.ids_T);
    for (std::int64_t layer = 0; layer < static_cast<std::int64_t>(m_model->layers().size()); ++layer) {
        x_TD = block(layer, x_TD, places, nullptr,
                     [&](std::int64_t, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, LayerTape*) {
                         at::Tensor keys = at::empty({batch, capacity, k.size(1)}, k.options());
                         at::Tensor values = at::empty({batch, capacity, v.size(1)}, v.options());
                         for (std::int64_t b = 0; b < batch; ++b) {
                             const auto i = static_cast<std::size_t>(b);
                             keys[b].narrow(0, 0, cache.lengths[i]).copy_(k.narrow(0, rows.offsets[i], cache.lengths[i]));
                             values[b].narrow(0, 0, cache.lengths[i]).copy_(v.narrow(0, rows.offsets[i], cache.lengths[i]));
                         }
                         cache.keys.push_back(std::move(keys));
                         cache.values.push_back(std::move(values));
                         return attention(q, k, v, rows.offsets, m_model->heads(layer)).o_THE;
                     });
    }
    return x_TD.index_select(0, at::tensor(last, at::kLong).to(x_TD.device()));
}

bool Decoder::rowsMayRunAgain() const
{
    return m_model->rotary().mayChange() || m_model->slidingRotary().mayChange();
}

bool Decoder::changesAfter(std::int64_t length) const
{
    return m_model->rotary().changesAfter(length) || m_model->slidingRotary().changesAfter(length);
}

bool Decoder::anglesGrowWith(std::int64_t length) const
{
    return m_model->rotary().dependsOnLength(length) || m_model->slidingRotary().dependsOnLength(length);
}

/// Appends the new tokens to the rows that are kept. Where one of them leaves the first context of longrope, all its angles
/// change: then every row runs again from its tokens, as Phi's class in transformers does; undefined otherwise.
at::Tensor Decoder::runAgain(const at::Tensor& ids_B, KeyValueCache& cache) const
{
    if (cache.ids.empty()) {
        return {};
    }
    const at::Tensor ids = ids_B.to(at::kCPU);
    bool changes = false;
    for (std::size_t b = 0; b < cache.ids.size(); ++b) {
        cache.ids[b].push_back(static_cast<std::int32_t>(ids.const_data_ptr<std::int64_t>()[b]));
        changes = changes || changesAfter(cache.lengths[b]);
    }
    if (!changes) {
        return {};
    }
    const std::vector<std::vector<std::int32_t>> rows = cache.ids;
    return prefill(packRows(rows, m_model->device()), cache.keys.front().size(1), cache);
}

at::Tensor Decoder::step(const at::Tensor& ids_B, KeyValueCache& cache) const
{
    if (at::Tensor again_BD = runAgain(ids_B, cache); again_BD.defined()) {
        return again_BD;
    }
    const at::Tensor positions_B = at::tensor(cache.lengths, at::kLong).to(ids_B.device());
    at::Tensor x_BD = embed(ids_B);
    std::vector<std::int64_t> lengths = cache.lengths;
    for (std::int64_t& n : lengths) {
        ++n;
    }
    const Places places = placesOf(positions_B, lengths, std::vector<std::int64_t>(lengths.size(), 1));
    for (std::int64_t layer = 0; layer < static_cast<std::int64_t>(m_model->layers().size()); ++layer) {
        x_BD = block(layer, x_BD, places, nullptr,
                     [&](std::int64_t, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, LayerTape*) {
                         const auto i = static_cast<std::size_t>(layer);
                         const at::Tensor rows_B = at::arange(ids_B.size(0), ids_B.options());
                         cache.keys[i].index_put_({rows_B, positions_B}, k);
                         cache.values[i].index_put_({rows_B, positions_B}, v);
                         return attentionStep(q, cache.keys[i], cache.values[i], lengths, m_model->heads(layer));
                     });
    }
    cache.lengths = std::move(lengths);
    return x_BD;
}

at::Tensor Decoder::extend(const std::vector<std::int32_t>& ids, KeyValueCache& cache) const
{
    const std::int64_t past = cache.lengths.front();
    const auto count = static_cast<std::int64_t>(ids.size());
    const std::int64_t total = past + count;
    const PackedRows rows = packRows({ids}, m_model->device());
    requireRows(rows);
    cache.reserve(total);
    if (!cache.ids.empty()) {
        std::vector<std::int32_t>& row = cache.ids.front();
        row.insert(row.end(), ids.begin(), ids.end());
        for (std::int64_t length = past; length < total; ++length) {
            if (changesAfter(length)) {
                const std::vector<std::vector<std::int32_t>> whole = cache.ids;
                return prefill(packRows(whole, m_model->device()), cache.capacity(), cache);
            }
        }
    }
    const Places places = placesOf(rows.positions_T + past, {total}, {count});
    at::Tensor x_TD = embed(rows.ids_T);
    for (std::int64_t layer = 0; layer < static_cast<std::int64_t>(m_model->layers().size()); ++layer) {
        x_TD = block(layer, x_TD, places, nullptr,
                     [&](std::int64_t, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, LayerTape*) {
                         const auto i = static_cast<std::size_t>(layer);
                         cache.keys[i][0].narrow(0, past, count).copy_(k);
                         cache.values[i][0].narrow(0, past, count).copy_(v);
                         return attentionContinued(q, cache.keys[i][0].narrow(0, 0, total),
                                                   cache.values[i][0].narrow(0, 0, total), m_model->heads(layer));
                     });
    }
    cache.lengths.front() = total;
    return x_TD.narrow(0, count - 1, 1);
}

} // namespace lori::model
