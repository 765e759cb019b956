// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace lori::chat {

/// What one rendering may still use. Templates come with models, from anywhere: every loop, text and list is paid for here, so
/// that a hostile one ends with a sentence instead of the memory or the day.
class Budget final {
public:
    /// `inputBytes`: size of the conversation; long ones may cost more.
    explicit Budget(std::uint64_t inputBytes);

    /// Throws InvalidArgument when nothing is left. `units`: about one for each step or list element.
    void work(std::uint64_t units);
    /// For a text (or list) of this many bytes that comes into being.
    void memory(std::uint64_t bytes);

    static constexpr int kMaxDepth = 300;                       ///< expressions and calls inside each other
    static constexpr int kMaxValueDepth = 100;                  ///< lists inside lists
    static constexpr std::uint64_t kMaxValueWeight = 4'000'000; ///< values inside one value
    static constexpr std::uint64_t kMaxText = 64ULL << 20U;

private:
    std::uint64_t m_work;
    std::uint64_t m_memory;
};

/// Counts how deep the interpreter is inside itself, for as long as it lives.
class Nesting final {
public:
    explicit Nesting(int& depth); ///< throws InvalidArgument beyond Budget::kMaxDepth
    ~Nesting() { --m_depth; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

private:
    int& m_depth;
};

} // namespace lori::chat
