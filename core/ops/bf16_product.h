// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ops/bf16_unit.h"

#include <cstdint>
#include <memory>

namespace lori::ops {

/// A matrix where it lies: entry (r, c) is at data + r·rowStride + c·columnStride, counted in numbers. One of the strides is 1,
/// or reading is slow.
struct MatrixView {
    const void* data = nullptr;
    std::int64_t rowStride = 0;
    std::int64_t columnStride = 1;
    bool isBf16 = false; ///< else f32

    [[nodiscard]] MatrixView transposed() const { return {data, columnStride, rowStride, isBf16}; }
};

enum class Into : std::uint8_t {
    Store, ///< c = a·b
    Add,   ///< c += a·b
};

class Tiles;

/// A matrix b [K, N] as the right side of products: entries rounded to bf16 and laid out for tiles once. Takes 2 bytes an entry.
class Bf16Columns final {
public:
    Bf16Columns(const MatrixView& b, std::int64_t k, std::int64_t n, Bf16Unit unit = bf16Unit());
    Bf16Columns(Bf16Columns&&) noexcept;
    Bf16Columns& operator=(Bf16Columns&&) noexcept;
    Bf16Columns(const Bf16Columns&) = delete;
    Bf16Columns& operator=(const Bf16Columns&) = delete;
    ~Bf16Columns();
    [[nodiscard]] std::int64_t k() const { return m_k; }
    [[nodiscard]] std::int64_t n() const { return m_n; }

private:
    friend void bf16Product(const MatrixView& a, const Bf16Columns& b, std::int64_t m, float* c, std::int64_t ldc, Into into);
    std::int64_t m_k;
    std::int64_t m_n;
    Bf16Unit m_unit;
    std::unique_ptr<const Tiles> m_tiles;
};

/// The product below, from a right side made before; the same bits.
void bf16Product(const MatrixView& a, const Bf16Columns& b, std::int64_t m, float* c, std::int64_t ldc, Into into);

/// c [M, N] from a [M, K] and b [K, N], whose entries are rounded to bf16 (to nearest, ties to even); products and sums are f32.
/// `ldc` ≥ N numbers lie between rows of c. The same bits for any number of threads; other units sum in another order. Numbers
/// too small for a normal f32 (below 1.2·10⁻³⁸) count as zero.
void bf16Product(const MatrixView& a, const MatrixView& b, std::int64_t m, std::int64_t n, std::int64_t k, float* c,
                 std::int64_t ldc, Into into, Bf16Unit unit = bf16Unit());

namespace reference {
/// The same from the rounded entries, summed in f64.
void bf16Product(const MatrixView& a, const MatrixView& b, std::int64_t m, std::int64_t n, std::int64_t k, float* c,
                 std::int64_t ldc, Into into);
} // namespace reference

} // namespace lori::ops
