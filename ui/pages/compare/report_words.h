// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace lori::ui {

/// Words that the printed comparison and its tables share; their translations stand under this name.
class ReportWords final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::ReportWords)
};

} // namespace lori::ui
