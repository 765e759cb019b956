// SPDX-License-Identifier: Apache-2.0
#include "core/model/matmul.h"

#include <ATen/Functions.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <chrono>
#include <cstdlib>
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

} // namespace

const char* gemmBackendName(GemmBackend backend)
{
    return backend == GemmBackend::OneDnn ? "onednn" : "blas";
}

GemmBackend gemmBackendFromName(const std::string& name)
{
    return name == "onednn" && oneDnnLinear() ? GemmBackend::OneDnn : GemmBackend::Blas;
}

double measureGemmRate(GemmBackend backend, std::int64_t tokens)
{
    const at::Tensor x = at::ones({tokens, 576});
    const at::Tensor w = at::ones({1536, 576});
    const Matmul matmul(backend);
    double best = 0;
    for (int attempt = 0; attempt < 4; ++attempt) {
        const auto begin = std::chrono::steady_clock::now();
        const at::Tensor y = matmul.forward(x, w);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
        best = std::max(best, 2.0 * static_cast<double>(x.numel()) * 1536 / seconds.count());
    }
    return best;
}

GemmBackend measureFasterGemm()
{
    if (!oneDnnLinear()) {
        return GemmBackend::Blas;
    }
    constexpr std::int64_t kTokens = 1024;
    // BLAS only keeps its place when it is clearly faster: a tie would make the choice differ from start to start.
    return measureGemmRate(GemmBackend::Blas, kTokens) > 1.1 * measureGemmRate(GemmBackend::OneDnn, kTokens)
               ? GemmBackend::Blas
               : GemmBackend::OneDnn;
}

at::Tensor Matmul::forward(const at::Tensor& x_TI, const at::Tensor& w_OI) const
{
    if (worthOneDnn(m_backend, x_TI, w_OI)) {
        return oneDnn(x_TI.contiguous(), w_OI);
    }
    return at::mm(x_TI, w_OI.t());
}

at::Tensor Matmul::inputGradient(const at::Tensor& g_TO, const at::Tensor& w_OI) const
{
    if (worthOneDnn(m_backend, g_TO, w_OI.t())) {
        return oneDnn(g_TO.contiguous(), w_OI.t());
    }
    return at::mm(g_TO, w_OI);
}

at::Tensor Matmul::weightGradient(const at::Tensor& g_TO, const at::Tensor& h_TR) const
{
    if (worthOneDnn(m_backend, h_TR.t(), g_TO.t())) {
        // Computed as (hᵀ·g)ᵀ: only the narrow h has to be copied into row order.
        return oneDnn(h_TR.t().contiguous(), g_TO.t()).t().contiguous();
    }
    return at::mm(g_TO.t(), h_TR);
}

} // namespace lori::model
