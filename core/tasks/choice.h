// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lori::tasks {

/// The option that an answer chooses, as `options` spells it; "" when it chooses none or several. `question` is what was asked:
/// the texts of the options are read from it ("answer3: gold"), so that an answer may repeat a text instead of a label. As a
/// careful reader: thinking and made-up further questions do not count; a repeated list of the options chooses none; options that
/// are denied or called wrong are ruled out ("not true" is false; all but one ruled out leaves that one); the last "the correct
/// answer is" decides, then other statements ("so", "is right", "I choose"), then the first option that is merely named.
[[nodiscard]] std::string chosenOption(const std::vector<std::string>& options, std::string_view question,
                                       std::string_view answer);

} // namespace lori::tasks
