// SPDX-License-Identifier: Apache-2.0
#include "core/model/attention.h"

#include <ATen/Functions.h>

#include <cmath>
#include <limits>

namespace lori::model {

double HeadShape::scale() const
{
    return factor > 0 ? factor : 1.0 / std::sqrt(static_cast<double>(headSize));
}

namespace reference {

namespace {

/// Tokens begin … end - 1 as [heads, tokens, E].
at::Tensor headsOf(const at::Tensor& x, std::int64_t begin, std::int64_t end, std::int64_t heads, std::int64_t headSize)
{
    return x.narrow(0, begin, end - begin).view({end - begin, heads, headSize}).transpose(0, 1);
}

/// Key heads repeated so that each query head has its own view.
at::Tensor repeated(const at::Tensor& x_GTE, const HeadShape& shape)
{
    return shape.heads == shape.kvHeads ? x_GTE : x_GTE.repeat_interleave(shape.heads / shape.kvHeads, 0);
}

/// Scores q·kᵀ, scaled and capped, in f32.
at::Tensor scoresOf(const at::Tensor& qh, const at::Tensor& kh, const HeadShape& shape)
{
    const at::Tensor scores = at::bmm(qh, kh.transpose(1, 2)).to(at::kFloat).mul(shape.scale());
    return shape.cap > 0 ? scores.div(shape.cap).tanh_().mul_(shape.cap) : scores;
}

/// True where a query may not look: after it, or before its window.
at::Tensor forbidden(std::int64_t n, const HeadShape& shape, const at::Tensor& like)
{
    const at::Tensor i = at::arange(n, like.options().dtype(at::kLong)).unsqueeze(1);
    const at::Tensor j = at::arange(n, like.options().dtype(at::kLong)).unsqueeze(0);
    at::Tensor mask = j > i;
    if (shape.window > 0) {
        mask = mask.logical_or(j <= i - shape.window);
    }
    return mask;
}

} // namespace

AttentionResult attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const RowOffsets& rows,
                          const HeadShape& shape)
{
    AttentionResult result{at::empty_like(q), at::empty({q.size(0), shape.heads}, q.options().dtype(at::kFloat))};
    for (std::size_t r = 0; r + 1 < rows.size(); ++r) {
        const std::int64_t n = rows[r + 1] - rows[r];
        if (n == 0) {
            continue;
        }
        const at::Tensor qh = headsOf(q, rows[r], rows[r + 1], shape.heads, shape.headSize);
        const at::Tensor kh = repeated(headsOf(k, rows[r], rows[r + 1], shape.kvHeads, shape.headSize), shape);
        const at::Tensor vh = repeated(headsOf(v, rows[r], rows[r + 1], shape.kvHeads, shape.headSize), shape);
        const at::Tensor scores =
            scoresOf(qh, kh, shape).masked_fill(forbidden(n, shape, q), -std::numeric_limits<double>::infinity());
        const at::Tensor lse = at::logsumexp(scores, {-1}, true);
        const at::Tensor p = (scores - lse).exp().to(q.scalar_type());
        result.o_THE.narrow(0, rows[r], n).copy_(at::bmm(p, vh).transpose(0, 1).reshape({n, -1}));
        result.lse_TH.narrow(0, rows[r], n).copy_(lse.squeeze(-1).t());
    }
    return result;
}

AttentionGradients attentionBackward(const at::Tensor& dO, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                                     const at::Tensor& lse_TH, const RowOffsets& rows, const HeadShape& shape)
{
    AttentionGradients result{at::empty_like(q), at::empty_like(k), at::empty_like(v)};
    const std::int64_t group = shape.heads / shape.kvHeads;
    for (std::size_t r = 0; r + 1 < rows.size(); ++r) {
        const std::int64_t n = rows[r + 1] - rows[r];
        if (n == 0) {
            continue;
        }
        const at::Tensor qh = headsOf(q, rows[r], rows[r + 1], shape.heads, shape.headSize);
        const at::Tensor gh = headsOf(dO, rows[r], rows[r + 1], shape.heads, shape.headSize);
        const at::Tensor kh = repeated(headsOf(k, rows[r], rows[r + 1], shape.kvHeads, shape.headSize), shape);
        const at::Tensor vh = repeated(headsOf(v, rows[r], rows[r + 1], shape.kvHeads, shape.headSize), shape);
        const at::Tensor lse = lse_TH.narrow(0, rows[r], n).t().unsqueeze(-1);
        const at::Tensor scores = scoresOf(qh, kh, shape);
        const at::Tensor p = (scores - lse).masked_fill(forbidden(n, shape, q), -std::numeric_limits<double>::infinity()).exp();
        const at::Tensor dp = at::bmm(gh, vh.transpose(1, 2)).to(at::kFloat);
        at::Tensor dScores = p * (dp - (p * dp).sum(-1, true)) * shape.scale();
        if (shape.cap > 0) {
            dScores = dScores * (1 - scores.div(shape.cap).square());
        }
        const at::Tensor ds = dScores.to(q.scalar_type());
        const auto merge = [&](const at::Tensor& x_HTE) {
            return x_HTE.view({shape.kvHeads, group, n, shape.headSize}).sum(1);
        };
        result.dq.narrow(0, rows[r], n).copy_(at::bmm(ds, kh).transpose(0, 1).reshape({n, -1}));
        result.dk.narrow(0, rows[r], n).copy_(merge(at::bmm(ds.transpose(1, 2), qh)).transpose(0, 1).reshape({n, -1}));
        result.dv.narrow(0, rows[r], n)
            .copy_(merge(at::bmm(p.to(q.scalar_type()).transpose(1, 2), gh)).transpose(0, 1).reshape({n, -1}));
    }
    return result;
}

at::Tensor attentionContinued(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values, const HeadShape& shape)
{
    const std::int64_t m = q.size(0);
    const std::int64_t n = keys.size(0);
    const at::Tensor qh = headsOf(q, 0, m, shape.heads, shape.headSize);
    const at::Tensor kh = repeated(headsOf(keys, 0, n, shape.kvHeads, shape.headSize), shape);
    const at::Tensor vh = repeated(headsOf(values, 0, n, shape.kvHeads, shape.headSize), shape);
    const at::Tensor unseen = forbidden(n, shape, q).narrow(0, n - m, m);
    const at::Tensor scores = scoresOf(qh, kh, shape).masked_fill(unseen, -std::numeric_limits<double>::infinity());
    return at::bmm(at::softmax(scores, -1).to(q.scalar_type()), vh).transpose(0, 1).reshape({m, -1});
}

at::Tensor attentionStep(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values,
                         const std::vector<std::int64_t>& lengths, const HeadShape& shape)
{
    at::Tensor out = at::empty_like(q);
    for (std::int64_t b = 0; b < q.size(0); ++b) {
        const std::int64_t end = lengths[static_cast<std::size_t>(b)];
        const std::int64_t begin = shape.window > 0 ? std::max<std::int64_t>(0, end - shape.window) : 0;
        const at::Tensor qh = headsOf(q, b, b + 1, shape.heads, shape.headSize);
        const at::Tensor kh = repeated(headsOf(keys[b], begin, end, shape.kvHeads, shape.headSize), shape);
        const at::Tensor vh = repeated(headsOf(values[b], begin, end, shape.kvHeads, shape.headSize), shape);
        const at::Tensor p = at::softmax(scoresOf(qh, kh, shape), -1);
        out[b].copy_(at::bmm(p.to(q.scalar_type()), vh).reshape({-1}));
    }
    return out;
}

} // namespace reference

} // namespace lori::model
