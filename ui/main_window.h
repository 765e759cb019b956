// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/services/app_context.h"

#include <QMainWindow>

class QStackedWidget;

namespace lori::ui {

class MainActions;
class Sidebar;

/// The frame: actions, navigation, message bar, pages and status bar, and the routing between them. It knows no run and no form.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(AppContext& context, QWidget* parent = nullptr);

    void showPage(PageId page);
    [[nodiscard]] PageId currentPage() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildPages();
    void connectActions();
    void retranslate();

    AppContext& m_context;
    MainActions* m_actions = nullptr;
    Sidebar* m_sidebar = nullptr;
    QStackedWidget* m_pages = nullptr;
};

} // namespace lori::ui
