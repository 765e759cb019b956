// SPDX-License-Identifier: Apache-2.0
#include "core/model/matmul.h"

#include "core/model/half_product.h"
#include "core/ops/bf16_product.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <optional>

namespace lori::model {

namespace {

using LinearPointwise = at::Tensor(const at::Tensor&, const at::Tensor&, const std::optional<at::Tensor>&, std::string_view,
                                   c10::List<std::optional<at::Scalar>>, std::optional<std::string_view>);

/// oneDNN's linear operator; looked up once because LibTorch can be built without it.
const std::optional<c10::TypedOperatorHandle<LinearPointwise>>& oneDnnLinear()
{
    static const auto handle = []() -> std::optional<c10::TypedOperatorHandle<LinearPointwise>> {
        // oneDNN keeps a compiled product for each shape it has met, and every step has its own number of tokens: with the usual
        // 1,024 places a run grows by some 20 MB a step. A step uses about 20 shapes. A person's own setting is left alone.
        ::setenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "64", 0); // NOLINT(concurrency-mt-unsafe): once, before oneDNN reads it
        const auto schema = c10::Dispatcher::singleton().findSchema({"mkldnn::_linear_pointwise", ""});
        if (!schema || !schema->hasKernelForDispatchKey(c10::DispatchKey::CPU)) {
            return std::nullopt;
        }
        return schema->typed<LinearPointwise>();
    }();
    return handle;
}

/// x·wᵀ by oneDNN; `w` may be a transposed view, `x` must be contiguous.
at::Tensor oneDnn(const at::Tensor& x, const at::Tensor& w)
{
    return oneDnnLinear()->call(x, w, std::nullopt, "none", c10::List<std::optional<at::Scalar>>(),
                                std::optional<std::string_view>(""));
}

/// oneDNN's set-up per call costs more than it wins on tiny products, and it knows only the f32 CPU case here.
bool worthOneDnn(GemmBackend backend, const at::Tensor& x, const at::Tensor& w)
{
    constexpr std::int64_t kSmallestFlops = 1 << 19;
    return backend == GemmBackend::OneDnn && x.is_cpu() && x.scalar_type() == at::kFloat && w.scalar_type() == at::kFloat &&
           x.numel() > 0 && x.numel() * w.size(0) >= kSmallestFlops;
}

/// Held in fewer bits than the products are computed in.
bool isNarrow(const Weight& w)
{
    return w.isBlocks() || w.held().scalar_type() == at::kBFloat16 || w.held().scalar_type() == at::kHalf;
}

/// a·b [M, N] in f32 from bf16 operands.
at::Tensor bf16(const at::Tensor& a_MK, const at::Tensor& b_KN)
{
    at::Tensor c = at::empty({a_MK.size(0), b_KN.size(1)}, at::kFloat);
    ops::bf16Product(viewOf(a_MK), viewOf(b_KN), c.size(0), c.size(1), a_MK.size(1), c.mutable_data_ptr<float>(), c.size(1),
                     ops::Into::Store);
    return c;
}

/// The same with a right side that is kept.
at::Tensor bf16(const at::Tensor& a_MK, const ops::Bf16Columns& b_KN)
{
    at::Tensor c = at::empty({a_MK.size(0), b_KN.n()}, at::kFloat);
    ops::bf16Product(viewOf(a_MK), b_KN, c.size(0), c.mutable_data_ptr<float>(), c.size(1), ops::Into::Store);
    return c;
}

/// Calls `use(firstRow, rows of W in f32)` piece by piece; a piece has at most 32 MB.
template <typename Use>
void forEachWidePiece(const Weight& w_OI, const Use& use)
{
    constexpr std::int64_t kPieceValues = 1 << 23;
    const std::int64_t rows =
        std::max<std::int64_t>(1, std::min(w_OI.size(0), kPieceValues / std::max<std::int64_t>(1, w_OI.size(1))));
    for (std::int64_t begin = 0; begin < w_OI.size(0); begin += rows) {
        use(begin, w_OI.wideRows(begin, std::min(rows, w_OI.size(0) - begin)));
    }
}

} // namespace

const char* gemmBackendName(GemmBackend backend)
{
    return backend == GemmBackend::OneDnn ? "onednn" : backend == GemmBackend::Bf16 ? "bf16" : "blas";
}

GemmBackend gemmBackendFromName(const std::string& name)
{
    if (name == "bf16") {
        return GemmBackend::Bf16;
    }
    return name == "onednn" && oneDnnLinear() ? GemmBackend::OneDnn : GemmBackend::Blas;
}

namespace {

/// One thread for as long as it lives.
class OneThread final {
public:
    OneThread() : m_threads(at::get_num_threads()) { at::set_num_threads(1); }
    ~OneThread() { at::set_num_threads(m_threads); }
    OneThread(const OneThread&) = delete;
    OneThread& operator=(const OneThread&) = delete;

private:
    int m_threads;
};

/// Seconds of processor that this thread has had: other programs' work does not count.
double threadSeconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double wallSeconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// FLOP/s on [1536, 576] × [tokens, 576], the best of four, by a clock.
double rateBy(double (*seconds)(), GemmBackend backend, std::int64_t tokens)
{
    constexpr int kAttempts = 4;
    const at::Tensor x = at::ones({tokens, 576});
    const at::Tensor w = at::ones({1536, 576});
    const Matmul matmul(backend);
    double best = 0;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const double begin = seconds();
        const at::Tensor y = matmul.forward(x, w);
        best = std::max(best, 2.0 * static_cast<double>(x.numel()) * 1536 / std::max(seconds() - begin, 1e-9));
    }
    return best;
}

} // namespace

double measureGemmRate(GemmBackend backend, std::int64_t tokens)
{
    return rateBy(wallSeconds, backend, tokens);
}

GemmBackend measureFasterGemm()
{
    if (!oneDnnLinear()) {
        return GemmBackend::Blas;
    }
    constexpr std::int64_t kTokens = 256;
    const OneThread alone;
    // In turns, so that another program's burst of work, which takes caches away, meets both.
    double blas = 0;
    double oneDnn = 0;
    for (int turn = 0; turn < 3; ++turn) {
        blas = std::max(blas, rateBy(threadSeconds, GemmBackend::Blas, kTokens));
        oneDnn = std::max(oneDnn, rateBy(threadSeconds, GemmBackend::OneDnn, kTokens));
    }
    // BLAS only keeps its place when it is clearly faster: a tie would make the choice differ from start to start.
    return blas > 1.1 * oneDnn ? GemmBackend::Blas : GemmBackend::OneDnn;
}

bool Matmul::halves(const at::Tensor& x, const Weight& w) const
{
    constexpr std::int64_t kFewTokens = 16; // a tile's lines: fewer leave most of it empty, and packing W costs as much as W·x
    return m_backend == GemmBackend::Bf16 && x.is_cpu() && x.size(0) >= kFewTokens && !w.isBlocks() &&
           w.held().scalar_type() != at::kHalf;
}

at::Tensor Matmul::forward(const at::Tensor& x_TI, const Weight& w_OI) const
{
    if (halves(x_TI, w_OI)) {
        const ops::Bf16Columns* kept = w_OI.forwardTiles();
        return kept != nullptr ? bf16(x_TI, *kept) : bf16(x_TI, w_OI.held().t());
    }
    if (!isNarrow(w_OI)) {
        return floatForward(x_TI, w_OI.held());
    }
    const std::int64_t tokens = x_TI.size(0);
    if (w_OI.isBlocks()) {
        constexpr std::int64_t kManyTokens = 64; // from here on, widening W costs little beside the product
        if (tokens >= kManyTokens) {
            return widenedForward(x_TI, w_OI);
        }
        const at::Tensor x = x_TI.contiguous();
        at::Tensor y = at::empty({tokens, w_OI.size(0)}, x.options());
        ops::blockProduct(w_OI.blocks(), x.const_data_ptr<float>(), tokens, y.mutable_data_ptr<float>());
        return y;
    }
    constexpr std::int64_t kFewTokens = 4; // widening W costs about as much as four tokens' products
    if (x_TI.is_cpu() && tokens <= kFewTokens && w_OI.held().is_contiguous()) {
        return halfProduct(x_TI.contiguous(), w_OI.held());
    }
    return widenedForward(x_TI, w_OI);
}

at::Tensor Matmul::inputGradient(const at::Tensor& g_TO, const Weight& w_OI) const
{
    if (halves(g_TO, w_OI)) {
        const ops::Bf16Columns* kept = w_OI.backwardTiles();
        return kept != nullptr ? bf16(g_TO, *kept) : bf16(g_TO, w_OI.held());
    }
    return isNarrow(w_OI) ? widenedInputGradient(g_TO, w_OI) : floatInputGradient(g_TO, w_OI.held());
}

at::Tensor Matmul::floatForward(const at::Tensor& x_TI, const at::Tensor& w_OI) const
{
    if (halves(x_TI, w_OI)) {
        return bf16(x_TI, w_OI.t());
    }
    if (worthOneDnn(m_backend, x_TI, w_OI)) {
        return oneDnn(x_TI.contiguous(), w_OI);
    }
    return at::mm(x_TI, w_OI.t());
}

at::Tensor Matmul::floatInputGradient(const at::Tensor& g_TO, const at::Tensor& w_OI) const
{
    if (halves(g_TO, w_OI)) {
        return bf16(g_TO, w_OI);
    }
    if (worthOneDnn(m_backend, g_TO, w_OI.t())) {
        return oneDnn(g_TO.contiguous(), w_OI.t());
    }
    return at::mm(g_TO, w_OI);
}

at::Tensor Matmul::widenedForward(const at::Tensor& x_TI, const Weight& w_OI) const
{
    at::Tensor y = at::empty({x_TI.size(0), w_OI.size(0)}, x_TI.options());
    forEachWidePiece(w_OI, [&](std::int64_t begin, const at::Tensor& piece) {
        y.narrow(1, begin, piece.size(0)).copy_(floatForward(x_TI, piece));
    });
    return y;
}

at::Tensor Matmul::widenedInputGradient(const at::Tensor& g_TO, const Weight& w_OI) const
{
    at::Tensor dx = at::zeros({g_TO.size(0), w_OI.size(1)}, g_TO.options());
    forEachWidePiece(w_OI, [&](std::int64_t begin, const at::Tensor& piece) {
        dx.add_(floatInputGradient(g_TO.narrow(1, begin, piece.size(0)), piece));
    });
    return dx;
}

at::Tensor Matmul::weightGradient(const at::Tensor& g_TO, const at::Tensor& h_TR) const
{
    if (halves(g_TO, h_TR)) {
        return bf16(g_TO.t(), h_TR);
    }
    if (worthOneDnn(m_backend, h_TR.t(), g_TO.t())) {
        // Computed as (hᵀ·g)ᵀ: only the narrow h has to be copied into row order.
        return oneDnn(h_TR.t().contiguous(), g_TO.t()).t().contiguous();
    }
    return at::mm(g_TO.t(), h_TR);
}

} // namespace lori::model
