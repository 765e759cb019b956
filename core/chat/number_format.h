// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/chat/value.h"

#include <cstdint>
#include <string>

namespace lori::chat {

/// How one value is written: what stands behind '%' or behind the ':' of str.format.
struct NumberForm {
    std::string fill = " ";
    char align = '\0'; ///< '<', '>', '^', '='; none: the type's own
    char sign = '-';   ///< '+', '-', ' '
    bool isAlternate = false;
    bool isZeroPadded = false;
    std::int64_t width = 0;
    char grouping = '\0';        ///< ',' or '_'
    std::int64_t precision = -1; ///< -1: none
    char type = '\0';            ///< d, x, X, o, b, e, E, f, F, g, G, %; none: s or d or repr
};

/// A number; throws InvalidArgument for a type that it has not.
[[nodiscard]] std::string formattedNumber(const Value& value, const NumberForm& form);
/// A text, cut to the precision and filled up to the width. `ownAlign`: where it stands without an align.
[[nodiscard]] std::string padded(std::string text, const NumberForm& form, char ownAlign);

} // namespace lori::chat
