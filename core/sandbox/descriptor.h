// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <utility>

namespace lori::sandbox {

/// Owns a file descriptor that no child inherits by accident. Movable, not copyable.
class Descriptor final {
public:
    Descriptor() = default;
    explicit Descriptor(int value) : m_value(value) {}
    Descriptor(Descriptor&& other) noexcept : m_value(std::exchange(other.m_value, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(m_value, other.m_value);
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }

    [[nodiscard]] int get() const { return m_value; }
    [[nodiscard]] bool isOpen() const { return m_value >= 0; }
    void close();

private:
    int m_value = -1;
};

/// Two connected ends. All of them close on exec and have numbers above those that a child is given.
struct Ends {
    Descriptor ours;   ///< of a pipe: the one to read from, which does not block
    Descriptor theirs; ///< of a pipe: the one to write to
};

/// Each throws Exception(Io) when the system is out of descriptors or memory.
[[nodiscard]] Ends makePipe();
[[nodiscard]] Ends makeSocketPair(); ///< both ends alike, both block
/// Memory that reads as a file from its start and that nobody can change any more.
[[nodiscard]] Descriptor sealedMemory(std::string_view content);
/// A descriptor that becomes readable when the process ends; closed when there is no such process.
[[nodiscard]] Descriptor watchProcess(int pid);

} // namespace lori::sandbox
