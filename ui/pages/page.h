// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/intents.h"

#include <QWidget>

#include <cstdint>
#include <functional>
#include <vector>

namespace lori::ui {

/// What the Run menu asks of a page. Which page can is the page's own matter: see Page::can.
enum class PageCommand : std::uint8_t { Start, Pause, Continue, StopAndKeep, Measure, Checkpoint, Resume, Discard };

/// One state of a page that is worth a picture.
struct PageView {
    QString name; ///< "" for the page as it opens
    std::function<void()> show;
};

/// A page of the window: made by its row in page_table.h when it is first shown or told something. Pages talk to the outside
/// only through their AppContext; the defaults suit a page that nothing is asked of.
class Page : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Shows or takes over what is asked; called before the page is shown, if it is. An intent of another page is ignored.
    virtual void take(const Intent& /*intent*/) {}
    /// Whether the page would carry this out now; told anew by commandsChanged(). The shown page is asked first.
    [[nodiscard]] virtual bool can(PageCommand /*command*/) const { return false; }
    /// Carries out what can() allows; does nothing otherwise.
    virtual void perform(PageCommand /*command*/) {}
    /// The name of what it would be carried out on, where that is not what the page shows; else "".
    [[nodiscard]] virtual QString subject(PageCommand /*command*/) const { return {}; }

    /// For screenshots, in order; `runId` is chosen where the page shows runs ("" = none in particular).
    [[nodiscard]] virtual std::vector<PageView> views(const QString& /*runId*/)
    {
        return {{QString(), [] {
                 }}};
    }
    /// True while a picture would show something half loaded.
    [[nodiscard]] virtual bool isBusy() const { return false; }

Q_SIGNALS:
    void commandsChanged();
};

} // namespace lori::ui
