// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"
#include "core/support/result.h"

#include <QString>
#include <QStringList>

#include <filesystem>

namespace lori::ui {

/// Settings that a person keeps under a name to begin from again: one JSON file each in a folder, so that they can be copied to
/// another computer. Nothing is cached; there are few and they are small.
class OwnPresets {
public:
    explicit OwnPresets(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    /// Alphabetical; a file that is none of ours is left out, read() says why.
    [[nodiscard]] QStringList names() const;
    /// Errors: NotFound; BadFile (no preset, `where` names the field), NewerVersion.
    [[nodiscard]] Result<experiment::RunConfig> read(const QString& name) const;
    /// Whole or not at all; replaces one of this name. Errors: InvalidArgument (no name, or one that no file can have),
    /// DiskFull, Io.
    [[nodiscard]] Result<void> save(const QString& name, const experiment::RunConfig& config) const;
    /// Errors: NotFound, Io.
    [[nodiscard]] Result<void> remove(const QString& name) const;

    /// Letters that a file's name cannot hold everywhere: / \ : * ? " < > | and control characters, and a leading dot.
    [[nodiscard]] static bool isUsable(const QString& name);

private:
    [[nodiscard]] std::filesystem::path fileOf(const QString& name) const;
    std::filesystem::path m_folder;
};

} // namespace lori::ui
