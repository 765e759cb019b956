// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is most often wrong with a file of rows that the window says in its own language (ui/services/error_text.cpp). A test
// walks kMessages.

#include "core/support/message.h"

#include <array>

namespace lori::tasks::messages {

inline constexpr CodedMessage kNoRows{"no_rows", "the file holds no rows", "choose a file with rows"};
inline constexpr CodedMessage kNoUsableRow{"no_usable_row", "none of the %1 rows can be used", "the first problem: %2"};
inline constexpr CodedMessage kNotRows{"not_rows", "this is %1, not a file of rows", "%2"};
inline constexpr CodedMessage kNoColumn{"no_column", "there is no column \"%1\"", "the columns are: %2"};

inline constexpr std::array kMessages{kNoRows, kNoUsableRow, kNotRows, kNoColumn};

} // namespace lori::tasks::messages
