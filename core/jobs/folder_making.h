// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace lori::jobs {

/// Names and texts of files that appear with a folder.
using Texts = std::vector<std::pair<std::string, std::string>>;

/// UTC time, name in lower-case ASCII, four random letters: "20261121-141530-quick-look-kfqz". A name without such letters is
/// called by `fallback`.
[[nodiscard]] std::string makeId(const std::string& name, const std::string& fallback);

/// Puts more into a folder before it gets its name; what it throws ends the making.
using Fill = std::function<void(const std::filesystem::path& folder)>;

/// Makes place/id with its inner folders and files, whole or not at all. False when there is a folder of that name.
/// Throws Exception(DiskFull | Io).
[[nodiscard]] bool makeFolder(const std::filesystem::path& place, const std::string& id, const std::vector<std::string>& parts,
                              const Texts& files, const Fill& fill = {});
/// The same under a free id of `name`, else of `fallback`. Throws Exception(AlreadyExists | DiskFull | Io).
[[nodiscard]] std::filesystem::path makeNamedFolder(const std::filesystem::path& place, const std::string& name,
                                                    const std::string& fallback, const std::vector<std::string>& parts,
                                                    const Texts& files, const Fill& fill = {});

} // namespace lori::jobs
