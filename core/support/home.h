// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace lori {

/// Where everything of one user lives: $LORI_HOME, else $XDG_DATA_HOME/lori-workbench, else ~/.local/share/lori-workbench.
struct Home {
    std::filesystem::path root;
    [[nodiscard]] std::filesystem::path runs() const { return root / "runs"; } ///< trainings and sequences
    [[nodiscard]] std::filesystem::path jobs() const { return root / "jobs"; } ///< jobs of every other kind
    [[nodiscard]] std::filesystem::path trash() const { return root / "trash"; }
    [[nodiscard]] std::filesystem::path historyFile() const { return root / "history.sqlite"; }
    [[nodiscard]] std::filesystem::path speedFile() const { return root / "speed.json"; }
    [[nodiscard]] static Home fromEnvironment();
};

} // namespace lori
