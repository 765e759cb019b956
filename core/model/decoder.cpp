// SPDX-License-Identifier: Apache-2.0
#include "core/model/decoder.h"

#include "core/model/loss_head.h"

#include <ATen/Functions.h>

#include <algorithm>

namespace lori::model {

PackedRows packRows(const std::vector<std::vector<std::int32_t>>& rows, at::Device device)
{
    PackedRows packed;
    packed.offsets.push_back(0);
    for (const auto& row : rows) {
        packed.offsets.push_back(packed.offsets.back() + static_cast<std::int64_t>(row.size()));
    }
    packed.ids_T = at::empty({packed.offsets.back()}, at::kLong);
    packed.positions_T = at::empty({packed.offsets.back()}, at::kLong);
    std::int64_t* ids = packed.ids_T.mutable_data_ptr<std::int64_t>();
    std::int64_t* positions = packed.positions_T.mutable_data_ptr<std::int64_t>();
    for (const auto& row : rows) {
        std::int64_t position = 0;
        for (const std::int32_t id : row) {
            packed.largestId = std::max(packed.largestId, id);
            *ids++ = id;
            *positions++ = position++;
        }
    }
    packed.ids_T = packed.ids_T.to(device);
    packed.positions_T = packed.positions_T.to(device);
    return packed;
}

Decoder::Decoder(std::shared_ptr<const BaseModel> model, LinearAdapter* adapter)
    : m_model(std::move(model)), m_adapter(adapter), m_lowestAdaptedLayer(m_model->config().shape.layers)
{
    for (std::int64_t layer = m_model->config().shape.layers - 1; layer >= 0 && m_adapter != nullptr; --layer) {
        for (const Projection p : kAllProjections) {
            if (m_adapter->adapts({layer, p})) {
                m_lowestAdaptedLayer = layer;
            }
        }
    }
}

at::Tensor Decoder::embed(const at::Tensor& ids_T) const
{
    at::Tensor x_TD = m_model->embedding_VD().lookUp(ids_T);
    const double scale = m_model->config().embeddingScale;
    return scale == 1 ? x_TD : x_TD.mul_(scale);
}

at::Tensor Decoder::project(Site site, const at::Tensor& x_TI, LayerTape* tape) const
{
    const LayerWeights& weights = m_model->layers()[static_cast<std::size_t>(site.layer)];
    const auto p = static_cast<std::size_t>(site.projection);
    at::Tensor y =
        m_adapter != nullptr && m_adapter->adapts(site)
            ? m_adapter->forward(site, x_TI, weights.w_OI[p], m_model->matmul(), tape != nullptr ? &tape->sites[p] : nullptr)
            : m_model->matmul().forward(x_TI, weights.w_OI[p]);
    if (weights.bias_O[p].defined()) {
        y.add_(weights.bias_O[p]);
    }
    return y;
}

at::Tensor Decoder::projectBackward(Site site, const at::Tensor& g_TO, LayerTape& tape, InputGradient inputGradient)
{
    const auto p = static_cast<std::size_t>(site.projection);
    const Weight& w_OI = m_model->layers()[static_cast<std::size_t>(site.layer)].w_OI[p];
    if (WeightGradients* gradients = m_adapter->weightGradients()) {
        at::Tensor& dBias_O = gradients->layers[static_cast<std::size_t>(site.layer)].bias_O[p];
        if (dBias_O.defined()) {
            dBias_O.add_(g_TO.sum(0));
        }
    }
    if (m_adapter->adapts(site)) {
        return m_adapter->backward(site, g_TO, w_OI, m_model->matmul(), tape.sites[p], inputGradient);
    }
    return inputGradient == InputGradient::Needed ? m_model->matmul().inputGradient(g_TO, w_OI) : at::Tensor();
}

void Decoder::normHeads(std::int64_t layer, at::Tensor& q, at::Tensor& k, LayerTape* tape) const
{
    const LayerWeights& w = m_model->layers()[static_cast<std::size_t>(layer)];
    if (!w.queryNorm_E.defined()) {
        return;
    }
    // The weight's length says what is normed: each head, or all of them together.
    RmsNormResult query = rmsNorm(q.view({-1, w.queryNorm_E.size(0)}), w.queryNorm_E, m_model->config().rmsEpsilon);
    RmsNormResult key = rmsNorm(k.view({-1, w.keyNorm_E.size(0)}), w.keyNorm_E, m_model->config().rmsEpsilon);
    if (tape != nullptr) {
        tape->queryRaw = q;
        tape->keyRaw = k;
        tape->queryInverse = query.inverseRms_T;
        tape->keyInverse = key.inverseRms_T;
    }
    q = query.y_TD.view(q.sizes());
    k = key.y_TD.view(k.sizes());
}

void Decoder::normHeadsBackward(std::int64_t layer, at::Tensor& dq, at::Tensor& dk, LayerTape& tape) const
{
    const LayerWeights& w = m_model->layers()[static_cast<std::size_t>(layer)];
    if (!w.queryNorm_E.defined()) {
        return;
    }
    WeightGradients* gradients = m_adapter->weightGradients();
    const auto through = [&](const at::Tensor& g, const at::Tensor& raw, const at::Tensor& weight, const at::Tensor& inverse,
                             at::Tensor WeightGradients::Layer::*own) {
        at::Tensor d = at::zeros_like(g);
        const std::int64_t e = weight.size(0);
        if (gradients != nullptr) {
            rmsNormWeightGradient(g.view({-1, e}), raw.view({-1, e}), inverse,
                                  gradients->layers[static_cast<std::size_t>(layer)].*own);
        }
        rmsNormBackward(g.view({-1, e}), raw.view({-1, e}), weight, inverse, d.view({-1, e}));
        return d;
    };
    dq = through(dq, tape.queryRaw, w.queryNorm_E, tape.queryInverse, &WeightGradients::Layer::queryNorm_E);
    dk = through(dk, tape.keyRaw, w.keyNorm_E, tape.keyInverse, &WeightGradients::Layer::keyNorm_E);
}

Decoder::Places Decoder::placesOf(const at::Tensor& positions_T, const std::vector<std::int64_t>& rowLengths,
                                  const std::vector<std::int64_t>& tokensOfRow) const
{
    const formats::ModelConfig& c = m_model->config();
    Places places;
    places.full = m_model->rotary().of(positions_T, rowLengths, tokensOfRow);
    if (c.slidingRope) {
        places.sliding = m_model->slidingRotary().of(positions_T, rowLengths, tokensOfRow);
    }
    if (c.queryGrowth > 0) {
        const at::Tensor steps = positions_T.div(c.queryGrowthStep, "floor").to(at::kFloat);
        places.queryScale_T = steps.log1p().mul_(c.queryGrowth).add_(1);
    }
    return places;
}

Decoder::Places Decoder::placesOf(const PackedRows& rows) const
{
    std::vector<std::int64_t> lengths;
    for (std::size_t row = 0; row + 1 < rows.offsets.size(); ++row) {
        lengths.push_back(rows.offsets[row + 1] - rows.offsets[row]);
    }
    return placesOf(rows.positions_T, lengths, lengths);
}

void Decoder::turn(std::int64_t layer, const at::Tensor& q, const at::Tensor& k, const Places& places, Rotation rotation) const
{
    const formats::ModelConfig& c = m_model->config();
    if (!c.rotates(layer)) {
        return;
    }
    const RotaryTable& table = c.rotatesLikeSliding(layer) ? places.sliding : places.full;
    const RotaryShape shape{c.shape.headSize, c.rotated(), c.rotatesNeighbours};
    for (const at::Tensor& x : {q, k}) {
        rotate(x, table.cos_PE, table.sin_PE, table.rows_T, shape, rotation);
    }
}

at::Tensor Decoder::attentionPart(std::int64_t layer, const at::Tensor& x_TD, const Places& places, LayerTape* tape,
                                  const Attend& attend) const
{
    const LayerWeights& w = m_model->layers()[static_cast<std::size_t>(layer)];
    const formats::ModelConfig& c = m_model->config();
    const RmsNormResult first = w.inputNorm_D.defined() ? rmsNorm(x_TD, w.inputNorm_D, c.rmsEpsilon) : RmsNormResult{x_TD, {}};
    at::Tensor q = project({layer, Projection::Q}, first.y_TD, tape);
    at::Tensor k = project({layer, Projection::K}, first.y_TD, tape);
    const at::Tensor v = project({layer, Projection::V}, first.y_TD, tape);
    const bool normsRotated = c.headNorm == formats::HeadNorm::EachHeadRotated;
    if (!normsRotated) {
        normHeads(layer, q, k, tape);
    }
    turn(layer, q, k, places, Rotation::Forward);
    if (normsRotated) {
        normHeads(layer, q, k, tape);
    }
    if (places.queryScale_T.defined()) {
        q.mul_(places.queryScale_T.unsqueeze(1));
    }
    at::Tensor out_TD = project({layer, Projection::O}, attend(layer, q, k, v, tape), tape);
    if (tape != nullptr) {
        tape->x_TD = x_TD;
        tape->inverseRms1_T = first.inverseRms_T;
        tape->q = q;
        tape->k = k;
        tape->v = v;
    }
    if (w.attentionOutNorm_D.defined()) {
        const RmsNormResult normed = rmsNorm(out_TD, w.attentionOutNorm_D, c.rmsEpsilon);
        if (tape != nullptr) {
            tape->attentionOut_TD = out_TD;
            tape->attentionOutInverse_T = normed.inverseRms_T;
        }
        out_TD = normed.y_TD;
    }
    return c.residualScale == 1 ? out_TD : out_TD.mul_(c.residualScale);
}

at::Tensor Decoder::feedForwardPart(std::int64_t layer, const at::Tensor& xMid_TD, LayerTape* tape) const
{
    const LayerWeights& w = m_model->layers()[static_cast<std::size_t>(layer)];
    const formats::ModelConfig& c = m_model->config();
    const RmsNormResult second =
        w.postNorm_D.defined() ? rmsNorm(xMid_TD, w.postNorm_D, c.rmsEpsilon) : RmsNormResult{xMid_TD, {}};
    const at::Tensor gate_TF = project({layer, Projection::Gate}, second.y_TD, tape);
    const at::Tensor up_TF = project({layer, Projection::Up}, second.y_TD, tape);
    at::Tensor out_TD = project({layer, Projection::Down}, gated(c.activation, gate_TF, up_TF), tape);
    if (tape != nullptr) {
        tape->xMid_TD = xMid_TD;
        tape->inverseRms2_T = second.inverseRms_T;
        tape->gate_TF = gate_TF;
        tape->up_TF = up_TF;
    }
    if (w.feedForwardOutNorm_D.defined()) {
        const RmsNormResult normed = rmsNorm(out_TD, w.feedForwardOutNorm_D, c.rmsEpsilon);
        if (tape != nullptr) {
            tape->feedForwardOut_TD = out_TD;
            tape->feedForwardOutInverse_T = normed.inverseRms_T;
        }
        out_TD = normed.y_TD;
    }
    return c.residualScale == 1 ? out_TD : out_TD.mul_(c.residualScale);
}

at::Tensor Decoder::block(std::int64_t layer, const at::Tensor& x_TD, const Places& places, LayerTape* tape,
                          const Attend& attend) const
{
    const at::Tensor xMid_TD = attentionPart(layer, x_TD, places, tape, attend).add_(x_TD);
    return feedForwardPart(layer, xMid_TD, tape).add_(xMid_TD);
}

Decoder::Attend Decoder::packedAttention(const RowOffsets& offsets) const
{
    return [this, &offsets](std::int64_t layer, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, LayerTape* tape) {
        AttentionResult result = attention(q, k, v, offsets, m_model->heads(layer));
        if (tape != nullptr) {
            tape->lse_TH = result.lse_TH;
        }
        return result.o_THE;
    };
}

/// A tokenizer may know more tokens than the model has rows for (Gemma 3's does); only a text that holds one is wrong.
void Decoder::requireRows(const PackedRows& rows) const
{
    const std::int64_t count = m_model->config().shape.vocabulary;
    if (rows.largestId >= count) {
        throw Exception(ErrorCode::Mismatch,
                        "the text holds the token " + std::to_string(rows.largestId) + ", but the model has only the rows 0 to " +
                            std::to_string(count - 1) + ": its tokenizer was extended without it",
                        "take the token out of the text, or resize the model's embeddings to its tokenizer",
                        m_model->files().path.string());
    }
}

at::Tensor Decoder::forward(const PackedRows& rows, Tape* tape) const
{
    requireRows(rows);
    const auto layers = static_cast<std::int64_t>(m_model->layers().size());
    at::Tensor x_TD = embed(rows.ids_T);
    if (tape != nullptr) {
        tape->rows = rows;
        tape->layers.assign(static_cast<std::size_t>(layers), {});
    }
    const Attend attend = packedAttention(rows.offsets);
    const Places places = placesOf(rows);
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        LayerTape* layerTape =
            tape != nullptr && layer >= m_lowestAdaptedLayer ? &tape->layers[static_cast<std::size_t>(layer)] : nullptr;
        if (layerTape != nullptr && tape->mode == TapeMode::Recompute) {
            layerTape->x_TD = x_TD;
            layerTape = nullptr;
        }
        x_TD = block(layer, x_TD, places, layerTape, attend);
    }
    return x_TD;
}

void Decoder::backward(Tape& tape, const at::Tensor& dx_TD)
{
    const Attend attend = packedAttention(tape.rows.offsets);
    const Places places = placesOf(tape.rows);
    for (auto layer = static_cast<std::int64_t>(m_model->layers().size()) - 1; layer >= m_lowestAdaptedLayer; --layer) {
        LayerTape& layerTape = tape.layers[static_cast<std::size_t>(layer)];
        if (tape.mode == TapeMode::Recompute) {
            const at::Tensor x_TD = layerTape.x_TD;
            static_cast<void>(block(layer, x_TD, places, &layerTape, attend));
        }
        blockBackward(layer, tape.rows, places, layerTape, dx_TD);
        layerTape = {}; // gives the block's memory back while the blocks below still need theirs
    }
    if (WeightGradients* gradients = m_adapter->weightGradients()) {
        gradients->embedding_VD.index_add_(0, tape.rows.ids_T, dx_TD, m_model->config().embeddingScale);
    }
}

/// Gradient of what a branch gave before its own norm and scale, from the gradient of the residual stream it was added to.
at::Tensor Decoder::branchGradient(const at::Tensor& dx_TD, const at::Tensor& norm_D, const at::Tensor& raw_TD,
                                   const at::Tensor& inverse_T, const at::Tensor& normGradient_D) const
{
    const double scale = m_model->config().residualScale;
    const at::Tensor g_TD = scale == 1 ? dx_TD : dx_TD.mul(scale);
    if (!norm_D.defined()) {
        return g_TD;
    }
    if (normGradient_D.defined()) {
        rmsNormWeightGradient(g_TD, raw_TD, inverse_T, normGradient_D);
    }
    const at::Tensor dRaw_TD = at::zeros_like(g_TD);
    rmsNormBackward(g_TD, raw_TD, norm_D, inverse_T, dRaw_TD);
    return dRaw_TD;
}

void Decoder::feedForwardBackward(std::int64_t layer, LayerTape& tape, const at::Tensor& dx_TD)
{
    const LayerWeights& w = m_model->layers()[static_cast<std::size_t>(layer)];
    const auto back = [&](Projection p, const at::Tensor& g) {
        return projectBackward({layer, p}, g, tape, InputGradient::Needed);
    };
    WeightGradients* gradients = m_adapter->weightGradients();
    const WeightGradients::Layer own =
        gradients != nullptr ? gradients->layers[static_cast<std::size_t>(layer)] : WeightGradients::Layer{};
    const at::Tensor dOut_TD = branchGradient(dx_TD, w.feedForwardOutNorm_D, tape.feedForwardOut_TD, tape.feedForwardOutInverse_T,
                                              own.feedForwardOutNorm_D);
    gatedBackward(m_model->config().activation, back(Projection::Down, dOut_TD), tape.gate_TF, tape.up_TF);
    at::Tensor dNorm_TD = back(Projection::Gate, tape.gate_TF);
    dNorm_TD.add_(back(Projection::Up, tape.up_TF));
    if (!w.postNorm_D.defined()) {
        dx_TD.add_(dNorm_TD);
        return;
    }
    if (own.postNorm_D.defined()) {
        rmsNormWeightGradient(dNorm_TD, tape.xMid_TD, tape.inverseRms2_T, own.postNorm_D);
    }
    rmsNormBackward(dNorm_TD, tape.xMid_TD, w.postNorm_D, tape.inverseRms2_T, dx_TD);
}

void Decoder::blockBackward(std::int64_t layer, const PackedRows& rows, const Places& places, LayerTape& tape,
                            const at::Tensor& dx_TD)
{
    const LayerWeights& w = m_model->layers()[static_cast<std::size_t>(layer)];
    const auto back = [&](Projection p, const at::Tensor& g, InputGradient need) {
        return projectBackward({layer, p}, g, tape, need);
    };
    feedForwardBackward(layer, tape, dx_TD);

    WeightGradients* gradients = m_adapter->weightGradients();
    const WeightGradients::Layer own =
        gradients != nullptr ? gradients->layers[static_cast<std::size_t>(layer)] : WeightGradients::Layer{};
    const at::Tensor dOut_TD =
        branchGradient(dx_TD, w.attentionOutNorm_D, tape.attentionOut_TD, tape.attentionOutInverse_T, own.attentionOutNorm_D);
    const at::Tensor dO = back(Projection::O, dOut_TD, InputGradient::Needed);
    AttentionGradients d = attentionBackward(dO, tape.q, tape.k, tape.v, tape.lse_TH, rows.offsets, m_model->heads(layer));
    if (places.queryScale_T.defined()) {
        d.dq.mul_(places.queryScale_T.unsqueeze(1));
    }
    const bool normsRotated = m_model->config().headNorm == formats::HeadNorm::EachHeadRotated;
    if (normsRotated) {
        normHeadsBackward(layer, d.dq, d.dk, tape);
    }
    turn(layer, d.dq, d.dk, places, Rotation::Inverse);
    if (!normsRotated) {
        normHeadsBackward(layer, d.dq, d.dk, tape);
    }
    // Below the lowest adapted block nothing learns, so its input's gradient is never needed (design §6.4).
    const bool learnsBelow = layer > m_lowestAdaptedLayer || gradients != nullptr;
    const InputGradient need = learnsBelow ? InputGradient::Needed : InputGradient::NotNeeded;
    const at::Tensor fromQ = back(Projection::Q, d.dq, need);
    const at::Tensor fromK = back(Projection::K, d.dk, need);
    const at::Tensor fromV = back(Projection::V, d.dv, need);
    if (need == InputGradient::NotNeeded) {
        return;
    }
    const at::Tensor dInput_TD = fromQ.add(fromK).add_(fromV);
    if (!w.inputNorm_D.defined()) {
        dx_TD.add_(dInput_TD);
        return;
    }
    if (own.inputNorm_D.defined()) {
        rmsNormWeightGradient(dInput_TD, tape.x_TD, tape.inverseRms1_T, own.inputNorm_D);
    }
    rmsNormBackward(dInput_TD, tape.x_TD, w.inputNorm_D, tape.inverseRms1_T, dx_TD);
}

at::Tensor Decoder::logits(const at::Tensor& x_ND) const
{
    const RmsNormResult normed = rmsNorm(x_ND.contiguous(), m_model->finalNorm_D(), m_model->config().rmsEpsilon);
    const at::Tensor logits_NV = m_model->matmul().forward(normed.y_TD, m_model->head_VD());
    shapeLogits(m_model->config(), logits_NV);
    return logits_NV;
}

} // namespace lori::model
