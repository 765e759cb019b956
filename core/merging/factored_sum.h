// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

namespace lori::merging {

/// A and B of an adapter with scaling 1: ΔW = b·a, f32, contiguous.
struct LowRank {
    at::Tensor a_RI;
    at::Tensor b_OR;
};

/// How far a merge is from what it should be (Frobenius norms).
struct Distance {
    double norm = 0;
    double error = 0;
};

/// A change of weights as a product of thin factors in f64, ΔW = b·a with K columns and rows; [out, in] is never formed. The two
/// Gram matrices bᵀ·b and a·aᵀ [K, K] carry all the arithmetic, so that its cost is O(K²·(in + out)).
class FactoredSum final {
public:
    /// b [out, K] and a [K, in], f64.
    FactoredSum(at::Tensor b_OK, at::Tensor a_KI) : m_b_OK(std::move(b_OK)), m_a_KI(std::move(a_KI)) {}

    [[nodiscard]] const at::Tensor& b_OK() const { return m_b_OK; }
    [[nodiscard]] const at::Tensor& a_KI() const { return m_a_KI; }

    /// |b·a − other.b·other.a| and |b·a|. When the two have the same a, the difference of the b is measured, which does not
    /// cancel; otherwise differences below about 1e-8 of the norm are rounding.
    [[nodiscard]] Distance distanceTo(const LowRank& other);
    /// The best approximation of rank `rank` (Eckart and Young 1936), as b = U·Σ and a = Vᵀ like PEFT; columns beyond the rank of
    /// the sum are 0. Through the eigenvectors of both Gram matrices: directions of less than 1e-7 of the largest are left out.
    [[nodiscard]] LowRank truncated(std::int64_t rank);

private:
    struct Grams {
        at::Tensor bb_KK;
        at::Tensor aa_KK;
    };
    [[nodiscard]] const Grams& grams();

    at::Tensor m_b_OK;
    at::Tensor m_a_KI;
    std::optional<Grams> m_grams;
};

/// The same for a full matrix [out, in] in f64, through the eigenvectors of its smaller Gram matrix.
/// Cost: O(m³ + m²·n) with m the smaller side.
[[nodiscard]] LowRank truncatedMatrix(const at::Tensor& change_OI, std::int64_t rank);
/// The same in f32 by the decomposition that PEFT calls. Where two singular values at the cut are nearly equal, which directions
/// stay depends on its rounding, so that only the same decomposition gives the same result.
[[nodiscard]] LowRank truncatedAsPeft(const at::Tensor& change_OI, std::int64_t rank);

} // namespace lori::merging
