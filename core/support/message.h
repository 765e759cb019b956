// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lori {

/// A sentence for people that the window can say in another language: it translates by the code, never by the English words.
struct CodedMessage {
    std::string_view code; ///< stable, "outside_range"; one code means one sentence
    std::string_view what; ///< English, with places %1 … %9 for arguments
    std::string_view hint; ///< what to do, with the same arguments; may be empty
};

/// `text` with its places %1 … %9 filled in; a place without an argument stays as it is.
[[nodiscard]] std::string filled(std::string_view text, const std::vector<std::string>& arguments);

} // namespace lori
