// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdio>
#include <string>

namespace lori::workers {

/// One line of a job's text, made as printf does; what goes past 255 bytes is cut. `format` fits `values`.
[[nodiscard]] std::string textLine(const char* format, auto... values)
{
    std::array<char, 256> text{};
    std::snprintf(text.data(), text.size(), format, values...); // NOLINT: the formats are the callers' own
    return text.data();
}

} // namespace lori::workers
