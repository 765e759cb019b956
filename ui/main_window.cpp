// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/frame/message_bar.h"
#include "ui/frame/sidebar.h"
#include "ui/main_actions.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QStatusBar>
#include <QUndoStack>
#include <QVBoxLayout>

namespace lori::ui {

MainWindow::MainWindow(AppContext& context, QWidget* parent) : QMainWindow(parent), m_context(context)
{
    setObjectName(QStringLiteral("mainWindow"));
    if (m_context.undo == nullptr) {
        m_context.undo = new QUndoStack(this);
    }
    m_context.messages = new MessageBar(this);
    m_actions = new MainActions(*this, *m_context.undo);
    buildPages();
    connectActions();
    statusBar()->setObjectName(QStringLiteral("statusBar"));
    retranslate();
    showPage(PageId::Home);
}

void MainWindow::buildPages()
{
    m_sidebar = new Sidebar(this);
    m_pages = new QStackedWidget(this);
    m_pages->setObjectName(QStringLiteral("pages"));
    for (int i = 0; i < kPageCount; ++i) {
        auto* page = new QWidget(m_pages);
        page->setObjectName(QStringLiteral("pagePlace%1").arg(i + 1));
        m_pages->addWidget(page);
    }
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_context.messages);
    column->addWidget(m_pages, 1);
    auto* row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_sidebar);
    row->addLayout(column, 1);
    setCentralWidget(centre);
}

void MainWindow::connectActions()
{
    for (int i = 0; i < kPageCount; ++i) {
        connect(m_actions->pages.at(static_cast<std::size_t>(i)), &QAction::triggered, this,
                [this, i] { showPage(static_cast<PageId>(i)); });
    }
    connect(m_sidebar, &Sidebar::pageChosen, this, &MainWindow::showPage);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
}

void MainWindow::showPage(PageId page)
{
    m_pages->setCurrentIndex(static_cast<int>(page));
    m_sidebar->select(page);
}

PageId MainWindow::currentPage() const
{
    return static_cast<PageId>(m_pages->currentIndex());
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void MainWindow::retranslate()
{
    setWindowTitle(tr("LoRI Workbench"));
    m_actions->retranslate();
}

} // namespace lori::ui
