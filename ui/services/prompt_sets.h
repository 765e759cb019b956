// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/result.h"

#include <QString>
#include <QStringList>

#include <filesystem>
#include <vector>

namespace lori::ui {

/// Questions that belong together, under a name.
struct PromptSet {
    QString name;
    QStringList prompts; ///< in the order in which they are asked
};

/// A person's prompt sets: one JSON file, read when it is needed. There are few and they are small.
class PromptSets final {
public:
    explicit PromptSets(std::filesystem::path file) : m_file(std::move(file)) {}

    /// Alphabetical; nothing without a file. Errors: BadFile, NewerVersion, Io.
    [[nodiscard]] Result<std::vector<PromptSet>> all() const;
    /// Whole or not at all; replaces one of this name. Errors: InvalidArgument (no name, or no prompt), those of all(), DiskFull,
    /// Io.
    [[nodiscard]] Result<void> save(const PromptSet& set) const;
    /// Nothing happens without one of this name. Errors: as save().
    [[nodiscard]] Result<void> remove(const QString& name) const;

private:
    [[nodiscard]] Result<void> write(const std::vector<PromptSet>& sets) const;
    std::filesystem::path m_file;
};

} // namespace lori::ui
