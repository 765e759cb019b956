// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace lori {

/// Owns a file descriptor.
class Descriptor final {
public:
    explicit Descriptor(int value) : m_value(value) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();
    [[nodiscard]] int get() const { return m_value; }
    /// Gives the descriptor away.
    [[nodiscard]] int release();

private:
    int m_value;
};

/// One write(2) unless the kernel takes only a part. Throws Exception(DiskFull | Io).
void writeAllTo(int descriptor, std::string_view text, const std::filesystem::path& file);
/// Fills `text` from `offset`; shorter when the file ends. Throws Exception(Io).
void readAllAt(int descriptor, std::string& text, std::uint64_t offset, const std::filesystem::path& file);

} // namespace lori
