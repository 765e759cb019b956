// SPDX-License-Identifier: Apache-2.0
#include "core/support/descriptor.h"

#include "core/support/files.h"

#include <cerrno>
#include <unistd.h>
#include <utility>

namespace lori {

Descriptor::~Descriptor()
{
    if (m_value >= 0) {
        ::close(m_value);
    }
}

int Descriptor::release()
{
    return std::exchange(m_value, -1);
}

void writeAllTo(int descriptor, std::string_view text, const std::filesystem::path& file)
{
    while (!text.empty()) {
        const ssize_t n = ::write(descriptor, text.data(), text.size());
        if (n < 0) {
            if (errno == EINTR) {
                continue;
            }
            throw Exception(errorFromErrno(errno, "cannot write", file));
        }
        text.remove_prefix(static_cast<std::size_t>(n));
    }
}

void readAllAt(int descriptor, std::string& text, std::uint64_t offset, const std::filesystem::path& file)
{
    std::size_t got = 0;
    while (got < text.size()) {
        const ssize_t n = ::pread(descriptor, text.data() + got, text.size() - got, static_cast<off_t>(offset + got));
        if (n < 0) {
            if (errno == EINTR) {
                continue;
            }
            throw Exception(errorFromErrno(errno, "cannot read", file));
        }
        if (n == 0) {
            break;
        }
        got += static_cast<std::size_t>(n);
    }
    text.resize(got);
}

} // namespace lori
