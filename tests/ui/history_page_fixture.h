// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event_writer.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/history/history_page.h"
#include "ui/services/app_context.h"
#include "ui/services/history_service.h"
#include "ui/services/page_router.h"
#include "ui/services/preferences.h"
#include "ui/services/run_service.h"

#include <QAction>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QUndoStack>
#include <QtTest>

#include <memory>
#include <string>
#include <vector>

namespace lori::ui::test {

/// The history page over a home of its own with two runs, "first" and "second".
class HistoryPageFixture {
protected:
    std::unique_ptr<QTemporaryDir> m_folder;
    AppContext m_context;
    std::unique_ptr<QUndoStack> m_undo;
    std::unique_ptr<MessageBar> m_messages;
    PageRouter m_router;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<RunService> m_runs;
    std::unique_ptr<HistoryService> m_history;
    std::unique_ptr<HistoryPage> m_page;

    QString makeRun(const std::string& name, double loss, const std::vector<events::Score>& scores = {})
    {
        experiment::RunConfig config;
        config.name = name;
        config.stages = {experiment::StageConfig{}};
        const auto run = jobs::RunFolder::create(m_context.home, config).value();
        const auto writer = events::EventWriter::open(run.eventsFile()).value();
        writer->append(events::Started{.pid = 1, .host = "here"});
        writer->append(events::StageStarted{.stage = 0, .name = "LoRI-D", .kind = "lori-d", .steps = 2, .trainable = 10});
        for (int step = 1; step <= 2; ++step) {
            writer->append(events::Step{.stage = 0, .step = step, .loss = loss / step, .tokens = 5, .rows = 1});
        }
        for (const events::Score& score : scores) {
            writer->append(score);
        }
        writer->append(events::Finished{1.0});
        return QString::fromStdString(run.id());
    }
    QTableView* table() const { return m_page->findChild<QTableView*>(QStringLiteral("historyTable")); }
    QAction* action(const char* name) const { return m_page->findChild<QAction*>(QLatin1String(name)); }
    static void begin()
    {
        QLocale::setDefault(QLocale::c());
        QCoreApplication::setOrganizationName(QStringLiteral("lori-test"));
    }
    void open()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->filePath(QStringLiteral("settings")));
        m_preferences = std::make_unique<Preferences>();
        m_context.preferences = m_preferences.get();
        m_context.home.root = m_folder->filePath(QStringLiteral("home")).toStdString();
        makeRun("first", 4);
        makeRun("second", 2);
        m_undo = std::make_unique<QUndoStack>();
        m_messages = std::make_unique<MessageBar>();
        m_runs = std::make_unique<RunService>(m_context.home);
        m_history = std::make_unique<HistoryService>(m_context.home);
        m_history->setUndoStack(m_undo.get());
        m_context.undo = m_undo.get();
        m_context.messages = m_messages.get();
        m_context.pages = &m_router;
        m_context.runs = m_runs.get();
        m_context.history = m_history.get();
        m_page = std::make_unique<HistoryPage>(m_context, nullptr);
        m_page->resize(1200, 800);
        m_page->show();
        m_history->open();
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, 10000);
    }
    void close()
    {
        m_page.reset();
        m_history.reset();
        m_runs.reset();
    }
};

} // namespace lori::ui::test
