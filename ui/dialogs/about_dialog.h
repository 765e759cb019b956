// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace lori::ui {

/// Version, licence, the SQLite in use, and what this program sends to others: nothing.
class AboutDialog final : public QDialog {
    Q_OBJECT

public:
    /// `diagnostics`: what its button copies for a report of a fault.
    explicit AboutDialog(QString diagnostics, QWidget* parent = nullptr);
};

} // namespace lori::ui
