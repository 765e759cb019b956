// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/services/app_context.h"

#include <QHash>
#include <QStackedWidget>

#include <optional>

namespace lori::ui {

/// The pages of the window, each made when it is first shown or told something, and the answer to the PageRouter.
class PageStack final : public QStackedWidget {
    Q_OBJECT

public:
    /// context.pages must be set; the context outlives the stack.
    PageStack(AppContext& context, QWidget* parent);

    /// Does nothing for an id that page_table.h does not have.
    void showPage(const QString& id);
    [[nodiscard]] QString currentId() const;
    /// The page, made when it is not there yet; nullptr for an id that page_table.h does not have.
    [[nodiscard]] Page* page(const QString& id);
    /// The page that would carry the command out now: the shown one before others, for Start no other;
    /// nullptr when none would.
    [[nodiscard]] Page* serving(PageCommand command) const;

Q_SIGNALS:
    void shown(const QString& id);
    void made(const QString& id, QWidget* page);
    /// serving() may answer otherwise than before.
    void commandsChanged();

private:
    void take(const Intent& intent, bool show);

    AppContext& m_context;
    QHash<QString, Page*> m_made;
};

} // namespace lori::ui
