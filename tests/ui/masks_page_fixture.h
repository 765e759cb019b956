// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/message_bar.h"
#include "ui/pages/masks/masks_page.h"
#include "ui/services/app_context.h"
#include "ui/services/page_router.h"

#include <QTabWidget>
#include <QTemporaryDir>

#include <memory>

namespace lori::ui::test {

/// What tests of the Masks page have in common: an empty home, and the page over it.
class MasksPageFixture : public QObject {
protected:
    void makeHome()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_messages = std::make_unique<MessageBar>();
        m_context = {};
        m_context.home.root = m_folder->path().toStdString();
        m_context.messages = m_messages.get();
        m_context.pages = &m_router;
    }
    /// The page as large as a small window has it; the tab is shown with showTab().
    MasksPage& makePage()
    {
        m_page = std::make_unique<MasksPage>(m_context, nullptr);
        m_page->resize(1000, 700);
        m_page->show();
        return *m_page;
    }
    void showTab(QWidget* view) { m_page->findChild<QTabWidget*>(QStringLiteral("maskTabs"))->setCurrentWidget(view); }

    std::unique_ptr<QTemporaryDir> m_folder;
    AppContext m_context;
    std::unique_ptr<MessageBar> m_messages;
    PageRouter m_router;
    std::unique_ptr<MasksPage> m_page;
};

} // namespace lori::ui::test
