// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QIcon>
#include <QString>

#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace lori::ui {

/// Something that can be done or shown.
struct PaletteEntry {
    QString title;
    QString kind; ///< "Action", "Run", "Adapter", "Setting", "Help"; searched too
    QIcon icon;
    QString keys; ///< its shortcut, "" without one
    std::function<void()> run;
};

/// One line to type into, and everything that fits: actions, runs, adapters, settings, help. Enter does the first, or the chosen
/// one.
class CommandPalette final : public QDialog {
    Q_OBJECT

public:
    CommandPalette(std::vector<PaletteEntry> entries, QWidget* parent);
    /// Places of the entries that fit the words typed, best first: those that begin with the text, then those with a word that
    /// does, then the others, each in their own order. At most `limit`.
    [[nodiscard]] static std::vector<std::size_t> matches(const std::vector<PaletteEntry>& entries, const QString& typed,
                                                          std::size_t limit);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search(const QString& typed);
    void runChosen();

    std::vector<PaletteEntry> m_entries;
    QLineEdit* m_line = nullptr;
    QListWidget* m_list = nullptr;
};

} // namespace lori::ui
