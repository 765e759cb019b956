// SPDX-License-Identifier: Apache-2.0
#include "core/chat/budget.h"

#include "core/support/error.h"

namespace lori::chat {

namespace {

constexpr std::uint64_t kWork = 4'000'000;
constexpr std::uint64_t kWorkOfAByte = 64;
constexpr std::uint64_t kMemory = 128ULL << 20U;
constexpr std::uint64_t kMemoryOfAByte = 256;

[[noreturn]] void refuse(const char* what)
{
    throw Exception(ErrorCode::InvalidArgument, what, "use another chat template, or another prompt form", "chat template");
}

} // namespace

Budget::Budget(std::uint64_t inputBytes)
    : m_work(kWork + kWorkOfAByte * inputBytes), m_memory(kMemory + kMemoryOfAByte * inputBytes)
{
}

void Budget::work(std::uint64_t units)
{
    if (units > m_work) {
        refuse("the chat template takes too many steps; it may never end");
    }
    m_work -= units;
}

void Budget::memory(std::uint64_t bytes)
{
    if (bytes > kMaxText || bytes > m_memory) {
        refuse("the chat template makes too much text");
    }
    m_memory -= bytes;
    work(bytes / 64 + 1);
}

Nesting::Nesting(int& depth) : m_depth(depth)
{
    if (depth >= Budget::kMaxDepth) {
        refuse("the chat template calls itself, or nests, too deeply");
    }
    ++m_depth;
}

} // namespace lori::chat
