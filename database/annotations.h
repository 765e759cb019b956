// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/run_folder.h"
#include "database/history.h"

#include <string>
#include <utility>
#include <vector>

namespace lori::database {

/// A person's edits: name, note, tags, trash. They live in the history alone, so each edit also writes annotations.json beside
/// the database in the same transaction: either both hold it or neither. Errors of every function: NotFound (no such run),
/// InvalidArgument, Busy, DiskFull, Io; Unsupported on a read-only history.
class Annotations final {
public:
    /// `history` must outlive it. `home` says where runs and trash are.
    Annotations(const History& history, Home home) : m_history(history), m_home(std::move(home)) {}

    /// "" brings config.name back. At most 200 bytes, one line.
    [[nodiscard]] Result<void> rename(const std::string& run, const std::string& name) const;
    /// Markdown; "" removes the note. At most 1 MiB.
    [[nodiscard]] Result<void> setNote(const std::string& run, const std::string& text) const;
    /// Replaces the run's tags; each trimmed, not empty, at most 100 bytes, one line; repeated ones count once.
    [[nodiscard]] Result<void> setTags(const std::string& run, const std::vector<std::string>& tags) const;

    /// Moves the run's folder to home.trash() and marks the row; a run whose folder is gone is only marked.
    /// Errors also: Busy (a worker runs it), Mismatch (another run starts from its adapter; names it), AlreadyExists.
    [[nodiscard]] Result<void> moveToTrash(const std::string& run) const;
    /// The way back, to where the folder was. Errors also: AlreadyExists.
    [[nodiscard]] Result<void> restore(const std::string& run) const;
    /// Deletes the folder in the trash, the rows, and the notes. Errors also: InvalidArgument when the run is not in the trash.
    [[nodiscard]] Result<void> deleteForever(const std::string& run) const;

private:
    const History& m_history;
    Home m_home;
};

} // namespace lori::database
