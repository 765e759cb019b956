// SPDX-License-Identifier: Apache-2.0
#include "core/merging/factored_sum.h"

#include <ATen/Functions.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace lori::merging {

namespace {

/// Eigenvalues of a Gram matrix are squares: 1e-14 of the largest is 1e-7 in size, and f64 holds them no finer.
constexpr double kSmallestEigenvalue = 1e-14;

double innerProduct(const at::Tensor& x, const at::Tensor& y)
{
    return x.mul(y).sum().item<double>();
}

/// The square root factor of a Gram matrix: columns of v·√λ and of v/√λ, for the eigenvalues that count.
struct Root {
    at::Tensor scaled_KP;  ///< V·Λ^(1/2)
    at::Tensor inverse_KP; ///< V·Λ^(−1/2)
};

Root rootOf(const at::Tensor& gram_KK)
{
    const auto [values, vectors] = at::linalg_eigh(gram_KK); // ascending
    const std::int64_t count = values.size(0);
    const double limit = values[count - 1].item<double>() * kSmallestEigenvalue;
    const std::int64_t kept = limit > 0 ? values.gt(limit).sum().item<std::int64_t>() : 0;
    const at::Tensor root = values.narrow(0, count - kept, kept).sqrt();
    const at::Tensor vectors_KP = vectors.narrow(1, count - kept, kept);
    return {vectors_KP.mul(root), vectors_KP.div(root)};
}

/// f32, contiguous, with columns of b and rows of a that are 0 up to `rank`.
LowRank padded(const at::Tensor& b_OP, const at::Tensor& a_PI, std::int64_t rank)
{
    LowRank result{at::zeros({rank, a_PI.size(1)}, at::kFloat), at::zeros({b_OP.size(0), rank}, at::kFloat)};
    result.b_OR.narrow(1, 0, b_OP.size(1)).copy_(b_OP);
    result.a_RI.narrow(0, 0, a_PI.size(0)).copy_(a_PI);
    return result;
}

} // namespace

const FactoredSum::Grams& FactoredSum::grams()
{
    if (!m_grams) {
        m_grams = Grams{at::mm(m_b_OK.t(), m_b_OK), at::mm(m_a_KI, m_a_KI.t())};
    }
    return *m_grams;
}

Distance FactoredSum::distanceTo(const LowRank& other)
{
    const Grams& own = grams();
    const double squaredNorm = innerProduct(own.bb_KK, own.aa_KK);
    const at::Tensor a_RI = other.a_RI.to(at::kDouble);
    const at::Tensor b_OR = other.b_OR.to(at::kDouble);
    double squaredError = 0;
    if (a_RI.sizes() == m_a_KI.sizes() && at::equal(a_RI, m_a_KI)) {
        const at::Tensor difference_OK = b_OR.sub(m_b_OK).to(at::kFloat); // small already: f32 measures it well enough
        squaredError = innerProduct(at::mm(difference_OK.t(), difference_OK).to(at::kDouble), own.aa_KK);
    } else {
        const double cross = innerProduct(at::mm(m_b_OK.t(), b_OR), at::mm(m_a_KI, a_RI.t()));
        const double otherNorm = innerProduct(at::mm(b_OR.t(), b_OR), at::mm(a_RI, a_RI.t()));
        squaredError = squaredNorm - 2 * cross + otherNorm;
    }
    return {std::sqrt(std::max(0.0, squaredNorm)), std::sqrt(std::max(0.0, squaredError))};
}

LowRank FactoredSum::truncated(std::int64_t rank)
{
    const Root b = rootOf(grams().bb_KK);
    const Root a = rootOf(grams().aa_KK);
    // b·a = Q_b·(Λ_b^½·V_bᵀ·V_a·Λ_a^½)·Q_aᵀ with orthonormal Q_b = b·V_b·Λ_b^−½ and Q_a = aᵀ·V_a·Λ_a^−½.
    const at::Tensor core = at::mm(b.scaled_KP.t(), a.scaled_KP);
    const std::int64_t kept = std::min({rank, core.size(0), core.size(1)});
    if (kept == 0) {
        return padded(m_b_OK.narrow(1, 0, 0), m_a_KI.narrow(0, 0, 0), rank);
    }
    const auto [u, s, vh] = at::linalg_svd(core, /*full_matrices=*/false);
    const at::Tensor left = at::mm(b.inverse_KP, u.narrow(1, 0, kept).mul(s.narrow(0, 0, kept)));
    const at::Tensor right = at::mm(vh.narrow(0, 0, kept), a.inverse_KP.t());
    return padded(at::mm(m_b_OK, left), at::mm(right, m_a_KI), rank);
}

LowRank truncatedMatrix(const at::Tensor& change_OI, std::int64_t rank)
{
    const bool tall = change_OI.size(0) > change_OI.size(1);
    const at::Tensor wide = tall ? change_OI.t() : change_OI; // [m, n], m ≤ n
    const std::int64_t kept = std::min(rank, wide.size(0));
    const auto [values, vectors] = at::linalg_eigh(at::mm(wide, wide.t())); // ascending
    const at::Tensor side_MP = vectors.narrow(1, wide.size(0) - kept, kept).flip(1);
    const at::Tensor projected_PN = at::mm(side_MP.t(), wide); // = Σ·Vᵀ
    const at::Tensor sizes_P = projected_PN.norm(2, 1);
    const at::Tensor unit_PN = projected_PN.div(sizes_P.clamp_min(1e-300).unsqueeze(1));
    const at::Tensor scaled_MP = side_MP.mul(sizes_P);
    return tall ? padded(unit_PN.t().mul(sizes_P), side_MP.t(), rank) : padded(scaled_MP, unit_PN, rank);
}

LowRank truncatedAsPeft(const at::Tensor& change_OI, std::int64_t rank)
{
    const auto [u, s, vh] = at::linalg_svd(change_OI, /*full_matrices=*/false);
    return padded(u.narrow(1, 0, rank).mul(s.narrow(0, 0, rank)), vh.narrow(0, 0, rank), rank);
}

} // namespace lori::merging
