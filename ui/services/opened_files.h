// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

class QMimeData;

namespace lori::ui {

/// A page that opens files from outside, whatever their place: the window asks it by this alone.
class FileOpener {
public:
    FileOpener() = default;
    FileOpener(const FileOpener&) = delete;
    FileOpener& operator=(const FileOpener&) = delete;
    virtual ~FileOpener() = default;
    /// Begins to; the message bar says what came of it.
    virtual void openFile(const QString& path) = 0;
};

/// Files that come from outside: named when the program was started, handed over by a second start, or dropped on the window.
class OpenedFiles final {
public:
    struct Place {
        QString page; ///< id of a page that is a FileOpener
        QString path; ///< what it is to open: the folder of a config.json
    };
    /// A .lori file is for the history; a recipe (JSON with "stages", a run's config.json too) and a run's folder for Experiment;
    /// the folder of an adapter or a model, a GGUF file and another config.json are for Models; rows are for Data. None for what
    /// no page opens. Looks at names and at what lies in a folder, and into small JSON files only: the page says what is wrong
    /// with one.
    [[nodiscard]] static std::optional<Place> placeOf(const QString& path);
    /// The paths of what is dragged, without what is not on this computer.
    [[nodiscard]] static QStringList dragged(const QMimeData& data);
    /// Those among them that the page of this id opens, and those that no page opens: it says what is wrong with them.
    [[nodiscard]] static QStringList draggedFor(const QMimeData& data, const QString& page);
};

} // namespace lori::ui
