// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tokenizer/json_steps.h"

#include <string>

namespace lori::tokenizer {

/// Metaspace of tokenizer.json: spaces are written as a mark (▁), and one is put in front of a text that has none there.
struct Metaspace {
    enum class Prepend : std::uint8_t {
        Always, ///< in front of each stretch between added tokens
        First,  ///< only at the beginning of the text
        Never,
    };
    std::string mark;
    Prepend prepend = Prepend::Always;
    bool splits = true; ///< words begin at each mark

    /// Reads the step; older files say 'add_prefix_space' instead of 'prepend_scheme'. Throws BadFile and Unsupported.
    explicit Metaspace(const Step& step);
};

} // namespace lori::tokenizer
