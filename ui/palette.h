// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace lori::ui {

struct AppContext;
class MainActions;

/// Opens the command palette over every action that can be done now, every known adapter and the newest runs.
void openPalette(const MainActions& actions, AppContext& context, QWidget* parent);

} // namespace lori::ui
