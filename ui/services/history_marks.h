// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/result.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <filesystem>

namespace lori::ui {

/// What a person marked in the history: pinned runs, and the run that others are compared with. Kept in one JSON file of the
/// home.
class HistoryMarks final {
public:
    /// Reads the file; without one, or with one that is damaged, nothing is marked.
    explicit HistoryMarks(std::filesystem::path file);

    [[nodiscard]] const QSet<QString>& pinned() const { return m_pinned; }
    [[nodiscard]] const QString& baseline() const { return m_baseline; } ///< "" without one

    /// Whole or not at all. Errors: DiskFull, Io; nothing is marked otherwise then.
    [[nodiscard]] Result<void> pin(const QStringList& runs, bool pinned);
    /// The same; "" for none.
    [[nodiscard]] Result<void> setBaseline(const QString& run);

private:
    [[nodiscard]] Result<void> write(const QSet<QString>& pinned, const QString& baseline);

    std::filesystem::path m_file;
    QSet<QString> m_pinned;
    QString m_baseline;
};

} // namespace lori::ui
