// SPDX-License-Identifier: Apache-2.0
// Fused CPU attention: one task per (row, key head), 64 queries at a time, so that scores stay in the cache and the half of the
// score matrix above the diagonal is never computed.
#include "core/model/attention.h"

#include "core/model/plain_float.h"
#include "core/support/simd.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <vector>

// BLAS inside LibTorch, column-major: C[m,n] = alpha·op(A)·op(B) + beta·C. Called from our own threads it runs on one thread.
extern "C" void sgemm_(const char* transA, const char* transB, const int* m, const int* n, const int* k, const float* alpha,
                       const float* a, const int* lda, const float* b, const int* ldb, const float* beta, float* c,
                       const int* ldc);

namespace lori::model {

namespace {

constexpr std::int64_t kQueryBlock = 64;

enum class Op : char { Plain = 'N', Transposed = 'T' };

/// A row-major matrix of `rows` × `cols` with a stride between rows.
struct Matrix {
    const float* data;
    std::int64_t stride;
};

/// Row-major C[m, n] = alpha·op(A)·op(B) + beta·C, by swapping the operands of the column-major routine.
void gemm(Op opA, Op opB, std::int64_t m, std::int64_t n, std::int64_t k, float alpha, Matrix a, Matrix b, float beta, float* c,
          std::int64_t strideC)
{
    const char transA = static_cast<char>(opA);
    const char transB = static_cast<char>(opB);
    const int mm = static_cast<int>(m);
    const int nn = static_cast<int>(n);
    const int kk = static_cast<int>(k);
    const int lda = static_cast<int>(a.stride);
    const int ldb = static_cast<int>(b.stride);
    const int ldc = static_cast<int>(strideC);
    sgemm_(&transB, &transA, &nn, &mm, &kk, &alpha, b.data, &ldb, a.data, &lda, &beta, c, &ldc);
}

/// Softmax over s[begin … end-1], zeros elsewhere in [0, width); returns log Σ exp.
LORI_MULTIARCH float softmaxRow(float* s, std::int64_t begin, std::int64_t end, std::int64_t width)
{
    float largest = s[begin];
#pragma omp simd reduction(max : largest)
    for (std::int64_t j = begin; j < end; ++j) {
        largest = largest < s[j] ? s[j] : largest;
    }
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t j = begin; j < end; ++j) {
        s[j] = fastExp(s[j] - largest);
        sum += s[j];
    }
    const float inverse = 1.0F / sum;
#pragma omp simd
    for (std::int64_t j = begin; j < end; ++j) {
        s[j] *= inverse;
    }
    std::fill(s, s + begin, 0.0F);
    std::fill(s + end, s + width, 0.0F);
    return largest + std::log(sum);
}

/// s[j] = exp(s[j] − lse) inside [begin, end), 0 elsewhere.
LORI_MULTIARCH void probabilityRow(float* s, float lse, std::int64_t begin, std::int64_t end, std::int64_t width)
{
#pragma omp simd
    for (std::int64_t j = begin; j < end; ++j) {
        s[j] = fastExp(s[j] - lse);
    }
    std::fill(s, s + begin, 0.0F);
    std::fill(s + end, s + width, 0.0F);
}

/// dp[j] = p[j]·(dp[j] − Σ p·dp)·scale over [0, width).
LORI_MULTIARCH void scoreGradientRow(const float* p, float* dp, float scale, std::int64_t width)
{
    float dot = 0;
#pragma omp simd reduction(+ : dot)
    for (std::int64_t j = 0; j < width; ++j) {
        dot += p[j] * dp[j];
    }
#pragma omp simd
    for (std::int64_t j = 0; j < width; ++j) {
        dp[j] = p[j] * (dp[j] - dot) * scale;
    }
}

/// s[j] = cap·tanh(s[j] / cap) inside [begin, end).
LORI_MULTIARCH void capRow(float* s, float cap, std::int64_t begin, std::int64_t end)
{
    const float inverse = 1.0F / cap;
#pragma omp simd
    for (std::int64_t j = begin; j < end; ++j) {
        s[j] = cap * (1.0F - 2.0F / (1.0F + fastExp(2.0F * s[j] * inverse)));
    }
}

/// slope[j] = 1 − (s[j] / cap)² inside [begin, end) for capped scores s.
LORI_MULTIARCH void capSlopeRow(const float* s, float* slope, float cap, std::int64_t begin, std::int64_t end)
{
    const float inverse = 1.0F / cap;
#pragma omp simd
    for (std::int64_t j = begin; j < end; ++j) {
        slope[j] = 1.0F - s[j] * inverse * s[j] * inverse;
    }
}

LORI_MULTIARCH void multiplyRow(float* to, const float* by, std::int64_t begin, std::int64_t end)
{
#pragma omp simd
    for (std::int64_t j = begin; j < end; ++j) {
        to[j] *= by[j];
    }
}

LORI_MULTIARCH float dotRow(const float* a, const float* b, std::int64_t n)
{
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < n; ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

LORI_MULTIARCH void addScaledRow(float* to, const float* from, float factor, std::int64_t n)
{
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) {
        to[i] += factor * from[i];
    }
}

/// Geometry of one block of queries: which keys any of them sees.
struct Block {
    std::int64_t queryBegin, queryEnd; ///< within the row
    std::int64_t keyBegin, keyEnd;
    [[nodiscard]] std::int64_t queries() const { return queryEnd - queryBegin; }
    [[nodiscard]] std::int64_t keys() const { return keyEnd - keyBegin; }
};

Block blockAt(std::int64_t queryBegin, std::int64_t rowLength, std::int64_t window)
{
    const std::int64_t queryEnd = std::min(rowLength, queryBegin + kQueryBlock);
    return {queryBegin, queryEnd, window > 0 ? std::max<std::int64_t>(0, queryBegin - window + 1) : 0, queryEnd};
}

/// First key of the block that query i (within the row) sees, relative to the block's keys.
std::int64_t firstKey(const Block& block, std::int64_t i, std::int64_t window)
{
    return window > 0 ? std::max<std::int64_t>(0, i - window + 1) - block.keyBegin : 0;
}

struct Strides {
    std::int64_t q, kv;
};

/// Runs `task(row, kvHead)` for all pairs, longest rows spread by the pool.
template <typename Task>
void forEachRowAndHead(const RowOffsets& rows, std::int64_t kvHeads, const Task& task)
{
    const auto rowCount = static_cast<std::int64_t>(rows.size()) - 1;
    at::parallel_for(0, rowCount * kvHeads, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            task(static_cast<std::size_t>(i / kvHeads), i % kvHeads);
        }
    });
}

} // namespace

namespace {

/// Queries of one row: `count` tokens of q from `first`, which stand behind the `past` first ones of the row's keys.
struct RowQueries {
    std::int64_t first = 0;
    std::int64_t count = 0;
    std::int64_t past = 0;
    std::int64_t firstKey = 0; ///< where the row's keys and values begin
};

struct AttentionData {
    const float* q;
    const float* k;
    const float* v;
    float* o;
    float* lse; ///< [T, H] or null
};

/// All query heads of one row that read one key head.
void attendRow(const RowQueries& row, std::int64_t kv, const AttentionData& data, const HeadShape& shape)
{
    const std::int64_t e = shape.headSize;
    const std::int64_t group = shape.heads / shape.kvHeads;
    const Strides stride{shape.heads * e, shape.kvHeads * e};
    const auto scale = static_cast<float>(shape.scale());
    const auto cap = static_cast<float>(shape.cap);
    const std::int64_t n = row.past + row.count;
    std::vector<float> scores(static_cast<std::size_t>(kQueryBlock * n));
    for (std::int64_t start = row.past; start < n; start += kQueryBlock) {
        const Block block = blockAt(start, n, shape.window);
        const Matrix keys{data.k + (row.firstKey + block.keyBegin) * stride.kv + kv * e, stride.kv};
        const Matrix values{data.v + (row.firstKey + block.keyBegin) * stride.kv + kv * e, stride.kv};
        for (std::int64_t h = kv * group; h < (kv + 1) * group; ++h) {
            const std::int64_t at = (row.first + start - row.past) * stride.q + h * e;
            gemm(Op::Plain, Op::Transposed, block.queries(), block.keys(), e, scale, {data.q + at, stride.q}, keys, 0,
                 scores.data(), block.keys());
            for (std::int64_t i = start; i < block.queryEnd; ++i) {
                float* line = scores.data() + (i - start) * block.keys();
                const std::int64_t first = firstKey(block, i, shape.window);
                if (cap > 0) {
                    capRow(line, cap, first, i + 1 - block.keyBegin);
                }
                const float lse = softmaxRow(line, first, i + 1 - block.keyBegin, block.keys());
                if (data.lse != nullptr) {
                    data.lse[(row.first + i - row.past) * shape.heads + h] = lse;
                }
            }
            gemm(Op::Plain, Op::Plain, block.queries(), e, block.keys(), 1, {scores.data(), block.keys()}, values, 0, data.o + at,
                 stride.q);
        }
    }
}

} // namespace

AttentionResult attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const RowOffsets& rows,
                          const HeadShape& shape)
{
    if (!isPlainFloat(q) || !isPlainFloat(k) || !isPlainFloat(v)) {
        return reference::attention(q, k, v, rows, shape);
    }
    AttentionResult result{at::empty_like(q), at::empty({q.size(0), shape.heads}, q.options())};
    const AttentionData data{q.const_data_ptr<float>(), k.const_data_ptr<float>(), v.const_data_ptr<float>(),
                             result.o_THE.mutable_data_ptr<float>(), result.lse_TH.mutable_data_ptr<float>()};
    forEachRowAndHead(rows, shape.kvHeads, [&](std::size_t r, std::int64_t kv) {
        attendRow({rows[r], rows[r + 1] - rows[r], 0, rows[r]}, kv, data, shape);
    });
    return result;
}

at::Tensor attentionContinued(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values, const HeadShape& shape)
{
    if (!isPlainFloat(q) || !isPlainFloat(keys) || !isPlainFloat(values)) {
        return reference::attentionContinued(q, keys, values, shape);
    }
    at::Tensor o_ME = at::empty_like(q);
    const AttentionData data{q.const_data_ptr<float>(), keys.const_data_ptr<float>(), values.const_data_ptr<float>(),
                             o_ME.mutable_data_ptr<float>(), nullptr};
    const RowQueries row{0, q.size(0), keys.size(0) - q.size(0), 0};
    at::parallel_for(0, shape.kvHeads, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t kv = begin; kv < end; ++kv) {
            attendRow(row, kv, data, shape);
        }
    });
    return o_ME;
}

AttentionGradients attentionBackward(const at::Tensor& dO, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                                     const at::Tensor& lse_TH, const RowOffsets& rows, const HeadShape& shape)
{
    if (!isPlainFloat(dO) || !isPlainFloat(q) || !isPlainFloat(k) || !isPlainFloat(v)) {
        return reference::attentionBackward(dO, q, k, v, lse_TH, rows, shape);
    }
    AttentionGradients result{at::empty_like(q), at::zeros_like(k), at::zeros_like(v)};
    const std::int64_t e = shape.headSize;
    const std::int64_t group = shape.heads / shape.kvHeads;
    const Strides stride{shape.heads * e, shape.kvHeads * e};
    const float* gData = dO.const_data_ptr<float>();
    const float* qData = q.const_data_ptr<float>();
    const float* kData = k.const_data_ptr<float>();
    const float* vData = v.const_data_ptr<float>();
    const float* lseData = lse_TH.const_data_ptr<float>();
    float* dqData = result.dq.mutable_data_ptr<float>();
    float* dkData = result.dk.mutable_data_ptr<float>();
    float* dvData = result.dv.mutable_data_ptr<float>();
    const auto scale = static_cast<float>(shape.scale());
    const auto cap = static_cast<float>(shape.cap);
    forEachRowAndHead(rows, shape.kvHeads, [&](std::size_t r, std::int64_t kv) {
        const std::int64_t base = rows[r];
        const std::int64_t n = rows[r + 1] - base;
        std::vector<float> p(static_cast<std::size_t>(kQueryBlock * n));
        std::vector<float> dp(p.size());
        std::vector<float> slope(cap > 0 ? p.size() : 0);
        for (std::int64_t start = 0; start < n; start += kQueryBlock) {
            const Block block = blockAt(start, n, shape.window);
            const std::int64_t keyAt = (base + block.keyBegin) * stride.kv + kv * e;
            const Matrix keys{kData + keyAt, stride.kv};
            for (std::int64_t h = kv * group; h < (kv + 1) * group; ++h) {
                const std::int64_t at = (base + start) * stride.q + h * e;
                const Matrix queries{qData + at, stride.q};
                const Matrix gradients{gData + at, stride.q};
                gemm(Op::Plain, Op::Transposed, block.queries(), block.keys(), e, scale, queries, keys, 0, p.data(),
                     block.keys());
                gemm(Op::Plain, Op::Transposed, block.queries(), block.keys(), e, 1, gradients, {vData + keyAt, stride.kv}, 0,
                     dp.data(), block.keys());
                for (std::int64_t i = start; i < block.queryEnd; ++i) {
                    const std::int64_t row = (i - start) * block.keys();
                    const std::int64_t first = firstKey(block, i, shape.window);
                    const std::int64_t end = i + 1 - block.keyBegin;
                    if (cap > 0) {
                        capRow(p.data() + row, cap, first, end);
                        capSlopeRow(p.data() + row, slope.data() + row, cap, first, end);
                    }
                    probabilityRow(p.data() + row, lseData[(base + i) * shape.heads + h], first, end, block.keys());
                }
                const Matrix probabilities{p.data(), block.keys()};
                gemm(Op::Transposed, Op::Plain, block.keys(), e, block.queries(), 1, probabilities, gradients, 1, dvData + keyAt,
                     stride.kv);
                for (std::int64_t i = 0; i < block.queries(); ++i) {
                    const std::int64_t row = i * block.keys();
                    scoreGradientRow(p.data() + row, dp.data() + row, scale, block.keys());
                    if (cap > 0) {
                        multiplyRow(dp.data() + row, slope.data() + row, firstKey(block, start + i, shape.window),
                                    start + i + 1 - block.keyBegin);
                    }
                }
                const Matrix scoreGradients{dp.data(), block.keys()};
                gemm(Op::Plain, Op::Plain, block.queries(), e, block.keys(), 1, scoreGradients, keys, 0, dqData + at, stride.q);
                gemm(Op::Transposed, Op::Plain, block.keys(), e, block.queries(), 1, scoreGradients, queries, 1, dkData + keyAt,
                     stride.kv);
            }
        }
    });
    return result;
}

at::Tensor attentionStep(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values,
                         const std::vector<std::int64_t>& lengths, const HeadShape& shape)
{
    if (!isPlainFloat(q) || !isPlainFloat(keys) || !isPlainFloat(values)) {
        return reference::attentionStep(q, keys, values, lengths, shape);
    }
    at::Tensor out = at::zeros_like(q);
    const std::int64_t e = shape.headSize;
    const std::int64_t group = shape.heads / shape.kvHeads;
    const Strides stride{shape.heads * e, shape.kvHeads * e};
    const std::int64_t capacity = keys.size(1);
    const float* qData = q.const_data_ptr<float>();
    const float* kData = keys.const_data_ptr<float>();
    const float* vData = values.const_data_ptr<float>();
    float* oData = out.mutable_data_ptr<float>();
    const auto scale = static_cast<float>(shape.scale());
    const auto cap = static_cast<float>(shape.cap);
    at::parallel_for(0, q.size(0) * shape.heads, 4, [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> scores(static_cast<std::size_t>(capacity));
        for (std::int64_t task = begin; task < end; ++task) {
            const std::int64_t b = task / shape.heads;
            const std::int64_t h = task % shape.heads;
            const std::int64_t last = lengths[static_cast<std::size_t>(b)];
            const std::int64_t first = shape.window > 0 ? std::max<std::int64_t>(0, last - shape.window) : 0;
            const float* query = qData + b * stride.q + h * e;
            const std::int64_t head = b * capacity * stride.kv + (h / group) * e;
            for (std::int64_t j = first; j < last; ++j) {
                scores[static_cast<std::size_t>(j)] = scale * dotRow(query, kData + head + j * stride.kv, e);
            }
            if (cap > 0) {
                capRow(scores.data(), cap, first, last);
            }
            softmaxRow(scores.data(), first, last, last);
            for (std::int64_t j = first; j < last; ++j) {
                addScaledRow(oData + b * stride.q + h * e, vData + head + j * stride.kv, scores[static_cast<std::size_t>(j)], e);
            }
        }
    });
    return out;
}

} // namespace lori::model
