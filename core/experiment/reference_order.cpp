// SPDX-License-Identifier: Apache-2.0
#include "core/experiment/reference_order.h"

#include "core/support/error.h"

#include <bit>
#include <numeric>
#include <string>
#include <utility>

namespace lori::experiment {

namespace {

constexpr std::size_t kMiddle = 397;
constexpr std::uint32_t kTwist = 0x9908b0dfU;
constexpr std::uint32_t kUpperBit = 0x80000000U;
constexpr std::uint32_t kLowerBits = 0x7fffffffU;

std::uint32_t mixed(std::uint32_t word)
{
    return word ^ (word >> 30U);
}

} // namespace

void MersenneTwister::initialize(std::uint32_t seed)
{
    m_state[0] = seed;
    for (std::size_t i = 1; i < kWords; ++i) {
        m_state[i] = 1812433253U * mixed(m_state[i - 1]) + static_cast<std::uint32_t>(i);
    }
    m_next = kWords;
}

MersenneTwister MersenneTwister::likeNumpy(std::uint32_t seed)
{
    MersenneTwister generator;
    generator.initialize(seed);
    return generator;
}

MersenneTwister MersenneTwister::likePython(std::uint32_t seed)
{
    // Initialization by a key of one word: Python splits the number into 32-bit words, and below 2^32 there is one.
    MersenneTwister generator;
    generator.initialize(19650218U);
    auto& state = generator.m_state;
    std::size_t i = 1;
    const auto advance = [&] {
        if (++i == kWords) {
            state[0] = state[kWords - 1];
            i = 1;
        }
    };
    for (std::size_t round = 0; round < kWords; ++round) {
        state[i] = (state[i] ^ (mixed(state[i - 1]) * 1664525U)) + seed;
        advance();
    }
    for (std::size_t round = 0; round + 1 < kWords; ++round) {
        state[i] = (state[i] ^ (mixed(state[i - 1]) * 1566083941U)) - static_cast<std::uint32_t>(i);
        advance();
    }
    state[0] = kUpperBit;
    generator.m_next = kWords;
    return generator;
}

void MersenneTwister::refill()
{
    for (std::size_t i = 0; i < kWords; ++i) {
        const std::uint32_t joined = (m_state[i] & kUpperBit) | (m_state[(i + 1) % kWords] & kLowerBits);
        m_state[i] = m_state[(i + kMiddle) % kWords] ^ (joined >> 1U) ^ ((joined & 1U) != 0 ? kTwist : 0U);
    }
    m_next = 0;
}

std::uint32_t MersenneTwister::next()
{
    if (m_next == kWords) {
        refill();
    }
    std::uint32_t word = m_state[m_next++];
    word ^= word >> 11U;
    word ^= (word << 7U) & 0x9d2c5680U;
    word ^= (word << 15U) & 0xefc60000U;
    return word ^ (word >> 18U);
}

std::uint32_t MersenneTwister::below(std::uint32_t n)
{
    const int unused = std::countl_zero(n);
    std::uint32_t value = next() >> static_cast<unsigned>(unused);
    while (value >= n) {
        value = next() >> static_cast<unsigned>(unused);
    }
    return value;
}

void shuffleLikePython(std::vector<std::int64_t>& list, MersenneTwister& generator)
{
    for (std::size_t i = list.size(); i-- > 1;) {
        std::swap(list[i], list[generator.below(static_cast<std::uint32_t>(i + 1))]);
    }
}

ReferenceOrder::ReferenceOrder(std::int64_t rows, std::uint32_t seed) : m_epochSeeds(MersenneTwister::likeNumpy(seed))
{
    if (rows < 0 || rows >= (std::int64_t{1} << 32U)) {
        throw Exception(ErrorCode::InvalidArgument,
                        "the reference's order needs 0 to 4294967295 rows, not " + std::to_string(rows), "use the seeded order",
                        "data.order");
    }
    m_order.resize(static_cast<std::size_t>(rows));
    std::iota(m_order.begin(), m_order.end(), std::int64_t{0});
}

const std::vector<std::int64_t>& ReferenceOrder::nextEpoch()
{
    MersenneTwister generator = MersenneTwister::likePython(m_epochSeeds.next());
    shuffleLikePython(m_order, generator);
    return m_order;
}

} // namespace lori::experiment
