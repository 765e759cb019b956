// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace lori::ui {

struct AppContext;
class MainActions;

/// Windows that entries of the palette open.
struct PaletteDoors {
    std::function<void(const QString& topic)> help;     ///< a text, by its file's name
    std::function<void(const QString& words)> settings; ///< the settings that these words find
};

/// Opens the command palette over every action that can be done now, every known adapter, the newest runs, the settings and the
/// texts of the help.
void openPalette(const MainActions& actions, AppContext& context, const PaletteDoors& doors, QWidget* parent);

} // namespace lori::ui
