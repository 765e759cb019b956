// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lori::experiment {

/// The 32-bit Mersenne Twister MT19937 with the two seedings that NumPy and Python use.
/// Source: Matsumoto & Nishimura, ACM TOMACS 8(1), 1998, with the initialization of 2002.
class MersenneTwister final {
public:
    /// numpy.random.RandomState(seed) for a whole number below 2^32.
    [[nodiscard]] static MersenneTwister likeNumpy(std::uint32_t seed);
    /// random.seed(seed) of Python 3 for a whole number below 2^32.
    [[nodiscard]] static MersenneTwister likePython(std::uint32_t seed);
    [[nodiscard]] std::uint32_t next();
    /// random.randrange(n) of Python 3: unbiased, by rejection. `n` is at least 1 and at most 2^32 - 1.
    [[nodiscard]] std::uint32_t below(std::uint32_t n);

private:
    static constexpr std::size_t kWords = 624;
    MersenneTwister() = default;
    void initialize(std::uint32_t seed);
    void refill();
    std::array<std::uint32_t, kWords> m_state{};
    std::size_t m_next = kWords;
};

/// random.shuffle of Python 3, in place.
void shuffleLikePython(std::vector<std::int64_t>& list, MersenneTwister& generator);

/// The order in which the reference visits its training rows (method.md §1.4). NumPy's generator, seeded with 0, gives one number
/// an epoch; that number seeds Python's, which shuffles the list in place: epoch n shuffles the order of epoch n - 1.
class ReferenceOrder final {
public:
    /// `rows` is below 2^32. Throws Exception(InvalidArgument).
    explicit ReferenceOrder(std::int64_t rows, std::uint32_t seed = 0);
    /// Row numbers of the next epoch; the first call gives epoch 0. The reference drops the last incomplete batch, the caller
    /// does so.
    [[nodiscard]] const std::vector<std::int64_t>& nextEpoch();

private:
    MersenneTwister m_epochSeeds;
    std::vector<std::int64_t> m_order;
};

} // namespace lori::experiment
