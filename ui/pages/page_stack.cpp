// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page_stack.h"

#include "ui/pages/page_table.h"
#include "ui/services/page_router.h"

namespace lori::ui {

PageStack::PageStack(AppContext& context, QWidget* parent) : QStackedWidget(parent), m_context(context)
{
    setObjectName(QStringLiteral("pages"));
    connect(m_context.pages, &PageRouter::asked, this, &PageStack::take);
}

Page* PageStack::page(const QString& id)
{
    if (Page* made = m_made.value(id)) {
        return made;
    }
    const PageRow* row = findPage(id);
    if (row == nullptr) {
        return nullptr;
    }
    Page* page = row->make(m_context, this);
    m_made.insert(id, page);
    addWidget(page);
    connect(page, &Page::commandsChanged, this, &PageStack::commandsChanged);
    Q_EMIT made(id, page);
    return page;
}

void PageStack::showPage(const QString& id)
{
    Page* wanted = page(id);
    if (wanted == nullptr) {
        return;
    }
    setCurrentWidget(wanted);
    Q_EMIT shown(id);
    Q_EMIT commandsChanged();
}

QString PageStack::currentId() const
{
    return m_made.key(static_cast<Page*>(currentWidget()));
}

Page* PageStack::serving(PageCommand command) const
{
    auto* current = static_cast<Page*>(currentWidget());
    if (current != nullptr && current->can(command)) {
        return current;
    }
    if (command == PageCommand::Start) { // nobody starts what is not in view
        return nullptr;
    }
    for (const PageRow& row : pageTable()) {
        Page* made = m_made.value(row.id);
        if (made != nullptr && made->can(command)) {
            return made;
        }
    }
    return nullptr;
}

void PageStack::take(const Intent& intent, bool show)
{
    const QString id = pageOf(intent);
    if (Page* told = page(id)) {
        told->take(intent);
        if (show) {
            showPage(id);
        }
    }
}

} // namespace lori::ui
