// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lori::app {

/// A file that holds a JSON list of strings. Throws Exception(BadFile), or what reading the file says.
[[nodiscard]] std::vector<std::string> readStrings(const std::string& file);

} // namespace lori::app
