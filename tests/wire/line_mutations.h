// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <string>
#include <vector>

namespace lori::test {

/// Lines for a server that must not mind them: valid ones, mutated ones, other JSON, bytes, deep nesting, huge numbers. None
/// holds a line feed; the same for the same seed.
class LineMutations final {
public:
    LineMutations(std::vector<std::string> valid, std::uint32_t seed) : m_valid(std::move(valid)), m_random(seed) {}
    [[nodiscard]] std::string next();

private:
    [[nodiscard]] std::size_t below(std::size_t limit) { return m_random() % limit; }
    [[nodiscard]] std::string mutated();
    [[nodiscard]] std::string withOtherValue();
    [[nodiscard]] std::string bytes();
    [[nodiscard]] std::string nested();

    std::vector<std::string> m_valid;
    std::mt19937 m_random;
};

} // namespace lori::test
