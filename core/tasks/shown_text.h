// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

/// A text from a file as a sentence may show it: one line without control characters, cut between characters after `most` bytes.
/// `text` must be UTF-8.
[[nodiscard]] std::string shown(std::string_view text, std::size_t most = 60);
/// Names as a list: "a, b, c", at most 20 of them; "none" when there are none.
[[nodiscard]] std::string listed(const std::vector<std::string>& names);

} // namespace lori::tasks
