// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/base_model.h"
#include "core/model/elementwise.h"
#include "core/model/key_value_cache.h"
#include "core/model/linear_adapter.h"

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace lori::model {

/// Rows of token ids laid end to end, with each token's position in its row. Nothing is padded (design §6.1).
struct PackedRows {
    at::Tensor ids_T;       ///< int64, on the model's device
    at::Tensor positions_T; ///< int64
    RowOffsets offsets;     ///< rows + 1 entries; the last is T
    std::int32_t largestId = 0;
};
[[nodiscard]] PackedRows packRows(const std::vector<std::vector<std::int32_t>>& rows, at::Device device);

/// What one block keeps between forward and backward; about 4·D + 2·F + 2·(H+G)·E floats a token, and h of each adapted site.
struct LayerTape {
    at::Tensor x_TD, inverseRms1_T;
    at::Tensor queryRaw, queryInverse, keyRaw, keyInverse; ///< only with query/key norms
    at::Tensor q, k, v, lse_TH;
    at::Tensor xMid_TD, inverseRms2_T;
    at::Tensor gate_TF, up_TF;
    at::Tensor attentionOut_TD, attentionOutInverse_T; ///< only with norms after attention and feed-forward part
    at::Tensor feedForwardOut_TD, feedForwardOutInverse_T;
    std::array<SavedSite, 7> sites;
};

enum class TapeMode : std::uint8_t {
    Keep,      ///< keep all of LayerTape
    Recompute, ///< keep each block's input only and run it again in the backward pass: less memory, about a third more time
};

struct Tape {
    TapeMode mode = TapeMode::Keep;
    PackedRows rows;
    std::vector<LayerTape> layers;
};

/// The decoder-only transformer over frozen weights, with a hand-written backward pass: the graph is always the same, so nothing
/// is recorded, nothing is kept that B's gradient does not need, and buffers are reused in place.
class Decoder final {
public:
    /// `adapter` may be null (the base model alone); it must outlive the decoder.
    Decoder(std::shared_ptr<const BaseModel> model, LinearAdapter* adapter);

    /// The residual stream after the last block, before the final norm: [T, D]. With a tape, fills it for backward().
    /// Throws Mismatch for a token that the model has no row for.
    [[nodiscard]] at::Tensor forward(const PackedRows& rows, Tape* tape) const;
    /// Adds the adapters' gradients, given the gradient of forward()'s result. Uses up the tape and `dx_TD`.
    void backward(Tape& tape, const at::Tensor& dx_TD);

    /// Fills a cache with whole prompts and returns the residual stream of each row's last token [B, D].
    [[nodiscard]] at::Tensor prefill(const PackedRows& rows, std::int64_t capacity, KeyValueCache& cache) const;
    /// One more token per row: ids [B] → residual stream [B, D].
    [[nodiscard]] at::Tensor step(const at::Tensor& ids_B, KeyValueCache& cache) const;
    /// More tokens of the only row of a cache, at least one, in one pass; the cache grows when they need it. Returns the residual
    /// stream of the last one, [1, D]. Equal to prefill() of the whole row up to rounding; not so for a row whose angles depend
    /// on its length (anglesGrowWith()). When it throws, the cache still holds what it held before, unless the row had to run
    /// again.
    [[nodiscard]] at::Tensor extend(const std::vector<std::int32_t>& ids, KeyValueCache& cache) const;
    /// Whether a row of `length` tokens has other angles than its beginning alone: then no cache of the beginning serves it.
    [[nodiscard]] bool anglesGrowWith(std::int64_t length) const;

    /// logits = rmsNorm(x)·headᵀ, scaled and capped as the model does.   x [N, D] → [N, V]
    [[nodiscard]] at::Tensor logits(const at::Tensor& x_ND) const;

    [[nodiscard]] const BaseModel& model() const { return *m_model; }

private:
    /// Where a batch's tokens stand: the angles of both kinds of layers, and what queries are multiplied by.
    struct Places {
        RotaryTable full, sliding;
        at::Tensor queryScale_T; ///< undefined when it is 1
    };
    using Attend = std::function<at::Tensor(std::int64_t layer, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                                            LayerTape* tape)>;
    [[nodiscard]] Places placesOf(const at::Tensor& positions_T, const std::vector<std::int64_t>& rowLengths,
                                  const std::vector<std::int64_t>& tokensOfRow) const;
    [[nodiscard]] Places placesOf(const PackedRows& rows) const;
    void requireRows(const PackedRows& rows) const;
    [[nodiscard]] bool rowsMayRunAgain() const;
    [[nodiscard]] bool changesAfter(std::int64_t length) const;
    [[nodiscard]] at::Tensor runAgain(const at::Tensor& ids_B, KeyValueCache& cache) const;
    [[nodiscard]] at::Tensor block(std::int64_t layer, const at::Tensor& x_TD, const Places& places, LayerTape* tape,
                                   const Attend& attend) const;
    [[nodiscard]] at::Tensor attentionPart(std::int64_t layer, const at::Tensor& x_TD, const Places& places, LayerTape* tape,
                                           const Attend& attend) const;
    [[nodiscard]] at::Tensor feedForwardPart(std::int64_t layer, const at::Tensor& xMid_TD, LayerTape* tape) const;
    [[nodiscard]] at::Tensor embed(const at::Tensor& ids_T) const;
    [[nodiscard]] at::Tensor project(Site site, const at::Tensor& x_TI, LayerTape* tape) const;
    [[nodiscard]] at::Tensor projectBackward(Site site, const at::Tensor& g_TO, LayerTape& tape, InputGradient inputGradient);
    [[nodiscard]] Attend packedAttention(const RowOffsets& offsets) const;
    void blockBackward(std::int64_t layer, const PackedRows& rows, const Places& places, LayerTape& tape,
                       const at::Tensor& dx_TD);
    void feedForwardBackward(std::int64_t layer, LayerTape& tape, const at::Tensor& dx_TD);
    [[nodiscard]] at::Tensor branchGradient(const at::Tensor& dx_TD, const at::Tensor& norm_D, const at::Tensor& raw_TD,
                                            const at::Tensor& inverse_T, const at::Tensor& normGradient_D) const;
    void turn(std::int64_t layer, const at::Tensor& q, const at::Tensor& k, const Places& places, Rotation rotation) const;
    void normHeads(std::int64_t layer, at::Tensor& q, at::Tensor& k, LayerTape* tape) const;
    void normHeadsBackward(std::int64_t layer, at::Tensor& dq, at::Tensor& dk, LayerTape& tape) const;

    std::shared_ptr<const BaseModel> m_model;
    LinearAdapter* m_adapter;
    std::int64_t m_lowestAdaptedLayer;
};

} // namespace lori::model
