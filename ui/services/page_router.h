// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/intents.h"

#include <QObject>

namespace lori::ui {

/// How parts of the window reach pages they do not know. The page stack answers; a page that was not made yet is made.
class PageRouter final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Tells the page that serves the intent, and shows it.
    void go(const Intent& intent) { Q_EMIT asked(intent, true); }
    /// Tells the page, and leaves the shown one where it is.
    void tell(const Intent& intent) { Q_EMIT asked(intent, false); }

Q_SIGNALS:
    void asked(const lori::ui::Intent& intent, bool show);
};

} // namespace lori::ui
