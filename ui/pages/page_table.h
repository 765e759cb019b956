// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QString>

#include <vector>

class QWidget;

namespace lori::ui {

class Page;
struct AppContext;

/// All that is known of a page outside its folder. Navigation list, View menu, shortcuts, screenshots and tests read this; a new
/// page is a folder, its lines in CMakeLists.txt and a row here.
struct PageRow {
    QString id;        ///< stable, in file names and intents: "runs"
    const char* title; ///< English; pageTitle() gives the person's language
    QString icon;      ///< in resources/icons, without ending
    QKeySequence shortcut;
    Page* (*make)(AppContext& context, QWidget* parent);
};

/// In the order of the navigation list.
[[nodiscard]] const std::vector<PageRow>& pageTable();
/// nullptr when there is no such page.
[[nodiscard]] const PageRow* findPage(const QString& id);
[[nodiscard]] QString pageTitle(const PageRow& row);
/// The key of the page at a place, counted from 0: Ctrl+1 … Ctrl+9, Ctrl+0 for the tenth as on the keyboard, then Alt+1 … Alt+9;
/// none beyond.
[[nodiscard]] QKeySequence pageShortcut(int place);

} // namespace lori::ui
